"""One APScheduler job for each learner, in its own SQLAlchemy job store: reminders as they are often done."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL

from tests.bench.measuring import Took, Watch

_ran = 0
_all_ran = asyncio.Event()


async def remind(learner: int) -> None:
    """What a job does here: nothing, for only the scheduler is measured."""
    global _ran
    _ran -= 1
    if not _ran:
        _all_ran.set()


def one_job(database: str | URL, jobs: int) -> Took:
    """The time from due to done for one of so many weekly jobs that are due at once; the store is emptied
    afterwards."""

    async def play() -> Took:
        global _ran, _all_ran
        _ran, _all_ran = jobs, asyncio.Event()
        engine = create_engine(database)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _durable)
        store = SQLAlchemyJobStore(engine=engine)
        scheduler = AsyncIOScheduler(
            jobstores={"default": store}, timezone=UTC, job_defaults={"misfire_grace_time": None}
        )
        scheduler.start(paused=True)
        due = datetime.now(UTC) + timedelta(seconds=0.1)
        for number in range(jobs):
            at = {"day_of_week": due.weekday(), "hour": due.hour, "minute": due.minute}
            scheduler.add_job(remind, "cron", [number], next_run_time=due, **at)
        await asyncio.sleep(0.1)
        watch = Watch()
        scheduler.resume()
        await _all_ran.wait()
        took = watch.took().each(jobs)
        scheduler.remove_all_jobs()
        scheduler.shutdown()
        engine.dispose()
        return took

    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    return asyncio.run(play())


def _durable(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
