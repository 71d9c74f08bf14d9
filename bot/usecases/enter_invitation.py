"""Enter a code that leads into a group."""

from datetime import datetime
from typing import NamedTuple

from bot.core.code import Code
from bot.core.group import Asker, Group
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import organises
from bot.usecases.try_code import entered_by_another, try_code


class Invitation(NamedTuple):
    """A valid code, the group it leads into, and whether the asker made it and organises the group."""

    code: Code
    group: Group
    own: bool


def try_invitation(uow: UnitOfWork, asker: Asker, typed: str, now: datetime) -> Invitation | None:
    """The invitation of a typed code; None, with the failed try counted, where it is not valid for the asker.

    A code for a person or a chat is valid while its maker organises the group, and for the first who enters it; a code
    for coming back is valid for its maker alone. Raises `TooManyTries`.
    """
    code = try_code(uow, asker, typed, lambda candidate: _is_good(uow, asker, candidate), now)
    group = uow.groups.get(code.group) if code and code.group else None
    if code is None or group is None:
        return None
    own = asker.learner is not None and asker.learner.id == code.learner and organises(uow, asker, group)
    return Invitation(code, group, own)


def enter_invitation(uow: UnitOfWork, asker: Asker, code: Code, now: datetime) -> None:
    """Reserve a code for the asker: from now on it is valid for nobody else."""
    if code.entry is None:
        uow.codes.enter(code, asker.account, None, now)


def _is_good(uow: UnitOfWork, asker: Asker, code: Code) -> bool:
    if code.group is None or uow.groups.get(code.group) is None:
        return False
    if code.kind == "return":
        return asker.learner is not None and asker.learner.id == code.learner
    maker = uow.groups.member(code.group, code.learner)
    return (
        code.kind in {"group", "place"}
        and maker is not None
        and maker.role == "organiser"
        and not entered_by_another(uow, asker, code)
    )
