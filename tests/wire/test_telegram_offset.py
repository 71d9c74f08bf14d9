"""The offset never passes what is not committed, whatever hangs and whatever is committed behind it (promise 1)."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram import Update as TelegramUpdate

from bot.adapters.telegram import answers
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.platforms.telegram import Person, TelegramServer, Update, spec_or_none
from tests.storage.stored_rows import lines
from tests.wire.telegram_town import Town, town

TEA = (Path(__file__).parents[1] / "dialogues" / "files" / "tea.yaml").read_bytes()
ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def program(db: Path, server: TelegramServer, port: int | None) -> AsyncIterator[Callable[[], Awaitable[None]]]:
    """`studybuddy run` on its way, by polling or at a webhook; what is given kills it."""
    settings = {
        "STUDYBUDDY_DATABASE_URL": f"sqlite:///{db}",
        "STUDYBUDDY_TELEGRAM_TOKEN": server.token,
        "STUDYBUDDY_TELEGRAM_API_URL": server.url,
    }
    if port:
        settings |= {
            "STUDYBUDDY_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook",
            "STUDYBUDDY_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=os.environ | settings, stdout=DEVNULL, stderr=DEVNULL
    )

    async def kill() -> None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    try:
        yield kill
    finally:
        await kill()


async def enrol(server: TelegramServer, who: Person) -> None:
    await who.starts()
    await server.hears(who, "How many hours a week")
    await who.presses("8 h a week")
    await server.hears(who, "which time zone")
    await who.presses("UTC")
    await server.hears(who, "Your first step")


@pytest.mark.parametrize("way", ["polling", pytest.param("webhook", marks=pytest.mark.slow)])
def test_a_kill_while_one_update_hangs_and_later_ones_are_committed_loses_neither(
    way: str, tmp_path: Path, unused_port: int
) -> None:
    file, port = tmp_path / "study.db", unused_port if way == "webhook" else None

    async def story() -> None:
        async with TelegramServer(spec=spec_or_none()) as server:
            ada, others = server.person("ada"), [server.person(f"p{n}") for n in range(5)]
            async with program(file, server, port) as kill:
                for who in (ada, *others):
                    await enrol(server, who)
                await ada.says("/group create Tea circle")
                await server.hears(ada, "Tea circle")
                hanging = server.fault("hang", "getFile", times=None)
                brought = await ada.sends("tea.yaml", TEA)
                await server.until(lambda: hanging.met)
                updates = [await who.says("/log 10m") for who in others]
                for who in others:
                    await server.hears(who, "Logged 10 min")
                assert not brought.handled
                await kill()
                assert not brought.handled
            hanging.release()
            async with program(file, server, port):
                await server.until(lambda: brought.handled and all(update.handled for update in updates))
                await server.hears(ada, "Tea in two weeks: version 1.0.0")

    asyncio.run(story())
    with opened(f"sqlite:///{file}", read_only=True) as database:
        assert [line["minutes"] for line in lines(database, "entry")] == [10] * 5


@pytest.mark.parametrize(
    "method", ["getFile", *(pytest.param(name, marks=pytest.mark.slow) for name in ("download", "getChatMember"))]
)
def test_what_telegram_never_answers_ends_by_itself_and_holds_up_nobody(
    method: str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answers.RANK_PATIENCE + answers.FILE_PATIENCE < 15
    monkeypatch.setattr(answers, "RANK_PATIENCE", 3.0)
    monkeypatch.setattr(answers, "FILE_PATIENCE", 3.0)

    async def story(here: Town) -> Update:
        ada, bob = here.server.person("ada"), here.server.person("bob")
        cafe = here.server.group("cafe", admins=[ada])
        for who in (ada, bob):
            await here.enrol(who)
        await ada.says("/group create Tea circle")
        await here.server.hears(ada, "Tea circle")
        hanging = here.server.fault("hang", method, times=None)
        if method == "getChatMember":
            slow = await ada.says("/group create", cafe)
        else:
            slow = await ada.sends("tea.yaml", TEA)
        await here.server.until(lambda: hanging.met)
        await bob.says("/log 10m")
        await here.server.hears(bob, "Logged 10 min")
        assert not slow.handled
        await here.server.handled(slow)
        if method == "getChatMember":
            await here.server.hears(cafe, "Only organisers can do that", after=0)
        else:
            await here.server.hears(ada, "did not arrive. Please send it again", after=0)
        return slow

    async def whole() -> None:
        async with town(sqlite, roadmaps) as here:
            await story(here)

    asyncio.run(whole())


@pytest.mark.parametrize("kind", ["error", "refused", "too_many", "cut_before", "garbage"])
def test_who_cannot_be_told_to_be_an_admin_is_none_and_is_asked_about_again(
    kind: str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def whole() -> None:
        async with town(sqlite, roadmaps) as here:
            ada = here.server.person("ada")
            cafe = here.server.group("cafe", admins=[ada])
            fault = here.server.fault(kind, "getChatMember", times=None)  # type: ignore[arg-type]
            await ada.says("/group create", cafe)
            await here.server.hears(cafe, "Only organisers can do that")
            fault.release()
            await ada.says("/group create", cafe)
            await here.server.hears(cafe, "has a study group")

    asyncio.run(whole())


def test_a_rank_is_remembered_for_a_minute_at_most(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr("bot.adapters.telegram.answers.monotonic", lambda: now)

    async def whole() -> None:
        nonlocal now
        async with town(sqlite, roadmaps) as here:
            ada, bob = here.server.person("ada"), here.server.person("bob")
            cafe, bar = here.server.group("cafe", admins=[bob, ada]), here.server.group("bar", admins=[bob])
            await ada.says("/group create", cafe)
            await here.server.hears(cafe, "has a study group")
            await ada.says("/group create", bar)
            await here.server.hears(bar, "Only organisers can do that")
            cafe.ranked([bob])
            now += 61
            asked = len(here.server.called("getChatMember"))
            await ada.says("/group create", cafe)
            await here.server.until(lambda: len(here.server.called("getChatMember")) > asked)

    asyncio.run(whole())


def test_an_update_is_read_once_however_long_those_before_it_take(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram brings what is not confirmed with each answer; reading it costs more than anything else about it."""
    read = Counter[int]()
    parse = TelegramUpdate.de_json.__func__  # type: ignore[attr-defined]

    def counted(cls: type[TelegramUpdate], data: dict[str, Any], bot: Bot | None = None) -> TelegramUpdate:
        read[data["update_id"]] += 1
        update: TelegramUpdate = parse(cls, data, bot)
        return update

    monkeypatch.setattr(TelegramUpdate, "de_json", classmethod(counted))

    async def story() -> None:
        async with town(sqlite, roadmaps) as here:
            ada, others = here.server.person("ada"), [here.server.person(f"p{n}", started=True) for n in range(5)]
            await here.enrol(ada)
            await ada.says("/group create Tea circle")
            await here.server.hears(ada, "Tea circle")
            hanging = here.server.fault("hang", "getFile", times=None)
            brought = await ada.sends("tea.yaml", TEA)
            await here.server.until(lambda: hanging.met)
            asked = len(here.server.called("getUpdates"))
            for who in others:
                await who.says("/privacy")
                await here.server.hears(who, "")
            await here.server.until(lambda: len(here.server.called("getUpdates")) > asked + 5)
            hanging.release()
            await here.server.handled(brought)

    asyncio.run(story())
    assert len(read) > 5
    assert set(read.values()) == {1}
