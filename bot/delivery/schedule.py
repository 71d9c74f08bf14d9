"""The clockwork (APScheduler, and its only user): a tick every few seconds. The truth is the due table, not a job."""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.courier import Courier

TICK = 5
"""Seconds between two looks at the due table: a reminder comes within the minute it names."""


def scheduler(courier: Courier) -> AsyncIOScheduler:
    """A scheduler, not yet started, that keeps deliveries going: a job a platform and one for all learners."""
    clockwork = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
    )
    clockwork.add_job(courier.plan, "interval", seconds=TICK, id="plan")
    for platform in courier.platforms:
        # Each on its own: a platform that hangs must not keep the others waiting.
        clockwork.add_job(courier.deliver, "interval", [platform], seconds=TICK, id=f"deliver:{platform}")
    return clockwork
