"""Make two accounts one person's: a code from one is entered on the other, and then its maker says yes."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from bot.core.code import HOLDS, Code
from bot.core.commitment import Commitment
from bot.core.group import Asker, Membership
from bot.core.learner import Learner
from bot.core.reminder import after
from bot.core.study_time import study_times_in
from bot.core.token import write_token
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.attend_session import remind_again
from bot.usecases.hand_over_group import hand_over_group
from bot.usecases.try_code import entered_by_another, try_code


class NobodyWaits(Exception):
    """No account has entered a code of the learner in the last minutes, or it was answered."""


class HasAbsorbed(Exception):
    """The account that entered the code has taken in another one itself, or the maker is part of another: make the code
    there, and enter it on the other side."""


class OwnCode(Exception):
    """Who enters the code has made it."""


class Linked(NamedTuple):
    """What was done: `merged` where the other account was a learner's, so that there is something to take back."""

    merged: bool


def offer_link(uow: UnitOfWork, learner: Learner, code: str, now: datetime) -> datetime:
    """Store a code to be entered on the learner's other account, in place of any before; returns when it expires."""
    uow.codes.create(code, "link", learner.id, None, now)
    return now + HOLDS["link"]


def try_link_code(uow: UnitOfWork, asker: Asker, typed: str, now: datetime) -> Code | None:
    """The typed code to link accounts; None, with the failed try counted, where it is not valid for the asker.

    Raises `TooManyTries`, `OwnCode`.
    """
    code = try_code(
        uow,
        asker,
        typed,
        lambda candidate: candidate.kind == "link" and not entered_by_another(uow, asker, candidate),
        now,
    )
    if code and asker.learner and asker.learner.id == code.learner:
        raise OwnCode
    return code


def enter_link_code(uow: UnitOfWork, asker: Asker, code: Code, now: datetime) -> None:
    """Enter a code to link accounts; its maker is asked to confirm, once."""
    if code.entry is None:
        uow.codes.enter(code, asker.account, None, now)
        uow.deliveries.post(write_token("linkasked", {"entry": str(code.id)}), now, learner=code.learner)


def waiting_link(uow: UnitOfWork, learner: Learner, entry: int, now: datetime) -> Code:
    """The learner's code with this number, which another account has entered. Raises `NobodyWaits`."""
    for code in uow.codes.entered(learner.id, "link", now):
        if code.id == entry:
            return code
    raise NobodyWaits


def link_accounts(uow: UnitOfWork, learner: Learner, code: Code, today: date, now: datetime) -> Linked:
    """The maker's yes: the account that entered their code is theirs from now on, with all that its learner had.

    Roadmap, settings and reminders stay the maker's, and a roadmap of the other's rests. Who has no study times gets
    the other's. A group that would be left without an organiser gets one. Raises `NobodyWaits`, `HasAbsorbed`.
    """
    if code.entry is None:
        raise NobodyWaits
    other = code.entry.learner
    uow.merges.lock([learner.id, *([other] if other else [])])
    if waiting_link(uow, learner, code.id, now) != code or other == learner.id or not uow.codes.use(code, now):
        raise NobodyWaits
    if other is None:
        uow.learners.attach(code.entry.account, learner.id)
        return Linked(merged=False)
    if uow.merges.absorbed(other) or uow.merges.is_absorbed(learner.id):
        raise HasAbsorbed
    followed = uow.enrollments.current(learner.id)
    memberships = [*uow.groups.of(other), *uow.groups.of(learner.id)]
    uow.groups.lock(membership.group.id for membership in memberships)
    uow.merges.merge(learner.id, other, now)
    keep_organised(uow, memberships, learner, now)
    _keep_zone(uow, learner, now)
    remind_again(uow, learner.id, now)
    if followed and uow.enrollments.current(learner.id) != followed:
        # The followed roadmap is a setting like the others: that of the code's maker is kept.
        uow.enrollments.enroll(
            learner.id, roadmap=followed.roadmap, version=followed.version, start=followed.start, now=now
        )
        for resting in uow.enrollments.of(learner.id)[1:]:
            uow.enrollments.commit(resting.id, Commitment(today, 0), now)
    return Linked(merged=True)


def _keep_zone(uow: UnitOfWork, learner: Learner, now: datetime) -> None:
    """Study times that came with the other account are at the same local times in the learner's own zone."""
    for rule in study_times_in(uow.reminders.rules(learner.id)):
        if rule.zone.key != learner.zone.key:
            due = after(rule.weekdays, rule.at, learner.zone, now).due if rule.due else None
            uow.reminders.set_due(rule, learner.zone, due)


def keep_organised(uow: UnitOfWork, memberships: Iterable[Membership], asker: Learner, now: datetime) -> None:
    """Give the groups of these memberships an organiser, where they have lost their last one."""
    for group in {membership.group.id: membership.group for membership in memberships}.values():
        hand_over_group(uow, group, now, asker=asker.id)
