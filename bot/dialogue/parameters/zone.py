"""Time zones, by their IANA name, by a city or by a country."""

import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global

from bot.dialogue import cities
from bot.dialogue.cities import City
from bot.dialogue.parameters.base import Choice, Parameter, Unclear
from bot.dialogue.text import Text, words
from bot.dialogue.wording import SOURCE, formats

if TYPE_CHECKING:
    from bot.dialogue.context import Context

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+−-])\s*(\d{1,2})(?::?(\d{2}))?(?![\w/])")
_OFFERED = 4
_OUTWEIGHS = 10
"""A city is meant without a question where it has so many times the people of any other of its name."""
_LETTERS_OF_CLOCKS = {
    "cet cest mez mesz met mest": ("Europe/Berlin", "Europe/Paris", "Europe/Rome", "Africa/Lagos"),
    "eet eest oez oesz": ("Europe/Athens", "Europe/Helsinki", "Africa/Cairo", "Asia/Beirut"),
    "wet wez": ("Europe/Lisbon", "Atlantic/Canary", "Africa/Casablanca"),
    "gmt gmt0 gmt+0 gmt-0 greenwich zulu z": ("UTC", "Europe/London", "Africa/Accra", "Atlantic/Reykjavik"),
    "bst": ("Europe/London", "Asia/Dhaka"),
    "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"),
    "est edt et est5edt": ("America/New_York", "America/Toronto", "America/Panama", "America/Jamaica"),
    "cst cdt ct cst6cdt": ("America/Chicago", "America/Mexico_City", "America/Winnipeg", "Asia/Shanghai"),
    "mst mdt mt mst7mdt": ("America/Denver", "America/Phoenix", "America/Edmonton", "Europe/Moscow"),
    "pst pdt pt pst8pdt": ("America/Los_Angeles", "America/Vancouver", "America/Tijuana", "Asia/Manila"),
    "hst": ("Pacific/Honolulu",),
    "akst akdt": ("America/Anchorage",),
    "msk": ("Europe/Moscow",),
    "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",),
    "sgt": ("Asia/Singapore",),
    "brt": ("America/Sao_Paulo",),
    "ast adt": ("America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"),
    "aest aedt aet": ("Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane"),
    "awst": ("Australia/Perth",),
    "nzst nzdt": ("Pacific/Auckland",),
    "factory": (),
}
"""Letters of clocks, with places that go by them. They say neither where one is nor when the clocks change there."""
_SHORT = {"nyc": "new york", "ny": "new york", "la": "los angeles", "sf": "san francisco", "dc": "washington"}
"""What people write for a few cities."""


class ZoneParameter(Parameter[ZoneInfo]):
    """A time zone by its IANA name, a city or a country: Europe/Berlin, berlin, München, Birmingham, UK."""

    example = "Europe/Berlin"
    about = Text("your time zone, or your city")
    question = Text("Which time zone are you in? A city is enough.")

    def take(self, typed: str, ctx: "Context") -> tuple[ZoneInfo, str] | None:
        """Read a time zone by its name, a city or a country. Raises `Unclear` for names of several places, misspelt
        names, and offsets, which say nothing of clock changes."""
        wanted = " ".join(typed.casefold().replace("_", " ").split()).rstrip(".!")
        if not wanted:
            return None
        self._ask_for_a_place(wanted, typed, ctx)
        wanted = _SHORT.get(wanted, wanted)
        zones = _named(wanted) or _somewhere(wanted, ctx.locale)
        if len(zones) == 1:
            return ZoneInfo(zones[0]), ""
        if zones:
            raise Unclear(Text("Which one is “{words}”?", words=typed.strip()), _choices(zones))
        near = _alike(wanted)
        if near:
            raise Unclear(Text("I do not know “{words}”. Did you mean one of these?", words=typed), _choices(near))
        return None

    def read(self, wire: str, ctx: "Context") -> ZoneInfo | None:
        """Also a zone that the platform has guessed and a button carries, whatever it is called."""
        if wire in _known() and (ctx.request.pressed or wire == ctx.zone.key):
            return ZoneInfo(wire)  # of a button: what a platform guessed may have a name that nobody may type
        return super().read(wire, ctx)

    def wire(self, value: ZoneInfo) -> str:
        """The IANA name, such as “Europe/Berlin”."""
        return value.key

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        """The zone that was guessed for the learner, then six usual ones."""
        guess = ctx.zone.key
        return _choices(
            (guess, "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
        )

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        """At most 25 zones: of cities called `prefix`, then those whose name begins with it."""
        wanted = "_".join(prefix.casefold().split())
        names = (zone for zones in _zones().values() for zone in zones if not zone.startswith("Etc/"))
        matching = sorted({zone for zone in names if f"/{wanted}" in f"/{zone.casefold()}"})
        in_cities = [city.zone for city in cities.called(prefix)]
        return _choices([*in_cities, *matching])[:25]

    def _ask_for_a_place(self, wanted: str, typed: str, ctx: "Context") -> None:
        """Raise `Unclear` for what names no place: abbreviations of zones, hours ahead of UTC, zones called Etc."""
        offset = _OFFSET.fullmatch(wanted)
        letters = next((zones for names, zones in _LETTERS_OF_CLOCKS.items() if wanted in names.split()), None)
        if letters is None and not offset and not wanted.startswith(("etc/", "systemv/", "posix/", "right/")):
            return
        near: Sequence[str] = letters or ()
        if offset:
            ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)) * (1 if offset[1] == "+" else -1)
            near = [zone for zone in _by_people() if ctx.now.astimezone(ZoneInfo(zone)).utcoffset() == ahead]
        elif letters is None and wanted.endswith(("/utc", "/uct", "/universal", "/zulu")):
            near = ("UTC",)
        raise Unclear(
            Text(
                "“{words}” says neither where you are nor when the clocks change there. Which city is near you?",
                words=typed.strip(),
            ),
            _choices(near[:_OFFERED]) or self.choices(ctx)[:_OFFERED],
        )


def _choices(zones: Iterable[str]) -> list[Choice]:
    return [Choice(words(zone), zone) for zone in dict.fromkeys(zones)]


def _named(wanted: str) -> tuple[str, ...]:
    """The zone of this IANA name."""
    zone = _names().get(wanted.replace(" ", "_"))
    return (zone,) if zone else ()


def _somewhere(wanted: str, locale: str) -> tuple[str, ...]:
    """The zones of a country and of cities of this name.

    Armenia is a city in Colombia, too; but Usa, which is one in Japan, is not called so in English.
    """
    country = _in_country(wanted, locale)
    if country and not any(city.english for city in cities.called(wanted)):
        return country
    return tuple(dict.fromkeys((*country, *_in_city(wanted, locale))))


def _in_city(wanted: str, locale: str) -> tuple[str, ...]:
    """The zones of the cities of this name, the largest first; of “name, country” those in that country."""
    name, comma, where = wanted.rpartition(",")
    if comma:
        countries = _countries(locale).get(where.strip(), ())
        inside = [city for city in cities.called(name) if city.country in countries]
        return tuple(dict.fromkeys(city.zone for city in inside))
    exact = _zones().get(wanted.replace(" ", "_"), ())
    largest = _meant(cities.called(wanted))
    if len(largest) == 1 and _present(largest[0]) in map(_present, exact):
        return (largest[0],) if largest[0] in exact else exact
    return tuple(dict.fromkeys((*largest, *exact)))


def _meant(named: Sequence[City]) -> tuple[str, ...]:
    """The zones of these cities, the largest first; one where the largest outweighs the rest.

    Where the largest has the name in English, others for which it is but one of many names do not count.
    """
    population: dict[str, int] = {}
    for city in [city for city in named if city.english] if named and named[0].english else named:
        population.setdefault(city.zone, max(1, city.thousands))
    ranked = sorted(population, key=lambda zone: -population[zone])
    if len(ranked) > 1 and population[ranked[0]] >= _OUTWEIGHS * population[ranked[1]]:
        return (ranked[0],)
    return tuple(ranked[:_OFFERED])


def _in_country(wanted: str, locale: str) -> tuple[str, ...]:
    """The zones of a country by their largest cities, the zone of most people first."""
    codes = _countries(locale).get(wanted, ())
    return tuple(zone for code in codes for zone in _by_country().get(code, ()))[: 2 * _OFFERED]


def _alike(wanted: str) -> list[str]:
    """Zones whose name is nearly this one, for a misspelt name."""
    known, typed = _zones(), wanted.replace(" ", "_")
    near = [zone for key in get_close_matches(typed, known, n=4, cutoff=0.75) for zone in known[key]]
    large = [city.zone for city in cities.like(wanted)] if "/" not in wanted else []
    both = [zone for zone in near if zone in large]
    return [*dict.fromkeys([*both, *large, *near])][:_OFFERED]


@cache
def _known() -> frozenset[str]:
    # Looking them up reads the whole database of zones from disk.
    return frozenset(available_timezones())


@cache
def _names() -> dict[str, str]:
    """Every IANA name in small letters."""
    return {zone.casefold(): zone for zone in sorted(_known()) if zone != "localtime"}


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zone of every lower-case name, and the zones of every city: several where two share its name."""
    by_city: dict[str, list[str]] = {}
    for zone in _names().values():
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            by_city.setdefault(zone.rpartition("/")[2].casefold(), []).append(zone)
    for city, names in by_city.items():
        # America/Louisville is but an old name of America/Kentucky/Louisville.
        same = {_present(name) for name in names}
        by_city[city] = sorted(same) if len(same) == 1 else names
    return {city: tuple(names) for city, names in by_city.items()} | {key: (zone,) for key, zone in _names().items()}


def _present(zone: str) -> str:
    """The name by which a zone goes now."""
    return str(get_global("zone_aliases").get(zone, zone))


@cache
def _by_country() -> dict[str, tuple[str, ...]]:
    """The zones of each country, by the people of their largest city."""
    by_country: dict[str, list[str]] = {}
    for city in cities.every():
        if city.zone not in by_country.setdefault(city.country, []):
            by_country[city.country].append(city.zone)
    return {country: tuple(zones) for country, zones in by_country.items()}


@cache
def _by_people() -> tuple[str, ...]:
    """The zones by the people of their largest city."""
    return tuple(dict.fromkeys(city.zone for city in cities.every()))


@cache
def _countries(locale: str) -> dict[str, tuple[str, ...]]:
    """Codes of countries by their names, in the language and in English, and by the codes themselves."""
    short = {"uk": ("GB",), "usa": ("US",), "england": ("GB",), "scotland": ("GB",), "wales": ("GB",), "uae": ("AE",)}
    known: dict[str, tuple[str, ...]] = {}
    for language in (formats(SOURCE), formats(locale), Locale.parse("en_US")):
        for code, name in language.territories.items():
            if len(code) == 2 and code.isalpha():
                known[str(name).casefold()] = (code,)
                known.setdefault(code.casefold(), (code,))
    return known | short
