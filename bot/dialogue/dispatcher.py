"""Request -> one transaction -> answer."""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from bot.core.code import new_code
from bot.core.learner import Learner
from bot.dialogue import codec
from bot.dialogue.apology import sorry
from bot.dialogue.binding import bind
from bot.dialogue.cleaning import clean
from bot.dialogue.command import Command, Option, by_name, commands_of, listed
from bot.dialogue.context import Context
from bot.dialogue.due_reminder import check_something_to_say
from bot.dialogue.open_questions import (
    answered,
    asked_again,
    named_in_form,
    question_of,
    remember,
    remember_sent,
    undone,
)
from bot.dialogue.questions import ASKED, REST, Asked
from bot.dialogue.refusal import NothingToSend, RankUnknown, Refusal
from bot.dialogue.reply import Attachment, Button, Reply, reply
from bot.dialogue.request import TOKEN_LIMIT, Request, read_token, write_token
from bot.dialogue.spoken import Spoken
from bot.dialogue.subcommands import resolved
from bot.dialogue.text import Text, Typed
from bot.dialogue.wording import nearest
from bot.ports.database import Database, DatabaseTrouble, Unconfirmed
from bot.ports.requests import CHANGED
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.consequences import follow
from bot.usecases.roadmap_catalog import RoadmapCatalog

log = logging.getLogger(__name__)

KEPT = "kept"
"""The command of a button whose request was too long for its token."""
PLAIN_WORDS = "words"
"""The command that answers plain words which answer no question."""
UNKNOWN_BUTTON = "?"
AFRESH = ""
"""Noted in place of an answer of what only reads, that has a file or names other people: it is made anew should its
request come again. What does so writes nothing; a copy of one export would be in the next, and who is deleted in what
others were told."""


@dataclass(frozen=True)
class Answer:
    """A reply with what an adapter must know to show it: the language, and whether it is the learner's alone.

    `reply` is None where the bot has nothing to say: plain words in a group that were not meant for it. `question` is
    the token of the question it leaves open, where it does: a request with that command and these arguments, and what
    was typed as its `rest`, is the answer.
    """

    reply: Reply | None
    locale: str
    private: bool
    question: str | None = None


class Dispatcher:
    """Answers requests. Safe to call for different learners at once."""

    def __init__(
        self,
        database: Database,
        commands: tuple[Command, ...],
        catalog: RoadmapCatalog,
        new_code: Callable[[], str] = new_code,
    ) -> None:
        self._database = database
        self._commands = by_name(commands)
        self._spoken = Spoken(self._commands)
        self._catalog = catalog
        self._new_code = new_code

    @property
    def commands(self) -> Mapping[str, Command]:
        """Every command and sub-command by its name."""
        return self._commands

    def command_of(self, request: Request) -> Command | None:
        """The command or sub-command that a request is for; None where that is known only to the database."""
        return self._commands.get(resolved(request, self._commands).command)

    def asked_option(self, request: Request) -> Option | None:
        """The option whose question the request is to answer."""
        request = resolved(request, self._commands)
        command = self._commands.get(request.command)
        return command.option(request.args.get(ASKED, "")) if command else None

    async def handle(self, request: Request, now: datetime) -> Answer:
        """Answer a request. What it wrote is committed when this returns; a request that comes twice writes once.

        Never raises for what a learner said or for a database in trouble: both get an honest answer. Raises
        `RankUnknown` where the command must know first whether who asks is an organiser.
        """
        request = clean(request)
        said = None
        try:
            if self._reads(request):
                said = await self._database.read(lambda uow: self._look(uow, request, now, _attempt))
            return await self._database.run(lambda uow: self._answer(uow, request, now, said))
        except RankUnknown:
            raise
        except (DatabaseTrouble, Unconfirmed) as trouble:
            log.error("the database is in trouble: %s", trouble, extra={"command": request.command})
            return Answer(sorry(request, trouble), nearest(request.locale), private=True)
        except Exception:
            log.exception("request failed", extra={"command": request.command})
            return Answer(sorry(request), nearest(request.locale), private=True)

    async def compose(self, request: Request, now: datetime) -> Answer:
        """What the schedule says, from fresh facts. Raises `NothingToSend` where there is nothing left to say."""
        request = resolved(clean(request), self._commands)
        said = None
        if self._reads(request):
            said = await self._database.read(lambda uow: self._look(uow, request, now, _run))
        return await self._database.run(lambda uow: self._compose(uow, request, now, said))

    async def suggest(self, request: Request, option: str, prefix: str, now: datetime) -> list[tuple[str, str]]:
        """Completions for one option of the request's command: (label, wire word) pairs."""
        request = resolved(clean(request), self._commands)
        return await self._database.run(lambda uow: self._suggest(uow, request, option, prefix, now))

    def _reads(self, request: Request) -> bool:
        command = self.command_of(request)
        return command is not None and command.reads

    def _look(
        self, uow: UnitOfWork, request: Request, now: datetime, run: Callable[[Context, Command], Reply]
    ) -> Reply:
        """What a command that writes nothing replies."""
        request = resolved(request, self._commands)
        learner = _learner(uow, request)
        ctx = Context(uow, request, now, learner, self._catalog, self._commands, self._new_code)
        return run(ctx, self._commands[request.command])

    def _answer(self, uow: UnitOfWork, request: Request, now: datetime, read: Reply | None = None) -> Answer:
        if not uow.requests.open(request.id, now):
            known = uow.requests.answer(request.id)
            if known != AFRESH:
                return _load(known, request)
        uow.groups.named.clear()
        ctx = self._heard(uow, request, now)
        request = ctx.request
        command = self._commands.get(request.command or PLAIN_WORDS)
        ours = request.pressed or request.event or ASKED in request.args
        if command and command.hidden and request.command and not ours:
            command = None
        if command and command.event != request.event:
            command = None
        if request.event and command is None:
            raise LookupError(f"no command for the event {request.command}")
        if request.place and not request.pressed and (command is None or not request.command):
            # Other bots' commands and people talking to each other: not for us.
            answer = Answer(None, ctx.locale, private=False)
        else:
            said = (read or _attempt(ctx, command)) if command else _unknown(request, self._commands)
            said = _fitting(uow, said, ctx)
            private = command.private if command else True
            follow(uow, now)
            asked = question_of(said)
            answer = Answer(
                said if said.blocks else None, ctx.locale, private, _held(uow, asked, ctx) if asked else None
            )
            if not (request.event or _has_file(said)):
                remember(uow, request, said, ctx, private=private)
        if read or ctx.names_others or (answer.reply and _has_file(answer.reply)):
            uow.requests.close(request.id, None, AFRESH)
        else:
            uow.requests.close(request.id, None if ctx.forgotten else request.sender, _dump(answer))
            uow.requests.names(request.id, uow.groups.named)
        return answer

    def _heard(self, uow: UnitOfWork, request: Request, now: datetime) -> Context:
        """A request with whoever asks and what their words mean; that they were here is noted."""
        learner = _learner(uow, request)
        if learner and not request.event:
            uow.learners.seen(learner.id, request.account, now, private=request.place is None)
        if request.place and not request.event:
            uow.places.heard_from(request.place, now, writable=request.writable)
        if learner is None and request.sender:
            locale, zone = uow.learners.preference(request.sender)
            request = replace(request, locale=locale or request.locale, zone=zone or request.zone)
        request = self._spoken.slashed(request)
        asked = resolved(_resolve(uow, request, learner), self._commands)
        ctx = Context(uow, asked, now, learner, self._catalog, self._commands, self._new_code)
        if not (request.command or request.place or request.event):
            ctx.request = self._spoken.meant(request, asked, ctx)
        ctx.request = resolved(ctx.request, self._commands)
        return ctx

    def _compose(self, uow: UnitOfWork, request: Request, now: datetime, read: Reply | None) -> Answer:
        ctx = Context(uow, request, now, _learner(uow, request), self._catalog, self._commands, self._new_code)
        command = self._commands[request.command]
        said = _fitting(uow, read or _run(ctx, command), ctx)
        follow(uow, now)
        remember_sent(uow, request, said, ctx)
        return Answer(said, ctx.locale, private=True)

    def _suggest(
        self, uow: UnitOfWork, request: Request, option: str, prefix: str, now: datetime
    ) -> list[tuple[str, str]]:
        ctx = Context(uow, request, now, _learner(uow, request), self._catalog, self._commands, self._new_code)
        found = self._commands[request.command].option(option)
        try:
            choices = found.parameter.suggest(prefix, ctx) if found else ()
        except Refusal:
            return []
        return [(ctx.say(choice.label), choice.wire) for choice in choices]


def _learner(uow: UnitOfWork, request: Request) -> Learner | None:
    return uow.learners.find(request.sender) if request.sender else None


def _resolve(uow: UnitOfWork, request: Request, learner: Learner | None) -> Request:
    """What plain words answer in place of them; a kept request in place of its number."""
    if request.command == "":
        request = answered(uow, request)
    request = _unpacked(uow, undone(uow, request), learner)
    return _unpacked(uow, named_in_form(uow, request), learner)


def _unpacked(uow: UnitOfWork, request: Request, learner: Learner | None) -> Request:
    """A kept request in place of its number; any other request as it is."""
    if request.command != KEPT or not request.pressed:
        return request
    number = request.args.get("n", "")
    known = re.fullmatch(r"[0-9]{1,9}", number)
    kept = uow.conversation.kept(int(number), learner.id if learner else None) if known else None
    command, args = (kept and read_token(kept)) or (UNKNOWN_BUTTON, {})
    return replace(request, command=command, args=args)


def _run(ctx: Context, command: Command) -> Reply:
    values = bind(command, ctx.request, ctx)
    check_something_to_say(ctx, command, values)
    return command.run(ctx, **values)


def _attempt(ctx: Context, command: Command) -> Reply:
    """The command's reply; a refusal takes back what it wrote and is a reply, too."""
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
        return _unknown(ctx.request, commands_of(ctx))


def _unknown(request: Request, commands: Mapping[str, Command]) -> Reply:
    """What may have been meant by a command that does not exist."""
    if request.pressed:
        return reply(Text("This button is from another time; {help} shows what I can do now.", help=Typed("/help")))
    known = [command.name for command in listed(commands)]
    near = get_close_matches(request.command, known, n=3, cutoff=0.6)
    rest = {REST: request.rest} if request.rest else {}
    meant = tuple(Button(Text("{command}", command=f"/{name} {request.rest}".strip()), name, rest) for name in near)
    return reply(
        Text("I do not know {command}; {help} shows what I know.", command=f"/{request.command}", help=Typed("/help")),
        buttons=(meant,),
    )


def _fitting(uow: UnitOfWork, said: Reply, ctx: Context) -> Reply:
    """The reply with buttons that fit a token: a longer request is kept in the books under a number.

    Not for somebody we do not know: nobody could delete their words, and anybody ask for them. No button then.
    """
    owner = ctx.learner.id if ctx.learner else None

    def fit(row: tuple[Button, ...]) -> Iterator[Button]:
        for button in row:
            token = write_token(button.command, button.args)
            if len(token.encode()) <= TOKEN_LIMIT:
                yield button
            elif owner is not None:
                yield replace(button, command=KEPT, args={"n": str(uow.conversation.keep(owner, token, ctx.now))})

    rows = (tuple(fit(row)) for row in said.buttons)
    return replace(said, buttons=tuple(row for row in rows if row))


def _held(uow: UnitOfWork, token: str, ctx: Context) -> str | None:
    """The token, or one under which it is kept where it is too long; None for somebody we do not know."""
    if len(token.encode()) <= TOKEN_LIMIT:
        return token
    if ctx.learner is None or ctx.forgotten:
        return None
    return write_token(KEPT, {"n": str(uow.conversation.keep(ctx.learner.id, token, ctx.now))})


def _has_file(said: Reply) -> bool:
    return any(isinstance(block, Attachment) for block in said.blocks)


def _dump(answer: Answer) -> str:
    stored = codec.dump(answer.reply) if answer.reply else None
    return json.dumps([stored, answer.locale, answer.private, answer.question])


def _load(stored: str | None, request: Request) -> Answer:
    if stored is None:
        # Handled, and its learner has asked to be forgotten since.
        return Answer(None, nearest(request.locale), private=True)
    if stored == CHANGED:
        again = Text("That has changed since; {board} shows how it stands.", board=Typed("/leaderboard"))
        return Answer(reply(again), nearest(request.locale), private=True)
    said, locale, private, *question = json.loads(stored)
    return Answer(codec.load(said) if said else None, locale, private, *question)
