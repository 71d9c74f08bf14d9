"""A calendar feed as iCalendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import icalendar

from bot.web.events import Event

REFRESH = timedelta(hours=6)
"""How often a calendar is asked to look; most have hours of their own."""

_AROUND = timedelta(days=400)
"""The changes of the clock are named so long before the first event and after the last one."""


def written(events: Sequence[Event], name: str, zone: ZoneInfo, site: str, now: datetime) -> bytes:
    """The events as a calendar called `name`. The same events give the same bytes for a whole day."""
    feed = icalendar.Calendar()
    feed.add("PRODID", "-//studybuddy//calendar//EN")
    feed.add("VERSION", "2.0")
    feed.add("METHOD", "PUBLISH")
    feed.add("X-WR-CALNAME", name)
    feed.add("NAME", name)
    feed.add("X-WR-TIMEZONE", zone.key)
    feed.add("REFRESH-INTERVAL", REFRESH, parameters={"VALUE": "DURATION"})
    feed.add("X-PUBLISHED-TTL", "PT6H")
    stamp = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for event in events:
        feed.add_component(_written(event, zone, site, stamp))
    days = [
        each.date() if isinstance(each, datetime) else each for event in events for each in (event.begin, event.end)
    ]
    if days:
        feed.add_missing_timezones(min(days) - _AROUND, max(days) + _AROUND)
    return bytes(feed.to_ical())


def _written(event: Event, zone: ZoneInfo, site: str, stamp: datetime) -> icalendar.Event:
    made = icalendar.Event()
    made.add("UID", str(uuid5(NAMESPACE_URL, f"{site}/{event.id}")))
    made.add("DTSTAMP", stamp)
    for name, at in (("DTSTART", event.begin), ("DTEND", event.end)):
        made.add(name, at.astimezone(zone) if isinstance(at, datetime) else at)
    made.add("SUMMARY", event.title)
    if event.about:
        made.add("DESCRIPTION", event.about)
    made.add("TRANSP", "OPAQUE" if event.busy else "TRANSPARENT")
    made.add("CLASS", "PRIVATE")
    return made
