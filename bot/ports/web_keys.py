"""What opens something on the web. Only digests are stored."""

from datetime import datetime
from typing import Protocol

from bot.core.ids import GroupId, LearnerId
from bot.core.web_key import KeyKind, WebKey


class WebKeys(Protocol):
    """What opens something on the web. Only digests are stored."""

    def create(
        self,
        kind: KeyKind,
        secret: str,
        now: datetime,
        *,
        learner: LearnerId | None = None,
        group: GroupId | None = None,
        salt: str | None = None,
    ) -> None:
        """Store a new key of a learner or a group, good for as long as its kind is."""

    def find(self, secret: str, kind: KeyKind, now: datetime) -> WebKey | None:
        """The key with this secret, if it is of this kind and good; else None."""

    def newest(
        self, kind: KeyKind, now: datetime, *, learner: LearnerId | None = None, group: GroupId | None = None
    ) -> WebKey | None:
        """The newest good key of a kind that a learner or a group has; None without one."""

    def use(self, key: WebKey, now: datetime) -> bool:
        """Use a key for the only time; False where that was done before."""

    def revoke(
        self, kind: KeyKind, now: datetime, *, learner: LearnerId | None = None, group: GroupId | None = None
    ) -> int:
        """End every key of a kind that a learner or a group has; returns how many were good."""
