"""The reminders that the program's commands declare, as tests ask for them."""

from datetime import time, timedelta

from bot.commands import COMMANDS
from bot.core.reminder import late_limits
from bot.dialogue.reminder import reminder_kinds, schedule_of

SCHEDULE = schedule_of(reminder_kinds(COMMANDS))
KINDS = tuple(kind.name for kind in SCHEDULE if kind.usual)
"""Those that everybody has."""
DEFAULTS: dict[str, tuple[int, time]] = {kind.name: (kind.weekday, kind.at) for kind in SCHEDULE if kind.usual}
"""Weekday (0 is Monday) and local time of each kind until the learner says otherwise."""
LATEST: dict[str, timedelta] = late_limits(SCHEDULE)
"""How late a message of each kind may still come, and a one-off message."""
