"""What is open in a chat: the question that the next plain words answer, and the buttons that they may name."""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.parameters.base import spellings
from bot.dialogue.questions import ASKED, REST, ask
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.request import Request, read_token, write_token
from bot.dialogue.text import Text, words
from bot.dialogue.wording import Wording
from bot.ports.conversations import OpenQuestion
from bot.ports.unit_of_work import UnitOfWork

# note: what may be typed instead of pressing the button that says yes
_YES = Text("yes, y, yep, yeah, ok, okay, sure")
# note: what may be typed instead of pressing the button that says no
_NO = Text("no, n, nope, no thanks")
_SPOKEN = {"yes": _YES, "no": _NO, "undo": Text("undo, take it back")}
NOTHING: Mapping[str, str] = MappingProxyType({})
_FROM = "@"
"""With a question asked in private: the place in which it was brought up."""
_ROW = 5
"""Buttons in a row, where they are short."""


def answered(uow: UnitOfWork, request: Request) -> Request:
    """Plain words as the request they make: the button of the last message that they name, or the answer to the open
    question.

    In a group only the buttons of a question asked there count: other words are people talking to each other.
    """
    asked, offered = uow.conversation.open_question(request.account, request.place) or (None, None)
    named = _named(request.rest, _stored(offered))
    if named:
        return replace(request, command=named[0], args=named[1], rest="", pressed=True)
    question = _read(asked)
    if question is None and request.place:
        private = _read((uow.conversation.open_question(request.account, None) or (None,))[0])
        question = private if private and private[1].get(_FROM) == request.place.external_id else None
    if question is None:
        return request
    return replace(request, command=question[0], args=_without_place(question[1]))


def named_in_form(uow: UnitOfWork, request: Request) -> Request:
    """What was typed into a question's form as the button of that question that it names; as it is where it names none.

    A form's answer comes with its question. Where another question was asked since, its buttons are not meant.
    """
    if ASKED not in request.args or not request.rest:
        return request
    for place in dict.fromkeys((request.place, None)):
        asked, offered = uow.conversation.open_question(request.account, place) or (None, None)
        question = _read(asked)
        if question and (question[0], _without_place(question[1])) == (request.command, _without_place(request.args)):
            named = _named(request.rest, _stored(offered))
            return replace(request, command=named[0], args=named[1], rest="", pressed=True) if named else request
    return request


def undone(uow: UnitOfWork, request: Request) -> Request:
    """A typed /undo as the button of the last message in private that undoes what it says; as it is without one."""
    if request.command != "undo" or request.pressed or request.rest or request.args or request.place:
        return request
    _, offered = uow.conversation.open_question(request.account, None) or (None, None)
    named = _named("Undo", _stored(offered))
    if named is None or named[0] == "undo":  # an entry: /undo after /undo goes further back
        return request
    return replace(request, command=named[0], args=named[1], pressed=True)


def _without_place(args: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in args.items() if name != _FROM}


def _read(asked: str | None) -> tuple[str, dict[str, str]] | None:
    return read_token(asked) if asked else None


def remember(uow: UnitOfWork, request: Request, sent: Reply, ctx: Context, *, private: bool) -> None:
    """Keep what a reply leaves open, in place of what was open before. What is asked in private is answered there, or
    in the place where it was brought up."""
    where = {_FROM: request.place.external_id} if private and request.place else {}
    asked = question_of(sent, where)
    offered = _offered(sent, ctx) if sent.buttons and (private or asked) and not ctx.forgotten else None
    uow.conversation.set_question(request.account, None if private else request.place, asked, offered)


def left_open(request: Request, sent: Reply, ctx: Context) -> OpenQuestion | None:
    """What a message of the schedule leaves open in private: its buttons, and its question in place of the one before,
    if it asks one."""
    if request.place or not sent.buttons:
        return None
    return OpenQuestion(question_of(sent), _offered(sent, ctx))


def question_of(sent: Reply, more: Mapping[str, str] = NOTHING) -> str | None:
    """The open question a reply leaves behind, as a token of any length; `more` is kept with it."""
    expects = sent.expects
    return write_token(expects.command, {**expects.args, ASKED: expects.parameter, **more}) if expects else None


def asked_again(ctx: Context, command: Command, refusal: Refusal, values: Mapping[str, Any]) -> Reply:
    """A refusal as a reply. Where another value of one option would do, it is asked for at once, with its buttons."""
    answer = ctx.request.args.get(ASKED)
    option = command.option(refusal.option or answer or "") or _first_required(command, ctx.request, values)
    plain = reply(*refusal.lines, buttons=refusal.buttons, anew=True)
    if refusal.final or option is None or not option.parameter.typed or option.parameter.attached:
        return plain
    # What was typed into one option's field and read as another's value is asked for anew, not kept where it was typed.
    kept = {name: wire for name, wire in ctx.request.args.items() if not values or name in values}
    given = {name: wire for name, wire in kept.items() if name not in {ASKED, REST, option.name}}
    for name, value in values.items():
        other = command.option(name)
        if other and other is not option and not other.parameter.attached:
            given[name] = other.parameter.wire(value)
    with suppress(Refusal):
        question = ask(command, option, given, ctx)
        offers = _offered_before(ctx, option) if answer == option.name else ()
        return replace(
            question,
            blocks=(*plain.blocks, *question.blocks),
            buttons=(*plain.buttons, *_others(_rows(offers) or question.buttons, plain)),
        )
    return plain


def _first_required(command: Command, request: Request, values: Mapping[str, Any]) -> Option | None:
    """The option that was most likely typed, where the refusal came while words were read."""
    if request.pressed or values or not (request.rest or request.args):
        return None
    return next((option for option in command.options if option.required), None)


def _offered_before(ctx: Context, option: Option) -> Sequence[Button]:
    """The buttons with which the question that is being answered was asked."""
    place = ctx.request.place
    open_ = ctx.uow.conversation.open_question(ctx.request.account, place) or (None, None)
    known = [(read_token(token), labels[0]) for token, *labels in _stored(open_[1])]
    return [Button(words(label), *token) for token, label in known if token and option.name in token[1]]


def _others(rows: tuple[tuple[Button, ...], ...], sent: Reply) -> Iterator[tuple[Button, ...]]:
    """The buttons that do what none of the reply's own does."""
    own = [(button.command, dict(button.args)) for row in sent.buttons for button in row]
    for row in rows:
        rest = tuple(button for button in row if (button.command, dict(button.args)) not in own)
        if rest:
            yield rest


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    size = 2 if len(buttons) > _ROW else _ROW
    return tuple(tuple(buttons[n : n + size]) for n in range(0, len(buttons), size))


def _offered(sent: Reply, ctx: Context) -> str:
    """The buttons of a reply as (token, names): the label in the learner's language and in English, and yes or no."""
    kept = []
    for button in (button for row in sent.buttons for button in row):
        names = [ctx.say(button.label), Wording().say(button.label)]
        if button.answers:
            names += spellings(_SPOKEN[button.answers], ctx.locale)
        kept.append([write_token(button.command, button.args), *dict.fromkeys(names)])
    return json.dumps(kept, ensure_ascii=False)


def _stored(offered: str | None) -> list[list[str]]:
    buttons: list[list[str]] = json.loads(offered) if offered else []
    return buttons


def _named(typed: str, offered: list[list[str]]) -> tuple[str, dict[str, str]] | None:
    """The one button whose label was typed; the words before a comma are enough."""
    wanted = _plain(typed)
    if not wanted:
        return None
    whole = {token for token, *names in offered if wanted in map(_plain, names)}
    begun = {token for token, *names in offered if wanted in {_plain(name.partition(",")[0]) for name in names}}
    tokens = whole or begun
    return read_token(tokens.pop()) if len(tokens) == 1 else None


def _plain(text: str) -> str:
    """Small letters and digits with single blanks: neither marks around the words nor emoji count."""
    kept = (c if c.isalnum() or c in ":.,%/" else " " for c in unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(kept).split()).strip(" .,:")
