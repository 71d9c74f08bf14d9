"""One-time codes; only digests of them are kept."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.code import Code
from bot.core.code import Kind as CodeKind
from bot.core.group import Place
from bot.core.learner import Account


class Codes(Protocol):
    """One-time codes; only digests of them are kept."""

    def create(self, code: str, kind: CodeKind, learner: int, group: int | None, now: datetime) -> None:
        """A code that a learner gives away; a new one to link accounts ends the ones before it."""

    def find(self, code: str, now: datetime) -> Code | None:
        """A code that still holds, with who has entered it."""

    def entered(self, learner: int, kind: CodeKind, now: datetime) -> Sequence[Code]:
        """The codes of a learner that somebody has entered and that wait for the learner's word, oldest first."""

    def enter(self, code: Code, account: Account, place: Place | None, now: datetime) -> None:
        """Note who enters a code that nobody has entered yet: it is good for nobody else from now on."""

    def use(self, code: Code, now: datetime) -> bool:
        """Use it up; False where that was done."""

    def record_failure(self, code: str, account: Account, place: Place | None, now: datetime) -> None:
        """Note that an account entered a code that is not good."""

    def blocked_for(self, account: Account, place: Place | None, now: datetime) -> timedelta | None:
        """How long no code of this account, or from this chat, is tried any more; None where one may be."""
