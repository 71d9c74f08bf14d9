"""Time zones, by name or by city."""

import re
from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from bot.dialogue.parameters.base import Choice, Parameter, Unclear
from bot.dialogue.text import Text, words

if TYPE_CHECKING:
    from bot.dialogue.context import Context


class ZoneParameter(Parameter[ZoneInfo]):
    """A time zone by its IANA name or by its city: Europe/Berlin, berlin, new york."""

    example = "Europe/Berlin"
    about = Text("your time zone, or your city")
    question = Text("Which time zone are you in? A city is enough.")
    _OFFSET = re.compile(r"(?:utc|gmt)?_?[+−-]_?\d")

    def take(self, said: str, ctx: "Context") -> tuple[ZoneInfo, str] | None:
        wanted = "_".join(said.casefold().split())
        if not wanted:
            return None
        known = _zones()
        found = known.get(wanted, ())
        if len(found) == 1:
            return ZoneInfo(found[0]), ""
        if self._OFFSET.match(wanted):
            # No place, so no rules for summer; and the IANA zone called Etc/GMT+3 is three hours *behind*.
            return None
        near = found or [z for key in get_close_matches(wanted, known, n=4, cutoff=0.75) for z in known[key]]
        if near:
            offers = [Choice(words(zone), zone) for zone in dict.fromkeys(near)]
            raise Unclear(Text("I do not know “{words}”. Did you mean one of these?", words=said), offers)
        return None

    def wire(self, value: ZoneInfo) -> str:
        return value.key

    def choices(self, ctx: "Context") -> Sequence[Choice]:
        guess = ctx.zone.key
        common = (guess, "UTC", "Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
        return [Choice(words(zone), zone) for zone in dict.fromkeys(common)]

    def suggest(self, prefix: str, ctx: "Context") -> Sequence[Choice]:
        wanted = "_".join(prefix.casefold().split())
        names = (zone for zones in _zones().values() for zone in zones if not zone.startswith("Etc/"))
        found = {zone for zone in names if f"/{wanted}" in f"/{zone.casefold()}"}
        return [Choice(words(zone), zone) for zone in sorted(found)[:25]]


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """The zone of every lower-case name, and the zones of every city: several where two share its name."""
    zones = sorted(zone for zone in available_timezones() if zone != "localtime")
    cities: dict[str, list[str]] = {}
    for zone in zones:
        if "/" in zone and not zone.startswith(("Etc/", "SystemV/")):
            cities.setdefault(zone.rpartition("/")[2].casefold(), []).append(zone)
    present = get_global("zone_aliases")
    for city, names in cities.items():
        # America/Louisville is but an old name of America/Kentucky/Louisville.
        same = {present.get(name, name) for name in names}
        cities[city] = sorted(same) if len(same) == 1 else names
    return {city: tuple(names) for city, names in cities.items()} | {zone.casefold(): (zone,) for zone in zones}
