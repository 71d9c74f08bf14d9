"""A day in the past as people name it: the nearest one that fits, and a question where two do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Day, Parameter, Unclear
from bot.dialogue.text import Day as DayText
from bot.dialogue.text import Text

Make = Callable[..., Context]
DAY: Parameter[date] = get_args(Day)[1]
WEDNESDAY = date(2026, 3, 4)
MARCH_3 = date(2026, 3, 3)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", WEDNESDAY),
        ("Today", WEDNESDAY),
        ("yesterday", MARCH_3),
        ("YESTERDAY", MARCH_3),
        ("the day before yesterday", date(2026, 3, 2)),
        ("day before yesterday", date(2026, 3, 2)),
        ("tomorrow", date(2026, 3, 5)),
        ("the day after tomorrow", date(2026, 3, 6)),
        ("a week ago", date(2026, 2, 25)),
        ("one day ago", MARCH_3),
        ("3.march", MARCH_3),
        # A weekday is the last one, today included.
        ("wednesday", WEDNESDAY),
        ("tuesday", MARCH_3),
        ("Monday", date(2026, 3, 2)),
        ("sunday", date(2026, 3, 1)),
        ("thursday", date(2026, 2, 26)),
        ("wed", WEDNESDAY),
        ("Mon.", date(2026, 3, 2)),
        ("tues", MARCH_3),
        ("thurs", date(2026, 2, 26)),
        ("thur", date(2026, 2, 26)),
        ("on monday", date(2026, 3, 2)),
        ("last monday", date(2026, 3, 2)),
        ("last wednesday", date(2026, 2, 25)),
        ("last thu", date(2026, 2, 26)),
        ("this wednesday", WEDNESDAY),
        # Nobody means last Friday by the next one.
        ("next friday", date(2026, 3, 6)),
        ("next wednesday", date(2026, 3, 11)),
        ("3 March", MARCH_3),
        ("3 mar", MARCH_3),
        ("3rd March", MARCH_3),
        ("3rd of march", MARCH_3),
        ("the 3rd", MARCH_3),
        ("the 5th", date(2026, 2, 5)),
        ("3. March", MARCH_3),
        ("03 March 2026", MARCH_3),
        ("3 March, 2026", MARCH_3),
        ("March 3", MARCH_3),
        ("march 3rd", MARCH_3),
        ("Mar. 3", MARCH_3),
        ("March 3, 2026", MARCH_3),
        ("march 3 2025", date(2025, 3, 3)),
        ("1st sept", date(2026, 9, 1)),
        ("may 2", date(2026, 5, 2)),
        ("2026-03-03", MARCH_3),
        ("2026-3-3", MARCH_3),
        ("3.3.", MARCH_3),
        ("3. 3.", MARCH_3),
        ("03.03.2026", MARCH_3),
        ("3.3. 2026", MARCH_3),
        ("3.3.26", MARCH_3),
        ("3.3.25", date(2025, 3, 3)),
        ("13/3", date(2026, 3, 13)),
        ("3/13", date(2026, 3, 13)),
        ("3/3", MARCH_3),
        ("13/2/2026", date(2026, 2, 13)),
        ("13/2/26", date(2026, 2, 13)),
        ("2 days ago", date(2026, 3, 2)),
        ("1 day ago", MARCH_3),
        ("1 week ago", date(2026, 2, 25)),
        ("3 weeks ago", date(2026, 2, 11)),
        ("٣ march", MARCH_3),
        # No such day, or no day near today.
        ("31/2", None),
        ("45/99", None),
        ("3/3/2026/1", None),
        ("3.3", MARCH_3),
        ("3 calculus", None),
        ("calculus 3", None),
        ("march", None),
        ("mo", None),
        ("todays", None),
        ("2 days", None),
        ("in 2 days", None),
        ("monday2", None),
        ("3 marches", None),
        ("march 3pm", None),
        ("march 3:30", None),
        ("march 3.5h", None),
        ("", None),
    ],
)
def test_a_day(context: Make, typed: str, day: date | None) -> None:
    assert DAY.take(typed, context()) == (None if day is None else (day, ""))


@pytest.mark.parametrize(
    "typed",
    [
        "31 February",
        "30.2.",
        "0 March",
        "29 feb",
        "2026-02-29",
        "2026-13-01",
        "0000-01-01",
        "9999-12-31",
        "1 January 2999",
        "99.99.",
        "32 March",
    ],
)
def test_a_date_that_is_none_is_asked_about_and_never_becomes_a_note(context: Make, typed: str) -> None:
    with pytest.raises(Unclear) as asked:
        DAY.take(f"{typed} calculus", context())
    assert asked.value.rest == "calculus"
    assert [choice.wire for choice in asked.value.choices] == ["2026-03-04", "2026-03-03", "2026-03-02"]


@pytest.mark.parametrize(
    ("typed", "day", "rest"),
    [
        ("yesterday calculus", MARCH_3, "calculus"),
        ("yesterday, calculus", MARCH_3, ", calculus"),
        ("3 March calculus", MARCH_3, "calculus"),
        ("march 3, calculus", MARCH_3, ", calculus"),
        ("March 3. Calculus", MARCH_3, ". Calculus"),
        ("March 3rd 2h", MARCH_3, "2h"),
        ("3.3. 30 min", MARCH_3, "30 min"),
        ("3.3. 2h", MARCH_3, "2h"),
        ("2026-03-03 Notes", MARCH_3, "Notes"),
        ("on 3 March Chapter ẞ", MARCH_3, "Chapter ẞ"),
        ("last monday İstanbul", date(2026, 3, 2), "İstanbul"),
        ("Mon. 2h", date(2026, 3, 2), "2h"),
        ("2 days ago calculus", date(2026, 3, 2), "calculus"),
        ("13/3 x", date(2026, 3, 13), "x"),
        ("3 march 45 min", MARCH_3, "45 min"),
    ],
)
def test_what_follows_is_kept(context: Make, typed: str, day: date, rest: str) -> None:
    assert DAY.take(typed, context()) == (day, rest)


@pytest.mark.parametrize(
    ("typed", "readings", "rest"),
    [
        ("3/4", [date(2026, 3, 4), date(2026, 4, 3)], ""),
        ("4/3 calculus", [date(2026, 3, 4), date(2026, 4, 3)], "calculus"),
        ("3/4/2025", [date(2025, 3, 4), date(2025, 4, 3)], ""),
        ("3/4/25 x", [date(2025, 3, 4), date(2025, 4, 3)], "x"),
        ("12/1", [date(2025, 12, 1), date(2026, 1, 12)], ""),
    ],
)
def test_a_day_with_two_readings_is_asked_about(context: Make, typed: str, readings: list[date], rest: str) -> None:
    with pytest.raises(Unclear) as raised:
        DAY.take(typed, context())
    assert [choice.label for choice in raised.value.choices] == [Text("{day}", day=DayText(day)) for day in readings]
    assert [DAY.read(choice.wire, context()) for choice in raised.value.choices] == readings
    assert raised.value.rest == rest
    assert raised.value.problem == Text("Which day is {day}?", day=typed.split()[0])


@pytest.mark.parametrize(
    ("today", "typed", "day"),
    [
        # Without a year it is the nearest.
        (date(2026, 1, 5), "28 December", date(2025, 12, 28)),
        (date(2026, 12, 28), "5 January", date(2027, 1, 5)),
        (date(2026, 1, 5), "5 July", date(2026, 7, 5)),
        (date(2026, 1, 5), "6 July", date(2026, 7, 6)),
        (date(2026, 1, 5), "7 July", date(2025, 7, 7)),
        # As near in both years: the one behind us.
        (date(2028, 1, 1), "2 July", date(2027, 7, 2)),
        # 29 February is one where there is one next to today's year.
        (date(2028, 3, 1), "29 feb", date(2028, 2, 29)),
        (date(2027, 3, 1), "29 feb", date(2028, 2, 29)),
        (date(2029, 3, 1), "29.2.", date(2028, 2, 29)),
        # A weekday on the same weekday is today.
        (date(2026, 3, 2), "monday", date(2026, 3, 2)),
        (date(2026, 3, 2), "last monday", date(2026, 2, 23)),
        (date(2026, 3, 1), "monday", date(2026, 2, 23)),
        (date(2026, 3, 1), "yesterday", date(2026, 2, 28)),
    ],
)
def test_the_nearest_day_to_today(context: Make, today: date, typed: str, day: date) -> None:
    assert DAY.take(typed, context(today=today)) == (day, "")


@pytest.mark.parametrize("days", [20 * 366, -20 * 366])
def test_a_date_is_near_within_twenty_years(context: Make, days: int) -> None:
    far = WEDNESDAY + days * ONE
    beyond = far + (ONE if days > 0 else -ONE)
    assert DAY.read(far.isoformat(), context()) == far
    with pytest.raises(Unclear):
        DAY.read(beyond.isoformat(), context())


def test_the_last_days_are_offered(context: Make) -> None:
    choices = DAY.choices(context())
    assert [choice.wire for choice in choices] == ["2026-03-04", "2026-03-03", "2026-03-02"]
    assert choices[0].label == Text("{day}", day=DayText(WEDNESDAY))


def test_completion_knows_names_of_days_behind_us(context: Make) -> None:
    def completed(prefix: str) -> list[str]:
        return [choice.wire for choice in DAY.suggest(prefix, context())]

    assert completed("Y") == ["yesterday"]
    assert "monday" in completed("")
    assert "tomorrow" not in completed("to")
    assert completed("to") == ["today"]
    assert all(DAY.take(name, context()) for name in completed(""))
