"""On which day weeks begin where somebody lives."""

from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from bot.commands.weekbegins import NAMES
from bot.core.calendar import BEGINNINGS, MONDAYS
from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.text import Text, Weekday


@cache
def usual_first_day(zone: str) -> int:
    """The weekday (0 is Monday) on which weeks begin in the country of a time zone (Unicode CLDR); Monday where there
    is none, such as for UTC."""
    territory = get_global("zone_territories").get(zone)
    try:
        first = Locale.parse(f"und_{territory}").first_week_day if territory else 0
    except (UnknownLocaleError, ValueError):
        return 0
    return first if first in BEGINNINGS else 0


def weeks_button(ctx: Context) -> tuple[Button, ...]:
    """A button that lets the weeks of somebody who has just begun be those of their country, where these are others."""
    first = usual_first_day(ctx.zone.key)
    if not first or ctx.weeks != MONDAYS or ctx.study.entries:
        return ()
    label = Text("My week begins on {weekday}", weekday=Weekday(first))
    return (Button(label, "weekbegins", {"on": NAMES[first], "new": "1"}),)
