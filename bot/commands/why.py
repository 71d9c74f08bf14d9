"""/why: the entries behind the totals."""

from bot.commands.views.logging import logging_text
from bot.core.calendar import monday_of
from bot.core.ledger import loggings, standing
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, Table, reply
from bot.dialogue.text import Day, Minutes, Text, words


@command()
def why(ctx: Context) -> Reply:
    """See the entries behind your totals."""
    study, today = ctx.study, ctx.today
    week = study.week(today)
    counting = loggings(standing(study.entries))
    mine = [logging for logging in counting if monday_of(logging.lines[0].day) == week.monday and logging.minutes]
    position = study.position
    blocks: list[Block] = [
        Heading(Text("This week: {time}", time=Minutes(week.logged))),
        Bullets(tuple(logging_text(study, logging) for logging in mine)) if mine else Line(Text("No entry yet.")),
        Line(
            Text(
                "Owed: {target}, a seventh of your weekly hours for each day from {day} on.",
                target=Minutes(week.target),
                day=Day(max(week.monday, study.start)),
            )
        ),
        Heading(Text("All in all: {time}", time=Minutes(study.logged))),
        *_before(study),
        Table((Text("Item"), Text("Logged"), Text("Credited"), Text("Planned")), tuple(_rows(study)), numeric=1),
        Line(
            Text(
                "Covered: {covered} of {total}. That is {credited} credited and {saved} saved by items done early.",
                covered=Minutes(position.covered),
                total=Minutes(position.total),
                credited=Minutes(position.credited),
                saved=Minutes(position.covered - position.credited),
            )
        ),
        Line(Text("Hours beyond an item's plan count for the next open one; nothing is lost.")),
    ]
    return reply(*blocks, buttons=((Button(Text("History"), "history"), Button(Text("Progress"), "progress")),))


def _before(study: Study) -> list[Line]:
    """The hours of before a new beginning, which are credited to nothing since."""
    if study.again is None:
        return []
    time, day = Minutes(study.logged_before), Day(study.again.day)
    return [
        Line(Text("{time} of it are from before you began again on {day}; the plan begins anew.", time=time, day=day))
    ]


def _rows(study: Study) -> list[tuple[Text, ...]]:
    logged: dict[str, int] = {}
    for entry in study.entries:
        logged[entry.item] = logged.get(entry.item, 0) + entry.minutes
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
