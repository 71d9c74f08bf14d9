"""Scripts played on a local Discord."""

import asyncio
from dataclasses import dataclass
from typing import Any

from bot.adapters.discord.platform import Discord
from bot.adapters.terminal.player import ScriptClock
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application
from tests.platforms import discord
from tests.platforms.signals import PATIENCE
from tests.platforms.speeches import filled_options, spoken_to_bot, to_the_bot
from tests.platforms.stages import GUESTS, Received, moved

TYPE = ("✎ Type an answer", "✎ Antwort schreiben")


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
