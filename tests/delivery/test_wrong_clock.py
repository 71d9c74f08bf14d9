"""A clock set back or forward costs one tick, and after a jump forward and back nothing due is lost (promise 36)."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.core.reminder import ONE_OFF
from bot.delivery.clock import repair_after_clock_change
from bot.delivery.schedule import TICK, scheduler
from bot.delivery.steady_scheduler import SteadyScheduler
from bot.dialogue.sending import TemporaryFailure
from tests.conftest import MONDAY
from tests.delivery.post import NINE, Office
from tests.storage.stored_rows import lines

SUNDAY = NINE - timedelta(hours=12)


def right(office: Office) -> None:
    """What the program does when it finds that its clock went back."""
    asyncio.run(repair_after_clock_change(office.database, lambda: office.now))


def occasions(office: Office) -> dict[tuple[str, str], str]:
    """The state of each delivery by its kind and local date."""
    return {(line["kind"], str(line["occasion"])): line["state"] for line in office.deliveries()}


@pytest.mark.parametrize("ahead", [timedelta(hours=13), timedelta(days=5), timedelta(days=8), timedelta(days=400)])
def test_everything_that_falls_due_after_a_false_future_is_sent_once(office: Office, ahead: timedelta) -> None:
    office.enrol("ada")
    office.until(SUNDAY)
    office.box.sent.clear()
    office.now = SUNDAY + ahead
    office.tick()
    office.now = SUNDAY
    right(office)
    office.until(NINE + timedelta(days=14))
    states = occasions(office)
    for day in ("2026-01-12", "2026-01-19", "2026-01-26"):
        assert states["announcement", day] == "sent", states
    for day in ("2026-01-18", "2026-01-25"):
        assert states["checkin", day] == "sent", states
    assert len({sent.key for sent in office.box.sent}) == len(office.box.sent)


def test_what_the_false_clock_found_too_late_comes_at_its_time(office: Office) -> None:
    office.enrol("ada")
    office.until(SUNDAY)
    office.now = NINE + timedelta(days=5)  # the announcement is good for three days
    office.tick()
    assert occasions(office)["announcement", "2026-01-12"] == "expired"
    office.now = SUNDAY
    right(office)
    office.box.sent.clear()
    office.until(NINE - timedelta(minutes=1))
    assert not office.box.sent
    office.until(NINE)
    assert occasions(office)["announcement", "2026-01-12"] == "sent"
    assert len(office.box.sent) == 1


def test_the_end_of_a_timer_is_not_lost(office: Office) -> None:
    office.enrol("ada")
    office.say("ada", "/focus 30m")
    office.now = MONDAY + timedelta(days=4)
    office.tick()
    assert next(line for line in office.deliveries() if line["kind"] == ONE_OFF)["state"] == "expired"
    office.now = MONDAY
    right(office)
    office.box.sent.clear()
    office.until(MONDAY + timedelta(minutes=31))
    assert len(office.box.sent) == 1


def test_what_was_put_off_or_held_under_a_false_clock_comes_when_it_is_right(office: Office) -> None:
    office.enrol("ada")
    office.now = NINE
    office.box.failures["ada"] = [TemporaryFailure()]
    office.now = NINE + timedelta(days=2)
    office.tick()
    assert "pending" in office.states()
    office.now = NINE
    right(office)
    office.tick()
    assert occasions(office)["announcement", "2026-01-12"] == "sent"


def test_a_right_clock_changes_nothing(office: Office) -> None:
    office.enrol("ada", "Europe/Berlin")
    office.say("ada", "/focus 30m")
    office.until(NINE + timedelta(days=30))
    before = office.deliveries(), lines(office.database, "reminder")
    right(office)
    assert (office.deliveries(), lines(office.database, "reminder")) == before


@dataclass
class Trigger:
    """When a job runs, as APScheduler has it."""

    interval: timedelta


@dataclass
class Job:
    """A job with what is asked of those of APScheduler."""

    id: str
    trigger: Trigger
    next_run_time: datetime | None

    def modify(self, *, next_run_time: datetime) -> None:
        """Let it run at another instant."""
        self.next_run_time = next_run_time


@dataclass
class Jobs:
    """A scheduler that only keeps its jobs."""

    jobs: list[Job] = field(default_factory=list)

    def start(self) -> None: ...
    def pause(self) -> None: ...
    def shutdown(self, wait: bool = True) -> None: ...
    def get_jobs(self) -> list[Job]:
        """All jobs that were added."""
        return self.jobs


@pytest.mark.parametrize("back", [timedelta(seconds=30), timedelta(hours=2), timedelta(days=365)])
def test_a_job_that_a_clock_set_back_holds_up_runs_at_the_next_look(back: timedelta) -> None:
    every = timedelta(seconds=TICK)
    job = Job("plan", Trigger(every), MONDAY + every)
    paused = Job("paused", Trigger(every), None)
    now = MONDAY

    async def nothing() -> None: ...

    steady_scheduler = SteadyScheduler(Jobs([job, paused]), lambda: now, nothing)
    assert not steady_scheduler.look()
    now = MONDAY - back
    assert steady_scheduler.look()
    assert job.next_run_time == now
    assert not steady_scheduler.look()


def test_what_is_set_right_is_set_right_at_the_start_and_whenever_the_clock_went_back() -> None:
    every = timedelta(seconds=TICK)
    job = Job("plan", Trigger(every), MONDAY + every)
    now = MONDAY
    repaired: list[datetime] = []
    looks = 0

    async def set_it_right() -> None:
        repaired.append(now)

    async def pause(seconds: float) -> None:
        nonlocal now, looks
        looks += 1
        now = MONDAY - timedelta(hours=2) if looks == 2 else now
        if looks > 4:
            enough.set()
            await asyncio.Event().wait()
        await asyncio.sleep(0)

    enough = asyncio.Event()

    async def story() -> None:
        steady_scheduler = SteadyScheduler(Jobs([job]), lambda: now, set_it_right, pause)
        steady_scheduler.start()
        await enough.wait()
        steady_scheduler.shutdown()

    asyncio.run(story())
    assert repaired == [MONDAY, MONDAY - timedelta(hours=2)]


def test_apscheduler_offers_what_the_clockwork_asks_of_it(little_office: Office) -> None:
    async def story() -> None:
        real_scheduler = scheduler(little_office.worker())
        real_scheduler.start(paused=True)
        for job in real_scheduler.get_jobs():
            assert job.trigger.interval >= timedelta(seconds=TICK)
            job.modify(next_run_time=MONDAY)
            assert real_scheduler.get_job(job.id).next_run_time == MONDAY
        real_scheduler.shutdown(wait=False)

    asyncio.run(story())
