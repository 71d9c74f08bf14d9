"""Self-check questions: which one comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from roadmap.model import Question, Roadmap


@dataclass(frozen=True)
class Try:
    """A learner's own verdict on one attempt at a question."""

    question: str
    knew: bool
    at: datetime


def this_week(roadmap: Roadmap, week: int) -> list[Question]:
    """The questions of a week of the roadmap, in the file's order."""
    return [q for q in roadmap.module_in_week(week).questions if q.week == week]


def next_question(questions: Sequence[Question], tries: Sequence[Try]) -> Question | None:
    """The first one never tried, else the one missed longest ago; None once each was known at its last try."""
    last = {attempt.question: attempt for attempt in tries}
    new = next((q for q in questions if q.id not in last), None)
    if new:
        return new
    missed = [q for q in questions if not last[q.id].knew]
    return min(missed, key=lambda q: last[q.id].at, default=None)
