"""Ask an organiser whether a chat becomes a place of their group, and tell the chat of a yes."""

from bot.commands.groups.placing import accept
from bot.commands.groups.which import asker_of
from bot.core.name import shown
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text
from bot.usecases.add_place import NobodyWaits, waiting_place
from bot.usecases.decline_code import decline_code


@command(hidden=True)
def placeasked(ctx: Context, entry: Number, yes: Flag = False, no: Flag = False) -> Reply:
    """Be asked whether a chat becomes a place of your group."""
    ctx.who  # noqa: B018 - refuses whom we do not know
    try:
        waiting = waiting_place(ctx.uow, asker_of(ctx), entry, ctx.now)
    except NobodyWaits:
        if ctx.request.occasion:
            raise NothingToSend("the chat does not wait any more") from None
        raise Refusal(Text("That chat is no longer waiting for your answer.")) from None
    if yes:
        return accept(ctx, waiting)
    if no:
        decline_code(ctx.uow, waiting.code, ctx.now)
        return reply(Text("It stays as it is; that code is no longer valid."))
    ctx.names_others = True
    place, title = waiting.place, shown(waiting.place.title)
    args = {"entry": str(entry)}
    return reply(
        Text(
            "{name} asks to add “{place}” on {platform} to {group}, with the code you made.",
            name=waiting.by.called,
            place=title,
            platform=place.platform.capitalize(),
            group=waiting.group.title,
        ),
        Text("Whoever is in that chat sees the group's board then, and hears its weekly messages."),
        buttons=(
            (
                Button(Text("Yes, add {place}", place=title), "placeasked", args | {"yes": "1"}),
                Button(Text("No"), "placeasked", args | {"no": "1"}),
            ),
        ),
        anew=True,
    )


@command(private=False, hidden=True)
def placed(ctx: Context, alone: Flag = False) -> Reply:
    """Hear in a chat that it has become a place of a group."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if group is None or not ctx.request.occasion:
        raise NothingToSend("no place of a group")
    anew = [Text("Who was on the board here before is asked anew: they said yes to other people.")] if alone else []
    return reply(
        Text("This chat belongs to {group} now: one group, one board.", group=group.title),
        *anew,
        buttons=(
            (Button(Text("Board"), "leaderboard"), Button(Text("Join the board"), "group.join", {"of": str(group.id)})),
            Button(Text("Say nothing here"), "group.stop", {"of": str(group.id)}),
        ),
        anew=True,
    )
