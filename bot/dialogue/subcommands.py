"""From a request for a command to one for the sub-command that it names."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from bot.dialogue.binding import bind
from bot.dialogue.command import SUB, Command, commands_of
from bot.dialogue.context import Context
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.questions import ASKED, REST, Asked
from bot.dialogue.refusal import Refusal
from bot.dialogue.request import Request


def resolved(request: Request, commands: Mapping[str, Command]) -> Request:
    """The request as one for the sub-command that its first words name, or that a button of an earlier version means;
    as it is where it names none.

    What answers a question of the command's own is an answer, whatever its first words are.
    """
    command = commands.get(request.command)
    if command is None or not command.subs:
        return request
    if command.former:
        name, args = command.former(request.args)
        request = replace(request, command=name, args=args)
        if name != command.name:
            return request
    if chosen := request.args.get(SUB):
        return _for(request, command, chosen)
    if request.args.get(ASKED, SUB) != SUB:
        return request
    parameter = command.which.parameter
    assert isinstance(parameter, SubcommandParameter)  # noqa: S101 - made so by the command
    if request.rest:
        named = parameter.named(request.rest)
        return replace(_for(request, command, named[0]), rest=named[1]) if named else request
    named = parameter.named(request.args.get(REST, ""))
    return _for(request, command, named[0], named[1]) if named else request


def _for(request: Request, command: Command, name: str, kept: str | None = None) -> Request:
    """The request as one for this sub-command; `kept` in place of the words that it carries unread."""
    args = {option: wire for option, wire in request.args.items() if option not in {SUB, ASKED}}
    if kept is not None:
        args = {option: wire for option, wire in args.items() if option != REST} | ({REST: kept} if kept else {})
    return replace(request, command=f"{command.name}.{name}", args=args)


def found_behind(request: Request, ctx: Context) -> Request:
    """The request as one for the sub-command that stands behind other words (“/leaderboard by hours mine”), where the
    command itself makes nothing of them and the sub-command understands the others; else as it is."""
    command = commands_of(ctx).get(request.command)
    if command is None or not command.subs or not request.rest or request.pressed or ASKED in request.args:
        return request
    if _understands(command, request, ctx):
        return request
    for meant in _behind(request, command):
        if _understands(commands_of(ctx)[meant.command], meant, ctx):
            return meant
    return request


def _behind(request: Request, command: Command) -> Iterator[Request]:
    """The request for each sub-command that is named behind the first word, with the words around its name."""
    parameter = command.which.parameter
    assert isinstance(parameter, SubcommandParameter)  # noqa: S101 - made so by the command
    for space in re.finditer(r"\s+", request.rest):
        if named := parameter.named(request.rest[space.end() :]):
            words = f"{request.rest[: space.start()]} {named[1]}".strip()
            yield replace(_for(request, command, named[0]), rest=words)


def _understands(command: Command, request: Request, ctx: Context) -> bool:
    """Whether a command reads all of the words, and takes none that name a sub-command of it for free words."""
    values: Mapping[str, object] = {}
    with suppress(Asked, Refusal):
        values = bind(command, request, replace(ctx, request=request))
        free = [option.name for option in command.options if option.parameter.greedy and option.name in values]
        if command.parent:
            return not free
        parameter = command.which.parameter
        assert isinstance(parameter, SubcommandParameter)  # noqa: S101 - made so by the command
        return not any((named := parameter.named(str(values[name]))) and not named[1] for name in free)
    return False
