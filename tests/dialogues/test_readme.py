"""The README's transcript is a real one: what is typed in it gets exactly the answers that it shows."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.conversation import WIDEST, pressed
from bot.adapters.terminal.lines import button_rows
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import Move
from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY

README = Path(__file__).parents[2] / "README.md"
_CLOCK = re.compile(r"… (\w+ \d+ \w+ \d{4}, \d\d:\d\d)")


def shown(message: Message) -> str:
    """A message as the README shows it."""
    return "\n".join((message.shown.text, *button_rows([label for label, _ in message.shown.buttons], WIDEST)))


def test_the_transcript_is_real(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path) -> None:
    block = re.search(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    numbers = iter(range(1000))
    chats = Chats(sent.append, clock, lambda: f"readme:{next(numbers)}", tmp_path, lambda: WIDEST)
    application = wire(sqlite, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    lines: list[str] = []

    async def turn(line: str) -> None:
        moved = _CLOCK.fullmatch(line)
        if moved:
            to = datetime.strptime(moved[1], "%A %d %B %Y, %H:%M").replace(tzinfo=UTC)
            await player.play([Move(0, None, to)])
            return
        typed = line.removeprefix("> ")
        token = pressed(typed, sent[-1].shown.buttons) if sent else None
        request = chats.request("you", None, typed=typed, token=token)
        chats.answered(request, await application.dispatcher.handle(request, clock.now))

    for line in block[1].splitlines():
        if line.startswith("> ") or _CLOCK.fullmatch(line):
            before = len(sent)
            asyncio.run(turn(line))
            lines += [line, *(shown(message) for message in sent[before:]), ""]
    assert block[1].strip() == "\n".join(lines).strip()
