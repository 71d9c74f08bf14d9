"""Which roadmap a group follows."""

from datetime import date

from bot.commands.groups.which import decides, group_meant
from bot.core.calendar import local_date
from bot.core.group import Group
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Text, Typed


def organised(ctx: Context) -> list[Group]:
    """The group here, or in private all that who asks organises. Refuses who organises none."""
    if ctx.request.place:
        group = group_meant(ctx, None, "upload")
        decides(ctx, group)
        return [group]
    mine = [group for group, member in ctx.uow.groups.of(ctx.who.id) if member.role == "organiser"]
    if not mine:
        raise Refusal(
            Text("You organise no group. {create} makes one, here or in its chat.", create=Typed("/group create"))
        )
    return mine[:5]


def choose(ctx: Context, group: Group, track: str | None, since: date | None) -> Reply:
    """Offer the roadmaps that are there, or follow the one that was named."""
    decides(ctx, group)
    offered = [*ctx.roadmaps, *ctx.uow.roadmaps.of(group.id)]
    if track in offered:
        return follow(ctx, group, track, since)
    of = {"of": str(group.id), "change": "roadmap"}
    rows = [
        (Button(Text("{title}", title=ctx.roadmap(id_).title), "group", of | {"track": id_}),)
        for id_ in offered
        if id_ != group.roadmap
    ]
    return reply(
        Text("Now: “{title}”.", title=ctx.roadmap(group.roadmap or offered[0]).title),
        Text("A file of your own comes with {upload}.", upload=Typed("/upload")),
        buttons=(*rows, (Button(Text("This one as a file"), "roadmapfile", {"of": str(group.id)}),)),
        replaces=ctx.request.pressed,
    )


def follow(ctx: Context, group: Group, track: str, since: date | None = None) -> Reply:
    """From now on the group follows this roadmap, from its first week on where it is another one than before."""
    before, start = group.roadmap, group.start
    today = local_date(ctx.now, group.zone)
    begins = start if before == track and start else since or today
    ctx.uow.groups.set_roadmap(
        group.id, zone=group.zone, locale=group.locale or ctx.locale, roadmap=track, start=begins
    )
    other = before != track and before is not None
    token = write_token("groupfollows", {"track": track, "new": "1" if other else "0"})
    for place, _ in ctx.uow.groups.places(group.id):
        ctx.uow.deliveries.post(token, ctx.now, place=place)
    found = ctx.roadmap(track)
    back = {"of": str(group.id), "change": "roadmap", "track": before or "", "since": (start or today).isoformat()}
    said = Text("{group} follows “{title}” now.", group=group.title, title=found.title)
    if not other:
        said = Text("{group} has version {version} of “{title}” now.", group=group.title, version=found.version,
                    title=found.title)  # fmt: skip
    return reply(
        said,
        Text("Everybody's own plan stays as it is until they take it themselves; I say so where the group meets."),
        buttons=((Button(Text("Undo"), "group", back),) if other else (), follow_buttons(track, new=other)),
        replaces=ctx.request.pressed,
    )


def follow_buttons(track: str, *, new: bool) -> tuple[Button, ...]:
    """What a member does about it."""
    if new:
        return (Button(Text("Follow it"), "start", {"roadmap": track}),)
    return (Button(Text("What changed"), "roadmap", {"act": "changes"}),)
