"""What sums, snapshots, boards and studies are compared with: everything made anew from all entries."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import product

from sqlalchemy import Connection, select

from bot.core.calendar import DAY, local_date, monday_of
from bot.core.group import Place, Studied
from bot.core.ids import GroupId, LearnerId
from bot.core.leaderboard import Board, Order, board, whole
from bot.core.name import folded
from bot.core.study import Study
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.rollups import Rollups
from bot.storage.studied import studied
from bot.storage.tables import enrollment, owed_stretch, studied_day
from bot.storage.tables import learner as learner_table
from bot.usecases.snapshots import dumped
from bot.usecases.studies import StudyLoader
from tests.storage.frontend import PLATFORM, Frontend

ORDERS: tuple[Order, ...] = ("share", "hours")


def recomputed(uow: UnitOfWork, first: date | None, last: date, by: Order, viewer: LearnerId) -> Board:
    """A board from all entries, member by member."""
    members = [member for member in uow.groups.members(_group(uow)) if not member.hidden]
    results = studied(uow.groups._connection, members, first or date.min, last)  # type: ignore[attr-defined]
    begun = min((result.start for result in results if result.start), default=None)
    return whole(board(results, first or begun or last, last, by), viewer, None if first else begun)


def check_boards(uow: UnitOfWork, today: date) -> None:
    """Every board says what a recomputation says, whoever looks."""
    monday = monday_of(today)
    spans = ((monday, monday + 6 * DAY), (today.replace(day=1), today), (None, today), (None, today - 30 * DAY))
    learners = [member.learner for member in uow.groups.members(_group(uow))]
    for (first, last), by in product(spans, ORDERS):
        for viewer in (learners[0], learners[-1], learners[len(learners) // 2]):
            expected = recomputed(uow, first, last, by, viewer)
            board_ = uow.boards.board(_group(uow), first, last, by, viewer)
            assert (board_.shown, board_.count, board_.own) == (expected.shown, expected.count, expected.own)
            assert first or board_.begun == expected.begun
        if first:
            members = [member for member in uow.groups.members(_group(uow)) if not member.hidden]
            results = studied(uow.groups._connection, members, first, last)  # type: ignore[attr-defined]
            assert uow.boards.together(_group(uow), first, last) == sum(result.minutes for result in results)
    met = [result.member.name for result in _week(uow, monday) if result.met(monday)]
    assert uow.boards.somebody_met(_group(uow), monday) == bool(met)
    in_sums = uow.boards.met(_group(uow), monday, 3)
    assert (in_sums.members, list(in_sums.names)) == (len(met), sorted(met, key=folded)[:3])


def _group(uow: UnitOfWork) -> GroupId:
    group = uow.groups.at(Place(PLATFORM, "cafe", "cafe"))
    assert group
    return group.id


def _week(uow: UnitOfWork, monday: date) -> Sequence[Studied]:
    members = [member for member in uow.groups.members(_group(uow)) if not member.hidden]
    return studied(uow.groups._connection, members, monday, monday + 6 * DAY)  # type: ignore[attr-defined]


def check_studies(uow: UnitOfWork, here: Frontend) -> None:
    """Every study from a snapshot says what one from all entries says."""
    for member in uow.groups.members(_group(uow)):
        learner = uow.learners.get(member.learner)
        assert learner
        today = local_date(here.now, learner.zone, learner.day_begins)
        loader = StudyLoader(uow, here.dispatcher._catalog, "en", learner, today - 27 * DAY)
        loaded = loader.current(learner.id)
        assert loaded
        kept = loaded[1]
        beside = tuple(replace(other, kept=None) for other in kept.beside)
        whole_ = replace(kept, kept=None, beside=beside)
        for from_snapshot, from_entries in zip((kept, *kept.beside), (whole_, *beside), strict=True):
            assert dumped(from_snapshot.summary, kept.plans) == dumped(from_entries.summary, kept.plans)
            assert from_snapshot.position == from_entries.position
            assert {day: n for day, n in from_snapshot.by_day.items() if n} == {
                day: n for day, n in from_entries.by_day.items() if n
            }
        assert numbers(kept, today) == numbers(whole_, today)


def numbers(study: Study, today: date) -> list[object]:
    """What commands say of a study."""
    return [
        study.weeks(today),
        study.streak(today),
        study.balance(today),
        study.debt(today),
        study.finish(today),
        study.pace_days(today),
        study.pace(today),
        study.logged,
        study.summary.before,
        study.trimmed,
        [study.minutes_on(today - n * DAY) for n in range(60)],
        study.finished_before(today),
    ]


def check_sums(uow: UnitOfWork) -> None:
    """What is summed up is what a recomputation makes."""
    connection = uow.groups._connection  # type: ignore[attr-defined]
    before = derived(connection)
    rollups = Rollups(connection)
    rollups.make(connection.execute(select(enrollment.c.id)).scalars().all())
    rollups.make_owed(connection.execute(select(learner_table.c.id)).scalars().all())
    assert before == derived(connection)


def derived(connection: Connection) -> list[list[tuple[object, ...]]]:
    """Every row of sums."""
    return [
        sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        for table in (studied_day, owed_stretch, enrollment)
    ]
