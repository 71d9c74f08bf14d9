"""Use cases of groups and accounts hold their rules by themselves, whoever calls them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.code import TRIES
from bot.core.group import Asker, Group, Member, Place
from bot.core.learner import Account, Learner
from bot.core.merge import UNDO_WITHIN
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from bot.storage.unit_of_work import SqlUnitOfWork
from bot.usecases.add_place import AlreadyAPlace, NobodyWaits, accept_place, add_place, ask_for_place, waiting_place
from bot.usecases.appoint_organiser import appoint_organiser
from bot.usecases.create_group import create_group_in_chat
from bot.usecases.enter_invitation import enter_invitation, try_invitation
from bot.usecases.group_rights import NotManager, NotOrganiser, check_organises
from bot.usecases.invite import invite, invite_back
from bot.usecases.join_group import NameMissing, NameTaken, NameTooLong, PutOut, check_may_join, join_group
from bot.usecases.leave_group import NotAMember, leave_group
from bot.usecases.link_accounts import HasAbsorbed, OwnCode, enter_link_code, link_accounts, offer_link, try_link_code
from bot.usecases.link_accounts import NobodyWaits as NobodyWaitsForTheLink
from bot.usecases.remove_member import remove_member
from bot.usecases.reschedule_group import reschedule_group
from bot.usecases.settle_group import Defaults, Hour
from bot.usecases.silence_group import silence_group
from bot.usecases.speak_again import speak_again
from bot.usecases.switch_board import switch_board
from bot.usecases.try_code import TooManyTries
from bot.usecases.undo_link import NothingToUndo, TooLate, can_undo_link, undo_link
from tests.conftest import MONDAY

CAFE, LIBRARY = Place("terminal", "cafe", "Café"), Place("terminal", "library", "Library")
TODAY = MONDAY.date()


@dataclass
class Evening:
    """A group that meets in the café: ada organises it, ben is a member, cem is not in it."""

    uow: UnitOfWork
    group: Group
    ada: Asker
    ben: Asker
    cem: Asker

    def join(self, asker: Asker, name: str) -> None:
        """Let somebody join the group under a name."""
        join_group(self.uow, asker, learner(asker), self.group, shown="alias", name=name, now=MONDAY)

    def member(self, asker: Asker) -> Member:
        """Somebody's membership of the group."""
        stored = self.uow.groups.member(self.group.id, learner(asker).id)
        assert stored
        return stored


def learner(asker: Asker) -> Learner:
    """The learner who asks."""
    assert asker.learner
    return asker.learner


def defaults() -> Defaults:
    """What ada's groups get."""
    return Defaults(
        ZoneInfo("UTC"), "en", "ml-researcher", {"announcement": Hour(0, time(9)), "checkin": Hour(6, time(18))}
    )


@pytest.fixture
def evening(sqlite: SqlDatabase) -> Iterator[Evening]:
    """A group, inside one unit of work."""
    with sqlite.engine.begin() as connection:
        uow = SqlUnitOfWork(connection)

        def asker(name: str) -> Asker:
            account = Account("terminal", name, name)
            return Asker(account, uow.learners.create(account, locale="en", zone=ZoneInfo("UTC"), now=MONDAY))

        ada, ben, cem = map(asker, ("ada", "ben", "cem"))
        manager = replace(ada, place=CAFE, manages=True)
        group_evening = Evening(
            uow, create_group_in_chat(uow, manager, CAFE, None, defaults(), MONDAY).group, ada, ben, cem
        )
        group_evening.join(ada, "Ada")
        group_evening.join(ben, "Ben")
        yield group_evening


DECISIONS: dict[str, Callable[[Evening, Asker], object]] = {
    "appoint": lambda e, who: appoint_organiser(e.uow, who, e.group, e.member(e.ben), MONDAY),
    "remove": lambda e, who: remove_member(e.uow, who, e.group, e.member(e.ben), MONDAY),
    "invite": lambda e, who: invite(e.uow, who, e.group, "7KQM-2XWD", "group", MONDAY),
    "switch the board": lambda e, who: switch_board(e.uow, who, e.group, MONDAY, live=False),
    "reschedule": lambda e, who: reschedule_group(
        e.uow, who, e.group, kind=None, weekday=3, at=None, zone=None, defaults=defaults(), now=MONDAY
    ),
    "silence": lambda e, who: silence_group(e.uow, who, e.group, MONDAY),
    "speak again": lambda e, who: speak_again(e.uow, who, e.group, defaults(), MONDAY),
    "add a place": lambda e, who: add_place(e.uow, replace(who, manages=True), LIBRARY, e.group, MONDAY),
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_members_and_strangers_decide_nothing(evening: Evening, decision: str) -> None:
    for who in (evening.ben, evening.cem, Asker(Account("terminal", "eve", "Eve"), None)):
        with pytest.raises(NotOrganiser):
            DECISIONS[decision](evening, who)
    DECISIONS[decision](evening, evening.ada)


@pytest.mark.parametrize("decision", ["appoint", "remove", "invite", "switch the board", "reschedule"])
def test_who_manages_the_chat_does_not_decide_for_a_group_that_has_an_organiser(
    evening: Evening, decision: str
) -> None:
    with pytest.raises(NotOrganiser):
        DECISIONS[decision](evening, replace(evening.cem, place=CAFE, manages=True))


def test_who_manages_the_chat_may_say_that_nothing_more_is_said_there(evening: Evening) -> None:
    for manages in (False, None):
        with pytest.raises(NotManager):
            silence_group(evening.uow, replace(evening.cem, place=CAFE, manages=manages), evening.group, MONDAY)
    assert not silence_group(evening.uow, replace(evening.cem, place=CAFE, manages=True), evening.group, MONDAY)
    assert not any(rule.due for rule in evening.uow.reminders.rules_of_group(evening.group.id))


def test_an_organiser_must_manage_the_chat_that_they_add(evening: Evening) -> None:
    with pytest.raises(NotManager):
        add_place(evening.uow, replace(evening.ada, place=LIBRARY), LIBRARY, evening.group, MONDAY)
    manager = replace(evening.ada, place=LIBRARY, manages=True)
    add_place(evening.uow, manager, LIBRARY, evening.group, MONDAY)
    with pytest.raises(AlreadyAPlace):
        add_place(evening.uow, manager, LIBRARY, evening.group, MONDAY)


def test_a_chat_waits_for_the_word_of_who_made_the_code_and_of_nobody_else(evening: Evening) -> None:
    invite(evening.uow, evening.ada, evening.group, "7KQM-2XWD", "place", MONDAY)
    manager = replace(evening.cem, place=LIBRARY, manages=True)
    invitation = try_invitation(evening.uow, manager, "7KQM-2XWD", MONDAY)
    assert invitation
    assert not invitation.own
    ask_for_place(evening.uow, manager, LIBRARY, invitation.group, invitation.code, MONDAY)
    for who in (evening.ben, evening.cem):
        with pytest.raises(NobodyWaits):
            waiting_place(evening.uow, who, invitation.code.id, MONDAY)
    accept_place(evening.uow, waiting_place(evening.uow, evening.ada, invitation.code.id, MONDAY), MONDAY)
    assert [known.place.external_id for known in evening.uow.groups.places(evening.group.id)] == ["cafe", "library"]
    with pytest.raises(NobodyWaits):
        waiting_place(evening.uow, evening.ada, invitation.code.id, MONDAY)


def test_a_code_is_good_for_who_enters_it_first_and_tries_are_counted(evening: Evening) -> None:
    invite(evening.uow, evening.ada, evening.group, "7KQM-2XWD", "group", MONDAY)
    invitation = try_invitation(evening.uow, evening.cem, "7KQM-2XWD", MONDAY)
    assert invitation
    enter_invitation(evening.uow, evening.cem, invitation.code, MONDAY)
    assert try_invitation(evening.uow, evening.cem, "7KQM-2XWD", MONDAY)
    assert try_invitation(evening.uow, evening.ben, "7KQM-2XWD", MONDAY) is None
    for n in range(2, TRIES + 1):
        assert try_invitation(evening.uow, evening.ben, f"7KQM-2XW{n}", MONDAY) is None
    with pytest.raises(TooManyTries):
        try_invitation(evening.uow, evening.ben, "7KQM-2XWD", MONDAY)


def test_a_name_must_be_seen_be_short_and_be_nobody_elses(evening: Evening) -> None:
    for name, problem in (("", NameMissing), ("n" * 33, NameTooLong), ("BEN", NameTaken)):
        with pytest.raises(problem):
            evening.join(evening.cem, name)
    evening.join(evening.ben, "BEN")
    evening.join(evening.cem, "Cem")


def test_who_was_removed_comes_back_by_an_invitation_alone(evening: Evening) -> None:
    ben = evening.member(evening.ben)
    remove_member(evening.uow, evening.ada, evening.group, ben, MONDAY)
    with pytest.raises(NotAMember):
        remove_member(evening.uow, evening.ada, evening.group, ben, MONDAY)
    with pytest.raises(PutOut):
        evening.join(evening.ben, "Ben")
    invite_back(evening.uow, learner(evening.ben), evening.group, "7KQM-2XWE", MONDAY)  # as they had from before
    back = evening.uow.codes.find("7KQM-2XWE", MONDAY)
    with pytest.raises(PutOut):
        check_may_join(evening.uow, learner(evening.ben), evening.group, back)
    invite(evening.uow, evening.ada, evening.group, "7KQM-2XWD", "group", MONDAY)
    code = evening.uow.codes.find("7KQM-2XWD", MONDAY)
    join_group(
        evening.uow, evening.ben, learner(evening.ben), evening.group, shown="hidden", name="", code=code, now=MONDAY
    )
    assert evening.member(evening.ben).role == "member"


def test_managers_decide_for_a_group_that_all_have_left_only_where_it_meets_nowhere_else(evening: Evening) -> None:
    for who in (evening.ada, evening.ben):
        evening.uow.groups.leave(evening.group.id, learner(who).id, MONDAY)
    manager = replace(evening.cem, place=CAFE, manages=True)
    check_organises(evening.uow, manager, evening.group)
    evening.uow.groups.assign_place(LIBRARY, evening.group.id)
    with pytest.raises(NotOrganiser):
        check_organises(evening.uow, manager, evening.group)


def test_a_code_is_good_until_its_time_is_over(evening: Evening) -> None:
    until = invite(evening.uow, evening.ada, evening.group, "7KQM-2XWD", "group", MONDAY)
    assert evening.uow.codes.find("7KQM-2XWD", until - timedelta(seconds=1))
    assert evening.uow.codes.find("7KQM-2XWD", until) is None


def test_the_last_organiser_who_leaves_is_followed_by_a_member(evening: Evening) -> None:
    heir = leave_group(evening.uow, evening.ada, learner(evening.ada), evening.group, MONDAY)
    assert heir
    assert heir.name == "Ben"
    assert evening.member(evening.ben).role == "organiser"
    with pytest.raises(NotAMember):
        leave_group(evening.uow, evening.ada, learner(evening.ada), evening.group, MONDAY)


def test_accounts_become_one_by_the_yes_of_who_made_the_code_and_two_again(evening: Evening) -> None:
    uow, ada = evening.uow, learner(evening.ada)
    offer_link(uow, ada, "7KQM-2XWD", MONDAY)
    with pytest.raises(OwnCode):
        try_link_code(uow, evening.ada, "7KQM-2XWD", MONDAY)
    code = try_link_code(uow, evening.cem, "7KQM-2XWD", MONDAY)
    assert code
    with pytest.raises(NobodyWaitsForTheLink):
        link_accounts(uow, ada, code, TODAY, MONDAY)
    enter_link_code(uow, evening.cem, code, MONDAY)
    entered = uow.codes.entered(ada.id, "link", MONDAY)[0]
    assert link_accounts(uow, ada, entered, TODAY, MONDAY).merged
    with pytest.raises(NobodyWaitsForTheLink):
        link_accounts(uow, ada, entered, TODAY, MONDAY)
    assert can_undo_link(uow, ada, MONDAY + UNDO_WITHIN)
    with pytest.raises(TooLate):
        undo_link(uow, ada, TODAY, MONDAY + UNDO_WITHIN + timedelta(seconds=1))
    undo_link(uow, ada, TODAY, MONDAY + UNDO_WITHIN)
    with pytest.raises(NothingToUndo):
        undo_link(uow, ada, TODAY, MONDAY)


def test_who_has_taken_in_another_account_is_not_taken_in(evening: Evening) -> None:
    for typed, maker, enters in (
        ("7KQM-2XWD", evening.ada, evening.cem),
        ("7KQM-2XWE", evening.ben, evening.ada),
    ):
        offer_link(evening.uow, learner(maker), typed, MONDAY)
        code = try_link_code(evening.uow, enters, typed, MONDAY)
        assert code
        enter_link_code(evening.uow, enters, code, MONDAY)
        entered = evening.uow.codes.entered(learner(maker).id, "link", MONDAY)[0]
        if enters is evening.cem:
            link_accounts(evening.uow, learner(maker), entered, TODAY, MONDAY)
        else:
            with pytest.raises(HasAbsorbed):
                link_accounts(evening.uow, learner(maker), entered, TODAY, MONDAY)
