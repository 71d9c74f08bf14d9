"""Requests that were handled, with their answers."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.learner import Account

CHANGED = "changed"
"""Stands for the answer to a request that named somebody who has left or is deleted."""


class Requests(Protocol):
    """Requests that were handled, with their answers."""

    def open(self, request: str, now: datetime) -> bool:
        """Enter a request; False where it was handled before."""

    def answer(self, request: str) -> str | None:
        """The answer given to it."""

    def close(self, request: str, account: Account | None, answer: str) -> None:
        """Note the answer, and whose it is; None for nobody's."""

    def record_named_groups(self, request: str, groups: Collection[int]) -> None:
        """Note the groups whose members the answer may name."""

    def forget_names(self, group: int, account: Account | None = None) -> None:
        """Answers that may name members of a group are `CHANGED` from now on, but for those of this account."""
