"""Postpone a nudge, a check-in or a study time: it is sent once more, soon, this evening or tomorrow."""

from datetime import time
from typing import Annotated

from bot.commands.pause import pause
from bot.commands.studytimes.answers import skip
from bot.commands.words import words
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Note, Number, SpelledParameter, TimeOfDay, WireDay
from bot.dialogue.parameters.base import spellings
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Moment, Text
from bot.usecases.postpone_reminder import About, Wish, postpone_reminder
from bot.usecases.withdraw_postponed import withdraw_postponed

What = Annotated[
    str,
    ChoiceParameter(
        "nudge",
        Text("which reminder"),
        Text("Which reminder?"),
        {"nudge": Text("nudge"), "checkin": Text("check-in"), "studytime": Text("study time")},
    ),
]
WHEN = SpelledParameter(
    Text("tomorrow"),
    Text("until when"),
    Text("When shall I ask again?"),
    {
        # note: when to be reminded again, in every form that may be typed
        "soon": (Text("In 30 min"), Text("soon, a bit later")),
        # note: when to be reminded again, in every form that may be typed
        "evening": (Text("This evening"), Text("this evening, tonight, later, later today, evening, not now")),
        # note: when to be reminded again, in every form that may be typed
        "tomorrow": (Text("Tomorrow"), Text("tomorrow, another day, not today, next day")),
        # note: not to be reminded again this week, in every form that may be typed
        "never": (Text("Not this week"), Text("not this week, next week, skip this week")),
    },
)
When = Annotated[str, WHEN]
# note: to be reminded again in half an hour, as whole words: without “in” they are time that was studied
_SOON = Text("in 30 min, in 30 minutes, in half an hour, in a half hour, in a bit")


@command(hidden=True)
def later(
    ctx: Context,
    what: What = "nudge",
    when: When | None = None,
    at: TimeOfDay | None = None,
    week: WireDay | None = None,
    undo: Flag = False,
    slot: Number | None = None,
    on: WireDay | None = None,
    said: Note | None = None,
) -> Reply:
    """Be asked again later."""
    if undo:
        withdraw_postponed(ctx.uow, ctx.who, what, slot or 0)
        return reply(
            Text("Took it back: I do not ask again."),
            buttons=((Button(Text("Today"), "today"), Button(Text("Reminders"), "reminders")),),
        )
    if when is None and ctx.request.rest.strip(" .!").lower() in spellings(_SOON, ctx.locale):
        when = "soon"
    if when is None:
        # Something else was typed where a word such as “tomorrow” might have been.
        return words.run(ctx, said=ctx.request.rest or said)
    if what == "studytime" and (when == "never" or not slot):
        return skip(ctx, slot)
    if when == "never":
        return pause.run(ctx, until=ctx.weeks.next(ctx.today))
    if what == "checkin" and week is None:
        raise Refusal(Text("I cannot find that check-in."), buttons=(Button(Text("This week's check-in"), "checkin"),))
    return _put_off(ctx, About(what, week, slot or 0, on), when, at)


def _put_off(ctx: Context, about: About, when: str, at: time | None) -> Reply:
    kind = about.kind
    wish = Wish(evening=when == "evening", at=at, usual=ctx.reminder_kinds[kind].at, soon=when == "soon")
    postponed = postpone_reminder(ctx.uow, ctx.who, about, wish, today=ctx.today, now=ctx.now)
    moment = Moment(postponed.due, ctx.zone.key)
    text = (
        Text("I ask again on {moment}, unless you have answered by then.", moment=moment)
        if kind == "checkin"
        else Text("I come again on {moment}, unless something is logged by then.", moment=moment)
    )
    if kind == "studytime":
        text = Text("I come again on {moment}, unless that time is logged by then.", moment=moment)
    undo_args = {"what": kind, "undo": "1"} | ({"slot": str(about.slot)} if about.slot else {})
    undo = () if postponed.anyway else (Button(Text("Undo"), "later", undo_args),)
    return reply(text, buttons=((*undo, Button(Text("Today"), "today")),))
