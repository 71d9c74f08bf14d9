"""/why: what every number is made of, one page for each."""

from collections.abc import Mapping
from typing import Annotated

from bot.commands.catchup import LABELS
from bot.commands.views.logging import logging_text
from bot.commands.views.owed import LISTED
from bot.commands.views.sums import balance_blocks, board_blocks, dates_blocks, streak_blocks, week_blocks
from bot.core.ledger import Logging, effective, loggings
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, Table, reply
from bot.dialogue.section import PLAN
from bot.dialogue.text import Day, Minutes, Plural, Text, words

PARTS: dict[str, Text] = {
    "week": Text("This week"),
    "hours": Text("Hours"),
    "plan": Text("Plan"),
    "streak": Text("Streak"),
    "dates": Text("Dates"),
    "board": Text("Board"),
}
PartRef = Annotated[
    str, ChoiceParameter(Text("streak"), Text("which number"), Text("Which number?"), {**PARTS, "pace": Text("Pace")})
]


@command(section=PLAN, examples=("/why", Text("/why streak")), reads=True, spoken=Text("why, why that"))
def why(ctx: Context, part: PartRef | None = None) -> Reply:
    """See what your numbers are made of."""
    study, today = ctx.study, ctx.today
    blocks: list[Block]
    if part == "plan":
        blocks = balance_blocks(study, today, _relieved(ctx))
    elif part == "streak":
        blocks = streak_blocks(study, today)
    elif part in {"dates", "pace"}:
        blocks = dates_blocks(study, today)
    elif part == "board":
        blocks = board_blocks(ctx.who, study, today)
    elif part == "hours":
        blocks = _hours(study, ctx)
    else:
        blocks = [*_week(study, ctx), *_hours(study, ctx)]
    others = [Button(label, "why", {"part": name}) for name, label in PARTS.items() if name != (part or "week")]
    return reply(
        *blocks,
        buttons=(others[:3], others[3:], (Button(Text("History"), "history"), Button(Text("Progress"), "progress"))),
    )


def _relieved(ctx: Context) -> list[tuple[Text, int]]:
    """Minutes no longer owed since catching up, after the last new beginning, each with the label of its kind."""
    adjustments, again = ctx.uow.adjustments.of(ctx.study.enrollment), ctx.study.again
    return [
        (LABELS[adjustment.kind], adjustment.relieved)
        for adjustment in adjustments
        if adjustment.undone_at is None and adjustment.relieved
        if again is None or adjustment.made_at > again.recorded_at
    ]


def _week(study: Study, ctx: Context) -> list[Block]:
    week = study.week(ctx.today)
    last = study.calendar.last_of(week.monday)
    counting = loggings(effective(ctx.uow.studies.between(study.enrollment, week.monday, last)))
    in_week = (
        tuple(line for line in logging.lines if study.calendar.first_of(line.day) == week.monday)
        for logging in counting
    )
    this_week = [Logging(lines) for lines in in_week if sum(line.minutes for line in lines)]
    return [
        Heading(Text("This week: {time}", time=Minutes(week.logged))),
        Bullets(tuple(logging_text(study, logging) for logging in this_week))
        if this_week
        else Line(Text("No entry yet.")),
        *week_blocks(study, week.monday),
    ]


def _hours(study: Study, ctx: Context) -> list[Block]:
    position = study.position
    amounts = {"covered": Minutes(position.covered), "total": Minutes(position.total)}
    saved = position.covered - position.credited
    covered = (
        Text(
            "Covered: {covered} of {total}. That is {credited} credited and {saved} saved by items done early.",
            credited=Minutes(position.credited),
            saved=Minutes(saved),
            **amounts,
        )
        if saved
        else Text("Covered: {covered} of {total}, the hours that are credited.", **amounts)
    )
    lines: list[Text] = [covered]
    if position.left_out:
        lines.append(Text("{time} left out: they are no part of the plan.", time=Minutes(position.left_out)))
    if position.extra:
        lines.append(Text("{time} were logged when nothing was left to credit them to.", time=Minutes(position.extra)))
    lines += [
        Text("On “{roadmap}”, which rests: {time}", roadmap=other.roadmap.title, time=Minutes(other.logged))
        for other in study.beside
        if other.logged
    ]
    lines.append(Text("Hours beyond an item's plan count for the next open one; nothing is lost."))
    columns = (Text("Item"), Text("Logged"), Text("Credited"), Text("Planned"))
    rows = tuple(_rows(study, ctx.uow.ledger.minutes_by_item(study.enrollment)))
    return [
        Heading(Text("All in all: {time}", time=Minutes(study.logged))),
        *_before(study),
        *([Table(columns, rows, numeric=1)] if rows else []),
        Line(lines[0]),
        *_closed(study),
        *map(Line, lines[1:]),
    ]


def _closed(study: Study) -> list[Block]:
    """The items that were done early or left out, each with the minutes it was."""
    saved: dict[str, int] = {}
    for covered in study.position.parts:
        if covered.done:
            saved[covered.part.item] = saved.get(covered.part.item, 0) + covered.part.minutes - covered.minutes
    out = {item: study.position.left_out_of(item) for item in study.roadmap.items}
    lines = [
        *(Text("“{item}”: {time} early", item=study.title(i), time=Minutes(m)) for i, m in saved.items() if m),
        *(Text("“{item}”: {time} left out", item=study.title(i), time=Minutes(m)) for i, m in out.items() if m),
    ]
    more = len(lines) - LISTED
    rest = [Plural("and {n} more", "and {n} more", n=more)] if more > 0 else []
    return [Bullets((*lines[:LISTED], *rest))] if lines else []


def _before(study: Study) -> list[Line]:
    """The hours of before a new beginning, which are credited to nothing since."""
    if study.again is None:
        return []
    time, day = Minutes(study.summary.before), Day(study.again.day)
    return [
        Line(Text("{time} of it are from before you began again on {day}; the plan begins anew.", time=time, day=day))
    ]


def _rows(study: Study, logged: Mapping[str, int]) -> list[tuple[Text, ...]]:
    """An item each, with the minutes `logged` on it."""
    rows = []
    for item in study.roadmap.items.values():
        credited = study.position.credited_to(item.id)
        if logged.get(item.id) or credited:
            amounts = (logged.get(item.id, 0), credited, item.minutes)
            rows.append((words(item.title), *(Text("{time}", time=Minutes(amount)) for amount in amounts)))
    for kept in study.position.kept:
        if kept.part.item not in study.roadmap.items:
            amounts = (logged.get(kept.part.item, 0), kept.minutes, kept.part.minutes)
            title = words(study.title(kept.part.item))
            rows.append((title, *(Text("{time}", time=Minutes(amount)) for amount in amounts)))
    return rows
