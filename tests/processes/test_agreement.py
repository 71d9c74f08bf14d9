"""What processes agree on through PostgreSQL: who holds a lock, how many there are, what is due at once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.adapters.rate_share import GUEST, RateShare
from bot.core.ids import LearnerId
from bot.delivery.steady_scheduler import SteadyScheduler
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import processes
from bot.storage.at_work import NAME
from bot.storage.database import SqlDatabase, opened
from bot.storage.processes import PostgresqlProcesses, connected
from roadmap.model import Roadmap
from tests.delivery.post import crowd
from tests.platforms.signals import PATIENCE, Signal

ADA = LearnerId(1)
Story = Callable[[SqlDatabase, "list[PostgresqlProcesses]"], Awaitable[None]]


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks come in quick succession."""
    monkeypatch.setattr(processes, "LOOK", 0.05)
    monkeypatch.setattr(processes, "NOTICED", 0.3)


def played(url: URL, story: Story, count: int = 2) -> None:
    """Play a story with several processes, here connections of one."""

    async def whole() -> None:
        with opened(url) as database:
            async with AsyncExitStack() as stack:
                agreements = [
                    await stack.enter_async_context(connected(database, f"test{n}", listens=True)) for n in range(count)
                ]
                await story(database, agreements)

    asyncio.run(whole())


async def until(predicate: Callable[[], object]) -> None:
    await Signal().until(predicate, 10, lambda: "it did not come to that")


def cut(database: SqlDatabase, name: str) -> None:
    """End the connection of a process, as a network does that is split."""
    with database.engine.connect() as line:
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = :name"
        assert line.execute(text(ended), {"name": f"{NAME} {name}"}).all()


def test_a_lock_is_one_processs_and_the_next_ones_when_it_lets_go(url: URL) -> None:
    async def story(_: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        first, second = (agreement.lock("polling") for agreement in agreements)
        await first.acquire()
        waiting = asyncio.create_task(second.acquire())
        other = agreements[1].lock("another")
        await other.acquire()
        assert (first.held, second.held, waiting.done()) == (True, False, False)
        first.release()
        await asyncio.wait_for(waiting, PATIENCE)
        assert (first.held, first.confirmed, second.held) == (False, False, True)

    played(url, story)


def test_who_is_cut_off_goes_on_until_another_has_taken_over(url: URL) -> None:
    async def story(database: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        first = agreements[0].lock("polling")
        await first.acquire()
        cut(database, "test0")
        await until(lambda: not first.confirmed)
        assert first.held
        await until(lambda: first.confirmed)  # nobody else wanted it
        second = agreements[1].lock("polling")
        waiting = asyncio.create_task(second.acquire())
        await until(lambda: second in agreements[1]._locks)
        for _ in range(20):
            if waiting.done():
                break
            cut(database, "test0")
            await asyncio.sleep(0.2)
        await asyncio.wait_for(first.lost(), PATIENCE)
        assert (first.held, second.held) == (False, True)

    played(url, story)


def test_a_limit_is_shared_by_those_who_are_there(url: URL) -> None:
    async def story(_: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        answering, other, delivering = (RateShare(agreement, "token", 0.6) for agreement in agreements)
        with answering.take_part(delivers=False), answering.answer():
            await until(lambda: answering() == 1)
            with delivering.take_part(delivers=True):
                await until(lambda: answering() == 0.4)
                await until(lambda: delivering() == 0.6)
                with other.take_part(delivers=False):
                    await until(lambda: other() == GUEST)
                    await until(lambda: delivering() == 0.6 * (1 - GUEST))
                    with other.answer():
                        assert other() == 0
                        await until(lambda: other() == answering() == 0.2)
                await until(lambda: answering() == 0.4)
            await until(lambda: answering() == 1)

    played(url, story, 3)


def test_of_two_that_deliver_one_waits(url: URL) -> None:
    async def story(_: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        first, second = (RateShare(agreement, "token", 0.6) for agreement in agreements)
        with second.take_part(delivers=True):
            await until(lambda: second.delivering)
            with first.take_part(delivers=True):
                await until(lambda: second() == 1 - GUEST)
                await until(lambda: first() == GUEST)
                assert (first.delivering, second.delivering) == (False, True)
            with first.take_part(delivers=True):
                second._delivery.release()
                await until(lambda: first.delivering and first() == 1 - GUEST)

    played(url, story)


def test_what_is_due_at_once_is_told_with_the_commit_and_what_is_due_later_is_not(
    url: URL, roadmaps: dict[str, Roadmap]
) -> None:
    async def story(database: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        crowd(database, 1, next(iter(roadmaps.values())))
        await asyncio.wait_for(agreements[0].woken(), PATIENCE)  # what was written before it listened
        now = datetime.now(UTC)
        later = asyncio.create_task(agreements[0].woken())
        await database.run(lambda uow: uow.deliveries.post("focus?timer=1", now + timedelta(hours=1), learner=ADA))

        def failing(uow: UnitOfWork) -> None:
            uow.deliveries.post("focus?timer=2", now, learner=ADA)
            raise LookupError

        with pytest.raises(LookupError):
            await database.run(failing)
        await database.run(lambda uow: uow.deliveries.next_due(["telegram"]))
        assert not later.done()
        await database.run(lambda uow: uow.deliveries.post("focus?timer=3", now, learner=ADA))
        await asyncio.wait_for(later, PATIENCE)

    played(url, story)


def test_a_pooler_that_lends_the_connection_to_others_is_told(
    url: URL, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(processes, "_BACKEND", "SELECT (random() * 1000000000)::int")

    async def story(_: SqlDatabase, agreements: list[PostgresqlProcesses]) -> None:
        lock = agreements[0].lock("polling")
        lock.want()
        # It connects anew right away, so on a busy machine the moment after the line in the log may be missed.
        await until(lambda: "it must pool sessions" in caplog.text and not lock.confirmed)

    played(url, story)


def test_who_is_woken_delivers_at_once_and_plans_with_the_tick() -> None:
    class Job:
        def __init__(self, id_: str) -> None:
            self.id = id_
            self.next: datetime | None = None

        def modify(self, *, next_run_time: datetime) -> None:
            self.next = next_run_time

    class Jobs:
        def __init__(self) -> None:
            self.jobs = [Job("plan"), Job("deliver:telegram"), Job("deliver:discord")]

        def get_jobs(self) -> list[Job]:
            return self.jobs

    now, scheduler = datetime(2026, 1, 5, tzinfo=UTC), Jobs()
    SteadyScheduler(scheduler, lambda: now, lambda: asyncio.sleep(0)).hasten()  # type: ignore[arg-type]
    assert [job.next for job in scheduler.jobs] == [None, now, now]
