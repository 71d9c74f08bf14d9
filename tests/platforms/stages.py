"""Where a script of the terminal can be played: the terminal itself, Telegram, Discord. Each tells what was said."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.adapters.discord.platform import Discord
from bot.adapters.telegram.platform import Telegram
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.render import PICTURE
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application
from tests.platforms import discord, telegram
from tests.platforms.signals import PATIENCE
from tests.platforms.speeches import brought, filled_options, spoken_to_bot, to_the_bot

GUESTS = {"guest"}
TYPE = ("✎ Type an answer", "✎ Antwort schreiben")
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


@dataclass
class OnTelegram:
    """People in private chats and groups of a Telegram; everybody but guests is an admin of every group."""

    application: Application
    clock: ScriptClock
    server: telegram.TelegramServer
    bot: Telegram
    groups: dict[str, telegram.Chat] = field(default_factory=dict)
    mark: int = 0

    def _who(self, name: str) -> telegram.Person:
        return self.server.person(name, started=True, first_name=name)

    def _where(self, speech: Speech) -> telegram.Chat | None:
        if speech.group is None:
            return None
        who = self._who(speech.who)
        chat = self.groups.get(speech.group) or self.server.group(speech.group, supergroup=True)
        self.groups[speech.group] = chat
        chat.members[who] = "member" if speech.who in GUESTS else "administrator"
        return chat

    async def can(self, speech: Speech) -> bool:
        where = self._where(speech)
        if speech.press:
            messages = where.visible if where else self._who(speech.who).chat.visible
            return any(sent.button(speech.what) for sent in messages)
        # In a group with privacy mode the bot hears commands, and what answers its own messages.
        to_bot = where is not None and spoken_to_bot(speech) and where.visible
        return where is None or speech.what.startswith("/") or bool(to_bot)

    async def speak(self, speech: Speech) -> None:
        await self.application.worker.tick()  # as the terminal does before it plays
        who, where = self._who(speech.who), self._where(speech)
        if path := brought(speech):
            caption = speech.what.split()[0] if where else ""
            update = await who.sends(path.name, path.read_bytes(), caption, where)
        elif where and spoken_to_bot(speech):
            update = await who.says(to_the_bot(speech), where, reply_to=where.visible[-1])
        else:
            does = who.presses if speech.press else who.says
            update = await does(speech.what, where)
        await self.server.handled(update)
        await self.server.until(lambda: self.bot.busy == 0)

    async def move(self, move: Move) -> None:
        await moved(self.application, self.clock, move)

    def received(self) -> Received:
        messages: Received = {}
        for event in self.server.seen[self.mark :]:
            if event.kind in {"reply", "edit"} and event.sent is not None and event.sent.document is None:
                to = event.chat.person.name if event.chat.person else event.chat.name
                messages.setdefault(to, []).append((event.sent.text, event.sent.labels))
        self.mark = len(self.server.seen)
        return messages


@dataclass
class OnDiscord:
    """People in private chats and a server's channels of a Discord; everybody but guests manages the server."""

    application: Application
    clock: ScriptClock
    server: discord.DiscordServer
    bot: Discord
    mark: int = 0

    def _who(self, name: str) -> discord.Person:
        return self.server.person(name, global_name=name)

    def _where(self, speech: Speech) -> discord.Channel | None:
        if speech.group is None:
            return None
        guild = next(iter(self.server.guilds.values()), None) or self.server.guild("town")
        guild.member(self._who(speech.who), manage_guild=speech.who not in GUESTS)
        return guild.channel(speech.group)

    async def can(self, speech: Speech) -> bool:
        who, where = self._who(speech.who), self._where(speech)
        if speech.press:
            return any(sent.button(speech.what) for sent in who.sees(where))
        if speech.what.startswith("/"):
            return filled_options(speech.what) is not None
        return where is None or spoken_to_bot(speech) or self._asked(speech) is not None

    def _asked(self, speech: Speech) -> discord.Sent | None:
        """The message whose question is answered in its form; in private only numbers are, and words are written."""
        who, where = self._who(speech.who), self._where(speech)
        if spoken_to_bot(speech) or not (where or speech.what[:1].isdigit()):
            return None
        newest = who.sees(where)[-1:]
        return newest[0] if newest and any(map(newest[0].button, TYPE)) else None

    async def speak(self, speech: Speech) -> None:
        await self.application.worker.tick()  # as the terminal does before it plays
        who, where = self._who(speech.who), self._where(speech)
        if speech.press:
            interaction = await who.presses(speech.what, where)
        elif speech.what.startswith("/"):
            filled = filled_options(speech.what)
            assert filled is not None
            interaction = await who.slash(*filled, where)
        elif (asked := self._asked(speech)) is None:
            words = f"@{self.server.username} {to_the_bot(speech)}" if where else speech.what
            await self._write(who, words, where)
            return
        else:
            await who.presses(next(label for label in TYPE if asked.button(label)), where)
            await self.server.until(lambda: who.modal is not None)
            interaction = await who.submits(speech.what)
        await self.server.answered(interaction)
        await self.server.until(lambda: self.bot._queue.busy == 0)

    async def _write(self, who: discord.Person, words: str, where: discord.Channel | None) -> None:
        """Somebody writes a message; returns when it has been answered, or not."""
        came, hear = asyncio.Event(), self.bot.messages.heard

        async def heard(message: Any, client: Any) -> None:
            await hear(message, client)
            came.set()

        self.bot.messages.heard = heard  # type: ignore[method-assign]
        await who.writes(words, where)
        await asyncio.wait_for(came.wait(), PATIENCE)
        self.bot.messages.heard = hear  # type: ignore[method-assign]
        await self.server.until(lambda: self.bot._queue.busy == 0)

    async def move(self, move: Move) -> None:
        await moved(self.application, self.clock, move)

    def received(self) -> Received:
        messages: Received = {}
        for event in self.server.seen[self.mark :]:
            if event.kind in {"reply", "edit"} and event.sent is not None and not event.sent.loading:
                alone = event.to or event.channel.person
                labels = [label for label in event.sent.labels if label not in TYPE]
                messages.setdefault(alone.name if alone else event.channel.name, []).append((event.sent.plain, labels))
        self.mark = len(self.server.seen)
        return messages
