"""People on the toy platform, at one socket: what they do, and what they are told."""

import asyncio
import json
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application
from tests.platforms.signals import PATIENCE
from tests.platforms.speeches import brought
from tests.platforms.stages import GUESTS, Received, moved


@dataclass
class OnToy:
    """A stage (`tests.platforms.stages.Stage`) at one end of the toy's socket."""

    application: Application | None
    """The program with a clock that scripts move; None where it serves by itself."""
    clock: ScriptClock
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    chats: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    heard: list[dict[str, Any]] = field(default_factory=list)
    ids: "count[int]" = field(default_factory=count)

    async def can(self, speech: Speech) -> bool:
        """Whether the button is there; everything else can be said."""
        return not speech.press or self._button(speech) is not None

    async def speak(self, speech: Speech) -> None:
        """Somebody says something, presses a button or brings a file."""
        if self.application:
            await self.application.worker.tick()  # as the terminal does before it plays
        line: dict[str, Any] = {"who": speech.who, "group": speech.group, "zone": "UTC"}
        line["organiser"] = speech.who not in GUESTS
        if path := brought(speech):
            line["file"] = [path.name, path.read_text(encoding="utf-8")]
        elif speech.press:
            line["press"], line["on"] = self._button(speech) or ("", "")
        else:
            line["says"] = speech.what
        await self._exchange(line)

    async def move(self, move: Move) -> None:
        """Let the clock move; all that was delivered is heard before this returns."""
        assert self.application
        await moved(self.application, self.clock, move)
        await self._exchange({"who": "nobody", "group": "nowhere", "says": "hm"})

    def received(self) -> Received:
        """What the bot said since this was last asked."""
        by_receiver: Received = {}
        for message in self.heard:
            labels = [label for label, _ in message["buttons"]]
            by_receiver.setdefault(message["to"], []).append((message["text"].replace("Toy", "Terminal"), labels))
        self.heard.clear()
        return by_receiver

    def _button(self, speech: Speech) -> tuple[str, str] | None:
        for message in reversed(self.chats[speech.group or speech.who]):
            for label, token in message["buttons"]:
                if label.casefold() == speech.what.casefold():
                    return token, message["id"]
        return None

    async def _exchange(self, line: dict[str, Any]) -> None:
        line["id"] = f"toy:{next(self.ids)}"
        self.writer.write(json.dumps(line).encode() + b"\n")
        while (message := json.loads(await asyncio.wait_for(self.reader.readline(), PATIENCE))) != {
            "handled": line["id"]
        }:
            self.heard.append(message)
            for chat in self.chats.values():
                chat[:] = [other for other in chat if other["id"] != message["replaces"]]
            self.chats[message["to"]].append(message)
