"""The program itself, started as a host starts it, with both platforms at once."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.storage.database import opened
from tests.platforms import discord, telegram
from tests.platforms.signals import PATIENCE
from tests.storage.stored_rows import lines

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def program(
    db: Path, t: telegram.TelegramServer | None, d: discord.DiscordServer | None
) -> AsyncIterator[Process]:
    """`studybuddy run` on its way; killed in the end where it has not stopped by itself."""
    settings = {"STUDYBUDDY_DATABASE_URL": f"sqlite:///{db}", "STUDYBUDDY_LOG_LEVEL": "debug"}
    if t:
        settings |= {"STUDYBUDDY_TELEGRAM_TOKEN": t.token, "STUDYBUDDY_TELEGRAM_API_URL": t.url}
    if d:
        settings |= {
            "STUDYBUDDY_DISCORD_TOKEN": d.token,
            "STUDYBUDDY_DISCORD_API_URL": d.api_url,
            "STUDYBUDDY_DISCORD_GATEWAY_URL": d.gateway_url,
        }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=os.environ | settings, stdout=PIPE, stderr=PIPE, limit=1 << 24
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def stopped(process: Process) -> str:
    """Stop it in an orderly way; everything it wrote."""
    process.send_signal(signal.SIGTERM)
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 0, err.decode()
    return out.decode() + err.decode()


def test_both_platforms_are_served_from_one_process_and_no_secret_is_written(tmp_path: Path) -> None:
    async def story() -> str:
        async with (
            telegram.TelegramServer(spec=telegram.spec_or_none()) as t,
            discord.DiscordServer(spec=discord.spec_or_none()) as d,
            program(tmp_path / "study.db", t, d) as process,
        ):
            await d.comes_online()
            ada, bob = t.person("ada"), d.person("bob")
            await ada.starts()
            await t.hears(ada, "How many hours a week")
            await bob.slash("start", {})
            await d.hears(bob, "How many hours a week")
            await ada.presses("8 h a week")
            await bob.presses("8 h a week")
            await t.hears(ada, "which time zone")
            await d.hears(bob, "which time zone")
            written = await stopped(process)
            assert t.problems == []
            assert d.problems == []
            for secret in (t.token, d.token, *(i.token for i in bob.interactions)):
                assert secret not in written
            return written

    written = asyncio.run(story())
    assert "Traceback" not in written


def test_one_platform_that_hangs_or_fails_leaves_the_other_at_work(tmp_path: Path) -> None:
    async def story() -> None:
        async with (
            telegram.TelegramServer() as t,
            discord.DiscordServer() as d,
            program(tmp_path / "study.db", t, d) as process,
        ):
            t.fault("hang", times=None)
            await d.comes_online()
            bob = d.person("bob")
            await bob.slash("start", {})
            await d.hears(bob, "How many hours a week")
            assert process.returncode is None

    asyncio.run(story())


@pytest.mark.slow
def test_a_kill_in_the_middle_loses_nothing_and_counts_nothing_twice(tmp_path: Path) -> None:
    file = tmp_path / "study.db"

    async def story() -> None:
        async with telegram.TelegramServer(spec=telegram.spec_or_none()) as t:
            people = [t.person(f"p{n}") for n in range(20)]
            async with program(file, t, None) as process:
                for who in people:
                    await who.starts()
                for who in people:
                    await t.hears(who, "How many hours a week")
                    await who.presses("8 h a week")
                    await t.hears(who, "which time zone")
                updates = [await who.says(f"/log {m}m") for m in range(1, 51) for who in people]
                assert len(updates) == 1000
                await t.until(lambda: updates[150].handled)
                process.kill()
                await process.wait()
            async with program(file, t, None) as process:
                await t.until(lambda: all(update.handled for update in updates), 120)
                await stopped(process)
            assert t.problems == []

    asyncio.run(story())
    with opened(f"sqlite:///{file}", read_only=True) as database:
        entries = [line["minutes"] for line in lines(database, "entry")]
    assert sum(entries) == 20 * sum(range(1, 51))


@pytest.mark.parametrize("named", ["telegram", "discord"])
def test_a_wrong_token_is_one_clear_line_and_an_exit_code(tmp_path: Path, named: str) -> None:
    async def story() -> tuple[int | None, str]:
        async with telegram.TelegramServer() as t, discord.DiscordServer() as d:
            t.token, d.token = "123456:another", "MTIz.another.token"
            served = (t, None) if named == "telegram" else (None, d)
            async with program(tmp_path / "study.db", *served) as process:
                t.token, d.token = telegram.TOKEN, discord.TOKEN
                _, err = await asyncio.wait_for(process.communicate(), PATIENCE)
                return process.returncode, err.decode()

    code, written = asyncio.run(story())
    assert code == 78, written
    assert f"STUDYBUDDY_{named.upper()}_TOKEN" in written
    assert "Traceback" not in written
