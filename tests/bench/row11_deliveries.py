"""Rows 11 and 12: what a due message costs, beside one APScheduler job in its SQLAlchemy job store."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta

from sqlalchemy.engine import URL

from bot.delivery.planner import plan
from bot.delivery.worker import BATCH
from bot.ports.deliveries import Settlement
from bot.storage.database import SqlDatabase, opened
from tests.bench import learners, postgresql
from tests.bench.due import Chat, copy_of, with_chat
from tests.bench.learners import NINE, PLATFORM
from tests.bench.measuring import Measured, Row, Scale, Took, Watch, bench, figure, middle, ms, rounds
from tests.bench.peers.apscheduler_jobs import one_job
from tests.conftest import fresh_postgresql

LEASE = timedelta(minutes=2)


Copies = Callable[[], AbstractContextManager[SqlDatabase]]
"""Makes a copy of a database in which everything is due."""


def mechanics(copies: Copies, size: int) -> Took:
    """The time for planning, claiming and settling one delivery, nothing being composed or sent."""
    with copies() as database:

        async def all_due() -> None:
            while await database.run(lambda uow: plan(uow, NINE)):
                pass
            settled = 0
            while claimed := await database.run(
                lambda uow: uow.deliveries.claim(PLATFORM, "claim", NINE, NINE + LEASE, BATCH)
            ):
                sent = [Settlement(delivery.id, "claim", "sent", NINE) for delivery in claimed]
                settled += await database.run(lambda uow, sent=sent: uow.deliveries.settle(sent))  # type: ignore[misc]
            assert settled == size

        asyncio.run(database.run(lambda uow: uow.reminders.next_due()))  # the thread and the connection are there
        watch = Watch()
        asyncio.run(all_due())
        return watch.took().each(size)


def whole(copies: Copies, size: int) -> Took:
    """The time for one delivery from due to settled, as the worker does it, sending being free."""
    chat = Chat()
    with copies() as database:
        app = with_chat(database, chat)
        watch = Watch()
        asyncio.run(app.worker.tick())
        took = watch.took().each(size)
    assert chat.sent == size
    return took


@bench(
    Row("11", "mechanics of a due delivery (plan, claim, settle) ÷ one APScheduler job in its SQL store", most=0.05),
    Row("12", "the whole delivery, composed and settled ÷ the same", most=0.5),
)
def deliveries(scale: Scale) -> Sequence[Measured]:
    """All are due at once; the job store is as durable as our file."""
    size = scale.of(20, 400)
    with learners.file_of(scale.folder / "due.db", learners=size) as template:
        return _beside_jobs(
            scale, size, lambda: copy_of(template, scale.folder / "copy.db"), f"sqlite:///{scale.folder / 'jobs.db'}"
        )


@bench(
    Row("11b", "mechanics of a due delivery on PostgreSQL ÷ one APScheduler job in its store there", most=0.05),
    Row("12b", "the whole delivery on PostgreSQL ÷ the same", most=0.5),
)
def deliveries_on_postgresql(scale: Scale) -> Sequence[Measured]:
    """As `deliveries`."""
    size = scale.of(20, 400)
    with ExitStack() as stack:
        server = stack.enter_context(postgresql.server())
        template = stack.enter_context(postgresql.filled(server, learners=size))
        jobs = stack.enter_context(fresh_postgresql(server))

        @contextmanager
        def copies() -> Iterator[SqlDatabase]:
            with postgresql.copied(server, template) as url, opened(url) as database:
                yield database

        return _beside_jobs(scale, size, copies, jobs)


def _beside_jobs(scale: Scale, size: int, copies: Copies, store: str | URL) -> Sequence[Measured]:
    """Our deliveries beside the peer's jobs, which are in the database `store`."""
    took = rounds(
        scale.rounds,
        {
            "mechanics": lambda: mechanics(copies, size),
            "whole": lambda: whole(copies, size),
            "job": lambda: one_job(store, size),
        },
    )
    return [_share(took["mechanics"], took["job"]), _share(took["whole"], took["job"])]


def _share(ours: Sequence[Took], job: Sequence[Took]) -> Measured:
    """How much of a job's time ours takes."""
    our_time, job_time = middle(ours), middle(job)
    by_cpu = our_time.cpu / job_time.cpu
    more = f"{ms(our_time.wall)} against {ms(job_time.wall)}; on CPU time {figure(by_cpu)}"
    numbers = {"by_cpu": by_cpu, "ours_ms": our_time.wall * 1e3, "job_ms": job_time.wall * 1e3}
    return Measured(our_time.wall / job_time.wall, more, numbers)
