"""Reminders in words."""

from bot.core.reminder import Kind
from bot.dialogue.text import Text

NAMES: dict[Kind, Text] = {
    "announcement": Text("what the week is for"),
    "nudge": Text("a nudge, if the week is still empty"),
    "checkin": Text("how the week went"),
}
"""What each kind of scheduled message is about."""
