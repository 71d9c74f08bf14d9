"""/log: hours, as people really type them."""

from datetime import date

from bot.commands.views.logging import logging_text
from bot.commands.views.projects import Told, completed, ending
from bot.commands.views.standing import streak_text, week_bar
from bot.core import ledger
from bot.core.ledger import Entry, Logging
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Duration, Flag, ItemRef, Note, Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Line, Reply, reply
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Minutes, Text


@command(examples=("/log 1h30", Text("/log 45 min yesterday calculus"), Text('/log 2h monday "chapter 3"')))
def log(
    ctx: Context,
    spent: Duration,
    day: Day | None = None,
    item: ItemRef | None = None,
    note: Note | None = None,
    again: Flag = False,
    timer: Number | None = None,
) -> Reply:
    """Take down study time."""
    study, day = ctx.study, day or ctx.today
    args = {"spent": f"{spent}m", "day": day.isoformat()}
    args |= {name: value for name, value in (("item", item), ("note", note)) if value}
    _check(ctx, study, spent, day, args)
    if not again and ledger.twin(study.entries, item=item, minutes=spent, day=day, now=ctx.now):
        return _twice(spent, args, pressed=ctx.request.pressed)
    timed = ctx.store.timers.get(timer, ctx.who.id) if timer is not None else None
    if timed and not again and (before := ledger.stands(study.entries, timed.entry)):
        return _timed(study, before, args)
    shares = [(item, spent)] if item else study.position.in_order(spent)
    lines = _write(ctx, study, shares, day, note)
    if timed:
        ctx.store.timers.logged(timed.id, lines[0].id)
    after = ctx.entered(*lines)
    ctx.boards_change()
    done = completed(ctx, study, after)
    end = ending(ctx, after) if after.position.finished and not study.position.finished else Told()
    return reply(
        *_said(study, spent, day, shares),
        *([Text("Note: {note}", note=note)] if note else []),
        week_bar(after, day, ctx.today),
        *done.blocks,
        *_news(study, after, day, ctx.today),
        *end.blocks,
        buttons=(
            (Button(Text("Undo"), "undo", {"entry": str(lines[0].id)}), Button(Text("Today"), "today")),
            done.buttons or end.buttons,
        ),
        replaces=ctx.request.pressed and again,
    )


def _write(ctx: Context, study: Study, shares: list[tuple[str, int]], day: date, note: str | None) -> list[Entry]:
    """Add a line for each item's share; the note stands in the first, which holds them together."""
    lines: list[Entry] = []
    for item, minutes in shares:
        line = ctx.store.ledger.add(
            study.enrollment,
            item=item,
            day=day,
            minutes=minutes,
            kind="study",
            now=ctx.now,
            note=None if lines else note,
            part_of=lines[0].id if lines else None,
        )
        lines.append(line)
    return lines


def _said(study: Study, spent: int, day: date, shares: list[tuple[str, int]]) -> list[Block]:
    """What was understood."""
    if len(shares) == 1:
        title = study.roadmap.items[shares[0][0]].title
        return [Line(Text("Logged {spent} on “{item}”, {day}.", spent=Minutes(spent), item=title, day=DayText(day)))]
    lines = [
        Text("{time} on “{item}”", time=Minutes(minutes), item=study.roadmap.items[item].title)
        for item, minutes in shares
    ]
    return [Line(Text("Logged {spent}, {day}:", spent=Minutes(spent), day=DayText(day))), Bullets(tuple(lines))]


def _check(ctx: Context, study: Study, spent: int, day: date, args: dict[str, str]) -> None:
    """Refuse, with the reason, what the ledger does not take; a wrong day can become today with one tap."""
    today = DayText(ctx.today)
    for_today = Button(Text("Log it for today"), "log", {**args, "day": ctx.today.isoformat()})
    try:
        ledger.check(study.entries, minutes=spent, day=day, start=study.start, today=ctx.today)
    except ledger.InTheFuture:
        said = Text(
            "{day} has not come yet; I take down what is done. Today is {today}.", day=DayText(day), today=today
        )
        raise Refusal(said, buttons=(for_today,)) from None
    except ledger.BeforeTheStart:
        start = DayText(study.start)
        said = Text("{day} is before you started on {start}; hours count from then on.", day=DayText(day), start=start)
        raise Refusal(said, buttons=(for_today,)) from None
    except ledger.TooMuchInADay as found:
        total = Minutes(found.already + spent)
        said = Text(
            "A day has 24 hours: with {spent} more, {day} would have {total}.",
            spent=Minutes(spent),
            day=DayText(day),
            total=total,
        )
        fix = Text("If an earlier entry is wrong, take it back in your history first.")
        raise Refusal(said, fix, buttons=(Button(Text("History"), "history"),)) from None


def _twice(spent: int, args: dict[str, str], *, pressed: bool) -> Reply:
    said = Text("I have just taken down {spent} for that day.", spent=Minutes(spent))
    yes = Button(Text("Yes, log it too"), "log", {**args, "again": "1"})
    return reply(
        said,
        Text("Is this another one?"),
        buttons=((yes, Button(Text("No, once is right"), "today")),),
        replaces=pressed,
    )


def _timed(study: Study, before: Logging, args: dict[str, str]) -> Reply:
    return reply(
        Text("That timer is logged already. {what}.", what=logging_text(study, before)),
        buttons=(
            (
                Button(Text("Undo"), "undo", {"entry": str(before.id)}),
                Button(Text("Yes, log it too"), "log", {**args, "again": "1"}),
            ),
        ),
    )


def _news(before: Study, after: Study, day: date, today: date) -> list[Block]:
    """What this entry means for the week and the whole, worth a sentence."""
    lines = list[Text]()
    if not before.whole_week(day).met and after.whole_week(day).met:
        lines.append(Text("This week is met. Streak: {streak}.", streak=streak_text(after, today)))
    if after.position.finished and not before.position.finished:
        lines.append(Text("That was the last hour of the roadmap: you have finished it. Congratulations!"))
    return [Line(line) for line in lines]
