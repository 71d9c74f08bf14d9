"""What somebody has studied of a roadmap, week by week and module by module: for a page to keep."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.ledger import effective
from bot.core.study import Study
from roadmap.model import Module


@dataclass(frozen=True)
class WeekRecord:
    """A week with hours: its first and last day, whether it was met, and the minutes of each item, by id."""

    first: date
    last: date
    met: bool
    items: tuple[tuple[str, int], ...]

    @property
    def minutes(self) -> int:
        """All its minutes."""
        return sum(minutes for _, minutes in self.items)


@dataclass(frozen=True)
class StudyRecord:
    """The hours of one roadmap. `before` are minutes from before the first week; `first` and `last` the days of the
    first and last hours after it, None without any."""

    weeks: tuple[WeekRecord, ...]
    modules: tuple[tuple[Module, int], ...]
    before: int
    first: date | None
    last: date | None

    @property
    def minutes(self) -> int:
        """All minutes, those from before included."""
        return self.before + sum(week.minutes for week in self.weeks)

    @property
    def met(self) -> int:
        """The number of weeks that were met."""
        return sum(week.met for week in self.weeks)


def record_of(study: Study) -> StudyRecord:
    """The record of a study: every hour that counts, once."""
    began = study.calendar.first_of(study.start)
    by_week: dict[date, dict[str, int]] = {}
    by_item: dict[str, int] = {}
    days: list[date] = []
    before = 0
    for entry in effective(study.entries):
        if not entry.minutes:
            continue
        by_item[entry.item] = by_item.get(entry.item, 0) + entry.minutes
        if entry.day < began:
            before += entry.minutes
            continue
        days.append(entry.day)
        week = by_week.setdefault(study.calendar.first_of(entry.day), {})
        week[entry.item] = week.get(entry.item, 0) + entry.minutes
    weeks = tuple(
        WeekRecord(first, study.calendar.last_of(first), study.whole_week(first).met, tuple(items.items()))
        for first, items in sorted(by_week.items())
    )
    return StudyRecord(weeks, _modules(study, by_item), before, min(days, default=None), max(days, default=None))


def _modules(study: Study, by_item: dict[str, int]) -> tuple[tuple[Module, int], ...]:
    modules: Sequence[Module] = study.roadmap.modules
    return tuple((module, sum(by_item.get(item.id, 0) for item in module.items)) for module in modules)
