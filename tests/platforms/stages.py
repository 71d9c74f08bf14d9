"""Where a script of the terminal can be played: here the terminal itself; each platform has a stage in its folder."""

from dataclasses import dataclass
from typing import Protocol

from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.render import PICTURE
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application

GUESTS = {"guest"}
Received = dict[str, list[tuple[str, list[str]]]]
"""By person or group: each message's text and the labels of its buttons."""


class Stage(Protocol):
    """One platform for a whole script."""

    async def can(self, speech: Speech) -> bool:
        """Whether somebody can do this here."""

    async def speak(self, speech: Speech) -> None:
        """Somebody does it; returns when all that follows from it has been said."""

    async def move(self, move: Move) -> None:
        """The clock moves, and what falls due on the way is delivered."""

    def received(self) -> Received:
        """What the bot said since this was last asked."""


@dataclass
class Terminal:
    """The terminal, as `studybuddy chat --script` plays it."""

    application: Application
    clock: ScriptClock
    chats: Chats
    heard: list[Message]

    @property
    def _player(self) -> Player:
        return Player(
            self.application.dispatcher,
            self.application.worker.tick,
            self.application.worker.next,
            self.chats,
            self.clock,
        )

    async def can(self, speech: Speech) -> bool:
        return not speech.press or self.chats.find_button(speech.group or speech.who, speech.what) is not None

    async def speak(self, speech: Speech) -> None:
        await self._player.play([speech])

    async def move(self, move: Move) -> None:
        await self._player.play([move])

    def received(self) -> Received:
        messages: Received = {}
        for message in self.heard:
            texts = [row.text for row in message.shown.rows if row.style not in {"link", PICTURE}]
            lines = [line for line in texts if "Saved as" not in line]
            labels = [label for label, _ in (*message.shown.links, *message.shown.buttons)]
            messages.setdefault(message.to, []).append(("\n".join(lines), labels))
        self.heard.clear()
        return messages


async def moved(application: Application, clock: ScriptClock, move: Move) -> None:
    """Move a clock as the terminal's player does."""
    target = clock.now + move.by if move.by is not None else move.to
    assert target is not None
    while (due := await application.worker.next()) is not None and due <= target:
        clock.now = max(due, clock.now)
        await application.worker.tick()
    clock.now = target
