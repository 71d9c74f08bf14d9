"""A program with the kinds of reminders that tests know, so that no test that counts messages minds a kind that is
added."""

from datetime import time, timedelta

import pytest

from bot import app
from bot.commands import COMMANDS
from bot.core.reminder import late_limits
from bot.dialogue.command import Command
from bot.dialogue.reminder import reminder_kinds, schedule_of

KNOWN = ("announcement", "nudge", "checkin", "studytime")


def program(*more: str) -> tuple[Command, ...]:
    """The program's commands, of the reminders only those that are known and `more`."""
    return tuple(command for command in COMMANDS if not command.reminder or command.name in (*KNOWN, *more))


PROGRAM = program()
SCHEDULE = schedule_of(reminder_kinds(PROGRAM))
KINDS = tuple(kind.name for kind in SCHEDULE if kind.usual)
"""Those that everybody has."""
DEFAULTS: dict[str, tuple[int, time]] = {kind.name: (kind.weekday, kind.at) for kind in SCHEDULE if kind.usual}
"""Weekday (0 is Monday) and local time of each kind until the learner says otherwise."""
LATEST: dict[str, timedelta] = late_limits(SCHEDULE)
"""How late a message of each kind may still come, and a one-off message."""


@pytest.fixture(autouse=True)
def known_reminders(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole programs, too, send only the known kinds, in the folders whose `conftest.py` names this."""
    monkeypatch.setattr(app, "COMMANDS", PROGRAM)
