"""Note how an attempt at a self-check question went."""

from datetime import datetime

from bot.core.learner import Learner
from bot.core.quiz import Try
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from roadmap.model import Question


class NoSuchQuestion(Exception):
    """The question is not on the learner's roadmap, or not any more."""


def question_of(study: Study, id_: str) -> Question:
    """A question of the learner's roadmap by its id. Raises `NoSuchQuestion`."""
    for module in study.roadmap.modules:
        for question in module.questions:
            if question.id == id_:
                return question
    raise NoSuchQuestion


def answer_quiz(uow: UnitOfWork, learner: Learner, study: Study, question: str, *, knew: bool, now: datetime) -> None:
    """Note the learner's own verdict on their attempt: from it follows when the question comes again.

    Raises `NoSuchQuestion`.
    """
    uow.quizzes.add(learner.id, Try(question_of(study, question).id, knew, now))
