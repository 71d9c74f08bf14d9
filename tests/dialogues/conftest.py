"""Dialogues are played with the kinds of reminders that they know; one that is named after a kind knows that, too."""

from tests.kinds import known_reminders

__all__ = ["known_reminders"]
