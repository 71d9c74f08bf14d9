"""Requests of buttons that are too long for a button's token: stored under a number, which the button carries."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.learner import Learner
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Reply
from bot.dialogue.request import TOKEN_LIMIT, Request, read_token, write_token
from bot.ports.unit_of_work import UnitOfWork

KEPT = "kept"
"""The command of a button whose request was too long for its token."""
UNKNOWN_BUTTON = "?"
"""The command of a button whose request is not stored any more, or is somebody else's."""


def fit_buttons(uow: UnitOfWork, reply: Reply, ctx: Context) -> Reply:
    """The reply with buttons that fit a token: a longer request is stored under a number.

    Not for somebody who is no learner: nobody could delete their words, and anybody could ask for them. Such a button
    is left out.
    """
    owner = ctx.learner.id if ctx.learner else None

    def fit(row: tuple[Button, ...]) -> Iterator[Button]:
        for button in row:
            token = write_token(button.command, button.args)
            if len(token.encode()) <= TOKEN_LIMIT:
                yield button
            elif owner is not None:
                yield replace(
                    button, command=KEPT, args={"n": str(uow.conversation.save_request(owner, token, ctx.now))}
                )

    rows = (tuple(fit(row)) for row in reply.buttons)
    return replace(reply, buttons=tuple(row for row in rows if row))


def fit_token(uow: UnitOfWork, token: str, ctx: Context) -> str | None:
    """The token; where it is too long one with the number it is stored under, None for who is no learner."""
    if len(token.encode()) <= TOKEN_LIMIT:
        return token
    if ctx.learner is None or ctx.forgotten:
        return None
    return write_token(KEPT, {"n": str(uow.conversation.save_request(ctx.learner.id, token, ctx.now))})


def unpacked(uow: UnitOfWork, request: Request, learner: Learner | None) -> Request:
    """The stored request in place of its number; any other request as it is."""
    if request.command != KEPT or not request.pressed:
        return request
    number = request.args.get("n", "")
    known = re.fullmatch(r"[0-9]{1,9}", number)
    kept = uow.conversation.saved_request(int(number), learner.id if learner else None) if known else None
    command, args = (kept and read_token(kept)) or (UNKNOWN_BUTTON, {})
    return replace(request, command=command, args=args)
