"""Hours that were read out of a file and wait for the learner's yes, as they are stored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.core.timesheet.reading import Problem, Sheet, SheetRow

PREFIX = '{"hours":'
"""How a stored draft begins, by which housekeeping knows it."""
PROBLEMS = 100
"""Lines not understood that are kept at most; of more the number is."""


@dataclass(frozen=True)
class HoursDraft:
    """A sheet by the file's name. `key` is carried by its buttons: a number may be given again once a draft is gone.
    `more` counts lines not understood beyond those in `sheet`."""

    key: str
    name: str
    sheet: Sheet
    more: int = 0


def drafted(key: str, name: str, sheet: Sheet) -> HoursDraft:
    """A draft of a sheet."""
    kept = Sheet(sheet.rows, sheet.problems[:PROBLEMS])
    return HoursDraft(key, name, kept, len(sheet.problems) - len(kept.problems))


def dumped(draft: HoursDraft) -> str:
    """The draft as text."""
    rows = [
        [row.line, row.day.isoformat(), row.minutes, row.names, row.note, _written(row.month_first)]
        for row in draft.sheet.rows
    ]
    problems = [[problem.line, problem.why, problem.cell[:40]] for problem in draft.sheet.problems]
    content = {"hours": rows, "problems": problems, "more": draft.more, "name": draft.name, "key": draft.key}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> HoursDraft | None:
    """What `dumped` wrote; None for any other stored request."""
    if not text.startswith(PREFIX):
        return None
    content: Mapping[str, Any] = json.loads(text)
    rows = tuple(
        SheetRow(line, date.fromisoformat(day), minutes, tuple(names), note, _read(other))
        for line, day, minutes, names, note, other in content["hours"]
    )
    problems = tuple(Problem(*problem) for problem in content["problems"])
    return HoursDraft(content["key"], content["name"], Sheet(rows, problems), content["more"])


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
