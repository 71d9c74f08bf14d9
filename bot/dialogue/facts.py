"""What pictures show: small values that go with a reply, and are drawn when it is sent.

All amounts are minutes, all dates those of the learner or group.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from bot.dialogue.text import Text

Mark: TypeAlias = Literal["met", "partly", "missed", "paused", "open", "none"]
"""How a week stands to the commitment then in force. "open" is the week that runs and is not met yet; "none" has
nothing to be said of, such as the days before the start."""

Curve: TypeAlias = tuple[tuple[int, int], ...]
"""Points: days after the first day, and minutes until then."""


@dataclass(frozen=True)
class HeatWeek:
    """A week by its first day, with the minutes of each day until today; it may be shorter than seven days."""

    first: date
    mark: Mark
    minutes: tuple[int, ...]


@dataclass(frozen=True)
class ProgressFacts:
    """A learner on a roadmap: hours against the plan, with the forecast, and the days of the last weeks.

    `studied` and `due` are what was studied and what the plan asked for until each day after `first`; `goal` is what
    will have been studied at the end. `planned` and `at_pace` are the days of the end at the commitments and at the
    pace of the last weeks; where one is None, `planned_open` or `pace_open` says why.
    """

    title: str
    percent: int
    covered: int
    total: int
    first: date
    today: date
    studied: Curve
    due: Curve
    goal: int
    planned: date | None
    planned_open: Text
    at_pace: date | None
    pace_open: Text
    weeks: tuple[HeatWeek, ...]


@dataclass(frozen=True)
class BoardRow:
    """A row of a board. `share` is in percent of the member's own plan, None where that owed nothing."""

    rank: int
    name: str
    minutes: int
    share: int | None
    late: bool


@dataclass(frozen=True)
class BoardFacts:
    """A group's board on these days; `more` members are not shown."""

    group: str
    first: date
    last: date
    rows: tuple[BoardRow, ...]
    more: int


@dataclass(frozen=True)
class GroupWeekFacts:
    """A week of a group: the hours of its shown members together, the names of those who met their own week, how many
    `more` did, and for how many weeks in a row somebody has."""

    group: str
    first: date
    last: date
    together: int
    met: tuple[str, ...]
    more: int
    streak: int


@dataclass(frozen=True)
class ClosingFacts:
    """A finished roadmap: from when to when, how much was studied, and how many of the weeks were met."""

    title: str
    first: date
    last: date
    studied: int
    weeks: int
    met: int


Facts: TypeAlias = ProgressFacts | BoardFacts | GroupWeekFacts | ClosingFacts
