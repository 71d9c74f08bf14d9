"""Rows 11 and 12: what a due message costs, beside one APScheduler job in its SQLAlchemy job store."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from bot.delivery.planner import plan
from bot.delivery.worker import BATCH
from bot.ports.deliveries import Settlement
from bot.storage.database import SqlDatabase
from tests.bench import learners
from tests.bench.due import Chat, copy_of, with_chat
from tests.bench.learners import NINE, PLATFORM
from tests.bench.measuring import Measured, Row, Scale, Took, Watch, bench, figure, middle, ms, rounds
from tests.bench.peers.apscheduler_jobs import one_job

LEASE = timedelta(minutes=2)


def mechanics(template: SqlDatabase, scale: Scale, size: int) -> Took:
    """The time for planning, claiming and settling one delivery, nothing being composed or sent."""
    with copy_of(template, scale.folder / "mechanics.db") as database:

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


def whole(template: SqlDatabase, scale: Scale, size: int) -> Took:
    """The time for one delivery from due to settled, as the worker does it, sending being free."""
    chat = Chat()
    with copy_of(template, scale.folder / "whole.db") as database:
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
        took = rounds(
            scale.rounds,
            {
                "mechanics": lambda: mechanics(template, scale, size),
                "whole": lambda: whole(template, scale, size),
                "job": lambda: one_job(scale.folder / "jobs.db", size),
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
