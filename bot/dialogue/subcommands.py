"""From a request for a command to one for the sub-command that it names."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.command import SUB, Command
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.questions import ASKED, REST
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
