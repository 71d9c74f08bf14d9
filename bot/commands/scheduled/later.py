"""Putting off a nudge or a check-in: it is said once more, this evening or tomorrow."""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from bot.commands.pause import pause
from bot.commands.words import words
from bot.core.calendar import DAY, instant, local_date
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Note, SpelledParameter, TimeOfDay, WireDay
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import read_token, write_token
from bot.dialogue.text import Moment, Text

What = Annotated[
    str,
    ChoiceParameter(
        "nudge",
        Text("which reminder"),
        Text("Which reminder?"),
        {"nudge": Text("nudge"), "checkin": Text("check-in")},
    ),
]
WHEN = SpelledParameter(
    Text("tomorrow"),
    Text("until when"),
    Text("When shall I ask again?"),
    {
        # note: when to be reminded again, in every form that may be typed
        "evening": (Text("This evening"), Text("this evening, tonight, later, later today, evening, not now")),
        # note: when to be reminded again, in every form that may be typed
        "tomorrow": (Text("Tomorrow"), Text("tomorrow, another day, not today, next day")),
        # note: not to be reminded again this week, in every form that may be typed
        "never": (Text("Not this week"), Text("not this week, next week, skip this week")),
    },
)
When = Annotated[str, WHEN]
EVENING = (time(18), time(20), time(21, 30))
AHEAD = timedelta(minutes=45)
"""What is put off until this evening comes at the first of these times that is not nearer than this."""


@command(hidden=True)
def later(
    ctx: Context,
    what: What = "nudge",
    when: When | None = None,
    at: TimeOfDay | None = None,
    week: WireDay | None = None,
    undo: Flag = False,
    said: Note | None = None,
) -> Reply:
    """Be asked again later."""
    if undo:
        _withdraw(ctx, what)
        return reply(
            Text("Took it back: I do not ask again."),
            buttons=((Button(Text("Today"), "today"), Button(Text("Reminders"), "reminders")),),
            replaces=ctx.request.pressed,
        )
    if when is None:
        # Something else was typed where a word such as “tomorrow” might have been.
        return words.run(ctx, said=ctx.request.rest or said)
    if when == "never":
        return pause.run(ctx, until=ctx.weeks.next(ctx.today))
    if what == "checkin" and week is None:
        raise Refusal(Text("I cannot find that check-in."), buttons=(Button(Text("This week's check-in"), "checkin"),))
    return _put_off(ctx, what, when, at, week)


def _put_off(ctx: Context, what: str, when: str, at: time | None, week: date | None) -> Reply:
    due = _evening(ctx, at) if when == "evening" else None
    tomorrow = ctx.today + DAY
    rule = next((rule for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind == what), None)
    usual = rule.at if rule else ctx.reminder_kinds[what].at
    due = due or instant(tomorrow, at or usual, ctx.zone)
    _withdraw(ctx, what)
    comes = rule and rule.due and rule.due <= due and local_date(rule.due, ctx.zone) == tomorrow
    if not comes:
        args = {"due": f"{due:%m%d%H%M}"} | ({"week": week.isoformat()} if week else {})
        ctx.uow.deliveries.post(write_token(what, args), due, learner=ctx.who.id)
    moment = Moment(due, ctx.zone.key)
    text = (
        Text("I ask again on {moment}, unless you have answered by then.", moment=moment)
        if what == "checkin"
        else Text("I come again on {moment}, unless something is logged by then.", moment=moment)
    )
    undo = () if comes else (Button(Text("Undo"), "later", {"what": what, "undo": "1"}),)
    return reply(text, buttons=((*undo, Button(Text("Today"), "today")),), replaces=ctx.request.pressed)


def _evening(ctx: Context, at: time | None) -> datetime | None:
    """The first time of this evening that is not too near; None where it is too late for that."""
    times = (at,) if at else EVENING
    found = (instant(ctx.today, one, ctx.zone) for one in times)
    return next((due for due in found if due - ctx.now >= (timedelta() if at else AHEAD)), None)


def _withdraw(ctx: Context, what: str) -> None:
    for request, _ in ctx.uow.deliveries.pending_one_offs(ctx.who.id):
        if (read_token(request) or ("",))[0] == what:
            ctx.uow.deliveries.withdraw(request, ctx.who.id)
