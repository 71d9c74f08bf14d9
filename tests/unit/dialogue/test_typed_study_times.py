"""Study times, as people write them in English and German."""

from collections.abc import Callable
from datetime import time
from typing import get_args

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, StudyTimes, TimesWish

Make = Callable[..., Context]
TIMES: Parameter[TimesWish] = get_args(StudyTimes)[1]
TUE, WED, THU, SAT, SUN = 1, 2, 3, 5, 6


def read(context: Make, typed: str, locale: str) -> TimesWish:
    """What is read; all of the words are taken."""
    taken = TIMES.take(typed, context(locale=locale))
    assert taken
    assert taken[1] == ""
    return taken[0]


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("tue thu 19:00, sat 10-12", "tuesday,thursday 19:00; saturday 10:00 120m"),
        ("Tuesday and Thursday at 7pm", "tuesday,thursday 19:00"),
        ("every day 7pm", "monday,tuesday,wednesday,thursday,friday,saturday,sunday 19:00"),
        ("weekdays 18:30", "monday,tuesday,wednesday,thursday,friday 18:30"),
        ("mon-fri 18:30", "monday,tuesday,wednesday,thursday,friday 18:30"),
        ("7pm tue and thu", "tuesday,thursday 19:00"),
        ("19:00 on tue, 20:00 on wed", "tuesday 19:00; wednesday 20:00"),
        ("tue thu 7-9pm", "tuesday,thursday 19:00 120m"),
        ("tue 7pm-9", "tuesday 19:00 120m"),
        ("sat 10-2", "saturday 10:00 240m"),
        ("sat from 10 to 12", "saturday 10:00 120m"),
        ("mon 9-10 and 14-15", "monday 09:00 60m; monday 14:00 60m"),
        ("mon, wed, fri at 6.30pm for 45 min", "monday,wednesday,friday 18:30 45m"),
        ("90m tue 19:00", "tuesday 19:00 90m"),
        ("2h on saturday at 10", "saturday 10:00 120m"),
        ("tue 19:00, thu 20:00, 90m each", "tuesday 19:00 90m; thursday 20:00 90m"),
        ("tue and thu at 7 in the evening", "tuesday,thursday 19:00"),
        ("tue evening at 8 for 1h", "tuesday 20:00 60m"),
        ("tuesday at 19h", "tuesday 19:00"),
        ("every day 7pm except sunday", "monday,tuesday,wednesday,thursday,friday,saturday 19:00"),
        ("tue 19:00, tue 19:00 45m", "tuesday 19:00 45m"),
        ("also sun 9:00", "also sunday 09:00"),
        ("not sat", "not saturday"),
        ("not sat 10:00", "not saturday 10:00"),
        ("off", "off"),
        ("none", "off"),
        ("Not this week.", "not this week"),
    ],
)
def test_in_english(context: Make, typed: str, wire: str) -> None:
    assert TIMES.wire(read(context, typed, "en")) == wire
    assert read(context, wire, "en") == read(context, typed, "en")


@pytest.mark.parametrize(
    ("typed", "wire"),
    [
        ("di do 19 uhr, sa 10-12", "tuesday,thursday 19:00; saturday 10:00 120m"),
        ("Dienstag und Donnerstag um 19 Uhr je 90 min", "tuesday,thursday 19:00 90m"),
        ("jeden dienstag und donnerstag um 19 Uhr 45 Minuten", "tuesday,thursday 19:00 45m"),
        ("täglich 19 Uhr", "monday,tuesday,wednesday,thursday,friday,saturday,sunday 19:00"),
        ("mo-fr 18.30 uhr", "monday,tuesday,wednesday,thursday,friday 18:30"),
        ("wochentags 18:30 außer freitag", "monday,tuesday,wednesday,thursday 18:30"),
        ("sa von 10 bis 12 uhr", "saturday 10:00 120m"),
        ("samstags 10 bis 12", "saturday 10:00 120m"),
        ("Mittwoch 20 Uhr 1,5 Stunden", "wednesday 20:00 90m"),
        ("Mi um 7 Uhr abends", "wednesday 19:00"),
        ("auch so 9 uhr", "also sunday 09:00"),
        ("nicht sa", "not saturday"),
        ("ohne Samstag", "not saturday"),
        ("keine", "off"),
        ("aus", "off"),
        ("diese Woche nicht", "not this week"),
        ("tue thu 19:00", "tuesday,thursday 19:00"),
    ],
)
def test_in_german(context: Make, typed: str, wire: str) -> None:
    assert TIMES.wire(read(context, typed, "de")) == wire
    assert read(context, wire, "de") == read(context, typed, "de")


def test_what_is_no_study_time_yet_is_told_apart(context: Make) -> None:
    wish = read(context, "tue 19:00 thu", "en")
    assert wish.open
    assert (wish.times[0].weekday, wish.open.days) == (TUE, (THU,))
    wish = read(context, "19:00 90m", "en")
    assert wish.open
    assert wish.open.times == ((time(19), 90),)
    wish = read(context, "wed 18:00 if it rains, sun 9", "en")
    assert wish.open
    assert wish.open.words == ("if it rains",)
    assert [known.weekday for known in wish.times] == [WED, SUN]
    assert read(context, "not on sat", "en").times[0].weekday == SAT
