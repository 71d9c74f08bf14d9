"""Ticked criteria, submissions and reviews of projects."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.core.project import Decision, Review, Submission


class Projects(Protocol):
    """Ticked criteria, submissions and reviews of projects."""

    def ticks(self, enrollment: int, item: str) -> frozenset[str]:
        """The criteria that a learner has ticked, and the path taken (`bot.core.project.PATH`)."""

    def ticked(self, enrollment: int) -> Mapping[str, frozenset[str]]:
        """The same of every project that has any, by item."""

    def tick(self, enrollment: int, item: str, criterion: str, now: datetime) -> None:
        """Tick a criterion, or take the tick away."""

    def submitted(self, enrollment: int, item: str) -> Submission | None:
        """The submission of a project that was not withdrawn."""

    def submit(self, enrollment: int, item: str, url: str, note: str | None, now: datetime) -> None:
        """Submit a project; an earlier submission is withdrawn."""

    def withdraw(self, enrollment: int, item: str, now: datetime) -> bool:
        """Withdraw it; False where there was nothing."""

    def request_review(self, submission: int, group: int, now: datetime) -> int:
        """Ask a group for a review; its id."""

    def review(self, review: int) -> Review | None:
        """A review by its id; None where its submission was withdrawn."""

    def review_of(self, submission: int) -> Review | None:
        """The newest review of a submission."""

    def take(self, review: int, learner: int, now: datetime, before: datetime) -> bool:
        """Take a review that nobody has, or that somebody took before that instant; False where it is taken."""

    def set_met(self, review: int, met: Iterable[str]) -> None:
        """Say which criteria are met."""

    def decide(self, review: int, learner: int, decision: Decision, words: str, now: datetime) -> bool:
        """End a review of one's own; False where it is not."""
