"""A platform is one folder and one line: this one is served, examined, documented and plays every dialogue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot import platforms, settings_reference
from bot.adapters.flood import Flood
from bot.adapters.plugin import Parts
from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import Speech, begins_at, parse
from bot.app import Application, serve, wire
from bot.cli import main
from bot.dialogue.sending import Sender
from bot.settings import load
from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE
from tests.toy_platform.client import OnToy
from tests.toy_platform.plugin import LONGEST, TOY
from tests.wire.test_same_facts import SCRIPTS, codes, same, the_terminal

ROOT = Path(__file__).parents[2]
QUICK = {"first_week", "group", "german"}
"""The dialogues that are played at every change; the others are slow."""


@pytest.fixture(autouse=True)
def one_line(monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    """The line that makes a folder a platform, and a host who wants it."""
    monkeypatch.setattr(platforms, "PLATFORMS", (*platforms.PLATFORMS, TOY))
    monkeypatch.setenv("STUDYBUDDY_TOY_LISTEN", f"127.0.0.1:{unused_port}")


@asynccontextmanager
async def people(application: Application | None, clock: ScriptClock, port: int) -> AsyncIterator[OnToy]:
    """The other end of the toy's socket, as soon as somebody listens there."""
    while True:
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=LONGEST)
            break
        except ConnectionRefusedError:
            await asyncio.sleep(0.01)
    try:
        yield OnToy(application, clock, reader, writer)
    finally:
        writer.close()


@pytest.mark.parametrize(
    "path",
    [pytest.param(path, id=path.stem, marks=() if path.stem in QUICK else pytest.mark.slow) for path in SCRIPTS],
)
def test_it_plays_every_dialogue_with_the_facts_of_the_terminal(
    path: Path, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path, unused_port: int
) -> None:
    script = path.read_text(encoding="utf-8")
    steps = list(parse(script))
    clock = ScriptClock(begins_at(steps) or MONDAY)

    async def story() -> int:
        with opened(f"sqlite:///{tmp_path / 'terminal.db'}") as other:
            schema.upgrade(other, clock.now)
            reference = the_terminal(other, roadmaps, clock, tmp_path)
            senders: dict[str, Sender] = {}
            application = wire(sqlite, senders, roadmaps=roadmaps, clock=clock, code=codes(), site=SITE)
            (toy,) = (configured.build(Parts(application.dispatcher, clock, Flood())) for configured in load().served)
            senders["toy"] = toy
            serving = asyncio.create_task(toy.serve())
            async with people(application, clock, unused_port) as stage:
                played = await same(script, reference, stage)
            await toy.stop()
            await serving
            return played

    assert asyncio.run(story()) == len(steps)


def test_the_program_serves_it(sqlite: SqlDatabase, unused_port: int) -> None:
    async def story() -> dict[str, Any]:
        stop = asyncio.Event()
        serving = asyncio.create_task(serve(sqlite, load(), stop))
        async with people(None, ScriptClock(MONDAY), unused_port) as stage:
            await stage.speak(Speech(1, "ada", None, "/start", press=False))
        stop.set()
        assert await serving
        return stage.received()

    ((text, labels),) = asyncio.run(story())["ada"]
    assert "How many hours a week" in text
    assert "8 h a week" in labels


def test_doctor_examines_it() -> None:
    assert "ok  toy: listens at" in CliRunner().invoke(main, ["doctor"]).output


def test_a_bad_setting_of_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBUDDY_TOY_LISTEN", "somewhere")
    assert "STUDYBUDDY_TOY_LISTEN: expected HOST:PORT" in CliRunner().invoke(main, ["run"]).output


def test_its_settings_are_documented() -> None:
    assert "\n# Where it listens. Not set: no toy.\n#STUDYBUDDY_TOY_LISTEN=\n" in settings_reference.example()
    assert "- `STUDYBUDDY_TOY_LISTEN`: Where it listens." in settings_reference.page()


def test_the_adapter_is_short() -> None:
    assert len((ROOT / "tests/toy_platform/plugin.py").read_text(encoding="utf-8").splitlines()) < 120
