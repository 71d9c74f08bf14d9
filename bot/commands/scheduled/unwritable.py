"""Tell an organiser once, in private, that the bot can no longer write in a place of their group."""

from bot.core.group import Why
from bot.core.ids import PlaceId
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number, WireWord
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Heading, Reply, reply
from bot.dialogue.text import Text, Typed, words

_WHY: dict[Why, Text] = {
    "missing": Text(
        "That chat is gone. {invite} gives you a code that adds another chat to the group.",
        invite=Typed("/group invite"),
    ),
    "unknown": Text("The chat takes no messages of mine. Please look whether I am still there and may write."),
}
"""Where every platform says it alike; the other reasons are in `bot.dialogue.platform_words`."""


@command(scheduled=True)
def unwritable(ctx: Context, place: Number, since: WireWord) -> Reply:
    """Hear that I cannot write in a place of your group."""
    refused = ctx.uow.places.refusal(PlaceId(place))
    if refused is None or str(int(refused.since.timestamp())) != since:
        raise NothingToSend("something was written there since")
    group = ctx.uow.groups.get(refused.group)
    member = ctx.uow.groups.member(refused.group, ctx.who.id)
    if group is None or member is None or member.role != "organiser":
        raise NothingToSend("no organiser of the group")
    title = words(refused.place.title) if refused.place.title else Text("one of its chats")
    return reply(
        Heading(Text("I cannot write in {place} any more", place=title)),
        Text("{group} meets there: the board and the two weekly messages are waiting.", group=group.title),
        _WHY.get(refused.why) or ctx.words_of(refused.place).refused[refused.why],
        Text("I try again once a day, and at once when somebody uses a command of mine there. I tell you only once."),
        buttons=(Button(Text("Try again now"), "group.settings", {"of": str(group.id)}),),
    )
