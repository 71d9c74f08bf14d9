"""Handles requests: finds the command, runs it in one transaction, and makes an answer of its reply."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from bot.core.code import new_code
from bot.core.learner import Learner
from bot.core.site import Site
from bot.dialogue import answer as answers
from bot.dialogue.all_commands import by_name
from bot.dialogue.answer import Answer
from bot.dialogue.apology import sorry
from bot.dialogue.cleaning import clean
from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.kept_requests import fit_buttons, fit_token, unpacked
from bot.dialogue.open_questions import (
    answered,
    left_open,
    named_in_form,
    question_of,
    remember,
    undone,
)
from bot.dialogue.platform_words import PlatformWords
from bot.dialogue.questions import ASKED
from bot.dialogue.refusal import RankUnknown, Refusal
from bot.dialogue.reply import Reply
from bot.dialogue.request import Request
from bot.dialogue.running import attempt, run, unknown
from bot.dialogue.spoken import Spoken
from bot.dialogue.subcommands import resolved
from bot.dialogue.wording import nearest
from bot.ports.conversations import OpenQuestion
from bot.ports.database import Database, DatabaseTrouble, ReadOnly, Unconfirmed
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.consequences import follow
from bot.usecases.roadmap_catalog import RoadmapCatalog

log = logging.getLogger(__name__)

T = TypeVar("T")

PLAIN_WORDS = "words"
"""The command that answers plain words which answer no question."""
AFRESH = ""
"""Stored in place of an answer that has a file or a secret or names other people: it is made anew should its request
come again. A copy of one export would be in the next, and who is deleted in what others were told."""


class Dispatcher:
    """Answers requests. Safe to call for different learners at once."""

    def __init__(
        self,
        database: Database,
        commands: tuple[Command, ...],
        catalog: RoadmapCatalog,
        new_code: Callable[[], str] = new_code,
        site: Site | None = None,
        platform_words: Mapping[str, PlatformWords] | None = None,
    ) -> None:
        self._database = database
        self._commands = by_name(commands, web=site is not None)
        self._spoken = Spoken(self._commands)
        self._catalog = catalog
        self._new_code = new_code
        self._site = site
        self._platform_words = platform_words or {}
        self.caches: list[Callable[[], None]] = []
        """Called when somebody was deleted: each drops what this process has kept that may show them."""

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

        Never raises for what a learner typed or for a failing database: both get an answer that says so. Raises
        `RankUnknown` where the command must know first whether the sender is an organiser.
        """
        request = clean(request)
        reply = None
        try:
            if self._reads(request):
                reply, looked_up = await self._database.read(lambda uow: self._look(uow, request, now))
                if looked_up:
                    return looked_up
            answer = await self._database.run(lambda uow: self._answer(uow, request, now, reply))
            for drop in self.caches if answer.forgets else ():
                drop()
            return answer
        except RankUnknown:
            raise
        except (DatabaseTrouble, Unconfirmed) as trouble:
            log.error("the database is in trouble: %s", trouble, extra={"command": request.command})
            return Answer(sorry(request, trouble), nearest(request.locale), private=True)
        except Exception:
            log.exception("request failed", extra={"command": request.command})
            return Answer(sorry(request), nearest(request.locale), private=True)

    async def compose(self, request: Request, now: datetime) -> Answer:
        """What is to be shown in a place, composed from what is stored now. Raises `NothingToSend` where there is
        nothing left to say."""
        try:
            return (await self._database.read(lambda uow: self.composed(uow, request, now)))[0]
        except ReadOnly:
            return (await self._database.run(lambda uow: self.composed(uow, request, now)))[0]

    def composed(self, uow: UnitOfWork, request: Request, now: datetime) -> tuple[Answer, OpenQuestion | None]:
        """A scheduled message, composed from what is stored now, and what it leaves open in private once it has
        arrived.

        Raises `NothingToSend` where there is nothing left to say, and `ReadOnly` where something must be written for it
        and `uow` only reads.
        """
        request = resolved(clean(request), self._commands)
        ctx = self._context(uow, request, now, _learner(uow, request))
        reply = fit_buttons(uow, run(ctx, self._commands[request.command]), ctx)
        follow(uow, ctx.study_now, now)
        return Answer(reply, ctx.locale, private=True), left_open(request, reply, ctx)

    async def look(
        self, find: Callable[[UnitOfWork], Request | None], show: Callable[[Context], T], now: datetime
    ) -> T | None:
        """What `show` makes of the context of the request that `find` makes, on a connection that only reads; None
        where it makes none. Who may see it is for `find` to decide."""

        def work(uow: UnitOfWork) -> T | None:
            request = find(uow)
            return show(self._sender(uow, request, now)) if request else None

        return await self._database.read(work)

    async def suggest(self, request: Request, option: str, prefix: str, now: datetime) -> list[tuple[str, str]]:
        """Completions for one option of the request's command: (label, wire word) pairs."""
        request = resolved(clean(request), self._commands)
        return await self._database.read(lambda uow: self._suggest(uow, request, option, prefix, now))

    def _reads(self, request: Request) -> bool:
        """Whether a request only reads. An answer to a question is looked up first, and that is known only then."""
        command = self.command_of(request)
        return command is not None and command.reads and ASKED not in request.args

    def _look(self, uow: UnitOfWork, request: Request, now: datetime) -> tuple[Reply, Answer | None]:
        """The reply of a command that only reads, and the answer; None in its place where something must be written for
        it, such as the question it leaves open.

        Nothing is stored of such a request. Should it come again, it is answered with what is true then.
        """
        ctx = self._sender(uow, request, now)
        ctx.request = resolved(ctx.request, self._commands)
        command = self._commands[ctx.request.command]
        reply = attempt(ctx, command)
        try:
            self._note_sender(ctx)
            return reply, self._finished(ctx, command, reply)
        except ReadOnly:
            return reply, None

    def _answer(self, uow: UnitOfWork, request: Request, now: datetime, read: Reply | None = None) -> Answer:
        """The answer to a request, or the stored one where it was answered before. `read` is its reply where it only
        reads."""
        if read:
            ctx = self._sender(uow, request, now)
            self._note_sender(ctx)
            ctx.request = resolved(ctx.request, self._commands)
            return self._finished(ctx, self._commands[ctx.request.command], read)
        if not uow.requests.open(request.id, now):
            stored = uow.requests.answer(request.id)
            if stored != AFRESH:
                return answers.load(stored, request)
        uow.groups.named.clear()
        ctx = self._heard(uow, request, now)
        request = ctx.request
        command = self._command(request)
        if request.place and not request.pressed and (command is None or not request.command):
            # Other bots' commands and people talking to each other: not for us.
            answer = Answer(None, ctx.locale, private=False)
        else:
            reply = attempt(ctx, command) if command else unknown(request, self._commands)
            ctx.keep_study()
            answer = self._finished(ctx, command, reply)
        if ctx.names_others or ctx.shows_secret or answer.has_file:
            uow.requests.close(request.id, None, AFRESH)
        else:
            uow.requests.close(request.id, None if ctx.forgotten else request.sender, answers.dump(answer))
            uow.requests.record_named_groups(request.id, uow.groups.named)
        return replace(answer, forgets=ctx.forgotten)

    def _command(self, request: Request) -> Command | None:
        """The command to run for a request; None where there is none that may be asked for in this way."""
        command = self._commands.get(request.command or PLAIN_WORDS)
        allowed_hidden = request.pressed or request.event or ASKED in request.args
        if command and command.hidden and request.command and not allowed_hidden:
            command = None
        if command and (command.event != request.event or command.scheduled):
            command = None
        if request.event and command is None:
            raise LookupError(f"no command for the event {request.command}")
        return command

    def _finished(self, ctx: Context, command: Command | None, reply: Reply) -> Answer:
        """The answer that a reply makes. Stores what it leaves open, and applies the effects of what was written."""
        uow = ctx.uow
        reply = fit_buttons(uow, reply, ctx)
        private = command.private if command else True
        follow(uow, ctx.study_now, ctx.now)
        asked = question_of(reply)
        answer = Answer(
            reply if reply.blocks else None, ctx.locale, private, fit_token(uow, asked, ctx) if asked else None
        )
        if not (ctx.request.event or answers.has_file(reply)):
            remember(uow, ctx.request, reply, ctx, private=private)
        return answer

    def _sender(self, uow: UnitOfWork, request: Request, now: datetime) -> Context:
        """The context of a request, with who sent it and the language they chose."""
        learner = _learner(uow, request)
        if learner is None and request.sender:
            locale, zone = uow.learners.preference(request.sender)
            request = replace(request, locale=locale or request.locale, zone=zone or request.zone)
        return self._context(uow, request, now, learner)

    def _context(self, uow: UnitOfWork, request: Request, now: datetime, learner: Learner | None) -> Context:
        return Context(
            uow,
            request,
            now,
            learner,
            self._catalog,
            self._commands,
            self._new_code,
            site=self._site,
            platform_words=self._platform_words,
        )

    def _note_sender(self, ctx: Context) -> None:
        """Note that somebody wrote, and where."""
        request = ctx.request
        if ctx.learner and not request.event:
            ctx.uow.learners.mark_seen(ctx.learner.id, request.account, ctx.now, private=request.place is None)
        if request.place and not request.event:
            ctx.uow.places.mark_active(request.place, ctx.now, writable=request.writable)

    def _heard(self, uow: UnitOfWork, request: Request, now: datetime) -> Context:
        """The context of a request: who sent it, and what their words mean. Notes that they were here."""
        ctx = self._sender(uow, request, now)
        self._note_sender(ctx)
        request = self._spoken.slashed(ctx.request)
        asked = resolved(_resolve(uow, request, ctx.learner), self._commands)
        ctx.request = asked
        if not (request.command or request.event) and (request.to_bot or not request.place):
            meant = self._spoken.meant(request, asked, ctx)
            ctx.request = unpacked(uow, undone(uow, meant), ctx.learner)
        ctx.request = resolved(ctx.request, self._commands)
        return ctx

    def _suggest(
        self, uow: UnitOfWork, request: Request, option: str, prefix: str, now: datetime
    ) -> list[tuple[str, str]]:
        ctx = self._context(uow, request, now, _learner(uow, request))
        option_asked = self._commands[request.command].option(option)
        try:
            choices = option_asked.parameter.suggest(prefix, ctx) if option_asked else ()
        except Refusal:
            return []
        return [(ctx.say(choice.label), choice.wire) for choice in choices]


def _learner(uow: UnitOfWork, request: Request) -> Learner | None:
    return uow.learners.find(request.sender) if request.sender else None


def _resolve(uow: UnitOfWork, request: Request, learner: Learner | None) -> Request:
    """The request that plain words make; a stored request in place of its number."""
    if request.command == "":
        request = answered(uow, request)
    request = unpacked(uow, undone(uow, request), learner)
    return unpacked(uow, named_in_form(uow, request), learner)
