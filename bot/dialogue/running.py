"""Runs a command with the values of a request, and makes replies of its questions and refusals."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from bot.dialogue.binding import bind
from bot.dialogue.command import Command, commands_of, listed
from bot.dialogue.context import Context
from bot.dialogue.due_reminder import check_something_to_say
from bot.dialogue.open_questions import asked_again
from bot.dialogue.questions import REST, Asked
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed


def run(ctx: Context, command: Command) -> Reply:
    """The command's reply. Raises `Asked`, `Refusal` and `NothingToSend` as the command does."""
    values = bind(command, ctx.request, ctx)
    check_something_to_say(ctx, command, values)
    return command.run(ctx, **values)


def attempt(ctx: Context, command: Command) -> Reply:
    """The command's reply; a refusal undoes what it wrote and becomes a reply, and so does a question."""
    values: Mapping[str, Any] = {}
    try:
        values = bind(command, ctx.request, ctx)
        check_something_to_say(ctx, command, values)
        return ctx.uow.attempt(lambda: command.run(ctx, **values))
    except Asked as asked:
        return asked.question
    except Refusal as refusal:
        return asked_again(ctx, command, refusal, values)
    except NothingToSend:
        return unknown(ctx.request, commands_of(ctx))


def unknown(request: Request, commands: Mapping[str, Command]) -> Reply:
    """Say that there is no such command, with buttons for those that may have been meant."""
    if request.pressed:
        return reply(
            Text("This button no longer works; {help} shows what I can do now.", help=Typed("/help")), anew=True
        )
    known = [command.name for command in listed(commands)]
    near = get_close_matches(request.command, known, n=3, cutoff=0.6)
    rest = {REST: request.rest} if request.rest else {}
    meant = tuple(Button(Text("{command}", command=f"/{name} {request.rest}".strip()), name, rest) for name in near)
    return reply(
        Text("I do not know {command}; {help} shows what I know.", command=f"/{request.command}", help=Typed("/help")),
        buttons=(meant,),
        anew=True,
    )
