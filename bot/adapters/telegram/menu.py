"""The commands as Telegram's menus, a scope and a language each."""

from collections.abc import Iterable, Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.dialogue.command import Command
from bot.dialogue.wording import SOURCE, Wording, languages

_IN_GROUPS = ("leaderboard", "today", "log", "help")
_OF_ADMINS = ("group",)


async def set_menus(bot: Bot, commands: Mapping[str, Command]) -> None:
    """Bring every menu up to date; one that is says nothing to Telegram."""
    shown = [command for command in commands.values() if not command.hidden]
    groups = [commands[name] for name in _IN_GROUPS if name in commands]
    admins = [*(commands[name] for name in _OF_ADMINS if name in commands), *groups]
    scopes: list[tuple[BotCommandScope, list[Command]]] = [
        (BotCommandScopeAllPrivateChats(), shown),
        (BotCommandScopeAllGroupChats(), groups),
        (BotCommandScopeAllChatAdministrators(), admins),
    ]
    for scope, listed in scopes:
        for language in languages():
            menu = menu_of(listed, language)
            code = "" if language == SOURCE else language
            if list(await bot.get_my_commands(scope, language_code=code)) != menu:
                await bot.set_my_commands(menu, scope, language_code=code)


def menu_of(commands: Iterable[Command], language: str) -> list[BotCommand]:
    """The commands with what they do in a language; at most 256 characters each."""
    wording = Wording(language)
    return [BotCommand(command.name, wording.say(command.summary)[:256]) for command in commands]
