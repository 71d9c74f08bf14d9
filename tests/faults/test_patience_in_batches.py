"""Who shares a commit with work that hangs, is given up or whose caller has left (promises 4, 13 and 37)."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.ports.database import DatabaseTrouble, Unconfirmed
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import workers
from bot.storage.database import SqlDatabase
from bot.storage.job import Job
from bot.storage.workers import Next
from roadmap.model import Roadmap
from tests.faults.batches import Work, shared, speaks, spoken, unhurried, with_learners
from tests.faults.interrupt import Injected, failing_at
from tests.platforms.signals import PATIENCE, Signal

__all__ = ["unhurried"]

pytestmark = pytest.mark.usefixtures("unhurried")

SOON = 0.2
"""Seconds that a statement has to get under way before its caller gives up."""
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def database(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> SqlDatabase:
    """A database with three learners."""
    with_learners(sqlite, roadmaps, "ada", "bob", "cleo")
    return sqlite


class Impatient:
    """A caller who gives up a little after some work has begun, which may be another's."""

    def __init__(self, database: SqlDatabase, work: Work) -> None:
        self.database = database
        self.work = work
        self.begun = threading.Event()
        self.given_up = threading.Event()

    async def __call__(self) -> Any:
        running = asyncio.ensure_future(self.database.run(self.work))
        await asyncio.sleep(0)
        (job,) = [job for job in self.database._writers._jobs if job.work is self.work]
        await Signal().until(lambda: self.begun.is_set() or running.done(), PATIENCE, lambda: "nothing has begun")
        await asyncio.sleep(SOON)
        job.expire()
        self.given_up.set()
        return await running


Hang = Callable[[UnitOfWork, Impatient], object]


def reads_for_ever(uow: UnitOfWork, caller: Impatient) -> None:
    """Write, then run a query that does not end."""
    speaks(2, "hung")(uow)
    caller.begun.set()
    _run(uow, ENDLESS)


def writes_for_ever(uow: UnitOfWork, caller: Impatient) -> None:
    """A statement that does not end: SQLite rolls the whole transaction back where it is interrupted."""
    speaks(2, "hung")(uow)
    caller.begun.set()
    _run(uow, f"UPDATE learner SET locale = ({ENDLESS}) WHERE id = 2")  # noqa: S608


def sleeps(uow: UnitOfWork, caller: Impatient) -> None:
    """Write, then think for too long, and find nothing wrong."""
    speaks(2, "hung")(uow)
    caller.begun.set()
    caller.given_up.wait(PATIENCE)


def swallows(uow: UnitOfWork, caller: Impatient) -> None:
    """Take an interrupted statement for a success."""
    with suppress(Exception):
        writes_for_ever(uow, caller)


def _run(uow: UnitOfWork, statement: str) -> None:
    result = uow._connection.execute(text(statement))  # type: ignore[attr-defined]
    if result.returns_rows:
        result.all()


def beside(database: SqlDatabase, *calls: Callable[[], Awaitable[Any]]) -> list[Any]:
    """What becomes of calls in a batch, behind what ada writes and before what cleo writes."""
    first, last = partial(database.run, speaks(1, "a")), partial(database.run, speaks(3, "c"))
    results = asyncio.run(shared(database, [first, *calls, last]))
    assert (results[0], results[-1]) == (None, None)
    return results[1:-1]


@pytest.mark.parametrize("hang", [reads_for_ever, writes_for_ever, sleeps, swallows])
def test_work_that_hangs_is_given_up_and_those_beside_it_are_not(database: SqlDatabase, hang: Hang) -> None:
    caller = Impatient(database, lambda uow: hang(uow, caller))
    (hung,) = beside(database, caller)
    assert isinstance(hung, DatabaseTrouble)
    assert spoken(database) == ["a", "en", "c"]


def test_who_gives_up_between_their_work_and_the_shared_commit_has_written_nothing(database: SqlDatabase) -> None:
    caller = Impatient(database, speaks(2, "late"))
    runs = []

    def slow(uow: UnitOfWork) -> None:
        runs.append(1)
        caller.begun.set()
        caller.given_up.wait(PATIENCE)

    given_up, slow_one = beside(database, caller, partial(database.run, slow))
    assert isinstance(given_up, DatabaseTrouble)
    assert slow_one is None
    assert len(runs) == 2  # the second time alone
    assert spoken(database) == ["a", "en", "c"]


def test_who_gives_up_while_the_commit_lasts_hears_what_became_of_it(database: SqlDatabase) -> None:
    caller = Impatient(database, speaks(2, "b"))

    def slow_commit(_: object) -> None:
        caller.begun.set()
        caller.given_up.wait(PATIENCE)

    event.listen(database.engine, "commit", slow_commit)
    (result,) = beside(database, caller)
    event.remove(database.engine, "commit", slow_commit)
    assert result is None
    assert spoken(database) == ["a", "b", "c"]


@pytest.mark.slow
def test_nobody_knows_what_became_of_a_shared_commit_that_hangs(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "COMMIT_PATIENCE", SOON)
    monkeypatch.setattr(database._writers, "_patience", 5.0)
    refused = threading.Event()

    def hangs(_: object) -> None:
        refused.wait(PATIENCE)

    async def story() -> list[Any]:
        results = await shared(database, [partial(database.run, speaks(n, "x")) for n in (1, 2, 3)])
        refused.set()
        return results

    event.listen(database.engine, "commit", hangs)
    results = asyncio.run(story())
    assert [type(result) for result in results] == [Unconfirmed] * 3
    assert database._writers.close(PATIENCE)
    event.remove(database.engine, "commit", hangs)
    assert spoken(database) == ["x", "x", "x"]


class Leaving:
    """A caller who leaves while their work is being done. `runs` is how often that was begun."""

    def __init__(self, database: SqlDatabase) -> None:
        self.database = database
        self.runs = 0
        self._begun = threading.Event()
        self._left = threading.Event()

    async def __call__(self) -> None:
        running = asyncio.ensure_future(self.database.run(self._work))
        await Signal().until(self._begun.is_set, PATIENCE, lambda: "the work has not begun")
        running.cancel()
        await asyncio.wait([running])
        self._left.set()
        await running

    def _work(self, uow: UnitOfWork) -> None:
        self.runs += 1
        speaks(2, "left")(uow)
        self._begun.set()
        self._left.wait(PATIENCE)


def test_a_caller_who_leaves_takes_nothing_from_the_others(database: SqlDatabase) -> None:
    (left,) = beside(database, Leaving(database))
    assert isinstance(left, asyncio.CancelledError)
    assert spoken(database) == ["a", "left", "c"]  # it had begun; nobody is told


def test_work_whose_caller_has_left_is_not_done_again(database: SqlDatabase) -> None:
    caller = Leaving(database)
    with failing_at(database, 0, only=("RELEASE SAVEPOINT job",), savepoint=4) as interrupter:
        (left,) = beside(database, caller)
    assert interrupter.hit
    assert isinstance(left, asyncio.CancelledError)
    assert caller.runs == 1
    assert spoken(database) == ["a", "en", "c"]


def test_work_whose_caller_has_left_is_not_begun(database: SqlDatabase) -> None:
    runs: list[object] = []

    async def leaves() -> None:
        running = asyncio.ensure_future(database.run(runs.append))
        await asyncio.sleep(0)
        running.cancel()
        await running

    (left,) = beside(database, leaves)
    assert isinstance(left, asyncio.CancelledError)
    assert runs == []


def test_the_end_of_the_program_cuts_a_batch_short(database: SqlDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "HURRIED", SOON)

    def endless(uow: UnitOfWork) -> None:
        _run(uow, ENDLESS)

    async def ends() -> Any:
        running = asyncio.ensure_future(database.run(endless))
        asyncio.get_running_loop().call_later(SOON, database.hurry)
        return await running

    async def story() -> list[Any]:
        return await shared(
            database, [partial(database.run, speaks(1, "a")), ends, partial(database.run, speaks(3, "c"))]
        )

    results = asyncio.run(story())
    assert all(isinstance(result, DatabaseTrouble) for result in results)
    assert spoken(database) == ["en", "en", "en"]


def test_a_mistake_in_serving_costs_one_answer_and_no_thread(
    database: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve, served = database._writers._serve, []

    def mistaken(job: Job[Any], more: Next) -> None:
        served.append(job)
        if len(served) == 1:
            raise Injected
        serve(job, more)

    async def story() -> list[Any]:
        unanswered = asyncio.ensure_future(database.run(speaks(1, "a")))
        await Signal().until(lambda: served, PATIENCE, lambda: "nothing is served")
        next(iter(database._writers._jobs)).expire()
        return list(await asyncio.gather(unanswered, database.run(speaks(2, "b")), return_exceptions=True))

    monkeypatch.setattr(database._writers, "_serve", mistaken)
    unanswered, answered = asyncio.run(story())
    assert isinstance(unanswered, DatabaseTrouble)
    assert answered is None
    assert spoken(database) == ["en", "b", "en"]
