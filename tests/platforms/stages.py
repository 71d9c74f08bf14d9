"""Where a script of the terminal can be played: the terminal itself, Telegram, Discord. Each tells what was said."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Protocol

from bot.adapters.discord.platform import Discord
from bot.adapters.telegram.platform import Telegram
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.render import PICTURE
from bot.adapters.terminal.script import Move, Speech
from bot.app import Application
from bot.commands import COMMANDS
from bot.dialogue.command import Command, by_name
from bot.dialogue.parameters import ChoiceParameter, Parameter
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.request import FILE_COMMANDS, read_typed
from tests.platforms import discord, telegram

GUESTS = {"guest"}
TYPE = ("✎ Type an answer", "✎ Antwort schreiben")
_KNOWN: Mapping[str, Command] = by_name(COMMANDS)
Said = dict[str, list[tuple[str, list[str]]]]
"""By person or group: each message's text and the labels of its buttons."""


class Stage(Protocol):
    """One platform for a whole script."""

    async def can(self, speech: Speech) -> bool:
        """Whether somebody can do this here."""

    async def speak(self, speech: Speech) -> None:
        """Somebody does it; returns when all that follows from it has been said."""

    async def move(self, move: Move) -> None:
        """The clock moves, and what falls due on the way is delivered."""

    def said(self) -> Said:
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

    def said(self) -> Said:
        messages: Said = {}
        for message in self.heard:
            lines = [
                row.text
                for row in message.shown.rows
                if "Saved as" not in row.text and row.style not in ("link", PICTURE)
            ]
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
        return where is None or speech.what.startswith("/")

    async def speak(self, speech: Speech) -> None:
        await self.application.worker.tick()  # as the terminal does before it plays
        who, where = self._who(speech.who), self._where(speech)
        if path := brought(speech):
            caption = speech.what.split()[0] if where else ""
            update = await who.sends(path.name, path.read_bytes(), caption, where)
        else:
            does = who.presses if speech.press else who.says
            update = await does(speech.what, where)
        await self.server.handled(update)
        await self.server.until(lambda: self.bot.busy == 0)

    async def move(self, move: Move) -> None:
        await moved(self.application, self.clock, move)

    def said(self) -> Said:
        messages: Said = {}
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
            return _filled(speech.what) is not None
        return self._asked(who, where) is not None

    def _asked(self, who: discord.Person, where: discord.Channel | None) -> discord.Sent | None:
        newest = who.sees(where)[-1:]
        return newest[0] if newest and any(map(newest[0].button, TYPE)) else None

    async def speak(self, speech: Speech) -> None:
        await self.application.worker.tick()  # as the terminal does before it plays
        who, where = self._who(speech.who), self._where(speech)
        if speech.press:
            interaction = await who.presses(speech.what, where)
        elif speech.what.startswith("/"):
            filled = _filled(speech.what)
            assert filled is not None
            interaction = await who.slash(*filled, where)
        else:
            asked = self._asked(who, where)
            assert asked is not None
            await who.presses(next(label for label in TYPE if asked.button(label)), where)
            await self.server.until(lambda: who.modal is not None)
            interaction = await who.submits(speech.what)
        await self.server.answered(interaction)
        await self.server.until(lambda: self.bot._queue.busy == 0)

    async def move(self, move: Move) -> None:
        await moved(self.application, self.clock, move)

    def said(self) -> Said:
        messages: Said = {}
        for event in self.server.seen[self.mark :]:
            if event.kind in {"reply", "edit"} and event.sent is not None and not event.sent.loading:
                alone = event.to or event.channel.person
                labels = [label for label in event.sent.labels if label not in TYPE]
                messages.setdefault(alone.name if alone else event.channel.name, []).append((event.sent.plain, labels))
        self.mark = len(self.server.seen)
        return messages


def brought(speech: Speech) -> Path | None:
    """The file that somebody sends, where they do."""
    name, rest = read_typed(speech.what)
    return (
        Path(rest)
        if not speech.press and name in FILE_COMMANDS.values() and rest.endswith(tuple(FILE_COMMANDS))
        else None
    )


def _chosen(parameter: Parameter[Any], words: list[str]) -> tuple[str, list[str]] | None:
    """What somebody chooses in a menu who types these words elsewhere, and the words that are left.

    It stands at the beginning: “do not show my name” is not the choice “name”.
    """
    known = parameter.fixed() if isinstance(parameter, ChoiceParameter) else ()
    lowered = [word.casefold() for word in words]
    for choice in known:
        for spelling in (choice.label.message.casefold().split(), [choice.wire]):
            if lowered[: len(spelling)] == spelling:
                return choice.wire, words[len(spelling) :]
    return None


def _sub(command: Command, words: list[str]) -> tuple[Command, list[str]] | None:
    """The sub-command that somebody chooses in Discord's menu who types these words elsewhere, and the words left; None
    where nobody can choose it."""
    if not command.subs:
        return command, words
    parameter = command.which.parameter
    assert isinstance(parameter, SubcommandParameter)
    if words[:1] == ["join"] and {"no", "do", "hide", "nicht"} & {word.casefold() for word in words[1:]}:
        return None  # in the field for the name that is a name; elsewhere it may be a no
    for place in range(len(words)):
        # “nudge off” is “off nudge”; but “nudge on friday” has a small word, which nobody chooses.
        named = parameter.named(" ".join(words[place:]))
        if named and (not place or (words[place] == named[0] and (not named[1] or named[0] == "off"))):
            return command.subs[named[0]], [*words[:place], *named[1].split()]
    listed = [sub for sub in command.subs.values() if not sub.hidden]
    if not words:
        return next(sub for sub in listed if sub.alone), []
    if get_close_matches(words[0].casefold(), [sub.last_name for sub in listed], n=1, cutoff=0.7):
        return None  # a slip: in a menu nobody makes one
    own = {option.name for option in command.options if option.parameter.typed}
    return max(listed, key=lambda sub: len(own & {option.name for option in sub.options})), words


def _attached(option: str, words: list[str]) -> dict[str, Any]:
    """The file that is named by the first word, which is taken away."""
    if not (words and words[0].endswith(tuple(FILE_COMMANDS))):
        return {}
    path = Path(words.pop(0))
    return {option: discord.File(path.name, path.read_bytes(), f"application/{path.suffix[1:]}")}


def _filled(typed: str) -> tuple[str, dict[str, Any]] | None:
    """A typed command as somebody fills in Discord's options; None where its menu does not let them."""
    name, rest = read_typed(typed)
    command = _KNOWN.get(name)
    if command is None or command.hidden:
        return None
    options: dict[str, Any] = {}
    chosen_sub = _sub(command, rest.split())
    if chosen_sub is None:
        return None
    command, words = chosen_sub
    free: str | None = None
    for option in command.options:
        if not option.parameter.typed:
            continue
        if option.parameter.attached:
            options |= _attached(option.name, words)
            continue
        known = option.parameter.fixed() if isinstance(option.parameter, ChoiceParameter) else ()
        chosen = _chosen(option.parameter, words)
        if chosen and chosen[0] == "on" and options and chosen[1]:
            words = chosen[1]  # “nudge on friday”: a small word, which nobody chooses as a switch
        elif chosen:
            options[option.name], words = chosen
        elif not known and free is None:
            free = option.name
    if words and free is None:
        return None
    if words and free:
        options[free] = " ".join(words)
    must = [option.name for option in command.options if option.required or option.parameter.attached]
    return None if any(name not in options for name in must) else (command.typed, options)
