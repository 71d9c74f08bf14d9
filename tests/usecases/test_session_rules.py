"""Use cases of study sessions hold their rules by themselves, whoever calls them: who may do what, and every limit."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.group import Group
from bot.core.learner import Learner
from bot.core.session import FARTHEST, LONGEST, MOST_MOVES, SHORTEST, Rhythm, Series, StudySession
from bot.usecases.attend_session import attend_session, stay_away
from bot.usecases.be_at_session import EARLY, NotYet, arrive, depart, minutes_there
from bot.usecases.cancel_session import cancel_session, stop_series
from bot.usecases.leave_group import NotAMember
from bot.usecases.move_session import HasBegun, MovedTooOften, move_session
from bot.usecases.propose_session import LengthRefused, Proposal, TimeIsOver, TooFarAhead, propose_session
from bot.usecases.session_rights import NotTheirs
from tests.conftest import MONDAY
from tests.usecases.learning import Learning

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Evening:
    """Ada and ben are in a group, where nobody organises; cem is in none."""

    def __init__(self, learning: Learning) -> None:
        self.uow = learning.uow
        self.ada, self.ben, self.cem = (learning.learner(name) for name in ("ada", "ben", "cem"))
        group = self.uow.groups.get(learning.group(self.ada, self.ben))
        assert group
        self.group: Group = group

    def propose(
        self, who: Learner, at: datetime, minutes: int = 90, weekdays: tuple[int, ...] = (), now: datetime = MONDAY
    ) -> StudySession:
        """Somebody proposes a session at an instant, by the group's clock."""
        local = at.astimezone(self.group.zone)
        proposal = Proposal(local.date(), local.time(), minutes, Rhythm(), weekdays=weekdays)
        return propose_session(self.uow, who, self.group, proposal, now)

    def session(self, session: StudySession) -> StudySession:
        """A session as it is now."""
        stored = self.uow.sessions.get(session.id)
        assert stored
        return stored

    def series(self) -> Series:
        """The group's one series."""
        (series,) = self.uow.sessions.series_of(self.group.id)
        return series


@pytest.fixture
def evening(learning: Learning) -> Evening:
    """A group of two, before any session."""
    return Evening(learning)


def test_who_has_left_the_group_changes_not_even_what_they_proposed(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR, weekdays=(MONDAY.weekday(),))
    evening.uow.groups.leave(evening.group.id, evening.ada.id, MONDAY)
    with pytest.raises(NotTheirs):
        cancel_session(evening.uow, evening.ada, session, MONDAY)
    with pytest.raises(NotTheirs):
        move_session(evening.uow, evening.ada, session, MONDAY + 2 * HOUR, MONDAY)
    with pytest.raises(NotTheirs):
        stop_series(evening.uow, evening.ada, evening.series(), MONDAY)
    assert evening.session(session) == session


def test_an_organiser_changes_what_others_proposed_for_as_long_as_they_are_one(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    evening.uow.groups.set_role(evening.group.id, evening.ben.id, "organiser")
    move_session(evening.uow, evening.ben, session, MONDAY + 2 * HOUR, MONDAY)
    evening.uow.groups.set_role(evening.group.id, evening.ben.id, "member")
    with pytest.raises(NotTheirs):
        move_session(evening.uow, evening.ben, evening.session(session), MONDAY + 3 * HOUR, MONDAY)


def test_only_members_come_stay_away_and_are_there(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    for refused in (attend_session, stay_away, arrive, depart):
        with pytest.raises(NotAMember):
            refused(evening.uow, evening.cem, session, MONDAY + HOUR)
    with pytest.raises(NotAMember):
        evening.propose(evening.cem, MONDAY + HOUR)
    assert list(evening.uow.sessions.coming(session.id)) == [evening.ada.id]


@pytest.mark.parametrize(("minutes", "taken"), [(SHORTEST - 1, False), (SHORTEST, True), (LONGEST, True), (481, False)])
def test_a_session_lasts_from_a_quarter_of_an_hour_to_eight_hours(evening: Evening, minutes: int, taken: bool) -> None:
    if taken:
        assert evening.propose(evening.ada, MONDAY + HOUR, minutes).minutes == minutes
    else:
        with pytest.raises(LengthRefused):
            evening.propose(evening.ada, MONDAY + HOUR, minutes)


def test_a_session_begins_after_now_and_within_sixty_days(evening: Evening) -> None:
    assert evening.propose(evening.ada, MONDAY + FARTHEST).starts_at == MONDAY + FARTHEST
    assert evening.propose(evening.ada, MONDAY + MINUTE).starts_at == MONDAY + MINUTE
    with pytest.raises(TooFarAhead):
        evening.propose(evening.ada, MONDAY + FARTHEST + MINUTE)
    with pytest.raises(TimeIsOver):
        evening.propose(evening.ada, MONDAY)


def test_a_series_that_is_proposed_for_a_later_day_begins_then(evening: Evening) -> None:
    first = evening.propose(evening.ada, MONDAY + timedelta(days=14), weekdays=(MONDAY.weekday(),))
    assert first.starts_at == MONDAY + timedelta(days=14)


def test_a_series_follows_the_clock_of_its_group_and_not_of_who_proposed_it(evening: Evening) -> None:
    zone = ZoneInfo("America/New_York")
    evening.propose(replace(evening.ada, zone=zone), MONDAY + HOUR, weekdays=(MONDAY.weekday(),))
    assert evening.series().zone == evening.group.zone != zone


def test_the_same_proposal_twice_is_one_session(evening: Evening) -> None:
    first, second = (evening.propose(evening.ada, MONDAY + HOUR) for _ in range(2))
    assert first.id == second.id
    assert evening.propose(evening.ben, MONDAY + HOUR).id != first.id


def test_one_can_be_there_a_quarter_of_an_hour_before_and_it_counts_from_the_beginning(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    with pytest.raises(NotYet):
        arrive(evening.uow, evening.ada, session, session.starts_at - EARLY - MINUTE)
    arrive(evening.uow, evening.ada, session, session.starts_at - EARLY)
    (presence,) = evening.uow.sessions.presences(session.id)
    assert presence.since == session.starts_at


def test_who_comes_and_goes_and_comes_is_counted_for_the_time_they_were_there(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    begins = session.starts_at
    arrive(evening.uow, evening.ben, session, begins)
    arrive(evening.uow, evening.ada, session, begins)
    assert depart(evening.uow, evening.ada, session, begins + 10 * MINUTE) == 10
    arrive(evening.uow, evening.ada, session, begins + 30 * MINUTE)
    assert depart(evening.uow, evening.ada, session, begins + 40 * MINUTE) == 20
    assert minutes_there(evening.uow, evening.ada, session, session.ends_at) == 20
    # of a session that is ended early only the time until then
    cancel_session(evening.uow, evening.ada, session, begins + 45 * MINUTE)
    assert minutes_there(evening.uow, evening.ben, evening.session(session), session.ends_at) == 45


def test_a_session_is_moved_five_times_at_most(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    for n in range(1, MOST_MOVES + 1):
        session = move_session(evening.uow, evening.ada, session, MONDAY + HOUR + n * MINUTE, MONDAY)
    assert session.moves == MOST_MOVES == 5
    with pytest.raises(MovedTooOften):
        move_session(evening.uow, evening.ada, session, MONDAY + 2 * HOUR, MONDAY)


def test_a_session_that_has_begun_is_not_moved(evening: Evening) -> None:
    session = evening.propose(evening.ada, MONDAY + HOUR)
    with pytest.raises(HasBegun):
        move_session(evening.uow, evening.ada, session, MONDAY + 3 * HOUR, session.starts_at)
    assert evening.session(session) == session


def test_stopping_a_series_leaves_other_sessions_and_one_that_goes_on(evening: Evening) -> None:
    running = evening.propose(evening.ada, MONDAY + HOUR, weekdays=(MONDAY.weekday(),))
    other = evening.propose(evening.ada, MONDAY + 3 * HOUR)
    stop_series(evening.uow, evening.ada, evening.series(), running.starts_at + MINUTE)
    assert evening.session(running).cancelled_at is None
    assert evening.session(other).cancelled_at is None


def test_calling_one_session_of_a_series_off_brings_the_next_one(evening: Evening) -> None:
    first = evening.propose(evening.ada, MONDAY + HOUR, weekdays=(MONDAY.weekday(),))
    moved = move_session(evening.uow, evening.ada, first, first.starts_at + timedelta(days=8), MONDAY)
    cancel_session(evening.uow, evening.ada, moved, MONDAY)
    (following,) = evening.uow.sessions.ahead(evening.group.id, MONDAY)
    # a session that was moved behind the next slot does not swallow that one
    assert following.starts_at == first.starts_at + timedelta(days=7)
