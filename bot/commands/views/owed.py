"""What was owed on which days, and why: the days of a week, and weeks alike in a row."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from bot.core.study import Study
from bot.dialogue.text import Day, Days, Minutes, Plural, Text

LISTED = 12
"""Lines that are listed one by one; what is older is one sum."""
Owing = tuple[int, str]
"""Minutes a week in force on a day, and where they are 0 the reason."""


def span(first: date, last: date) -> Day | Days:
    """Days from first to last, as they are shown."""
    return Day(first) if first == last else Days(first, last)


def days_of_week(study: Study, monday: date) -> list[Text]:
    """The days of a week in runs that owe the same for the same reason; each owes a seventh of its weekly hours."""
    runs = _runs(study, monday)
    return [Text("{dates}: {what}", dates=span(run[0], run[-1]), what=_what(owing, len(run))) for owing, run in runs]


def weeks_owed(study: Study, mondays: Iterable[date]) -> list[Text]:
    """What each of these weeks owed, those alike in a row as one line, the newest first; the oldest ones as one sum."""
    runs: list[tuple[list[tuple[Owing, list[date]]], list[date]]] = []
    begun = study.calendar.first_of(study.began) if study.again else None
    for monday in mondays:
        parts = _runs(study, monday, study.began)
        alike = len(parts) == 1 and runs and len(runs[-1][0]) == 1 and _whole(runs[-1][0][0]) == _whole(parts[0])
        if alike and runs[-1][1] != [begun]:
            runs[-1][1].append(monday)
        else:
            runs.append((parts, [monday]))
    newest = runs[::-1]
    lines = [_weeks(study, parts, weeks) for parts, weeks in newest[:LISTED]]
    if older := newest[LISTED:]:
        together = sum(study.owed_of(monday) for _, weeks in older for monday in weeks)
        lines.append(Text("before that: {time}", time=Minutes(together)))
    return lines


def _whole(part: tuple[Owing, list[date]]) -> tuple[Owing, int]:
    return part[0], len(part[1])


def _runs(study: Study, monday: date, began: date | None = None) -> list[tuple[Owing, list[date]]]:
    def owing(day: date) -> Owing:
        return (0, "again") if began and study.start <= day < began else _owing(study, day)

    days = study.calendar.days(monday)
    return [(owed, list(run)) for owed, run in groupby(days, key=owing)]


def _owing(study: Study, day: date) -> Owing:
    owed = study.commitments.on(day)
    if owed:
        return owed, ""
    if study.commitments.planned_pause(day):
        return 0, "planned"
    if study.commitments.absent(day):
        return 0, "ill"
    if day < study.start:
        return 0, "before"
    return 0, "rests" if any(other.commitments.on(day) for other in study.beside) else "pause"


def _what(owing: Owing, days: int) -> Text:
    owed, reason = owing
    if owed:
        return Plural("{n} day at {hours} a week", "{n} days at {hours} a week", n=days, hours=Minutes(owed))
    return {
        "ill": Plural("{n} day ill, which owes nothing", "{n} days ill, which owe nothing", n=days),
        "before": Plural("{n} day before your start", "{n} days before your start", n=days),
        "rests": Plural("{n} day on another roadmap", "{n} days on another roadmap", n=days),
        "pause": Plural("{n} day of pause, which owes nothing", "{n} days of pause, which owe nothing", n=days),
        "again": Plural("{n} day before you began again", "{n} days before you began again", n=days),
        "planned": Plural(
            "{n} day of a planned pause, which owes nothing", "{n} days of planned pause, which owe nothing", n=days
        ),
    }[reason]


def _weeks(study: Study, parts: Sequence[tuple[Owing, list[date]]], weeks: Sequence[date]) -> Text:
    dates, owed = Days(weeks[0], study.calendar.last_of(weeks[-1])), study.owed_of(weeks[0])
    if len(weeks) > 1 and owed:
        return Plural(
            "{dates}: {n} week of {time}, {together} together",
            "{dates}: {n} weeks of {time}, {together} together",
            n=len(weeks),
            dates=dates,
            time=Minutes(owed),
            together=Minutes(owed * len(weeks)),
        )
    text = _what(parts[0][0], len(parts[0][1]) * len(weeks))
    for owing, run in parts[1:]:
        text = Text("{some}, {more}", some=text, more=_what(owing, len(run)))
    if study.again and weeks[0] == study.calendar.first_of(study.began):
        text = Text("{some}; no more than the {time} that were left", some=text, time=Minutes(study.left_when_begun))
    return Text("{dates}: {time} ({what})", dates=dates, time=Minutes(owed), what=text)
