"""A time zone by its IANA name or its city; a wrong one would move every day, so doubt is asked about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.dialogue import cities
from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter, Timezone, Unclear
from bot.dialogue.text import words

Make = Callable[..., Context]
ZONE: Parameter[ZoneInfo] = get_args(Timezone)[1]


CLOCKS = {
    "CET",
    "EET",
    "EST",
    "EST5EDT",
    "CST6CDT",
    "Factory",
    "GMT",
    "GMT+0",
    "GMT-0",
    "GMT0",
    "Greenwich",
    "HST",
    "MET",
}
CLOCKS |= {"MST", "MST7MDT", "PST8PDT", "WET", "Zulu"}
"""IANA names that say no place."""


def test_every_zone_that_names_a_place_by_its_name_in_any_case(context: Make) -> None:
    ctx = context()
    places = {zone for zone in available_timezones() if not zone.startswith(("Etc/", "SystemV/"))}
    for key in sorted(places - CLOCKS - {"localtime"}):
        for typed in (key, key.lower(), key.upper(), key.replace("_", " ")):
            assert ZONE.take(typed, ctx) == (ZoneInfo(key), "")


@pytest.mark.parametrize("typed", [*sorted(CLOCKS), "mez", "IST", "PST", "cest", "Etc/GMT+3", "Etc/UTC", "etc/gmt-5"])
def test_letters_of_a_clock_are_asked_about(context: Make, typed: str) -> None:
    with pytest.raises(Unclear) as raised:
        ZONE.take(typed, context())
    offered = [choice.wire for choice in raised.value.choices]
    assert offered
    assert all("/" in zone or zone == "UTC" for zone in offered)
    assert not any(zone.startswith("Etc/") for zone in offered)


def test_a_button_with_the_name_a_platform_guessed_still_works(context: Make) -> None:
    ctx = context()
    ctx.request = replace(ctx.request, pressed=True)
    assert ZONE.read("Etc/UTC", ctx) == ZoneInfo("Etc/UTC")
    assert ZONE.read("EST", ctx) == ZoneInfo("EST")


CITIES = """
Europe/Berlin: Munich; München; muenchen; Hamburg; KÖLN; koeln; Cologne; Düsseldorf; nürnberg; Nuremberg; Frankfurt
Europe/Vienna: Wien; Vienna; Salzburg; Austria; Österreich
Europe/Rome: Mailand; Milano; milan; Neapel; Turin; Venedig
Europe/Zurich: Genf; Genève; Zürich; zuerich; Bern; Schweiz; Switzerland
Europe/Warsaw: Breslau; Wrocław; wroclaw; Danzig; Warschau
Europe/Brussels: Lüttich; Brüssel
Europe/Paris: Straßburg; strassburg; Marseille; Lyon; Nizza
America/Los_Angeles: San Francisco; san  francisco; LA; Seattle; San Diego
America/New_York: Boston; NYC; new york; Philadelphia; Atlanta
America/Chicago: Birmingham, USA; Houston; Dallas
Europe/London: London; Birmingham, UK; Manchester, England; Edinburgh
Europe/Madrid: Barcelona, Spain; Barcelona, Spanien
America/Costa_Rica: San Jose, Costa Rica
Asia/Kolkata: Mumbai; Bombay; Delhi; Bengaluru; bangalore; दिल्ली; India; Indien
Asia/Shanghai: Beijing; Peking; 北京; Shenzhen
Asia/Tokyo: 東京; Tokio; Osaka
Asia/Seoul: 서울
Europe/Moscow: Москва; Moskau; Sankt Petersburg
Africa/Cairo: القاهرة; Kairo
Europe/Athens: Αθήνα; Athen
America/Sao_Paulo: São Paulo; sao paulo
America/Mexico_City: Mexiko-Stadt; Mexico City
Pacific/Pohnpei: Palikir
Europe/Vaduz: Vaduz
Australia/Sydney: Canberra
"""
"""In English, in German, by their own names; capitals however small; with a country where two share a name."""


@pytest.mark.parametrize("line", CITIES.strip().splitlines())
def test_a_large_city_by_its_names(context: Make, line: str) -> None:
    zone, _, names = line.partition(": ")
    for name in names.split("; "):
        assert ZONE.take(name, context(locale="de")) == (ZoneInfo(zone), ""), name


@pytest.mark.parametrize(
    ("typed", "zones"),
    [
        ("Birmingham", {"Europe/London", "America/Chicago"}),
        ("Barcelona", {"Europe/Madrid", "America/Caracas"}),
        ("San Jose", {"America/Los_Angeles", "America/Costa_Rica"}),
        ("USA", {"America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver"}),
        ("Muenchn", {"Europe/Berlin"}),
        ("Hamburgg", {"Europe/Berlin"}),
        ("San Francosco", {"America/Los_Angeles"}),
        ("Cordoba", {"America/Argentina/Cordoba", "Europe/Madrid"}),
    ],
)
def test_what_may_be_several_cities_is_asked_about(context: Make, typed: str, zones: set[str]) -> None:
    with pytest.raises(Unclear) as raised:
        ZONE.take(typed, context())
    assert zones <= {choice.wire for choice in raised.value.choices}


@pytest.mark.slow
def test_every_city_of_the_table_is_understood_or_offered_where_no_namesake_is_ten_times_its_size(
    context: Make,
) -> None:
    ctx = context()
    unheard: list[object] = []
    for city in cities.every():
        largest = cities.called(city.name)[0]
        meant = largest if largest.thousands >= 10 * city.thousands else city
        try:
            taken = ZONE.take(city.name, ctx)
        except Unclear as unclear:
            if not {meant.zone, largest.zone} & {choice.wire for choice in unclear.choices}:
                unheard.append((city, unclear))
            continue
        country = taken is not None and taken[0].key.casefold() == city.name  # Jamaica, New York
        if taken is None or not (country or same_clock(taken[0], meant.zone)):
            unheard.append((city, taken))
    assert unheard == []


def same_clock(zone: ZoneInfo, name: str) -> bool:
    """Whether two zones have had the same time all through these years (one may be an old name of the other)."""
    return zone.key == name or offsets(zone) == offsets(ZoneInfo(name))


@cache
def offsets(zone: ZoneInfo) -> list[timedelta | None]:
    """What a zone was ahead of UTC in the middle of each month of two years."""
    moments = [datetime(year, month, 15, tzinfo=UTC) for year in (2024, 2026) for month in range(1, 13)]
    return [at.astimezone(zone).utcoffset() for at in moments]


@pytest.mark.parametrize(
    ("typed", "zone"),
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
    ],
)
def test_a_zone_by_its_city(context: Make, typed: str, zone: str) -> None:
    assert ZONE.take(typed, context()) == (ZoneInfo(zone), "")


@pytest.mark.parametrize(
    ("typed", "zones"),
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
def test_doubt_is_asked_about(context: Make, typed: str, zones: list[str]) -> None:
    with pytest.raises(Unclear) as raised:
        ZONE.take(typed, context())
    assert [choice.wire for choice in raised.value.choices] == zones
    assert [choice.label for choice in raised.value.choices] == [words(zone) for zone in zones]
    assert raised.value.problem.values["words"] == typed


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("gmt+3", "Europe/Istanbul"),
        ("GMT + 3", "Europe/Istanbul"),
        ("GMT-3", "America/Sao_Paulo"),
        ("UTC+1", "Europe/Berlin"),
        ("+1", "Europe/Berlin"),
        ("utc +5:30", "Asia/Kolkata"),
        ("-8", "America/Los_Angeles"),
        ("−8", "America/Los_Angeles"),
    ],
)
def test_an_offset_is_asked_about_with_places_that_have_it_now(context: Make, typed: str, zone: str) -> None:
    # An offset knows no summer time; and Etc/GMT+3 is three hours behind UTC: the opposite of what people mean.
    ctx = context()
    with pytest.raises(Unclear) as raised:
        ZONE.take(typed, ctx)
    offered = [ZoneInfo(choice.wire) for choice in raised.value.choices]
    assert len({ctx.now.astimezone(place).utcoffset() for place in (*offered, ZoneInfo(zone))}) == 1


@pytest.mark.parametrize("typed", ["", "   ", "somewhere over the rainbow", "1", "x" * 5000])
def test_what_is_no_zone_is_none(context: Make, typed: str) -> None:
    assert ZONE.take(typed, context()) is None


def test_the_likeliest_of_at_most_four_comes_first(context: Make) -> None:
    with pytest.raises(Unclear) as raised:
        ZONE.take("Europe/Berlinn", context())
    offered = [choice.wire for choice in raised.value.choices]
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
