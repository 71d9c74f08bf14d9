"""Projects: ticked criteria, submissions and reviews."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol

from bot.core.ids import EnrollmentId, GroupId, LearnerId, ReviewId
from bot.core.project import Decision, Review, Submission


class Projects(Protocol):
    """Projects: ticked criteria, submissions and reviews."""

    def ticks(self, enrollment: EnrollmentId, item: str) -> frozenset[str]:
        """The ids of a project's criteria that the learner has ticked, and the path chosen
        (`bot.core.project.PATH`)."""

    def ticked(self, enrollment: EnrollmentId) -> Mapping[str, frozenset[str]]:
        """The ticks of every project that has any, by item."""

    def tick(self, enrollment: EnrollmentId, item: str, criterion: str, now: datetime) -> None:
        """Tick a criterion, or untick it."""

    def submitted(self, enrollment: EnrollmentId, item: str) -> Submission | None:
        """The submission of a project that was not withdrawn; None if there is none."""

    def submit(self, enrollment: EnrollmentId, item: str, url: str, note: str | None, now: datetime) -> None:
        """Submit a project; an earlier submission is withdrawn."""

    def withdraw(self, enrollment: EnrollmentId, item: str, now: datetime) -> bool:
        """Withdraw the submission of a project; False if there is none."""

    def request_review(self, submission: int, group: GroupId, now: datetime) -> ReviewId:
        """Ask a group to review a submission, and return the review's id."""

    def review(self, review: ReviewId) -> Review | None:
        """A review by its id; None if there is none, or if its submission was withdrawn."""

    def review_of(self, submission: int) -> Review | None:
        """The newest review of a submission; None if there is none."""

    def take(self, review: ReviewId, learner: LearnerId, now: datetime, before: datetime) -> bool:
        """Give a review to a learner if nobody has it, or if somebody took it before the instant `before`; False if
        it is taken."""

    def set_met(self, review: ReviewId, met: Iterable[str]) -> None:
        """Set the criteria that the reviewer found met."""

    def decide(self, review: ReviewId, learner: LearnerId, decision: Decision, words: str, now: datetime) -> bool:
        """Complete a review that the learner has taken; False if it is not theirs or complete already."""
