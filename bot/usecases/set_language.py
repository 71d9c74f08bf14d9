"""Choose the language that the bot speaks with a learner."""

from dataclasses import replace

from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork


def set_language(uow: UnitOfWork, learner: Learner, locale: str) -> Learner:
    """From now on the bot speaks this language with the learner. Returns the learner as they are now."""
    uow.learners.set_locale(learner.id, locale)
    return replace(learner, locale=locale)
