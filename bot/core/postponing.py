"""When a reminder that was put off comes again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.calendar import instant

EVENING = (time(18), time(20), time(21, 30))
SOON = timedelta(minutes=30)
"""What is put off for a little comes after this time."""
AHEAD = timedelta(minutes=45)
"""What is put off until this evening comes at the first of these times that is not nearer than this."""


def this_evening(today: date, zone: ZoneInfo, now: datetime, at: time | None = None) -> datetime | None:
    """The first time of this evening that is not too near, or `at` itself; None where it is too late for that."""
    times, ahead = ((at,), timedelta()) if at else (EVENING, AHEAD)
    instants = (instant(today, local, zone) for local in times)
    return next((due for due in instants if due - now >= ahead), None)
