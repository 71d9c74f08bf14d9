"""The commands as Telegram's menus, a scope and a language each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.adapters.pacing import Urgency
from bot.adapters.telegram.background import settled
from bot.adapters.telegram.limits import purpose
from bot.dialogue.command import Command, listed
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, Wording, languages

Calls: TypeAlias = Sequence[Callable[[], Awaitable[None]]]
_IN_GROUPS = ("leaderboard", "today", "log", "help")
_OF_ADMINS = ("group",)
# note: shown on the bot's page and in links to it, in at most 120 characters
_SHORT = Text("Takes you through a roadmap week by week, in hours that fit your life.")
# note: shown in an empty chat with the bot, before Start is pressed, in at most 512 characters
_LONG = Text(
    "I take you through a roadmap week by week: what to do today, what is done, what comes next. You tell me your "
    "hours, I remind you when you like, and in a group I keep the board. Press Start; it takes a minute."
)


def menu_calls(bot: Bot, commands: Mapping[str, Command]) -> Calls:
    """What brings every menu up to date; one that is says nothing to Telegram."""
    shown = listed(commands)
    groups = [commands[name] for name in _IN_GROUPS if name in commands]
    admins = [*(commands[name] for name in _OF_ADMINS if name in commands), *groups]
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), shown),
        (BotCommandScopeAllGroupChats(), groups),
        (BotCommandScopeAllChatAdministrators(), admins),
    ]

    async def put(scope: BotCommandScope, listed: list[Command], language: str) -> None:
        menu, code = menu_of(listed, language), _code(language)
        if list(await bot.get_my_commands(scope, language_code=code)) != menu:
            await bot.set_my_commands(menu, scope, language_code=code)

    return [partial(put, scope, listed, language) for scope, listed in scopes for language in languages()]


def short_calls(bot: Bot) -> Calls:
    """What brings the short description up to date, in every language."""

    async def put(language: str) -> None:
        text, code = Wording(language).say(_SHORT), _code(language)
        if (await bot.get_my_short_description(code)).short_description != text:
            await bot.set_my_short_description(text, code)

    return [partial(put, language) for language in languages()]


def long_calls(bot: Bot) -> Calls:
    """What brings the description up to date, in every language."""

    async def put(language: str) -> None:
        text, code = Wording(language).say(_LONG), _code(language)
        if (await bot.get_my_description(code)).description != text:
            await bot.set_my_description(text, code)

    return [partial(put, language) for language in languages()]


async def described(bot: Bot, commands: Mapping[str, Command]) -> None:
    """Bring menus and profile up to date, all kinds at the same time; of what is refused only that kind is given up."""

    async def each(kind: str, calls: Calls) -> None:
        for call in calls:
            if not await settled(kind, call):
                return

    with purpose(Urgency.BULK):
        await asyncio.gather(
            each("menus", menu_calls(bot, commands)),
            each("short description", short_calls(bot)),
            each("description", long_calls(bot)),
        )


def menu_of(commands: Iterable[Command], language: str) -> list[BotCommand]:
    """The commands with what they do in a language; at most 256 characters each."""
    wording = Wording(language)
    return [BotCommand(command.name, wording.say(command.summary)[:256]) for command in commands]


def _code(language: str) -> str:
    return "" if language == SOURCE else language
