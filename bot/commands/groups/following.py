"""Which roadmap a group follows."""

from datetime import date

from bot.commands.groups.which import asker_of, decides, group_meant, worded_rights
from bot.core.group import Group
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed
from bot.usecases.change_group_roadmap import change_group_roadmap, roadmaps_for


def organised(ctx: Context) -> list[Group]:
    """The group of this chat, or in private all that the learner organises. Refuses a learner who organises none."""
    if ctx.request.place:
        group = group_meant(ctx, None, "upload")
        decides(ctx, group)
        return [group]
    groups = [membership.group for membership in ctx.uow.groups.of(ctx.who.id) if membership.member.role == "organiser"]
    if not groups:
        raise Refusal(
            Text("You organise no group. {create} makes one, here or in its chat.", create=Typed("/group create"))
        )
    return groups[:5]


def choose(ctx: Context, group: Group, track: str | None, since: date | None) -> Reply:
    """Offer the available roadmaps, or follow the one that was named."""
    decides(ctx, group)
    offered = roadmaps_for(ctx.uow, ctx.catalog, group)
    if track is not None and track in offered:
        return follow(ctx, group, track, since)
    of = {"of": str(group.id)}
    rows = [
        (Button(Text("{title}", title=ctx.roadmap(id_).title), "group.roadmap", of | {"track": id_}),)
        for id_ in offered
        if id_ != group.roadmap
    ]
    return reply(
        Text("Now: “{title}”.", title=ctx.roadmap(group.roadmap or offered[0]).title),
        Text("A file of your own comes with {upload}.", upload=Typed("/upload")),
        buttons=(*rows, (Button(Text("This one as a file"), "roadmapfile", {"of": str(group.id)}),)),
    )


def follow(ctx: Context, group: Group, track: str, since: date | None = None) -> Reply:
    """Let the group follow this roadmap; one that it did not follow before begins on `since` (default: today)."""
    with worded_rights(ctx, group):
        changed = change_group_roadmap(
            ctx.uow, ctx.catalog, asker_of(ctx), group, track, start=since, locale=ctx.locale, now=ctx.now
        )
    followed = ctx.roadmap(track)
    undo_args = {"of": str(group.id), "track": changed.before or "", "since": changed.since.isoformat()}
    now = Text("{group} follows “{title}” now.", group=group.title, title=followed.title)
    if not changed.another:
        now = Text(
            "{group} has version {version} of “{title}” now.",
            group=group.title,
            version=followed.version,
            title=followed.title,
        )
    return reply(
        now,
        Text("Everybody's own plan stays as it is until they take it themselves; I say so where the group meets."),
        buttons=(
            (Button(Text("Undo"), "group.roadmap", undo_args),) if changed.another else (),
            follow_buttons(track, new=changed.another),
        ),
    )


def follow_buttons(track: str, *, new: bool) -> tuple[Button, ...]:
    """Buttons for a member: follow the new roadmap, or see what changed in the new version."""
    if new:
        return (Button(Text("Follow it"), "start", {"roadmap": track}),)
    return (Button(Text("What changed"), "roadmap", {"act": "changes"}),)
