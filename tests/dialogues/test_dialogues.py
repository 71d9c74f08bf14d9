"""Every script in this folder is a promise: the remarks in it say what the bot must answer.

After a step, `#> words` must stand in what was sent since the step before, `#cafe> words` in what was sent to cafe,
`#> [Label]` is a button, `#! words` must not appear, and `#= 0` counts the messages.
"""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import app
from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import Step, parse
from bot.app import wire
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE
from tests.kinds import program

SCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))
_REMARK = re.compile(r"#(?P<to>[\w.-]*)(?P<kind>[>!=])\s*(?P<what>.*)")


def turns(script: str) -> Iterator[tuple[int, list[Step], list[re.Match[str]]]]:
    """Each step with the remarks that follow it, by the number of its line."""
    lines = script.splitlines()
    steps = list(parse(script))
    for n, step in enumerate(steps):
        end = steps[n + 1].line - 1 if n + 1 < len(steps) else len(lines)
        remarks = [match for line in lines[step.line : end] if (match := _REMARK.fullmatch(line.strip()))]
        yield step.line, [step], remarks


def check(remark: re.Match[str], sent: list[Message]) -> str | None:
    """What is wrong with the messages, None if nothing."""
    to, kind, expected = remark["to"], remark["kind"], remark["what"]
    received = [message for message in sent if to in {"", message.to}]
    if kind == "=":
        return None if len(received) == int(expected) else f"expected {expected} messages, not {len(received)}"
    if expected.startswith("[") and expected.endswith("]"):
        present = any(label == expected[1:-1] for message in received for label, _ in message.shown.buttons)
    else:
        present = any(expected in message.shown.text for message in received)
    wanted = kind == ">"
    return None if present == wanted else f"{'missing' if wanted else 'unwanted'}: {expected}"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_dialogue(
    path: Path, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "COMMANDS", program(path.stem))
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    ids = iter(range(10**6))
    chats = Chats(sent.append, clock, lambda: f"dialogue:{next(ids)}", tmp_path)
    application = wire(sqlite, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock, site=SITE)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)

    script = path.read_text(encoding="utf-8")

    async def converse() -> None:
        for line, steps, remarks in turns(script):
            sent.clear()
            await player.play(steps)
            wrong = [problem for remark in remarks if (problem := check(remark, sent))]
            transcript = "\n\n".join(f"{m.to}: {m.shown.text}\n{[label for label, _ in m.shown.buttons]}" for m in sent)
            assert not wrong, f"{path.name}, line {line}: {'; '.join(wrong)}\n\n{transcript}"

    asyncio.run(converse())


def test_every_script_expects_something() -> None:
    for path in SCRIPTS:
        assert any(remarks for _, _, remarks in turns(path.read_text(encoding="utf-8"))), path.name
