"""Reads values that may come anywhere in the typed words. What is left is the note, once it is clear that no amount,
time, day or item is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.calendar import DAY
from bot.dialogue import leftovers, several
from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.meaning import Meaning, belongs_to_note, meaning
from bot.dialogue.parameters import DayParameter, DurationParameter, Unclear
from bot.dialogue.parameters.duration import Spent, check
from bot.dialogue.plain import plain
from bot.dialogue.questions import ASKED, REST, Asked, ask, in_rows, not_understood
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, reply
from bot.dialogue.scanning import VERBATIM, Passage
from bot.dialogue.text import Text, Typed


@dataclass(frozen=True)
class Words:
    """The words to read: `typed` now, with all that was kept from earlier answers in `rest`; `asked` names the option
    whose question they answer."""

    command: Command
    typed: str
    rest: str
    asked: str | None
    ctx: Context

    @property
    def all(self) -> str:
        """The words to be read; an answer to a question for free words is marked as the note, whatever it holds."""
        option = self.command.option(self.asked) if self.asked and self.typed else None
        if option is None or not option.parameter.greedy:
            return self.rest
        return f"{VERBATIM[0]}{self.typed}{VERBATIM[1]}{self.rest.removeprefix(self.typed)}"

    @property
    def options(self) -> list[Option]:
        """The options that people may type and that are not free words."""
        return [option for option in self.command.options if option.parameter.typed and not option.parameter.greedy]


def read(words: Words, values: dict[str, Any], given: Mapping[str, str]) -> dict[str, Any]:
    """The values of all options, with those in `values` that came apart from the words. Raises `Asked` and `Refusal` as
    `bind`."""
    command, ctx = words.command, words.ctx
    _check_answer(words)
    carried = {name: wire for name, wire in given.items() if not _option(command, name).parameter.typed}
    fields = [_field(_option(command, name), values[name]) for name in given if name not in carried]
    text = " ".join(" ".join([*fields, words.all]).split())
    meant = meaning(text, words.options, ctx)
    kept = {**carried, REST: text}
    _ask_unclear(command, meant, carried, ctx)
    for option in words.options:
        passages = meant.of(option)
        if isinstance(option.parameter, DurationParameter):
            if len(passages) > 1:
                raise Asked(several.ask_entries(command, option, meant, carried, ctx))
            _check_amount(command, option, meant, passages, carried, ctx)
        if len({passage.value for passage in passages}) > 1:
            raise Asked(several.ask_which(command, option, meant, passages, carried, ctx))
        if passages:
            values[option.name] = passages[0].value
    leftovers.check(command, meant, carried)
    note = _note(command, meant, carried, ctx)
    values |= note
    _begun_yesterday(words.options, meant, values, ctx)
    for option in command.options:
        if option.required and option.name not in values:
            raise Asked(ask(command, option, kept, ctx))
    return values


def finds(command: Command, option: Option, words: str, ctx: Context) -> bool:
    """Whether the words hold anything for the option, clear or not."""
    meant = meaning(words, Words(command, "", words, None, ctx).options, ctx)
    return any(passage.option == option for passage in (*meant.values, *meant.unclear))


def tells(command: Command, option: Option, words: str, ctx: Context) -> bool:
    """Whether the words hold anything for the option, or anything for another one except a number without a unit."""
    meant = meaning(words, Words(command, "", words, None, ctx).options, ctx)
    every = (*meant.values, *meant.unclear)
    return any(h.option == option or not (isinstance(h.reading, Spent) and h.reading.bare) for h in every)


def _option(command: Command, name: str) -> Option:
    option = command.option(name)
    assert option is not None  # noqa: S101 - it was read from this command's options
    return option


def _field(option: Option, value: Any) -> str:
    """A value from an option's own field, as words that are read as just that value."""
    wire = option.parameter.wire(value)
    return f"{VERBATIM[0]}{wire}{VERBATIM[1]}" if option.parameter.greedy else wire


def _check_answer(words: Words) -> None:
    """Ask the question again where what was typed in answer to it holds no answer."""
    option = words.command.option(words.asked) if words.asked and words.typed else None
    if option is None or option.parameter.greedy or not option.parameter.typed:
        return
    if finds(words.command, option, words.typed, words.ctx) or meaning(words.typed, words.options, words.ctx).unclear:
        return
    kept = {name: wire for name, wire in words.ctx.request.args.items() if name != ASKED}
    raise Asked(ask(words.command, option, kept, words.ctx, not_understood(words.typed, option)))


def _ask_unclear(command: Command, meant: Meaning, carried: Mapping[str, str], ctx: Context) -> None:
    """Ask about the first passage that has several readings, or none; each answer takes its place in the words."""
    for passage in meant.unclear:
        option, reading = passage.option, passage.reading
        if option is None or reading is None:
            continue
        offers = [
            (choice.label, meant.with_(passage, choice.wire))
            for choice in (reading.choices or option.parameter.choices(ctx))[:8]
        ]
        without = meant.with_(passage, "")
        if isinstance(reading, Spent) and reading.clock:
            if meant.of(option):
                continue
            # The time of day is not lost: it is in the note, unless it turns out to be the amount.
            without = meant.noted(passage)
            own = len(reading.choices) - len(option.parameter.choices(ctx))
            offers = [
                (choice.label, meant.with_(passage, choice.wire) if n < own else f"{choice.wire} {without}")
                for n, choice in enumerate(reading.choices[:8])
            ]
        elif meant.may_be_note(passage):
            offers.append((belongs_to_note(option), meant.noted(passage)))
        buttons = [Button(label, command.name, {**carried, REST: text}) for label, text in offers]
        problem = _as_typed(reading.problem or option.parameter.question, meant.text[passage.start : passage.end])
        expects = Expects(command.name, option.name, {**carried, **({REST: without} if without else {})})
        raise Asked(reply(problem, buttons=in_rows(buttons), expects=expects))


def _as_typed(problem: Text, passage: str) -> Text:
    """The question with the learner's own words in it, and not with those for reading."""
    if problem.plural is not None:
        return problem
    values = {name: passage if value == plain(passage) else value for name, value in problem.values.items()}
    return Text(problem.message, **values)


def _check_amount(
    command: Command, option: Option, meant: Meaning, passages: list[Passage], carried: Mapping[str, str], ctx: Context
) -> None:
    """Ask for another amount where no entry can have this one; the rest of the words is kept."""
    for passage in passages:
        try:
            check(passage.value)
        except Refusal as refusal:
            without = meant.with_(passage, "")
            kept = {**carried, **({REST: without} if without else {})}
            offers = [
                Button(choice.label, command.name, {**kept, option.name: choice.wire})
                for choice in option.parameter.choices(ctx)
            ]
            expects = Expects(command.name, option.name, kept)
            lines = (*refusal.lines, option.parameter.question)
            raise Asked(reply(*lines, buttons=in_rows(offers), expects=expects, anew=True)) from None


def _note(command: Command, meant: Meaning, carried: Mapping[str, str], ctx: Context) -> dict[str, str]:
    """What is left, as the value of the option for free words."""
    left = meant.left
    if not left:
        return {}
    given = {
        option.name: option.parameter.wire(passage.value) for option in command.options for passage in meant.of(option)
    }
    option = next((option for option in command.options if option.parameter.typed and option.parameter.greedy), None)
    if option is None:
        raise Refusal(
            Text("I did not understand “{words}”.", words=left),
            Text("Type it like this: {usage}", usage=Typed(command.usage)),
            buttons=(Button(Text("Go on without it"), command.name, {**carried, **given}),),
        )
    try:
        value = option.parameter.read(left, ctx)
    except Unclear as unclear:
        raise Asked(ask(command, option, {**carried, **given}, ctx, unclear.problem, unclear.choices)) from None
    return {option.name: value} if value else {}


def _begun_yesterday(options: list[Option], meant: Meaning, values: dict[str, Any], ctx: Context) -> None:
    """Hours over midnight count for the day they began: yesterday, where that time of today has not come yet."""
    day = next((option for option in options if isinstance(option.parameter, DayParameter)), None)
    begins = next((h.reading.begins for h in meant.values if isinstance(h.reading, Spent) and h.reading.begins), None)
    if day is None or begins is None or day.name in values:
        return
    local = ctx.now.astimezone(ctx.zone)
    if local.hour * 60 + local.minute < begins:
        values[day.name] = ctx.today - DAY
