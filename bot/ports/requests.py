"""Requests that were handled, with the answers given, so that a repeated one is answered the same."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.core.ids import GroupId
from bot.core.learner import Account

CHANGED = "changed"
"""Replaces an answer that named somebody who has left the group since or is deleted."""


class Requests(Protocol):
    """Requests that were handled, with the answers given, so that a repeated one is answered the same."""

    def open(self, request: str, now: datetime) -> bool:
        """Record that a request is being handled; False if it was before."""

    def answer(self, request: str) -> str | None:
        """The answer that was given to a request; None if there is none."""

    def close(self, request: str, account: Account | None, answer: str) -> None:
        """Store the answer to a request, and its account, if any."""

    def record_named_groups(self, request: str, groups: Collection[GroupId]) -> None:
        """Record the groups whose members the answer to a request may name."""

    def forget_names(self, group: GroupId, account: Account | None = None) -> None:
        """Replace the stored answers that may name members of a group by `CHANGED`; with `account`, all but those to
        it."""
