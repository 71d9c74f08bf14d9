"""Adjust a plan after weeks that were missed."""

from datetime import date, datetime

from bot.core.proposal import NothingToMove, Proposal
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork


def adjust_plan(uow: UnitOfWork, study: Study, proposal: Proposal, *, today: date, now: datetime) -> int:
    """Apply an adjustment as proposed for this study; returns its id, with which it can be taken back within a week.

    What was in force before is stored with it. Raises `bot.core.proposal.NothingToMove` where dates or hours were to be
    moved and the learner is not behind any more.
    """
    if proposal.kind in {"shift", "spread"} and not proposal.relieved:
        raise NothingToMove
    returns = study.commitments.returns(today)
    usual = study.commitments.usual()
    for commitment in proposal.commitments:
        uow.enrollments.commit(study.enrollment, commitment, now)
    trims = [
        uow.ledger.add(study.enrollment, item=item, day=today, minutes=0, kind="trim", now=now).id
        for item in proposal.items
    ]
    return uow.adjustments.add(study.enrollment, proposal.kind, proposal.relieved, usual, returns, trims, now)
