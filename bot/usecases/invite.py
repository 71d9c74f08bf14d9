"""Make a one-time code that leads into a group: for a person, for a chat, or for who has just left it."""

from datetime import datetime
from typing import Literal

from bot.core.code import HOLDS
from bot.core.group import Asker, Group
from bot.core.learner import Learner
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import NoLearner, decide


def invite(
    uow: UnitOfWork,
    asker: Asker,
    group: Group,
    code: str,
    kind: Literal["group", "place"],
    now: datetime,
) -> datetime:
    """Store a code that invites a person (`group`) or a chat (`place`); returns until when it is valid.

    It is for whoever enters it first. Raises `NotOrganiser`, `NotManager`, `NoLearner`.
    """
    decide(uow, asker, group, now)
    if asker.learner is None:
        raise NoLearner
    uow.codes.create(code, kind, asker.learner.id, group.id, now)
    return now + HOLDS[kind]


def invite_back(uow: UnitOfWork, learner: Learner, group: Group, code: str, now: datetime) -> None:
    """Store a code that lets this learner alone into a group, as a group's id can be guessed.

    The caller has checked that they may join.
    """
    uow.codes.create(code, "return", learner.id, group.id, now)
