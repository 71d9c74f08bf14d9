"""Plays scripts against the real application, on a clock of their own."""

import json
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.script import CODE, Move, ScriptError, Speech, Step
from bot.dialogue.dispatcher import Dispatcher


@dataclass
class ScriptClock:
    """A clock that does not move until the script moves it."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Player:
    """Plays steps. Moving the clock stops at every instant at which something falls due on the way."""

    dispatcher: Dispatcher
    tick: Callable[[], Awaitable[None]]
    """Delivers what is due at the clock's now."""
    next_due: Callable[[], Awaitable[datetime | None]]
    """The nearest instant at which a tick would have something to do."""
    chats: Chats
    clock: ScriptClock

    async def play(self, steps: Iterable[Step]) -> None:
        """Play all steps. Raises `ScriptError` for a button that is not there or a clock that would run backwards."""
        await self.tick()
        for step in steps:
            if isinstance(step, Move):
                await self._move(step)
            else:
                await self._speak(step)  # nothing falls due while the clock does not move

    async def _speak(self, speech: Speech) -> None:
        chat = speech.group or speech.who
        token, message = None, None
        if speech.press:
            button = self.chats.find_button(chat, speech.what)
            if button is None:
                labels = ", ".join(f"[{label}]" for label in self.chats.labels(chat)) or "none"
                raise ScriptError(f"line {speech.line}: no button [{speech.what}] in {chat}; there is {labels}")
            token, message = button
        typed = speech.what.replace(CODE, self.chats.code)
        request = self.chats.request(speech.who, speech.group, typed=typed, token=token)
        answer = await self.dispatcher.handle(request, self.clock.now)
        self.chats.answered(request, answer, message)

    async def _move(self, move: Move) -> None:
        target = self.clock.now + move.by if move.by is not None else move.to
        assert target is not None  # noqa: S101 - a move has one or the other
        if target < self.clock.now:
            raise ScriptError(f"line {move.line}: the clock is at {self.clock.now.isoformat()} and cannot run back")
        while (due := await self.next_due()) is not None and due <= target:
            self.clock.now = max(due, self.clock.now)
            await self.tick()
        self.clock.now = target


class Lines:
    """Writes messages in their order, each when its picture is there: whoever reads a line can open the file."""

    def __init__(self, write: Callable[[str], None], form: Callable[[Message], str]) -> None:
        self._write = write
        self._form = form
        self._waiting: deque[Message] = deque()

    def add(self, message: Message) -> None:
        """One more message."""
        self._waiting.append(message)
        while self._waiting and ((image := self._waiting[0].shown.image) is None or image.done()):
            self._write(self._form(self._waiting.popleft()))

    def end(self) -> None:
        """Write all that wait."""
        while self._waiting:
            self._write(self._form(self._waiting.popleft()))


def as_json(message: Message) -> str:
    """A message as one line of JSON; waits for its picture."""
    image = message.shown.image.result() if message.shown.image else None
    return json.dumps(
        {
            "at": message.at.isoformat().replace("+00:00", "Z"),
            "to": message.to,
            "kind": message.kind,
            "text": message.shown.text,
            "buttons": [label for label, _ in message.shown.buttons],
            "image": str(image) if image else None,
        },
        ensure_ascii=False,
    )


def as_text(message: Message) -> str:
    """A message as people read it: to whom, the text, the buttons."""
    mark = {"reply": "", "edit": " (edited)", "delivery": f" ({message.at:%a %d %b %H:%M} UTC)"}[message.kind]
    lines = [f"→ {message.to}{mark}", *(f"  {row.text}".rstrip() for row in message.shown.rows)]
    if message.shown.buttons:
        lines.append("  " + " ".join(f"[{label}]" for label, _ in message.shown.buttons))
    return "\n".join(lines) + "\n"
