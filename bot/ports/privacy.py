"""All that is kept of one person."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.core.learner import Account


class Privacy(Protocol):
    """All that is kept of one person."""

    def export(self, learner: int) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Every row about the learner, by table."""

    def erase(self, learner: int) -> None:
        """Delete every row about the learner."""

    def forget(self, account: Account) -> None:
        """Delete what was asked of an account and answered to it, whether it is a learner's or not."""
