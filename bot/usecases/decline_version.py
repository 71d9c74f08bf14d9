"""Decline a newer version of a roadmap."""

from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def decline_version(uow: UnitOfWork, study: Study, version: str) -> None:
    """The learner stays on their version, and is not told of this newer one again; it can be taken all the same."""
    uow.enrollments.decline(study.enrollment, version)
