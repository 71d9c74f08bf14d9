"""A group's board as people see it."""

from datetime import date

from bot.commands.views.pictures import board_picture
from bot.commands.views.sums import own_week
from bot.core.calendar import DAY, WEEK, local_date, monday_of
from bot.core.group import Group
from bot.core.ids import LearnerId
from bot.core.leaderboard import Order, Row, Span, days_of
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Button, Heading, Line, Table
from bot.dialogue.text import Day, Days, Minutes, Percent, Plural, Text, Typed

SPANS: dict[Span, Text] = {"week": Text("Week"), "month": Text("Month"), "all": Text("All time")}
ORDERS: dict[Order, Text] = {"share": Text("By share"), "hours": Text("By hours")}

FARTHEST = 520
"""Weeks that a board goes back at most."""


def board_blocks(
    ctx: Context,
    group: Group,
    span: Span,
    by: Order,
    viewer: LearnerId | None,
    back: int = 0,
    *,
    drawn: bool = False,
) -> list[Block]:
    """The board with its dates, `back` weeks ago, as a picture, too, where it is `drawn`; one sentence where it has no
    members."""
    ctx.names_others = True
    today = local_date(ctx.now, group.zone) - back * WEEK
    first, last = days_of(span, today)
    board = ctx.uow.boards.board(group.id, None if span == "all" else first, last, by, viewer)
    first, last = days_of(span, today, board.begun)
    if not board.count and back:
        return [Line(Text("Nobody was on the board of {group}, {dates}.", group=group.title, dates=Days(first, last)))]
    if not board.count:
        return [
            Line(
                Text(
                    "Nobody is on the board of {group} yet. "
                    "Who joins shows this group their hours of the week and their share of their own plan.",
                    group=group.title,
                )
            )
        ]
    shown = board.shown
    blocks: list[Block] = [
        *([board_picture(group, board, first, last)] if drawn else []),
        Heading(Text("{group}, {dates}", group=group.title, dates=Days(first, last))),
        Table(
            (Text("#"), Text("Name"), Text("Hours"), Text("Of own plan")),
            tuple(_cells(row) for row in shown if row),
            numeric=2,
        ),
    ]
    left_out = board.count - sum(1 for row in shown if row)
    if left_out:
        blocks.append(Line(Plural("{n} more is on the board.", "{n} more are on the board.", n=left_out)))
    if any(row and row.late for row in shown):
        blocks.append(Line(Text("* Some of it was entered more than a day later.")))
    return blocks


def first_day_ahead(ctx: Context, group: Group) -> date | None:
    """The day on which the learner begins, where that is still to come: no board has them before."""
    if ctx.uow.enrollments.current(ctx.who.id) is None:
        return None
    begins = min(study.start for study in (ctx.study, *ctx.study.beside))
    return begins if begins > local_date(ctx.now, group.zone) else None


def not_yet(ctx: Context, group: Group) -> list[Block]:
    """From when on a board has the learner, where they have not begun."""
    begins = first_day_ahead(ctx, group)
    return [Line(Text("You are on this board from {day} on, your first day.", day=Day(begins)))] if begins else []


def own_share(ctx: Context) -> list[Block]:
    """What the learner's share of this week is measured by, where their plan has changed since it began."""
    if ctx.uow.enrollments.current(ctx.who.id) is None:
        return []
    study, monday = ctx.study, monday_of(ctx.today)
    week = own_week(ctx.who, study, monday)
    committed = week.owed(monday, monday + 6 * DAY)
    if committed == sum(plan.target(monday) for plan in week.plans):
        return []
    text = Text(
        "Your share is of the {time} you had planned when this week began; {why} says more.",
        time=Minutes(committed),
        why=Typed(Text("/why board")),
    )
    return [Line(text)]


def tabs(group: Group, span: Span, by: Order, command: str) -> tuple[Button, ...]:
    """Buttons for the board's other spans and orders, asked of the same command."""
    spans = [
        Button(label, command, {"span": name, "by": by, "of": str(group.id)})
        for name, label in SPANS.items()
        if name != span
    ]
    orders = [
        Button(label, command, {"span": span, "by": name, "of": str(group.id)})
        for name, label in ORDERS.items()
        if name != by
    ]
    return (*spans, *orders)


def weeks(group: Group, back: int, by: Order, command: str) -> tuple[Button, ...]:
    """Buttons for the weeks before and after one that is `back` weeks ago, asked of the same command."""

    def week(label: Text, ago: int) -> Button:
        return Button(label, command, {"span": "week", "by": by, "of": str(group.id), "back": str(ago)})

    if not back:
        return (week(Text("Last week"), 1),)
    earlier = (week(Text("← Earlier"), back + 1),) if back < FARTHEST else ()
    later = (week(Text("Later →"), back - 1),) if back > 1 else ()
    return (*earlier, *later, week(Text("This week"), 0))


def _cells(row: Row) -> tuple[Text, ...]:
    share = Text("{share}", share=Percent(row.share)) if row.share is not None else Text("nothing owed")
    time = Text("{time}*", time=Minutes(row.minutes)) if row.late else Text("{time}", time=Minutes(row.minutes))
    return Text("{rank}", rank=row.rank), Text("{name}", name=row.name), time, share
