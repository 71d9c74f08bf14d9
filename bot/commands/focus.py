"""/focus: a timer that asks at its end whether to log what was studied, and never logs by itself."""

from typing import Annotated

from bot.core.timer import LEAST, MOST, USUAL, Timer
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Duration, ItemRef, Number
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Clock, Minutes, Text

Act = Annotated[
    str,
    ChoiceParameter(
        Text("Stop"),
        Text("stop it, or throw it away"),
        Text("Stop it, or throw it away?"),
        {"stop": Text("Stop"), "drop": Text("Throw it away")},
    ),
]


@command(examples=("/focus", "/focus 50", "/focus 45m calculus"), spoken=Text("focus, focus timer"))
def focus(
    ctx: Context,
    minutes: Duration | None = None,
    item: ItemRef | None = None,
    act: Act | None = None,
    timer: Number | None = None,
) -> Reply:
    """Start a timer on today's item; at its end I ask whether to log it."""
    if ctx.request.occasion:
        return _over(ctx, timer or 0)
    last = ctx.uow.timers.last(ctx.who.id) if timer is None else ctx.uow.timers.get(timer, ctx.who.id)
    if act:
        if last is None:
            raise Refusal(Text("No timer of yours is running."), buttons=(_again(USUAL),))
        return _stop(ctx, last, keep=act == "stop")
    if last and last.runs(ctx.now):
        return _running(ctx, last)
    return _start(ctx, minutes or USUAL, item)


def _start(ctx: Context, minutes: int, item: str | None) -> Reply:
    if not LEAST <= minutes <= MOST:
        raise Refusal(
            Text("A timer runs from {least} to {most}.", least=Minutes(LEAST), most=Minutes(MOST)),
            buttons=((_again(USUAL), _again(50)),),
            option="minutes",
        )
    started = ctx.uow.timers.start(ctx.who.id, item or ctx.study.item, minutes, ctx.now)
    ctx.uow.deliveries.post(_errand(started), started.over_at, learner=ctx.who.id)
    return _running(ctx, started)


def _running(ctx: Context, timer: Timer) -> Reply:
    until = Clock(timer.over_at.astimezone(ctx.zone).time())
    left = timer.minutes - timer.passed(ctx.now)
    said = Text("“{item}” until {time}: {left} to go.", item=_title(ctx, timer), time=until, left=Minutes(left))
    act = {"timer": str(timer.id)}
    return reply(
        said,
        Text("I ask at the end whether to log it."),
        buttons=(
            (
                Button(Text("Stop"), "focus", {"act": "stop"} | act),
                Button(Text("Throw it away"), "focus", {"act": "drop"} | act),
            ),
        ),
        replaces=ctx.request.pressed,
    )


def _stop(ctx: Context, timer: Timer, *, keep: bool) -> Reply:
    if not ctx.uow.timers.end(timer.id, ctx.now):
        raise Refusal(Text("That timer is over already."), buttons=(_again(timer.minutes),))
    ctx.uow.deliveries.withdraw(_errand(timer))
    passed = timer.passed(ctx.now)
    if not keep or not passed:
        return reply(Text("The timer is stopped, and nothing is logged."), buttons=(_again(timer.minutes),),
                     replaces=ctx.request.pressed)  # fmt: skip
    return _offer(
        ctx, timer, Text("{time} on “{item}”. Log them?", time=Minutes(passed), item=_title(ctx, timer)), passed
    )


def _over(ctx: Context, id_: int) -> Reply:
    """What the schedule says at the planned end."""
    timer = ctx.uow.timers.get(id_, ctx.who.id)
    if timer is None or timer.ended_at is not None:
        raise NothingToSend("the timer was stopped")
    ctx.uow.timers.end(timer.id, timer.over_at)
    said = Text(
        "The {time} on “{item}” ended at {clock}. Log them?",
        time=Minutes(timer.minutes),
        item=_title(ctx, timer),
        clock=Clock(timer.over_at.astimezone(ctx.zone).time()),
    )
    return _offer(ctx, timer, said, timer.minutes)


def _offer(ctx: Context, timer: Timer, said: Text, minutes: int) -> Reply:
    day = ctx.date_at(timer.started_at).isoformat()
    args = {"day": day, "item": timer.item, "timer": str(timer.id)}
    return reply(
        said,
        buttons=(
            (
                Button(Text("Log {time}", time=Minutes(minutes)), "log", {"spent": f"{minutes}m"} | args, "yes"),
                Button(Text("Log another time"), "log", args),
            ),
            (_again(timer.minutes), Button(Text("Today"), "today")),
        ),
        expects=Expects("log", "spent", args),
        replaces=ctx.request.pressed,
    )


def _again(minutes: int) -> Button:
    return Button(Text("Focus for {time}", time=Minutes(minutes)), "focus", {"minutes": f"{minutes}m"})


def _errand(timer: Timer) -> str:
    return write_token("focus", {"timer": str(timer.id)})


def _title(ctx: Context, timer: Timer) -> str:
    return ctx.study.title(timer.item)
