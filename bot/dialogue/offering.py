"""Finds the command that plain words likely ask for, where it is offered first: “I'm on holiday next week”."""

from contextlib import suppress
from dataclasses import replace

from bot.dialogue.binding import bind
from bot.dialogue.command import commands_of
from bot.dialogue.context import Context
from bot.dialogue.questions import Asked
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Reply
from bot.dialogue.sentences import around


def offer(typed: str, ctx: Context) -> Reply | None:
    """The question whether to run the command that the words seem to mean, with the values in them; None where they
    mean none."""
    for command in commands_of(ctx).values():
        if command.sentences is None or command.sentences.offer is None:
            continue
        for left in around(typed, command.sentences):
            request = replace(ctx.request, command=command.name, args={}, rest=left)
            with suppress(Asked, Refusal):
                return command.sentences.offer(**bind(command, request, replace(ctx, request=request)))
    return None
