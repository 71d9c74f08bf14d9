"""Open questions of the bot, and saved requests that are too long for a button."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from bot.core.group import Place
from bot.core.ids import LearnerId
from bot.core.learner import Account


class OpenQuestion(NamedTuple):
    """A question that awaits an answer, and the buttons whose labels may be typed, as stored; None if there is none."""

    asked: str | None
    offered: str | None


class Conversation(Protocol):
    """Open questions of the bot, and saved requests that are too long for a button."""

    def set_question(
        self, account: Account, place: Place | None, asked: str | None, offered: str | None = None
    ) -> None:
        """Set the open question to an account in a place (None: in private), and the buttons whose labels may be
        typed instead of pressed. With both None there is no open question any more."""

    def leave_open(self, questions: Sequence[tuple[Account, OpenQuestion]]) -> None:
        """Store what messages have left open in private, for accounts that are somebody's. Where a message asks
        nothing, the question before it stays open."""

    def open_question(self, account: Account, place: Place | None) -> OpenQuestion | None:
        """The open question to an account in a place, with its buttons; None if there is none."""

    def save_request(self, learner: LearnerId | None, request: str, now: datetime) -> int:
        """Store a saved request of a learner, or of nobody, and return its number."""

    def saved_request(self, number: int, learner: LearnerId | None) -> str | None:
        """The saved request with this number; None if there is none, or if it belongs to another learner."""

    def drop_requests(self, learner: LearnerId, beginning: str) -> None:
        """Delete a learner's saved requests that begin with this text."""
