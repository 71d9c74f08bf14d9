"""The commands as Discord's slash commands, with options, choices and completion, in every language we speak.

Discord lets nobody call a command that has sub-commands without one of them, so what such a command does alone is a
sub-command, too (`Command.alone`).
"""

import inspect
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

import discord
from discord import app_commands

from bot.dialogue.command import Command, Option, listed
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, Wording, languages

_NAME = re.compile(r"[-_\w]{1,32}")
_DESCRIPTION = 100
_CHOICES = 25
_LONGEST = 300
"""Characters of an option that takes words."""

Run = Callable[[discord.Interaction, str, dict[str, str], discord.Attachment | None], Awaitable[None]]


class Localiser(app_commands.Translator):
    """Our catalogues, as the library asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self._wordings = {code: Wording(code) for code in languages() if code != SOURCE}

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002
    ) -> str | None:
        """The words of a text in a language of ours; None where they are the same as in English."""
        text, named = string.extras.get("text"), string.extras.get("named")
        wording = self._wordings.get(locale.value.partition("-")[0])
        if text is None or wording is None:
            return None
        words = wording.say(text)
        if named:
            words = words.strip("<>")
            return words if _NAME.fullmatch(words) and words != string.message else None
        return words[:_DESCRIPTION]


Slash: TypeAlias = app_commands.Command[Any, ..., Any] | app_commands.Group


def slash_commands(commands: Mapping[str, Command], run: Run) -> list[Slash]:
    """A slash command for each of ours that people may type; with sub-commands for one that has some."""
    return [_group(command, run) if command.subs else _slash(command, run) for command in listed(commands)]


def _group(command: Command, run: Run) -> app_commands.Group:
    group = app_commands.Group(name=command.name, description=_words(command.summary))
    for sub in command.listed_subs:
        group.add_command(_slash(sub, run))
    return group


def _slash(command: Command, run: Run) -> app_commands.Command[Any, ..., Any]:
    async def callback(interaction: discord.Interaction, **given: str | discord.Attachment) -> None:
        typed = {name.rstrip("_"): value for name, value in given.items() if value and isinstance(value, str)}
        file = next((value for value in given.values() if isinstance(value, discord.Attachment)), None)
        await run(interaction, command.name, typed, file)

    options = sorted((o for o in command.options if o.parameter.typed), key=lambda o: not _must(o))
    # The library reads a command's options from its callback's signature; ours are known only now.
    first = inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=discord.Interaction)
    callback.__signature__ = inspect.Signature([first, *map(_parameter, options)])  # type: ignore[attr-defined]
    callback = app_commands.rename(**{o.name: _name(o) for o in options})(callback)
    callback = app_commands.describe(**{o.name: _words(o.parameter.about) for o in options})(callback)
    for option in options:
        if choices := _choices(option):
            callback = app_commands.choices(**{option.name: choices})(callback)
    slash_command: app_commands.Command[Any, ..., Any] = app_commands.Command(
        name=_command_name(command), description=_words(command.summary), callback=callback
    )
    for option in options:
        if not _choices(option) and not option.parameter.attached:
            # Declares that there are completions; they are given by `bot.adapters.discord.tree`.
            slash_command.autocomplete(option.name)(_nothing)
    return slash_command


def _parameter(option: Option) -> inspect.Parameter:
    default = inspect.Parameter.empty if _must(option) else ""
    kind: Any = app_commands.Range[str, 1, _LONGEST] if not _choices(option) else str
    if option.parameter.attached:
        kind = discord.Attachment
    return inspect.Parameter(option.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)


def _must(option: Option) -> bool:
    """Whether it must be filled in: a file, too, for it could not be brought later."""
    return option.required or option.parameter.attached


def _choices(option: Option) -> list[app_commands.Choice[str]]:
    known = option.parameter.fixed() if isinstance(option.parameter, ChoiceParameter) else ()
    if not 0 < len(known) <= _CHOICES:
        return []
    return [app_commands.Choice(name=_words(choice.label), value=choice.wire) for choice in known]


async def _nothing(_: discord.Interaction, __: str) -> list[app_commands.Choice[str]]:
    return []


def offered(completions: list[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Completions as Discord takes them."""
    return [app_commands.Choice(name=label[:100], value=wire[:100]) for label, wire in completions[:_CHOICES] if label]


def _name(option: Option) -> app_commands.locale_str:
    return app_commands.locale_str(option.name, text=option.label, named=True)


def _command_name(command: Command) -> app_commands.locale_str | str:
    """A command has one name in all languages, a sub-command perhaps another in each."""
    if command.parent is None:
        return command.name
    return app_commands.locale_str(command.last_name, text=command.label, named=True)


def _words(text: Text) -> app_commands.locale_str:
    return app_commands.locale_str(Wording().say(text)[:_DESCRIPTION] or "…", text=text)
