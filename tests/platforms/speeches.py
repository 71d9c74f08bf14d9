"""What the lines of a dialogue become on a platform: addressed words, files, and the options of a command."""

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.adapters.terminal import MENTION
from bot.adapters.terminal.script import Speech
from bot.commands import COMMANDS
from bot.dialogue.all_commands import by_name
from bot.dialogue.command import Command
from bot.dialogue.parameters import ChoiceParameter, Parameter
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.request import FILE_COMMANDS, read_typed
from tests.platforms import discord

_KNOWN: Mapping[str, Command] = by_name(COMMANDS)


def spoken_to_bot(speech: Speech) -> bool:
    """Whether somebody in a group speaks to the bot."""
    return speech.group is not None and speech.what.startswith(f"{MENTION} ")


def to_the_bot(speech: Speech) -> str:
    """What somebody says to the bot in a group."""
    return speech.what.removeprefix(MENTION).strip()


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


def filled_options(typed: str) -> tuple[str, dict[str, Any]] | None:
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
