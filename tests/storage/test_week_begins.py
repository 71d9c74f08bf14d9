"""Weeks that begin on another weekday are the learner's own: what others see goes by the group's weeks."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.calendar import MONDAYS, Weeks
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, account, forged, shown
from tests.storage.stored_rows import lines
from tests.storage.test_board import read
from tests.storage.test_links import merged

DAY = timedelta(days=1)
BEGUN = [("sunday", date(2026, 1, 18)), ("saturday", date(2026, 1, 17))]


def begin(here: Frontend, who: str, on: str) -> str:
    """Somebody chooses where their weeks begin."""
    return shown(here.handle(here.pressed(who, forged("weekbegins", on=on)))[0])


def weeks_of(database: SqlDatabase, who: str) -> Weeks:
    def read_weeks(uow: UnitOfWork) -> Weeks:
        learner = uow.learners.find(account(who))
        assert learner is not None
        return learner.weeks

    return database.transact(read_weeks)


@pytest.fixture
def friends(here: Frontend) -> Frontend:
    """Ada and bob in one group, on the first Monday of January."""
    here.now = datetime(2026, 1, 5, 9, tzinfo=UTC)
    here.enrol("bob")
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.say("bob", "/group join by my name", group="cafe")
    return here


@pytest.mark.parametrize(("on", "since"), BEGUN)
def test_a_choice_is_kept_and_the_last_one_counts(here: Frontend, database: SqlDatabase, on: str, since: date) -> None:
    here.now = datetime(2026, 1, 7, 9, tzinfo=UTC)
    assert weeks_of(database, "ada") == MONDAYS
    assert "Undo" not in begin(here, "ada", "monday")
    begin(here, "ada", on)
    assert weeks_of(database, "ada") == Weeks((since,))
    begin(here, "ada", "monday")
    assert weeks_of(database, "ada") == MONDAYS
    begin(here, "ada", on)
    here.now += 60 * DAY
    begin(here, "ada", "monday")
    assert weeks_of(database, "ada").since[0] == since
    assert len(weeks_of(database, "ada").since) == 2


@pytest.mark.parametrize(("on", "since"), BEGUN)
def test_a_board_is_the_same_whatever_day_weeks_begin_on(friends: Frontend, on: str, since: date) -> None:
    begin(friends, "bob", on)
    friends.now = datetime(2026, 1, 11, 9, tzinfo=UTC)
    for n in range(21):
        friends.now += DAY
        for who in ("ada", "bob"):
            friends.say(who, f"/log {10 + n}m")
        ada, bob = read(friends.say("ada", "/leaderboard", group="cafe"))
        assert (ada[0], ada[2:]) == (bob[0], bob[2:])
        explained = shown(friends.say("bob", "/why board"))
        assert f"on a board this week: {bob[3]}%" in explained.replace("\N{NO-BREAK SPACE}", ""), explained
        assert "when this week began" not in shown(friends.say("bob", "/leaderboard"))


@pytest.mark.parametrize(("on", "since"), BEGUN)
def test_an_answer_counts_once_for_the_groups_week(
    friends: Frontend, database: SqlDatabase, on: str, since: date
) -> None:
    begin(friends, "bob", on)
    friends.now = datetime(2026, 1, 21, 9, tzinfo=UTC)
    monday = date(2026, 1, 19)
    # Pressed in the group, the button names the group's Monday.
    friends.handle(friends.pressed("bob", forged("checkin", feeling="done", week=monday.isoformat())))
    friends.handle(friends.pressed("ada", forged("checkin", feeling="partly", week=monday.isoformat())))
    assert {str(line["monday"]) for line in lines(database, "checkin")} == {str(monday), str(since)}
    (group,) = lines(database, "study_group")

    def answered(uow: UnitOfWork) -> list[int]:
        return [uow.checkins.answered(group["id"], monday + n * 7 * DAY) for n in (-1, 0, 1)]

    assert database.transact(answered) == [0, 2, 0]


def test_the_short_week_and_the_one_after_it_count_one_person(friends: Frontend, database: SqlDatabase) -> None:
    begin(friends, "bob", "sunday")
    friends.now = datetime(2026, 1, 20, 9, tzinfo=UTC)
    begin(friends, "bob", "monday")
    friends.now = datetime(2026, 1, 28, 9, tzinfo=UTC)
    for week in ("2026-01-25", "2026-01-26"):
        friends.handle(friends.pressed("bob", forged("checkin", feeling="done", week=week)))
    (group,) = lines(database, "study_group")
    assert len(lines(database, "checkin")) == 2
    assert database.transact(lambda uow: uow.checkins.answered(group["id"], date(2026, 1, 26))) == 1


def test_who_becomes_one_has_the_weeks_of_who_is_kept_and_each_their_own_again(
    here: Frontend, database: SqlDatabase
) -> None:
    here.enrol("bob")
    begin(here, "ada", "saturday")
    begin(here, "bob", "sunday")
    before = {who: weeks_of(database, who) for who in ("ada", "bob")}
    assert "Your accounts are linked now" in merged(here)
    assert weeks_of(database, "ada") == weeks_of(database, "bob") in before.values()
    here.say("ada", "/link undo")
    assert {who: weeks_of(database, who) for who in ("ada", "bob")} == before


def test_an_export_tells_where_weeks_begin(here: Frontend, database: SqlDatabase) -> None:
    here.now = datetime(2026, 1, 7, 9, tzinfo=UTC)
    begin(here, "ada", "sunday")
    (learner,) = lines(database, "learner")
    export = database.transact(lambda uow: uow.privacy.export(learner["id"]))
    assert json.loads(json.dumps(export["learner"], default=str))[0]["weeks_since"] == "2026-01-18"
