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
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, Wording, languages

_IN_GROUPS = ("leaderboard", "today", "log", "help")
_OF_ADMINS = ("group",)
# note: shown on the bot's page and in links to it, in at most 120 characters
_SHORT = Text("Takes you through a roadmap week by week, in hours that fit your life.")
# note: shown in an empty chat with the bot, before Start is pressed, in at most 512 characters
_LONG = Text(
    "I take you through a roadmap week by week: what to do today, what is done, what comes next. You tell me your "
    "hours, I remind you when you like, and in a group I keep the board. Press Start; it takes a minute."
)


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


async def set_profile(bot: Bot) -> None:
    """Bring what the bot says of itself up to date, in every language; what is says nothing to Telegram."""
    for language in languages():
        wording = Wording(language)
        code = "" if language == SOURCE else language
        short, long = wording.say(_SHORT), wording.say(_LONG)
        if (await bot.get_my_short_description(code)).short_description != short:
            await bot.set_my_short_description(short, code)
        if (await bot.get_my_description(code)).description != long:
            await bot.set_my_description(long, code)


def menu_of(commands: Iterable[Command], language: str) -> list[BotCommand]:
    """The commands with what they do in a language; at most 256 characters each."""
    wording = Wording(language)
    return [BotCommand(command.name, wording.say(command.summary)[:256]) for command in commands]
