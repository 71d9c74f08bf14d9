"""Calls for help in groups."""

from datetime import datetime
from typing import Protocol

from bot.core.group import Call


class Calls(Protocol):
    """Calls for help in groups."""

    def create(self, learner: int, group: int, module: str, note: str | None, now: datetime) -> int:
        """One more call; its id."""

    def get(self, call: int) -> Call | None:
        """A call by its id."""

    def made_since(self, learner: int, group: int, since: datetime) -> bool:
        """Whether a learner has called this group after an instant."""
