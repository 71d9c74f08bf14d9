"""Become a member of a group, or be shown there otherwise."""

from datetime import datetime

from bot.core.code import Code
from bot.core.group import Asker, Group, Shown
from bot.core.learner import Learner
from bot.core.name import FALLBACK, LONGEST, folded, length
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.group_rights import appoint_asker, left_to_managers
from bot.usecases.hand_over_group import hand_over_group


class PutOut(Exception):
    """An organiser has taken them out of the group; an invitation for a person lets them in again."""


class NameMissing(Exception):
    """There is nothing to be seen in the name."""


class NameTooLong(Exception):
    """The name has more than `bot.core.name.LONGEST` characters."""


class NameTaken(Exception):
    """Another member is shown by that name, or by one that looks the same."""


def check_may_join(uow: UnitOfWork, learner: Learner, group: Group, code: Code | None) -> None:
    """Raise `PutOut` for a learner who was taken out of the group, unless `code` is an invitation."""
    invited = code is not None and code.kind == "group"
    if not invited and uow.groups.was_removed(group.id, learner.id):
        raise PutOut


def check_name(uow: UnitOfWork, learner: Learner, group: Group, name: str) -> None:
    """Raise `NameMissing`, `NameTooLong` or `NameTaken` for a name that cannot be used in the group."""
    if not name:
        raise NameMissing
    if length(name) > LONGEST:
        raise NameTooLong
    others = [m for m in uow.groups.members(group.id) if m.learner != learner.id and not m.hidden]
    if folded(name) in {folded(member.name) for member in others}:
        raise NameTaken


def join_group(
    uow: UnitOfWork,
    asker: Asker,
    learner: Learner,
    group: Group,
    *,
    shown: Shown,
    name: str,
    code: Code | None = None,
    now: datetime,
) -> None:
    """Make the asker a member, shown by this name or hidden; of a member, change how they are shown.

    A code that led them in is used up. Somebody organises the group afterwards: who joins, where they manage the one
    chat of a group without an organiser. Raises what `check_may_join` and `check_name` raise.
    """
    check_may_join(uow, learner, group, code)
    if shown != "hidden":
        check_name(uow, learner, group, name)
    if code and uow.codes.use(code, now) and uow.groups.was_removed(group.id, learner.id):
        uow.groups.set_role(group.id, learner.id, "member")
    uow.groups.join(group.id, learner.id, name or FALLBACK, shown, now)
    if shown == "hidden":
        uow.requests.forget_names(group.id, asker.account)
    if len(uow.groups.places(group.id)) != 1:
        hand_over_group(uow, group, now, asker=learner.id)
    elif asker.manages and left_to_managers(uow, asker, group):
        appoint_asker(uow, asker, group, now)
