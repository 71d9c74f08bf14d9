"""The terminal's dialogues, played on both platforms: the same facts are in the answers, for the same people."""

import asyncio
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.discord.platform import Discord
from bot.adapters.telegram.platform import Telegram
from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import CODE, Move, Speech, begins_at, parse
from bot.app import Application, wire
from bot.storage.database import SqlDatabase, opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE
from tests.platforms import discord, telegram
from tests.platforms.signals import PATIENCE
from tests.platforms.stages import OnDiscord, OnTelegram, Received, Stage, Terminal

SCRIPTS = sorted((Path(__file__).parents[1] / "dialogues").glob("*.txt"))
_WORD = re.compile(r"[^\W_]+(?:[.,:–-][^\W_]+)*")
_POINTER = re.compile(r".*(answered you in private|dir privat geantwortet).*")
_USAGE = re.compile(r"(Type it like this|Schreib es so): .*")
"""Names the sub-command that was chosen in a menu; where it was typed without, all there are."""
_RIGHTS = re.compile(r"(Only organisers can do that|Das kann nur, wer die Gruppe leitet)\b.*")
"""Each platform names its own rights."""
_PLATFORMS = {"Terminal", "Telegram", "Discord"}
"""Each names itself."""
_LABEL = 32
"""A longer label may be cut on a phone."""


def facts(heard: Received) -> dict[str, Counter[str]]:
    """The words and numbers that each person or group was told, and the buttons offered, whatever their layout."""
    counted: dict[str, Counter[str]] = {}
    for to, messages in heard.items():
        for text, labels in messages:
            if _POINTER.fullmatch(text):
                continue  # on Discord the answer itself is seen by one person alone
            shown = re.sub(r" · <t:\d+:t>|<https?://\S+>|https?://\S+", "", _RIGHTS.sub("", _USAGE.sub("", text)))
            counts = counted.setdefault(to, Counter())
            counts += Counter(word for word in _WORD.findall(shown) if word not in _PLATFORMS)
            counts += Counter(f"[{label[:_LABEL]}" for label in labels)
    return {to: counts for to, counts in counted.items() if counts}


async def same(script: str, reference: Terminal, stage: Stage) -> int:
    """Play a script on two stages at once, without what one of them cannot do; the number of steps played."""
    played = 0
    for step in parse(script):
        if isinstance(step, Speech):
            step = replace(step, what=step.what.replace(CODE, reference.chats.code))
            if not (await reference.can(step) and await stage.can(step)):
                continue
            await reference.speak(step)
            await stage.speak(step)
        else:
            await reference.move(step)
            await stage.move(step)
        played += 1
        expected = facts(reference.received())
        actual = facts(stage.received())
        for to in actual.keys() | expected.keys():
            mine, theirs = actual.get(to, Counter()), expected.get(to, Counter())
            assert mine == theirs, f"{step}: {to} was told beside {mine - theirs}, not told {theirs - mine}"
    return played


def codes() -> Callable[[], str]:
    """The same one-time codes on every stage."""
    numbers = iter(range(1000, 10**4))
    return lambda: f"{next(numbers)}-2345".replace("0", "A").replace("1", "B")


def the_terminal(database: SqlDatabase, roadmaps: dict[str, Roadmap], start: ScriptClock, files: Path) -> Terminal:
    heard: list[Message] = []
    clock = ScriptClock(start.now)
    ids = iter(range(10**6))
    chats = Chats(heard.append, clock, lambda: f"dialogue:{next(ids)}", files, zone="UTC")
    application = wire(database, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock, code=codes(), site=SITE)
    return Terminal(application, clock, chats, heard)


async def on_telegram(
    script: str,
    clock: ScriptClock,
    application: Application,
    senders: dict[str, Telegram | Discord],
    reference: Terminal,
) -> int:
    """Play the script; how many steps could be played there."""
    async with telegram.TelegramServer(spec=telegram.spec_or_none()) as server:
        bot = Telegram(application.dispatcher, server.token, api_url=server.url, clock=clock)
        senders["telegram"] = bot
        serving = asyncio.create_task(bot.serve())
        await server.until(lambda: bool(server.called("getUpdates")))
        try:
            played = await same(script, reference, OnTelegram(application, clock, server, bot))
        finally:
            await bot.stop()
            await asyncio.wait([serving], timeout=PATIENCE)
        assert server.problems == []
        return played


async def on_discord(
    script: str,
    clock: ScriptClock,
    application: Application,
    senders: dict[str, Telegram | Discord],
    reference: Terminal,
) -> int:
    """Play the script; how many steps could be played there."""
    async with discord.DiscordServer(spec=discord.spec_or_none()) as server:
        bot = Discord(
            application.dispatcher,
            server.token,
            clock=clock,
            api_url=server.api_url,
            gateway_url=server.gateway_url,
        )
        senders["discord"] = bot
        serving = asyncio.create_task(bot.serve())
        await server.comes_online()
        await server.until(lambda: bot.ready)
        try:
            played = await same(script, reference, OnDiscord(application, clock, server, bot))
        finally:
            await bot.stop()
            await asyncio.wait([serving], timeout=PATIENCE)
        assert server.problems == []
        assert server.uninvited == []
        return played


@pytest.mark.slow
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("platform", ["telegram", "discord"])
def test_the_same_facts_everywhere(
    path: Path,
    platform: str,
    sqlite: SqlDatabase,
    migrated_sqlite: Path,
    roadmaps: dict[str, Roadmap],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Months pass within seconds: no platform is asked to wait between two messages.
    monkeypatch.setattr("bot.adapters.telegram.limits._windows", lambda _: ())
    monkeypatch.setattr("bot.adapters.discord.limits._windows", lambda _: ())
    script = path.read_text(encoding="utf-8")
    steps = list(parse(script))
    clock = ScriptClock(begins_at(steps) or MONDAY)

    async def story() -> int:
        with opened(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'terminal.db')}") as other:
            reference = the_terminal(other, roadmaps, clock, tmp_path)
            senders: dict[str, Telegram | Discord] = {}
            application = wire(sqlite, senders, roadmaps=roadmaps, clock=clock, code=codes(), site=SITE)
            if platform == "telegram":
                return await on_telegram(script, clock, application, senders, reference)
            return await on_discord(script, clock, application, senders, reference)

    played = asyncio.run(story())
    # On Discord people have no words of their own but in answer to a question.
    there = [
        step for step in steps if platform == "telegram" or isinstance(step, Move) or step.press or step.what[0] == "/"
    ]
    assert played > len(there) * (0.9 if platform == "telegram" else 0.4)
