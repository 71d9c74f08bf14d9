"""The only user of APScheduler: a tick every few seconds. What is due is in the database, not in a job."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.worker import DeliveryWorker

TICK = 5
"""Seconds between two looks at the due table: a reminder comes within the minute it names."""
DELIVER = "deliver:"
"""How the ids of the jobs that deliver begin."""


def scheduler(worker: DeliveryWorker) -> AsyncIOScheduler:
    """A scheduler, not yet started, with a job that plans and a job for each platform that delivers."""
    steady_scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    steady_scheduler.add_job(worker.plan, "interval", seconds=TICK, id="plan")
    for platform in worker.platforms:
        # Each on its own: a platform that hangs must not keep the others waiting.
        steady_scheduler.add_job(worker.deliver, "interval", [platform], seconds=TICK, id=f"{DELIVER}{platform}")
    return steady_scheduler
