"""Half a year of 80 people with lives, in 8 groups: every number is what the ledger's lines add up to."""

import asyncio
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import local_date, monday_of
from bot.core.study import Study
from bot.storage.database import SqlDatabase
from roadmap.loader import tracks
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.delivery.lives import LEARNERS, TRACK, WEEKS, Life, Lives, Town
from tests.storage.stored_rows import count, lines

SESSIONS = WEEKS * 7 // 3
"""Sessions that are proposed in all groups together, those of series aside: fewer in each."""
A_WEEK = 3
"""Messages of its own accord that the bot promises at most to one person: announcement, nudge, check-in. Who has study
times gets one at each of them, and no nudge."""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_half_a_year_of_lives(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], seed: int) -> None:
    sqlite.transact(
        lambda uow: uow.roadmaps.note(TRACK, roadmaps[TRACK].version, tracks()[TRACK].read_text("utf-8"), MONDAY)
    )
    lives = Lives(sqlite, roadmaps, seed)

    async def whole() -> None:
        await lives.begin()
        for day in range(WEEKS * 7):
            await lives.day(day)

    asyncio.run(whole())
    check_messages(lives.town, sqlite, {life.name: life.times for life in lives.people})
    for life in lives.people:
        check_ledger(*lives.study_of(life), life)
    check_boards(sqlite, lives.town.now)
    assert count(sqlite, "account") == LEARNERS + LEARNERS // 8
    assert count(sqlite, "learner") == LEARNERS
    assert min(lives.moved["take"], lives.moved["stay"]) > 5
    assert min(lives.taken["hourstaken"], lives.taken["undo"]) > 5


def check_messages(town: Town, database: SqlDatabase, times: dict[str, int]) -> None:
    """Nobody got more messages than promised in any week, and no group more than its two and a live board.

    What was sent long ago is kept no more: the weeks are those that are.
    """
    sent: Counter[tuple[int, str]] = Counter()
    known = set()
    for line in lines(database, "delivery"):
        if line["state"] == "sent" and line["learner"] and line["kind"] != "one_off":
            sent[line["learner"], monday_of(date.fromisoformat(str(line["occasion"]))).isoformat()] += 1
        if line["state"] == "sent" and line["learner"]:
            known.add(f"delivery:{line['id']}")
    names = {line["learner"]: line["external_id"] for line in lines(database, "account")}
    for (learner, week), number in sent.items():
        own = times[names[learner]]
        assert number <= (A_WEEK - 1 + own if own else A_WEEK), (names[learner], week)
    kinds = Counter(line["kind"] for line in lines(database, "delivery") if line["state"] == "sent")
    assert min(kinds["studytime"], kinds["nudge"], kinds["announcement"], kinds["checkin"]) > 100
    assert len(town.private) == len(set(town.private)), "something was sent twice"
    assert known
    assert known <= set(town.private)
    # Two a week in each of two places that a group has here, and each place's board, once.
    sessions = Counter(line["study_group"] for line in lines(database, "study_session"))
    assert max(town.places.values()) <= 2 * (2 * (WEEKS + 2) + 1) + 2 * SESSIONS
    assert sessions
    check_sessions(database)
    assert town.edits > 0


def check_sessions(database: SqlDatabase) -> None:
    """Of a session nobody got more than a reminder they had said yes to, and one question after having been there."""
    sent: Counter[tuple[int, str]] = Counter()
    for line in lines(database, "delivery"):
        if line["state"] == "sent" and line["request"] and ".session" in line["request"]:
            sent[line["learner"], line["request"]] += 1
    assert set(sent.values()) == {1}
    coming = {(line["learner"], str(line["session"])) for line in lines(database, "attendance")}
    there = {(line["learner"], str(line["session"])) for line in lines(database, "presence")}
    of = {(who, request): (request.split("session=")[1].split("&")[0]) for who, request in sent}
    assert {(who, number) for (who, request), number in of.items() if "soon" in request} <= coming
    assert {(who, number) for (who, request), number in of.items() if "over" in request} <= there
    assert any("soon" in request for _, request in sent)
    assert any("over" in request for _, request in sent)


def check_ledger(study: Study, today: date, life: Life) -> None:
    """One person's numbers, added up by hand from the lines of the ledger."""
    by_week: Counter[date] = Counter()
    for line in study.entries:
        by_week[monday_of(line.day)] += line.minutes
    assert study.logged == sum(by_week.values())
    taken_back = {line.reverses for line in study.entries if line.reverses}
    kept = sum(line.minutes for line in study.entries if line.kind == "study" and line.id not in taken_back)
    assert study.logged == kept
    assert study.position.credited + study.position.extra == kept
    met = misses = 0
    week = monday_of(study.start)
    while week <= monday_of(today):
        days = [week + timedelta(days=n) for n in range(7)]
        owed = (sum(study.commitments.on(day) for day in days) + 3) // 7
        away = any(study.commitments.on(day) == 0 for day in days if day >= study.start) or week < study.start
        if owed and by_week[week] >= owed:
            met, misses = met + 1, 0
        elif owed and not away and week < monday_of(today):
            misses += 1
            met = 0 if misses == 2 else met
        week += timedelta(days=7)
    assert study.streak(today) == met, life


def check_boards(database: SqlDatabase, now: datetime) -> None:
    """Who is on a board is who said so, with the sum of their lines."""
    hidden = {line["learner"] for line in lines(database, "membership") if line["shown"] == "hidden"}
    enrolled = {line["id"]: line["learner"] for line in lines(database, "enrollment")}
    minutes: Counter[int] = Counter()
    monday = monday_of(local_date(now, ZoneInfo("UTC")))
    for line in lines(database, "entry"):
        if monday.isoformat() <= str(line["day"]) <= (monday + timedelta(days=6)).isoformat():
            minutes[enrolled[line["enrollment"]]] += line["minutes"]
    for group in {line["id"] for line in lines(database, "study_group")}:
        days = (monday, monday + timedelta(days=6))
        board, together = database.transact(
            lambda uow, group=group, days=days: (  # type: ignore[misc]
                uow.boards.board(group, *days, "hours", None),
                uow.boards.together(group, *days),
            )
        )
        members = {line["learner"] for line in lines(database, "membership") if line["study_group"] == group}
        assert {row.learner for row in board.shown if row} <= members - hidden
        assert all(row.minutes == minutes[row.learner] for row in board.shown if row)
        assert together == sum(minutes[learner] for learner in members - hidden)
