"""The toy's declaration and its adapter: intake, render, send and serve."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.adapters.checkup import Finding
from bot.adapters.plugin import Parts, Plugin
from bot.adapters.setting import host_and_port, setting
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Attachment, Bar, Block, Bullets, Fields, Heading, Line, Table
from bot.dialogue.request import File, Request, read_token, read_typed, write_token
from bot.dialogue.sending import TemporaryFailure
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording

LONGEST = 1 << 22


def request_of(line: dict[str, Any]) -> Request:
    """What somebody did, as a request with the line's own id."""
    who, group = Account("toy", line["who"], line["who"]), line.get("group")
    place = Place("toy", group, group) if group else None
    command, rest = read_typed((says := line.get("says", "")).removeprefix("@studybuddy").lstrip(", "))
    command, args = (read_token(token) or ("?", {})) if (token := line.get("press")) else (command, {})
    more: dict[str, Any] = {"zone": line.get("zone"), "to_bot": says.startswith("@")}
    request = Request(line["id"], who, command, args, rest, place, bool(token), **more)
    if brought := line.get("file"):
        request = replace(request, command="upload", file=File(brought[0], len(brought[1]), brought[1].encode()))
    return replace(request, organiser=bool(line.get("organiser"))) if place else request


def lines_of(block: Block, say: Callable[[Text], str]) -> Iterator[str]:
    match block:
        case Heading(text) | Line(text) | Bar(_, text):
            yield say(text)
        case Bullets(items, numbered):
            yield from (f"{f'{n}.' if numbered else '-'} {say(item)}" for n, item in enumerate(items, start=1))
        case Fields(rows):
            yield from (f"{say(name)}: {say(value)}" for name, value in rows)
        case Table(columns, rows):
            yield from (" | ".join(map(say, row)) for row in (columns, *rows))


class Toy:
    """Listens on a socket; everybody who is connected hears everything."""

    name = "toy"

    def __init__(self, parts: Parts, listen: tuple[str, int]) -> None:
        self._parts, self._listen, self._stop, self._numbers = parts, listen, asyncio.Event(), count(1)
        self._lines: set[asyncio.StreamWriter] = set()

    @property
    def ready(self) -> bool:
        return bool(self._lines)

    async def serve(self) -> None:
        async with await asyncio.start_server(self._converse, *self._listen, limit=LONGEST):
            await self._stop.wait()
            for line in self._lines:
                line.close()

    async def stop(self) -> None:
        self._stop.set()

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        return await self._show(to.external_id, answer)

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        return await self._show(to.external_id, answer, message) is not None

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines.add(writer)
        while words := await reader.readline():
            line = json.loads(words)
            answer = await self._parts.dispatcher.handle(request_of(line), self._parts.clock())
            here, shown = line.get("group") or line["who"], answer.reply
            to = line["who"] if answer.private else here
            await self._show(to, answer, line.get("on") if to == here and shown and shown.replaces else None)
            await self._tell({"handled": line["id"]})
        self._lines.discard(writer)
        writer.close()

    async def _show(self, to: str, answer: Answer, replaces: str | None = None) -> str | None:
        if (shown := answer.reply) is None:
            return None
        wording, id_ = Wording(answer.locale), replaces or str(next(self._numbers))
        text = "\n".join(line for block in shown.blocks for line in lines_of(block, wording.say))
        buttons = [[wording.say(link.label), link.url] for link in shown.links]
        buttons += [[wording.say(b.label), write_token(b.command, b.args)] for row in shown.buttons for b in row]
        files = [[block.name, block.content] for block in shown.blocks if isinstance(block, Attachment)]
        await self._tell({"to": to, "id": id_, "replaces": replaces, "text": text, "buttons": buttons, "files": files})
        return id_

    async def _tell(self, message: dict[str, Any]) -> None:
        if not self._lines:
            raise TemporaryFailure
        for line in self._lines:
            line.write(json.dumps(message).encode() + b"\n")
            await line.drain()


@dataclass(frozen=True)
class ToySettings:
    listen: tuple[str, int] | None = setting("TOY_LISTEN", "Where it listens. Not set: no toy.", host_and_port, None)


async def examine(settings: ToySettings, now: datetime) -> AsyncIterator[Finding]:
    yield Finding("toy", f"listens at {settings.listen}")


TOY = Plugin("toy", "Toy", ToySettings, "listen", lambda parts, host: Toy(parts, host.listen or ("", 0)), examine)
