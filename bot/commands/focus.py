"""/focus: a timer that asks at its end whether to log what was studied, and never logs by itself."""

from typing import Annotated

from bot.core.timer import LEAST, MOST, USUAL, Timer
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Duration, ItemRef, Number
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.text import Clock, Minutes, Text
from bot.usecases.end_timer import end_timer
from bot.usecases.start_timer import WrongLength, start_timer
from bot.usecases.stop_timer import NoTimer, OverAlready, stop_timer

Act = Annotated[
    str,
    ChoiceParameter(
        Text("Stop"),
        Text("stop it, or throw it away"),
        Text("Stop it, or throw it away?"),
        {"stop": Text("Stop"), "drop": Text("Throw it away")},
    ),
]


@command(section=TODAY, examples=("/focus", "/focus 50", "/focus 45m calculus"), spoken=Text("focus, focus timer"))
def focus(
    ctx: Context,
    minutes: Duration | None = None,
    item: ItemRef | None = None,
    act: Act | None = None,
    timer: Number | None = None,
) -> Reply:
    """Start a timer on today's item; at its end I ask whether to log it."""
    if ctx.request.occasion:
        return _over(ctx, timer)
    if act:
        return _stop(ctx, timer, keep=act == "stop")
    return _start(ctx, minutes or USUAL, item)


def _start(ctx: Context, minutes: int, item: str | None) -> Reply:
    try:
        timer = start_timer(ctx.uow, ctx.who, item or ctx.study.item, minutes, ctx.now)
    except WrongLength:
        raise Refusal(
            Text("A timer runs from {least} to {most}.", least=Minutes(LEAST), most=Minutes(MOST)),
            buttons=((_again(USUAL), _again(50)),),
            option="minutes",
        ) from None
    return _running(ctx, timer)


def _running(ctx: Context, timer: Timer) -> Reply:
    until = Clock(timer.over_at.astimezone(ctx.zone).time())
    left = timer.minutes - timer.passed(ctx.now)
    time_left = Text("“{item}” until {time}: {left} to go.", item=_title(ctx, timer), time=until, left=Minutes(left))
    act = {"timer": str(timer.id)}
    return reply(
        time_left,
        Text("I ask at the end whether to log it."),
        buttons=(
            (
                Button(Text("Stop"), "focus", {"act": "stop"} | act),
                Button(Text("Throw it away"), "focus", {"act": "drop"} | act),
            ),
        ),
    )


def _stop(ctx: Context, id_: int | None, *, keep: bool) -> Reply:
    try:
        timer = stop_timer(ctx.uow, ctx.who, id_, ctx.now)
    except NoTimer:
        raise Refusal(Text("No timer of yours is running."), buttons=(_again(USUAL),)) from None
    except OverAlready as over:
        raise Refusal(Text("That timer is over already."), buttons=(_again(over.timer.minutes),)) from None
    passed = timer.passed(ctx.now)
    if not keep or not passed:
        nothing_logged = Text("The timer is stopped, and nothing is logged.")
        return reply(nothing_logged, buttons=(_again(timer.minutes),))
    question = Text("{time} on “{item}”. Log them?", time=Minutes(passed), item=_title(ctx, timer))
    return _offer(ctx, timer, question, passed)


def _over(ctx: Context, id_: int | None) -> Reply:
    """Ask at the planned end whether to log the time. Raises `NothingToSend` where the timer was stopped."""
    if id_ is None:
        raise NothingToSend("no timer is named")
    try:
        timer = end_timer(ctx.uow, ctx.who, id_)
    except (NoTimer, OverAlready):
        raise NothingToSend("the timer was stopped") from None
    question = Text(
        "The {time} on “{item}” ended at {clock}. Log them?",
        time=Minutes(timer.minutes),
        item=_title(ctx, timer),
        clock=Clock(timer.over_at.astimezone(ctx.zone).time()),
    )
    return _offer(ctx, timer, question, timer.minutes)


def _offer(ctx: Context, timer: Timer, question: Text, minutes: int) -> Reply:
    day = ctx.date_at(timer.started_at).isoformat()
    args = {"day": day, "item": timer.item, "timer": str(timer.id)}
    return reply(
        question,
        buttons=(
            (
                Button(Text("Log {time}", time=Minutes(minutes)), "log", {"spent": f"{minutes}m"} | args, "yes"),
                Button(Text("Log another time"), "log", args),
            ),
            (_again(timer.minutes), Button(Text("Today"), "today")),
        ),
        expects=Expects("log", "spent", args),
    )


def _again(minutes: int) -> Button:
    return Button(Text("Focus for {time}", time=Minutes(minutes)), "focus", {"minutes": f"{minutes}m"})


def _title(ctx: Context, timer: Timer) -> str:
    return ctx.study.title(timer.item)
