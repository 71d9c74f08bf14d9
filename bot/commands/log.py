"""/log: add study time, in the words that people really type."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from bot.commands.move import move_buttons
from bot.commands.starting.dates import today_button
from bot.commands.views.closing import just_finished
from bot.commands.views.entries import history_button, rejected_text, too_much_text
from bot.commands.views.logging import logged_blocks, logging_text
from bot.commands.views.progress import streak_text, week_bar
from bot.commands.views.projects import Section, completed, page_button
from bot.commands.views.study_times import asking_for_times
from bot.core import ledger
from bot.core.calendar import DAY
from bot.core.ledger import UNUSUAL, Entry, Logging
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Duration, Entries, EntriesParameter, Flag, ItemRef, Note, Number
from bot.dialogue.questions import ASKED
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Bar, Block, Button, Expects, Line, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Minutes, Text, Typed
from bot.ports.changes import EntryAdded
from bot.usecases.log_time import log_time

SMALL_HOURS = 4
"""Until this hour after midnight an entry without a day may be about the day before."""


class Amount(NamedTuple):
    """What one entry is to say: minutes, and as far as they were named the day, the item and a note."""

    spent: int
    day: date | None = None
    item: str | None = None
    note: str | None = None


# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /log without any amount
_SENTENCES = Sentences(
    Text(
        "(i) (want/need/like/have) (to) log/add/enter/record (my/some) (study) time/hours (studied), "
        "how do/can i log (my/some) (study) time/hours"
    ),
    study=True,
)


@command(
    section=TODAY,
    examples=("/log 1h30", Text("/log 45 min yesterday calculus"), Text('/log 2h monday "chapter 3"')),
    any_order=True,
    spoken=Text("log, log study time"),
    sentences=_SENTENCES,
)
def log(
    ctx: Context,
    spent: Duration,
    day: Day | None = None,
    item: ItemRef | None = None,
    note: Note | None = None,
    again: Flag = False,
    timer: Number | None = None,
    also: Entries | None = None,
    sure: Number | None = None,
) -> Reply:
    """Log study time."""
    if also:
        answer = _each(ctx, [Amount(spent, day, item, note), *(_read(ctx, entry) for entry in also)])
    else:
        answer = _one(ctx, spent, day, item, note, again=again, timer=timer, sure=sure)
    logged = any(isinstance(change, EntryAdded) for change in ctx.uow.changes)
    return asking_for_times(ctx, answer) if logged else answer


def _one(
    ctx: Context,
    spent: int,
    day: date | None,
    item: str | None,
    note: str | None,
    *,
    again: bool = False,
    timer: int | None = None,
    sure: int | None = None,
) -> Reply:
    """One entry, or the question whether it is right."""
    day_omitted = day is None
    study, day = ctx.study, day or ctx.today
    args = {"spent": f"{spent}m", "day": day.isoformat()}
    args |= {name: value for name, value in (("item", item), ("note", note)) if value}
    _check(ctx, study, spent, day, args)
    if not again and ledger.twin(study.summary.recent, item=item, minutes=spent, day=day, now=ctx.now):
        return _twice(spent, args)
    if sure != spent and not _confirmed(ctx) and ledger.unusual(spent, lambda: study.by_day):
        return _unusual(ctx, spent, args)
    timed = ctx.uow.timers.get(timer, ctx.who.id) if timer is not None else None
    if timed and not again and (before := ledger.in_force(study.entries, timed.entry)):
        return _timed(study, before, args)
    logged = log_time(
        ctx.uow,
        study,
        minutes=spent,
        day=day,
        today=ctx.today,
        now=ctx.now,
        item=item,
        note=note,
        timer=timed.id if timed else None,
    )
    return _logged(ctx, study, logged, day_omitted=day_omitted, anew=not again)


def _logged(ctx: Context, before: Study, logged: Logging, *, day_omitted: bool, anew: bool) -> Reply:
    after, day = ctx.study, logged.lines[0].day
    done = completed(ctx, before, after)
    end = just_finished(ctx, after) if after.position.finished and not before.position.finished else Section()
    return reply(
        *logged_blocks(before, logged),
        week_bar(after, day, ctx.today),
        *done.blocks,
        *_news(before, after, day, ctx.today),
        *end.blocks,
        buttons=(
            (Button(Text("Undo"), "undo", {"entry": str(logged.id)}), Button(Text("Today"), "today")),
            done.buttons or end.buttons,
            (page_button(),) if end.blocks else (),
            _yesterday(ctx, before, logged.lines[0]) if day_omitted else (),
            move_buttons(logged.id),
        ),
        anew=anew,
    )


def _each(ctx: Context, amounts: Sequence[Amount]) -> Reply:
    """Several entries at once: all of them, or none where one is refused."""
    try:
        replies = [_one(ctx, spent, day, item, note, again=True) for spent, day, item, note in amounts]
    except Refusal as refusal:
        if refusal.option != "day":
            raise
        # No entry is lost: one button logs all of them for today.
        first, *others = [_wires(amount._replace(day=ctx.today)) for amount in amounts]
        today = Button(Text("Log all of it for today"), "log", {**first, "also": EntriesParameter.written(others)})
        raise Refusal(*refusal.lines, buttons=(today,), final=True) from None
    undo = [
        Button(Text("Undo {what}", what=Text("{time}", time=Minutes(amount.spent))), button.command, button.args)
        for amount, answer in zip(amounts, replies, strict=True)
        for button in answer.buttons[0][:1]
    ]
    blocks = [block for answer in replies for block in answer.blocks if not isinstance(block, Bar)]
    bar = [block for block in replies[-1].blocks if isinstance(block, Bar)]
    return reply(*blocks, *bar, buttons=(undo, (Button(Text("Today"), "today"),)))


def _wires(amount: Amount) -> dict[str, str]:
    """An amount as a button carries it."""
    spent, day, item, note = amount
    fields = (("spent", f"{spent}m"), ("day", day and day.isoformat()), ("item", item), ("note", note))
    return {name: wire for name, wire in fields if wire}


def _read(ctx: Context, entry: Mapping[str, str]) -> Amount:
    """An amount that a button carries; what cannot be read any more is refused."""
    read: dict[str, Any] = {
        option.name: option.parameter.read(entry[option.name], ctx)
        for option in log.options
        if option.name in entry and option.parameter.typed
    }
    if not read.get("spent"):
        raise Refusal(Text("This button no longer works; {help} shows what I can do now.", help=Typed("/help")))
    return Amount(read["spent"], read.get("day"), read.get("item"), read.get("note"))


def _confirmed(ctx: Context) -> bool:
    """Whether a button was pressed that shows this very amount."""
    return ctx.request.pressed and "spent" in ctx.request.args and ASKED not in ctx.request.args


def _unusual(ctx: Context, spent: int, args: dict[str, str]) -> Reply:
    """Ask once about an amount that is likely a slip of the pen, with what else may have been meant."""
    hours, minutes = divmod(spent, 100)
    typed = f"{ctx.request.rest} {ctx.request.args.get('spent', '')}".split()
    meant = [spent // 10] if spent % 60 == 0 and spent >= 100 else []
    if spent >= 100 and minutes < 60 and hours * 60 + minutes <= UNUSUAL and str(spent) in typed:
        meant = [hours * 60 + minutes]
    others = [Button(Text("{time}", time=Minutes(n)), "log", {**args, "spent": f"{n}m"}) for n in meant]
    yes = Button(Text("Yes, {time}", time=Minutes(spent)), "log", args, "yes")
    other_args = {name: wire for name, wire in args.items() if name != "spent"}
    return reply(
        Text("{time} at once is a lot. Is that right?", time=Minutes(spent)),
        buttons=((yes, *others, Button(Text("Another time"), "log", other_args, "no")),),
        expects=Expects("log", "spent", {**other_args, "sure": str(spent)}),
    )


def _yesterday(ctx: Context, study: Study, line: Entry) -> tuple[Button, ...]:
    """Soon after midnight the day that ended may be meant: one tap puts the entry there."""
    local, before = ctx.now.astimezone(ctx.zone), line.day - DAY
    if local.hour >= SMALL_HOURS or line.day != local.date() or before < study.start:
        return ()
    return (Button(Text("It was yesterday"), "move", {"entry": str(line.id), "day": before.isoformat()}),)


def _check(ctx: Context, study: Study, spent: int, day: date, args: dict[str, str]) -> None:
    """Refuse, with the reason, what the ledger does not take; a wrong day can become today with one tap."""
    try:
        ledger.check(study.minutes_on(day), minutes=spent, day=day, start=study.start, today=ctx.today)
    except ledger.TooMuchInADay as rejected:
        fix = Text("If an earlier entry is wrong, take it back in your history first.")
        raise Refusal(too_much_text(rejected, spent, day), fix, buttons=(history_button(),), option="spent") from None
    except ledger.Rejected as rejected:
        for_today = Button(Text("Log it for today"), "log", {**args, "day": ctx.today.isoformat()})
        reason = rejected_text(rejected, minutes=spent, day=day, start=study.start, today=ctx.today)
        now = today_button(ctx) if ctx.today < study.start else for_today
        raise Refusal(reason, buttons=(now,), option="day") from None


def _twice(spent: int, args: dict[str, str]) -> Reply:
    just_logged = Text("I have just logged {spent} for that day.", spent=Minutes(spent))
    yes = Button(Text("Yes, log it too"), "log", {**args, "again": "1"}, "yes")
    return reply(
        just_logged,
        Text("Is this another one?"),
        buttons=((yes, Button(Text("No, once is right"), "today", answers="no")),),
    )


def _timed(study: Study, before: Logging, args: dict[str, str]) -> Reply:
    return reply(
        Text("That timer is logged already. {what}.", what=logging_text(study, before)),
        buttons=(
            (
                Button(Text("Undo"), "undo", {"entry": str(before.id)}),
                Button(Text("Yes, log it too"), "log", {**args, "again": "1"}, "yes"),
            ),
        ),
        anew=True,
    )


def _news(before: Study, after: Study, day: date, today: date) -> list[Block]:
    """A sentence for a week that this entry has met, and one for a roadmap that it has finished."""
    lines = list[Text]()
    if not before.whole_week(day).met and after.whole_week(day).met:
        lines.append(Text("This week is met. Streak: {streak}.", streak=streak_text(after, today)))
    if after.position.finished and not before.position.finished:
        lines.append(Text("That was the last hour of the roadmap: you have finished it. Congratulations!"))
    return [Line(line) for line in lines]
