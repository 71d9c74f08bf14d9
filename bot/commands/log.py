"""/log: hours, as people really type them."""

from datetime import date

from bot.commands.views.standing import streak_text, week_bar
from bot.core import ledger
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Duration, Flag, ItemRef, Note
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Line, Reply, reply
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Minutes, Text


@command(examples=("/log 1h30", "/log 45 min yesterday calculus", '/log 2h monday "chapter 3"'))
def log(
    ctx: Context,
    spent: Duration,
    day: Day | None = None,
    item: ItemRef | None = None,
    note: Note | None = None,
    again: Flag = False,
) -> Reply:
    """Take down study time."""
    study, day = ctx.study, day or ctx.today
    item = item or study.item
    check(ctx, study, spent, day)
    if not again and ledger.twin(study.entries, item=item, minutes=spent, day=day, now=ctx.now):
        return _twice(ctx, study, spent, day, item, note)
    entry = ctx.store.ledger.add(
        study.enrollment, item=item, day=day, minutes=spent, kind="study", now=ctx.now, note=note
    )
    after = ctx.afresh()
    return reply(
        Text("Logged {spent} on “{item}”, {day}.", spent=Minutes(spent), item=_title(study, item), day=DayText(day)),
        *([Text("Note: {note}", note=note)] if note else []),
        week_bar(after, day),
        *_news(study, after, day, ctx.today),
        buttons=((Button(Text("Undo"), "undo", {"entry": str(entry.id)}), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed and again,
    )


def check(ctx: Context, study: Study, spent: int, day: date) -> None:
    """Refuse, with the reason, what the ledger does not take."""
    try:
        ledger.check(study.entries, minutes=spent, day=day, start=study.start, today=ctx.today)
    except ledger.InTheFuture:
        raise Refusal(
            Text(
                "{day} has not come yet; I take down what is done. Today is {today}.",
                day=DayText(day),
                today=DayText(ctx.today),
            )
        ) from None
    except ledger.BeforeTheStart:
        raise Refusal(
            Text(
                "{day} is before you started on {start}; hours count from then on.",
                day=DayText(day),
                start=DayText(study.start),
            )
        ) from None
    except ledger.TooMuchInADay as found:
        raise Refusal(
            Text(
                "A day has 24 hours: with {spent} more, {day} would have {total}.",
                spent=Minutes(spent),
                day=DayText(day),
                total=Minutes(found.already + spent),
            ),
            Text("If an earlier entry is wrong, take it back in your history first."),
            buttons=(Button(Text("History"), "history"),),
        ) from None


def _twice(ctx: Context, study: Study, spent: int, day: date, item: str, note: str | None) -> Reply:
    args = {"spent": f"{spent}m", "day": day.isoformat(), "item": item, "again": "1"} | ({"note": note} if note else {})
    return reply(
        Text(
            "I have just taken down {spent} on “{item}”. Is this another one?",
            spent=Minutes(spent),
            item=_title(study, item),
        ),
        buttons=((Button(Text("Yes, log it too"), "log", args), Button(Text("No, once is right"), "today")),),
        replaces=ctx.request.pressed,
    )


def _news(before: Study, after: Study, day: date, today: date) -> list[Block]:
    """What this entry completed, worth a sentence."""
    lines = [
        Text("“{item}” is complete.", item=item.title)
        for item in after.roadmap.items.values()
        if before.position.left_of(item.id) and not after.position.left_of(item.id)
    ]
    if not before.week(day).met and after.week(day).met:
        lines.append(Text("This week is met. Streak: {streak}.", streak=streak_text(after, today)))
    if after.position.finished and not before.position.finished:
        lines.append(Text("That was the last hour of the roadmap: you have finished it. Congratulations!"))
    return [Line(line) for line in lines]


def _title(study: Study, item: str) -> str:
    return study.roadmap.items[item].title
