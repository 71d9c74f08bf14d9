"""Decline a newer version of a roadmap."""

from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def decline_version(uow: UnitOfWork, study: Study, version: str) -> None:
    """Stop telling the learner about this newer version; they can still take it later."""
    uow.enrollments.decline(study.enrollment, version)
