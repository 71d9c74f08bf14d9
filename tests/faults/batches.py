"""Several pieces of work in one transaction of SQLite's writer, in an order that the test names."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, event

from bot.core.ids import LearnerId
from bot.dialogue.answer import Answer
from bot.dialogue.request import Request
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import group_commit
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.signals import PATIENCE, Signal
from tests.storage.frontend import Frontend, frontend
from tests.storage.stored_rows import committed

GATE = 1
"""The first savepoint of a batch is that of the work which kept the writer until all others waited."""

Work = Callable[[UnitOfWork], object]


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch takes whatever waits, however long that lasts on a busy machine."""
    monkeypatch.setattr(group_commit, "SECONDS", 3600.0)


async def shared(database: SqlDatabase, calls: Sequence[Callable[[], Awaitable[Any]]]) -> list[Any]:
    """What becomes of calls, each of which gives the writer one piece of work: all of it waits before any is done."""
    begun, gate = threading.Event(), threading.Event()
    waiting, signal = database._writers._queue.qsize, Signal()

    def hold(uow: UnitOfWork) -> None:
        begun.set()
        gate.wait(PATIENCE)

    tasks: list[asyncio.Future[Any]] = [asyncio.ensure_future(database.run(hold))]
    await signal.until(begun.is_set, PATIENCE, lambda: "the writer has not begun")
    for n, call in enumerate(calls, 1):
        tasks.append(asyncio.ensure_future(call()))
        await signal.until(partial(_queued, waiting, n, tasks), PATIENCE, lambda: "not in the queue")
    gate.set()
    return (await asyncio.gather(*tasks, return_exceptions=True))[1:]


def _queued(waiting: Callable[[], int], calls: int, tasks: Sequence["asyncio.Future[Any]"]) -> bool:
    return waiting() >= calls - sum(task.done() for task in tasks)


def run_together(database: SqlDatabase, *works: Work) -> list[Any]:
    """The results or errors of pieces of work in one batch."""
    return asyncio.run(shared(database, [partial(database.run, work) for work in works]))


def handle_together(here: Frontend, database: SqlDatabase, *requests: Request) -> list[Answer]:
    """The answers to requests that are handled in one batch."""
    return asyncio.run(shared(database, [partial(here.dispatcher.handle, request, here.now) for request in requests]))


def with_learners(database: SqlDatabase, roadmaps: dict[str, Roadmap], *names: str) -> Frontend:
    """The program with learners, numbered from 1."""
    here = frontend(database, roadmaps)
    for who in names:
        here.enrol(who)
    return here


def speaks(learner: int, locale: str) -> Work:
    """Work that writes one value."""
    return lambda uow: uow.learners.set_locale(LearnerId(learner), locale)


def spoken(database: SqlDatabase) -> list[str]:
    """The values that the learners have, in order."""
    return [str(line["locale"]) for line in sorted(committed(database, "learner"), key=lambda line: line["id"])]


@contextmanager
def counted(database: SqlDatabase) -> Iterator[list[str]]:
    """The commits and rollbacks of transactions while this lasts."""
    ends: list[str] = []

    def commits(_: Connection) -> None:
        ends.append("commit")

    def rolls_back(_: Connection) -> None:
        ends.append("rollback")

    event.listen(database.engine, "commit", commits)
    event.listen(database.engine, "rollback", rolls_back)
    try:
        yield ends
    finally:
        event.remove(database.engine, "commit", commits)
        event.remove(database.engine, "rollback", rolls_back)
