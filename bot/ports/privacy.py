"""Everything stored about one person, to export and to delete."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.core.ids import LearnerId
from bot.core.learner import Account


class Privacy(Protocol):
    """Everything stored about one person, to export and to delete."""

    def export(self, learner: LearnerId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row about the learner, as mappings of columns, by table."""

    def erase(self, learner: LearnerId) -> None:
        """Delete everything about the learner."""

    def forget(self, account: Account) -> None:
        """Delete the questions to an account and the answers to it, whether it is a learner's or not."""
