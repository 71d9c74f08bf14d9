"""Every command and sub-command by its name, as this installation has them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.dialogue.command import Command, Option
from bot.dialogue.reminder import Reminder, reminder_kinds


def by_name(commands: Iterable[Command], *, web: bool = True) -> Mapping[str, Command]:
    """The commands and their sub-commands by their names; a name is taken once. `web`: whether this installation has
    pages on the web."""
    listed_commands = with_subs(commands)
    named = {command.name: command for command in listed_commands}
    if len(named) != len(listed_commands):
        raise ValueError("two commands have one name")
    kinds = reminder_kinds(commands)
    return {name: _here(_among(command, kinds), web=web) for name, command in named.items()}


def _here(command: Command, *, web: bool) -> Command:
    """The command as it is listed in an installation with or without pages on the web."""
    subs = {name: _here(sub, web=web) for name, sub in command.subs.items()}
    return command if web else replace(command, unlisted=command.web, subs=subs)


def _among(command: Command, kinds: Mapping[str, Reminder]) -> Command:
    """The command beside these reminders: an option that is one of them knows which there are."""
    options = tuple(_option_among(option, kinds) for option in command.options)
    subs = {name: _among(sub, kinds) for name, sub in command.subs.items()}
    if options == command.options and subs == command.subs:
        return command
    return replace(command, options=options, subs=subs)


def _option_among(option: Option, kinds: Mapping[str, Reminder]) -> Option:
    parameter = option.parameter.with_reminders(kinds)
    return option if parameter is option.parameter else replace(option, parameter=parameter)


def with_subs(commands: Iterable[Command]) -> list[Command]:
    """The commands, each followed by its sub-commands."""
    return [command_or_sub for command in commands for command_or_sub in (command, *command.subs.values())]
