"""Commands without their slash, in private chats and in answer to the bot: “today”, “log 1h calculus”, “hilfe”."""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue.binding import bind
from bot.dialogue.command import Command, typable
from bot.dialogue.context import Context
from bot.dialogue.offering import offer
from bot.dialogue.parameters import DurationParameter, Phrases, Unclear, every_spelling, plain, strip_filler, visible
from bot.dialogue.parameters.lasting import LastingParameter
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.questions import ASKED, Asked
from bot.dialogue.refusal import Refusal
from bot.dialogue.request import Request, write_token
from bot.dialogue.sentences import clauses, means
from bot.dialogue.studied import Told, doubts, told
from bot.dialogue.subcommands import resolved as with_sub

WHICH_MEANT = "whichmeant"
"""The command that asks whether words answer a question for free words, or mean the command in `AS_COMMAND`."""
QUESTION = "question"
"""The argument with that question, as a token."""
AS_COMMAND = "as"
"""The argument with the command that words may mean."""
BEHIND = "behind"
"""The argument with the words behind the name of that command."""
_SIGNS = " \t\n.,;:!?…"


class Spoken:
    """The words that call commands: their names, and their other words in every language."""

    def __init__(self, commands: Mapping[str, Command]) -> None:
        names = {command.name: command.name for command in typable(commands)}
        words = {
            plain(word): name
            for name in names
            if (text := commands[name].spoken) is not None
            for word in every_spelling(text)
        }
        self._commands = commands
        self._phrases = Phrases(words | names)

    def slashed(self, typed: Request) -> Request:
        """A request in private with another language's word behind a slash, such as /heute, as that command's request;
        any other as it is."""
        if typed.place or typed.event or typed.pressed or typed.command in {"", *self._commands}:
            return typed
        words = visible(f"{typed.command} {typed.rest}").strip()
        called = self._phrases.at(plain(words))
        whole = called is not None and called[1] >= len(typed.command)
        return replace(typed, command=called[0], rest=words[called[1] :].strip()) if called and whole else typed

    def named(self, typed: str) -> tuple[Command, str] | None:
        """The command or sub-command that stands at the head of the words, in any language, and the rest of them."""
        typed = visible(typed).strip().lstrip("/")
        match = self._phrases.at(plain(typed))
        if match is None:
            return None
        command, rest = self._commands[match[0]], typed[match[1] :].strip()
        parameter = command.which.parameter if command.subs else None
        sub = parameter.named(rest) if isinstance(parameter, SubcommandParameter) else None
        return (command.subs[sub[0]], sub[1]) if sub else (command, rest)

    def meant(self, typed: Request, resolved: Request, ctx: Context) -> Request:
        """The request for the command that plain words name; else `resolved`, which may answer an open question.

        A command's word alone beats a question that cannot read it; with more words behind it, it must be one that
        makes sense of them. A question for free words gets everything but that, and what surely tells of study: it is
        asked whether they are the answer.
        """
        if unsure := self._unsure(typed, resolved, ctx):
            return unsure
        words = visible(typed.rest).strip(_SIGNS)
        called = self._phrases.at(plain(words))
        if called is None:
            return self._sentence(typed, resolved, ctx)
        command, rest = self._commands[called[0]], words[called[1] :].strip(_SIGNS)
        as_command = with_sub(replace(typed, command=command.name, rest=rest), self._commands)
        asking = resolved.command.partition(".")[0] == command.name and ASKED in resolved.args
        if rest and asking and as_command.command in {command.name, resolved.command}:
            return replace(resolved, rest=as_command.rest)  # “log 45m”, where /log has asked how long
        command = self._commands[as_command.command]
        if resolved.command and _answers(self._commands.get(resolved.command), resolved, ctx, alone=not rest):
            return resolved
        if rest and not command.parent and _takes_study_for_words(command, as_command, ctx) and self._tells(typed, ctx):
            return replace(typed, args={AS_COMMAND: command.name, BEHIND: rest})
        if not rest or command.any_order or _makes_sense(command, as_command, ctx):
            return replace(as_command, spoken=True)
        return self._sentence(typed, resolved, ctx)

    def _unsure(self, typed: Request, resolved: Request, ctx: Context) -> Request | None:
        """The request to ask whether words are the answer to an open question for free words, or mean a command."""
        question = self._commands.get(resolved.command)
        option = question.option(resolved.args.get(ASKED, "")) if question else None
        if question is None or option is None or not option.parameter.greedy or question.any_order or not ctx.learner:
            return None
        words = visible(typed.rest).strip(_SIGNS)
        called = self._phrases.at(plain(words))
        tells = self._tells(typed, ctx)
        if called and called[1] >= len(words) and called[0] != question.name.partition(".")[0]:
            meant = {AS_COMMAND: called[0]}
        elif tells and tells.sure:
            meant = {AS_COMMAND: "log", BEHIND: tells.words}
        else:
            return None
        asked = write_token(resolved.command, resolved.args)
        return replace(typed, command=WHICH_MEANT, args={ASKED: "said", QUESTION: asked, **meant})

    def _tells(self, typed: Request, ctx: Context) -> Told | None:
        logs = next((known for known in self._commands.values() if known.sentences and known.sentences.study), None)
        return self._told(typed, logs, ctx) if logs and ctx.learner else None

    def _sentence(self, typed: Request, resolved: Request, ctx: Context) -> Request:
        """The request for the command that a whole sentence means beyond doubt; else `resolved`.

        Where a question is open the sentence must be none of its answers, and study time answers that of /log.
        """
        if ctx.learner is None or (
            resolved.command and _answers(self._commands.get(resolved.command), resolved, ctx, alone=True)
        ):
            return resolved
        logs = next(
            (command for command in self._commands.values() if command.sentences and command.sentences.study), None
        )
        tells = self._told(typed, logs, ctx) if logs and resolved.command != logs.name else None
        if logs and tells and tells.sure:
            return replace(typed, command=logs.name, rest=tells.words)
        command = self._meant_by(typed.rest) or (None if tells else self._meant_in(typed.rest))
        if command:
            return typed if command.hidden else replace(typed, command=command.name, rest="")
        return typed if offer(typed.rest, ctx) else resolved

    def _meant_by(self, typed: str) -> Command | None:
        """The command that the whole of the words means."""
        for command in self._commands.values():
            meant = command.sentences
            if meant and not meant.offer and means(typed, meant, slips=command.reads or command.hidden):
                return command
        return None

    def _meant_in(self, typed: str) -> Command | None:
        """The command that one of several clauses means: the one that writes, if one does and no clause may doubt it;
        else the first that reads."""
        meant = {clause: self._meant_by(clause) for clause in clauses(typed)}
        asked = [command for command in meant.values() if command and not command.hidden]
        writing = {command.name: command for command in asked if not command.reads}
        if not writing:
            return next(iter(asked), None)
        doubtful = any(doubts(clause) for clause, command in meant.items() if command is None)
        return None if doubtful or len(writing) > 1 else next(iter(writing.values()))

    def _told(self, typed: Request, logs: Command, ctx: Context) -> Told | None:
        try:
            return told(typed.rest, logs, ctx)
        except Refusal:  # there is no roadmap to read it with
            return None


def _answers(command: Command | None, asked: Request, ctx: Context, *, alone: bool) -> bool:
    """Whether the words answer the question that is open."""
    option = command.option(asked.args.get(ASKED, "")) if command else None
    if option is None or option.parameter.greedy:
        return True
    try:
        return option.parameter.take(strip_filler(visible(asked.rest).strip(_SIGNS), ctx.locale), ctx) is not None
    except Unclear:
        return not alone
    except Refusal:
        return True


def _takes_study_for_words(command: Command, request: Request, ctx: Context) -> bool:
    """Whether a command reads nothing but free words and amounts of time in the words: “session done 1h”."""
    free = {option.name for option in command.options if option.parameter.greedy}
    amounts = {o.name for o in command.options if isinstance(o.parameter, (DurationParameter, LastingParameter))}
    try:
        values = bind(command, request, replace(ctx, request=request))
    except (Asked, Refusal):
        return False
    return bool(values.keys() & free) and values.keys() <= free | amounts and not any(c in request.rest for c in '"“„«')


def _makes_sense(command: Command, request: Request, ctx: Context) -> bool:
    try:
        bind(command, request, replace(ctx, request=request))
    except (Asked, Refusal):
        return False
    return True
