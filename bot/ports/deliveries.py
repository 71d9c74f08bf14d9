"""Occasions of rules, from due to settled."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from bot.core.calendar import Weeks
from bot.core.reminder import Delivery, Rule


class Waiting(NamedTuple):
    """A one-off message that is still to come: the request that it says, and when."""

    request: str
    due: datetime


class Deliveries(Protocol):
    """Occasions of rules, from due to settled."""

    def plan(self, rule: Rule, occasion: date, due: datetime) -> None:
        """One more delivery to the rule's learner, or to each place of its group; none where there is one already."""

    def post(self, request: str, due: datetime, *, learner: int | None = None, place: int | None = None) -> None:
        """One one_off more: a saved request (a button's token) to be said once at `due` to a learner or in a place.

        The same one_off on the same day to the same recipient is said once; one that was withdrawn can be posted anew.
        """

    def last_one_off_due(self, learner: int, request: str) -> datetime | None:
        """When the newest one-off message to a learner that begins so was due, if it was not withdrawn."""

    def withdraw(self, request: str, learner: int | None = None) -> None:
        """Take back the one-off messages with this request (to this learner, or anybody) that nobody has claimed."""

    def occasions(self, learner: int, since: date) -> AbstractSet[tuple[str, date]]:
        """Kind and local date of every delivery of a learner's rules from `since` on, whatever became of it."""

    def pending_one_offs(self, learner: int) -> Sequence[Waiting]:
        """The one-off messages to a learner that are still to come."""

    def claim(self, platform: str, claim: str, now: datetime, until: datetime, limit: int) -> Sequence[Delivery]:
        """Take a platform's pending deliveries that are due and in nobody's hands, and hold them under `claim`."""

    def redirect(self, delivery: int, claim: str, platform: str, at: datetime) -> None:
        """Give a delivery back, to be sent on another platform at `at`."""

    def settle(self, delivery: int, claim: str, state: str, now: datetime, reason: str | None = None) -> bool:
        """The end of a delivery; False where the claim is not ours any more."""

    def retry(self, delivery: int, claim: str, at: datetime) -> None:
        """Give a delivery back, to be sent at `at`."""

    def overtaken(self, delivery: Delivery, now: datetime, limits: Mapping[str, timedelta]) -> bool:
        """Whether the same learner or place was sent a newer reminder, or has one due that is not too late.

        `limits` tells how late one of each kind may come.
        """

    def asked_since(self, learner: int, seen: datetime, before: datetime, weeks: Weeks) -> int:
        """Weeks about which check-ins were sent after `seen` and up to `before`."""

    def announced_quiet_since(self, learner: int, seen: datetime) -> bool:
        """Whether the bot has said after `seen` that it will be quiet."""

    def last_sent(self, learner: int) -> Delivery | None:
        """The learner's newest delivery that was sent."""

    def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """When the nearest pending delivery of these platforms may be sent."""

    def repair_after_clock_change(self, now: datetime, held: timedelta, put_off: timedelta) -> int:
        """After the clock was wrong: what ended unsent at an instant that has not come yet is pending again; what is
        held for longer than `held` from now on is free, and what was put off for longer than `put_off` comes at its
        time. How many these were."""
