"""One-time codes for linking accounts and joining groups. Only their digests are stored."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.code import Code
from bot.core.code import Kind as CodeKind
from bot.core.group import Place
from bot.core.ids import GroupId, LearnerId
from bot.core.learner import Account


class Codes(Protocol):
    """One-time codes for linking accounts and joining groups. Only their digests are stored."""

    def create(self, code: str, kind: CodeKind, learner: LearnerId, group: GroupId | None, now: datetime) -> None:
        """Store a new code of a learner, for `group` if it is about one. A new code of the kind "link" ends the
        learner's earlier ones."""

    def find(self, code: str, now: datetime) -> Code | None:
        """The code, with who entered it, if it is neither used nor expired; else None."""

    def entered(self, learner: LearnerId, kind: CodeKind, now: datetime) -> Sequence[Code]:
        """A learner's codes of this kind that somebody has entered and that await the learner's confirmation, oldest
        first."""

    def enter(self, code: Code, account: Account, place: Place | None, now: datetime) -> None:
        """Record who entered a code first, and in which place; nobody else can use it from then on."""

    def use(self, code: Code, now: datetime) -> bool:
        """Mark a code as used; False if it was used before."""

    def record_failure(self, code: str, account: Account, place: Place | None, now: datetime) -> None:
        """Record that an account entered a code that is not valid."""

    def blocked_for(self, account: Account, place: Place | None, now: datetime) -> timedelta | None:
        """How long further codes from this account, or from this place, are refused after too many invalid ones;
        None if they are accepted."""
