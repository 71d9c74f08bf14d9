"""A time zone by its IANA name or its city; a wrong one would move every day, so doubt is asked about."""

from collections.abc import Callable
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, Timezone, Unclear
from bot.dialogue.text import words

Make = Callable[..., Context]
ZONE: Parameter[ZoneInfo] = get_args(Timezone)[1]


def test_every_zone_by_its_name_in_any_case(context: Make) -> None:
    ctx = context()
    for key in sorted(available_timezones() - {"localtime"}):
        for said in (key, key.lower(), key.upper(), key.replace("_", " ")):
            assert ZONE.take(said, ctx) == (ZoneInfo(key), "")


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("berlin", "Europe/Berlin"),
        ("  Berlin ", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("New  York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("kolkata", "Asia/Kolkata"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("utc", "UTC"),
        ("knox", "America/Indiana/Knox"),
        # Two names of one zone are no question.
        ("louisville", "America/Kentucky/Louisville"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("istanbul", "Europe/Istanbul"),
        ("nicosia", "Asia/Nicosia"),
        # A name before a city.
        ("singapore", "Singapore"),
        ("Etc/GMT+3", "Etc/GMT+3"),
    ],
)
def test_a_zone_by_its_city(context: Make, said: str, zone: str) -> None:
    assert ZONE.take(said, context()) == (ZoneInfo(zone), "")


@pytest.mark.parametrize(
    ("said", "zones"),
    [
        # Slips.
        ("berlni", ["Europe/Berlin"]),
        ("neww york", ["America/New_York"]),
        # Cities of two zones.
        ("west", ["Australia/West", "Brazil/West"]),
        ("pacific", ["Canada/Pacific", "US/Pacific"]),
        ("eastern", ["Canada/Eastern", "US/Eastern"]),
    ],
)
def test_doubt_is_asked_about(context: Make, said: str, zones: list[str]) -> None:
    with pytest.raises(Unclear) as found:
        ZONE.take(said, context())
    assert [choice.wire for choice in found.value.choices] == zones
    assert [choice.label for choice in found.value.choices] == [words(zone) for zone in zones]
    assert found.value.problem.values["words"] == said


@pytest.mark.parametrize("said", ["gmt+3", "GMT-3", "UTC+2", "utc +5:30", "+1", "-8", "−8", "GMT + 3"])
def test_an_offset_is_no_zone(context: Make, said: str) -> None:
    # Etc/GMT+3 is three hours behind UTC: the opposite of what people mean.
    assert ZONE.take(said, context()) is None


@pytest.mark.parametrize("said", ["", "   ", "somewhere over the rainbow", "1", "x" * 5000])
def test_what_is_no_zone_is_none(context: Make, said: str) -> None:
    assert ZONE.take(said, context()) is None


def test_the_likeliest_of_at_most_four_comes_first(context: Make) -> None:
    with pytest.raises(Unclear) as found:
        ZONE.take("Europe/Berlinn", context())
    offered = [choice.wire for choice in found.value.choices]
    assert offered[0] == "Europe/Berlin"
    assert len(offered) == len(set(offered)) == 4


def test_the_guess_is_offered_first_and_nothing_twice(context: Make) -> None:
    offered = [choice.wire for choice in ZONE.choices(context())]
    assert offered[0] == "Europe/Berlin"
    assert len(offered) == len(set(offered)) == 6
    assert all(ZONE.read(zone, context()) == ZoneInfo(zone) for zone in offered)


def test_completion_by_the_beginning_of_a_name_or_city(context: Make) -> None:
    def completed(prefix: str) -> list[str]:
        return [choice.wire for choice in ZONE.suggest(prefix, context())]

    assert completed("ber") == ["Atlantic/Bermuda", "Europe/Berlin"]
    assert completed("New Y") == ["America/New_York"]
    assert completed("Europe/Berl") == ["Europe/Berlin"]
    assert completed("gmt+") == ["GMT+0"]
    assert completed("erlin") == []
    assert len(completed("america/")) == 25
