"""Self-check questions: which one comes next, spaced by how well they were known (FSRS, the `fsrs` package)."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fsrs import Card, Rating, Scheduler

from roadmap.model import Question, Roadmap

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
"""Spaces by days from the first try on: within one sitting a missed question simply comes again. Without fuzz the same
tries give the same days for ever, so nothing but the tries has to be kept."""


@dataclass(frozen=True)
class Try:
    """A learner's own verdict on one attempt at a question."""

    question: str
    knew: bool
    at: datetime


def this_week(roadmap: Roadmap, week: int, without: Container[str] = ()) -> list[Question]:
    """The questions of a week of the roadmap, in the file's order; `without` those of some modules, by their ids."""
    return [q for q in up_to(roadmap, week, without) if q.week == week]


def up_to(roadmap: Roadmap, week: int, without: Container[str] = ()) -> list[Question]:
    """The questions of every week reached, in the file's order; `without` as above."""
    modules = [module for module in roadmap.modules if module.id not in without]
    return [q for module in modules for q in module.questions if q.week <= week]


def due_at(tries: Iterable[Try]) -> dict[str, datetime]:
    """When each question that was tried is due again, by its id."""
    cards: dict[str, Card] = {}
    for attempt in sorted(tries, key=lambda one: one.at):
        card = cards.get(attempt.question) or Card(card_id=0, due=attempt.at)
        rating = Rating.Good if attempt.knew else Rating.Again
        cards[attempt.question], _ = _SCHEDULER.review_card(card, rating, attempt.at)
    return {question: card.due for question, card in cards.items()}


def due(questions: Sequence[Question], tries: Sequence[Try], now: datetime) -> list[Question]:
    """Those that were known once and are due again, the longest overdue first; then those missed at the last try."""
    when = due_at(tries)
    last = {attempt.question: attempt for attempt in tries}
    again = [q for q in questions if q.id in when and last[q.id].knew and when[q.id] <= now]
    missed = [q for q in questions if q.id in last and not last[q.id].knew]
    return sorted(again, key=lambda q: when[q.id]) + sorted(missed, key=lambda q: last[q.id].at)


def next_question(questions: Sequence[Question], week: int, tries: Sequence[Try], now: datetime) -> Question | None:
    """The first of this week that was never tried, else the first that is due; None where nothing is to be asked."""
    tried = {attempt.question for attempt in tries}
    new = next((q for q in questions if q.week == week and q.id not in tried), None)
    return new or next(iter(due(questions, tries, now)), None)
