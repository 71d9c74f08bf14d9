"""What is in a file of hours, in words."""

from collections.abc import Sequence

from bot.core.study import Study
from bot.core.timesheet.draft import HoursDraft
from bot.core.timesheet.intake import Intake
from bot.core.timesheet.reading import Problem, SheetRow
from bot.core.timesheet.table import MOST_ROWS, Unreadable
from bot.dialogue.reply import Block, Heading, Line
from bot.dialogue.text import Day, Minutes, Plural, Text

_LISTED = 5
"""Lines, or days, that are listed; of more the rest is a number."""
_CELL = 30
"""Characters of a cell that are shown."""


def preview_blocks(study: Study, draft: HoursDraft, intake: Intake) -> list[Block]:
    """What would be logged, what not and why."""
    taken = intake.taken
    blocks: list[Block] = [
        Heading(
            Plural(
                "{name}: {n} entry, {time}",
                "{name}: {n} entries, {time}",
                n=len(taken),
                name=draft.name,
                time=_sum(taken),
            )
        )
    ]
    if taken:
        blocks.append(Line(Text("From {first} to {last}.", first=Day(taken[0].day), last=Day(taken[-1].day))))
    blocks += map(Line, (*_early(study, intake), *_long(intake), *_left_out(intake)))
    blocks += problem_blocks(draft.sheet.problems, draft.more)
    if taken:
        blocks.append(Line(Text("Hours count for the item that a line names, else in the order of your plan.")))
    blocks.append(Line(Text("Nothing is logged yet.")))
    return blocks


def _sum(rows: Sequence[SheetRow]) -> Minutes:
    return Minutes(sum(row.minutes for row in rows))


def _early(study: Study, intake: Intake) -> list[Text]:
    early = intake.before(study.start)
    if not early:
        return []
    return [
        Plural(
            "{n} of them ({time}) is of a day before you started on {start}. It counts for what you have covered of "
            "the roadmap; weeks and streaks begin with your start.",
            "{n} of them ({time}) are of days before you started on {start}. They count for what you have covered of "
            "the roadmap; weeks and streaks begin with your start.",
            n=len(early),
            time=_sum(early),
            start=Day(study.start),
        )
    ]


def _long(intake: Intake) -> list[Text]:
    lines: list[Text] = [
        Text("{day} would have {time}. Is that right?", day=Day(day), time=Minutes(minutes))
        for day, minutes in sorted(intake.long.items())[:_LISTED]
    ]
    return lines + _more(len(intake.long))


def _left_out(intake: Intake) -> list[Text]:
    lines: list[Text] = []
    if intake.double:
        lines.append(
            Plural(
                "Left out: {n} entry ({time}) looks like being logged already, with the same day and time.",
                "Left out: {n} entries ({time}) look like being logged already, with the same day and time.",
                n=len(intake.double),
                time=_sum(intake.double),
            )
        )
    if intake.ahead:
        lines.append(
            Plural(
                "Left out: {n} entry of a day that has not come yet, {day}.",
                "Left out: {n} entries of days that have not come yet, the first on {day}.",
                n=len(intake.ahead),
                day=Day(intake.ahead[0].day),
            )
        )
    if intake.full:
        lines.append(
            Plural(
                "Left out: {n} entry with which {day} would have more than 24 hours.",
                "Left out: {n} entries with which a day would have more than 24 hours, the first on {day}.",
                n=len(intake.full),
                day=Day(intake.full[0].day),
            )
        )
    return lines


def problem_blocks(problems: Sequence[Problem], more: int = 0) -> list[Block]:
    """The lines that were not understood, with the reason."""
    if not problems:
        return []
    count = len(problems) + more
    heading = Plural("I did not understand {n} line:", "I did not understand {n} lines:", n=count)
    lines = [_problem(problem) for problem in problems[:_LISTED]]
    return [Line(text) for text in (heading, *lines, *_more(count))]


def _more(count: int) -> list[Text]:
    left = count - _LISTED
    return [Plural("and {n} more", "and {n} more", n=left)] if left > 0 else []


def _problem(problem: Problem) -> Text:
    cell = problem.cell if len(problem.cell) <= _CELL else f"{problem.cell[:_CELL]}…"
    if not cell:
        missing = {"line": problem.line}
        return (
            Text("Line {line}: the day is missing.", **missing)
            if problem.why == "day"
            else Text("Line {line}: the duration is missing.", **missing)
        )
    values: dict[str, str | int] = {"line": problem.line, "cell": cell}
    match problem.why:
        case "day":
            return Text("Line {line}: “{cell}” is no day.", **values)
        case "which day":
            return Text("Line {line}: “{cell}” may be two days.", **values)
        case "duration":
            return Text("Line {line}: “{cell}” is no duration.", **values)
        case "no time":
            return Text("Line {line}: “{cell}” is less than a minute.", **values)
        case "too long":
            return Text("Line {line}: “{cell}” is more than a day.", **values)


def which_day(draft: HoursDraft, row: SheetRow) -> Text:
    """The question how a date is meant that has the day or the month first."""
    return Text(
        "{name} has days that can be read in two ways. Which day is meant in line {line}?",
        name=draft.name,
        line=row.line,
    )


def unreadable_text(unreadable: Unreadable, name: str) -> Text:
    """Why no hours can be read from a file."""
    match unreadable.why:
        case "empty":
            return Text("{name} is empty.", name=name)
        case "no text":
            return Text("{name} is no CSV file. In a spreadsheet, save the table as CSV first.", name=name)
        case "quotes":
            return Text("{name} cannot be read as a table. Is a quotation mark not closed?", name=name)
        case "long":
            return Text(
                "{name} has more than {n} lines. Send it in parts, such as a year at a time.", name=name, n=MOST_ROWS
            )
        case "columns":
            detail = unreadable.detail
            return Text(
                "{name} has no columns that I know: one for the day, such as “Date”, and one for how long, such as "
                "“Duration”. Its first line is “{header}”.",
                name=name,
                header=detail if len(detail) <= 80 else f"{detail[:80]}…",
            )
