"""What a process does by its roles, and who takes over when one ends."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from bot.adapters.checkup import Finding
from bot.delivery.schedule import TICK
from bot.doctor import _processes
from bot.settings import load
from bot.storage.database import opened
from tests.processes.learners import enrol, fall_due
from tests.processes.running import on_telegram
from tests.storage.stored_rows import lines

pytestmark = pytest.mark.slow


def test_one_process_answers_and_another_delivers(url: URL, tmp_path: Path) -> None:
    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here):
            ada = t.person("ada")
            answering = await here.start("telegram", says="serving")
            await enrol(t, ada)
            fall_due(url)
            await asyncio.sleep(TICK + 1)
            with opened(url, read_only=True) as database:
                assert lines(database, "delivery") == []
            await answering.stops()
            before = len(t.calls)
            delivering = await here.start("delivery")
            await t.hears(ada, "Week 1 of")
            assert {call.method for call in t.calls[before:]} == {"getMe", "sendMessage"}
            answering = await here.start("telegram", says="serving")
            await ada.says("/log 10m")
            await t.hears(ada, "Logged 10 min")
            await answering.stops()
            await delivering.stops()

    asyncio.run(story())


@pytest.mark.parametrize("ends", ["kill", "stop"])
def test_the_second_poller_waits_and_takes_over(url: URL, tmp_path: Path, ends: str) -> None:
    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here):
            ada = t.person("ada")
            first = await here.start("telegram", says="serving")
            await enrol(t, ada)
            second = await here.start("telegram", says="waiting until no other process polls")
            await ada.says("/log 10m")
            await t.hears(ada, "Logged 10 min")
            assert "Conflict" not in first.written + second.written
            await (first.kill() if ends == "kill" else first.stops())
            await ada.says("/log 20m")
            await t.hears(ada, "Logged 20 min")
            await second.stops()
            assert "Conflict" not in second.written

    asyncio.run(story())
    with opened(url, read_only=True) as database:
        assert [line["minutes"] for line in lines(database, "entry")] == [10, 20]


def test_doctor_tells_who_is_at_work_and_what_nobody_does(url: URL, tmp_path: Path) -> None:
    def findings() -> dict[str, Finding]:
        with opened(url, read_only=True) as database:
            return {finding.what: finding for finding in _processes(database, load())}

    async def story() -> None:
        async with on_telegram(url, tmp_path) as (_, here):
            assert findings()["processes"].state == "none at work"
            delivering = await here.start("delivery", says="sending")
            finding = findings()["processes"]
            assert finding.state == "1 at work: delivery"
            assert finding.remedy == "nobody does telegram: start “studybuddy run --role telegram”"
            await here.start("telegram", says="polling")
            finding = findings()["processes"]
            assert (finding.state, finding.remedy) == ("2 at work: delivery; telegram", None)
            assert findings()["connections"].remedy is None
            await delivering.stops()
            assert findings()["processes"].state == "1 at work: telegram"

    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("STUDYBUDDY_TELEGRAM_TOKEN", "123456:TEST")
        asyncio.run(story())
