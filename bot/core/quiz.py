"""Self-check questions: which one comes next, spaced by how well they were known (FSRS, the `fsrs` package)."""

from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler

from bot.core.position import Position
from roadmap.model import Question, Roadmap

_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
"""Spaces by days from the first try on: within one sitting a missed question simply comes again. Without fuzz the same
tries give the same days for ever, so nothing but the tries has to be kept."""

SESSION = 10
"""Questions that are asked in a row at most."""
SITTING = timedelta(minutes=30)
"""What was missed so shortly before comes after everything else."""


@dataclass(frozen=True)
class Try:
    """An attempt at a question, judged by the learner."""

    question: str
    knew: bool
    at: datetime


def this_week(roadmap: Roadmap, week: int, without: Container[str] = ()) -> list[Question]:
    """The questions of a week of the roadmap, in the file's order, except those of the modules in `without`."""
    return reached(roadmap, {week}, without)


def reached(roadmap: Roadmap, weeks: Collection[int], without: Container[str] = ()) -> list[Question]:
    """The questions of these weeks of the roadmap, in the file's order, except those of the modules in `without`."""
    modules = [module for module in roadmap.modules if module.id not in without]
    return [q for module in modules for q in module.questions if q.week in weeks]


def due_at(tries: Iterable[Try]) -> dict[str, datetime]:
    """When each question that was attempted is due again, by its id."""
    cards: dict[str, Card] = {}
    for attempt in sorted(tries, key=lambda attempt: attempt.at):
        card = cards.get(attempt.question) or Card(card_id=0, due=attempt.at)
        rating = Rating.Good if attempt.knew else Rating.Again
        cards[attempt.question], _ = _SCHEDULER.review_card(card, rating, attempt.at)
    return {question: card.due for question, card in cards.items()}


def taught(questions: Sequence[Question], roadmap: Roadmap, position: Position) -> list[Question]:
    """The questions whose lesson the learner has had: a step that teaches their subject is covered.

    A question without a subject, or in a module whose steps do not say what they teach, depends on its week alone.
    """
    covered = {(p.part.item, p.part.week, p.part.do) for p in position.parts if p.done or p.minutes >= p.part.minutes}
    lessons = {
        question.id: [
            (part.item, part.week, part.do)
            for item in module.items
            for part in item.parts
            if part.week <= question.week and question.about in part.teaches
        ]
        for module in roadmap.modules
        for question in module.questions
    }
    return [
        q for q in questions if not (lessons_of := lessons.get(q.id)) or any(lesson in covered for lesson in lessons_of)
    ]


def waiting(questions: Sequence[Question], week: int, tries: Sequence[Try], now: datetime) -> list[Question]:
    """The questions to ask now, in this order: this week's new ones; those missed or due again, the latest first;
    new ones of other weeks, the latest first; those missed within the last `SITTING`, the earliest first."""
    tried = {attempt.question for attempt in tries}
    new = [q for q in questions if q.id not in tried]
    this_weeks = [q for q in new if q.week == week]
    other_weeks = sorted((q for q in new if q.week != week), key=lambda q: -q.week)
    last = {attempt.question: attempt for attempt in tries}
    when = due_at(tries)
    now_missed = [q for q in questions if q.id in last and not last[q.id].knew and now - last[q.id].at < SITTING]
    again = [q for q in questions if q.id in last and last[q.id].knew and when[q.id] <= now]
    missed = [q for q in questions if q.id in last and not last[q.id].knew and q not in now_missed]
    since = {q.id: when[q.id] for q in again} | {q.id: last[q.id].at for q in missed}
    forgotten = sorted(again + missed, key=lambda q: since[q.id], reverse=True)
    return this_weeks + forgotten + other_weeks + sorted(now_missed, key=lambda q: last[q.id].at)
