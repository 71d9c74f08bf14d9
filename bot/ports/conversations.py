"""What was asked and not yet answered, and requests too long for a button."""

from datetime import datetime
from typing import Protocol

from bot.core.group import Place
from bot.core.learner import Account


class Conversation(Protocol):
    """What was asked and not yet answered, and requests too long for a button."""

    def set_question(
        self, account: Account, place: Place | None, asked: str | None, offered: str | None = None
    ) -> None:
        """The open question of this account in this place, and the buttons that words may press; None for none."""

    def open_question(self, account: Account, place: Place | None) -> tuple[str | None, str | None] | None:
        """The open question and the buttons; None where neither is open."""

    def save_request(self, learner: int | None, request: str, now: datetime) -> int:
        """Keep a saved request; its number."""

    def saved_request(self, number: int, learner: int | None) -> str | None:
        """A saved request by its number; None where it was kept for somebody else."""
