"""Questions for words with more amounts, days or items than one entry has: which of them, or an entry for each."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.meaning import Meaning, meaning
from bot.dialogue.parameters import Choice, DayParameter, ItemParameter, Unclear
from bot.dialogue.parameters.carried import EntriesParameter
from bot.dialogue.parameters.duration import words_for
from bot.dialogue.questions import REST, in_rows
from bot.dialogue.reply import Bullets, Button, Expects, Reply, reply
from bot.dialogue.scanning import VERBATIM, Passage
from bot.dialogue.text import Day, Minutes, Text

_MOST = 5
"""So many entries at once, and no more."""


def ask_which(
    command: Command,
    option: Option,
    meant: Meaning,
    passages: Sequence[Passage],
    carried: Mapping[str, str],
    ctx: Context,
) -> Reply:
    """Ask which of several values is meant; the others become part of the note."""
    buttons = []
    for passage in {passage.value: passage for passage in reversed(passages)}.values():
        label = _label(option, passage.value, ctx)
        buttons.append(Button(label, command.name, {**carried, REST: _only(meant, passage, passages)}))
    without = _without(meant, passages)
    return reply(
        option.parameter.question,
        buttons=in_rows(buttons[::-1]),
        expects=Expects(command.name, option.name, {**carried, **({REST: without} if without else {})}),
    )


def ask_entries(command: Command, spent: Option, meant: Meaning, carried: Mapping[str, str], ctx: Context) -> Reply:
    """Offer an entry for each amount, each of them alone, and the first with the rest as its note."""
    passages = meant.of(spent)
    entries = [_entry(meant.text[start:end], command, ctx) for start, end in _shares(meant, passages)]
    also = next((o.name for o in command.options if isinstance(o.parameter, EntriesParameter)), None)
    buttons: list[Button] = []
    shared = _shared(entries)
    if also and shared and len(passages) <= _MOST:
        label = Text("Log both") if len(passages) == 2 else Text("Log all {n}", n=len(passages))
        buttons.append(
            Button(label, command.name, {**carried, **shared[0], also: EntriesParameter.written(shared[1:])})
        )
    alone = shared or [{spent.name: spent.parameter.wire(passage.value)} for passage in passages]
    buttons += [
        Button(_short(entry, spent, command, ctx), command.name, {**carried, **entry}) for entry in alone[:_MOST]
    ]
    first = passages[1]
    whole = Passage(min(first.start, _behind(meant, passages[0])), len(meant.text))
    buttons.append(Button(Text("It belongs to the note"), command.name, {**carried, REST: meant.noted(whole)}))
    lines = Bullets(tuple(_line(entry, command, ctx) for entry in shared)) if shared else None
    without = _without(meant, passages)
    return reply(
        Text("These are several amounts of time. Is each of them an entry of its own?"),
        *([lines] if lines else []),
        buttons=in_rows(buttons),
        expects=Expects(command.name, spent.name, {**carried, **({REST: without} if without else {})}),
    )


def _behind(meant: Meaning, first: Passage) -> int:
    """Where the words of the first amount end: after the day and the item that follow it."""
    after = [passage for passage in meant.values if passage.start >= first.end]
    end = first.end
    for passage in after:
        if passage.option == first.option:
            break
        end = passage.end
    return end


def _shares(meant: Meaning, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """Start and end of the words of each amount: those that follow it, or those before it where an item comes first."""
    first = min(meant.values, key=lambda passage: passage.start)
    if first.option and isinstance(first.option.parameter, ItemParameter):
        ends = [passage.end for passage in passages]
        return list(zip([0, *ends[:-1]], [*ends[:-1], len(meant.text)], strict=True))
    starts = [0, *(passage.start for passage in passages[1:])]
    return list(zip(starts, [*starts[1:], len(meant.text)], strict=True))


def _entry(text: str, command: Command, ctx: Context) -> dict[str, str] | None:
    """One entry's wire words; None where its words are not clear by themselves."""
    options = [option for option in command.options if option.parameter.typed and not option.parameter.greedy]
    meant = meaning(text, options, ctx)
    entry: dict[str, str] = {}
    for option in options:
        values = {passage.value for passage in meant.of(option)}
        if len(values) > 1:
            return None
        if values:
            entry[option.name] = option.parameter.wire(values.pop())
    note = next((option for option in command.options if option.parameter.typed and option.parameter.greedy), None)
    try:
        words = note.parameter.read(meant.left, ctx) if note and meant.left else None
    except Unclear:
        return None
    return {**entry, note.name: words} if note and words else entry


def _shared(entries: Sequence[dict[str, str] | None]) -> list[dict[str, str]]:
    """The entries, where all of them are clear. A day that only one of them has is the day of all."""
    clear = [entry for entry in entries if entry is not None]
    if len(clear) < len(entries):
        return []
    days = {entry["day"] for entry in clear if "day" in entry}
    return [{**entry, "day": next(iter(days))} for entry in clear] if len(days) == 1 else clear


def _line(entry: Mapping[str, str], command: Command, ctx: Context) -> Text:
    spent, day, item = (_value(entry, name, command, ctx) for name in ("spent", "day", "item"))
    shown = Day(day or ctx.today)
    if item is None:
        return Text("{time}, {day}", time=Minutes(spent), day=shown)
    return Text("{time} on “{item}”, {day}", time=Minutes(spent), item=ctx.study.title(item), day=shown)


def _short(entry: Mapping[str, str], spent: Option, command: Command, ctx: Context) -> Text:
    return Text("Only {time}", time=Minutes(_value(entry, spent.name, command, ctx)))


def _value(entry: Mapping[str, str], name: str, command: Command, ctx: Context) -> Any:
    option = command.option(name)
    return option.parameter.read(entry[name], ctx) if option and name in entry else None


def _label(option: Option, value: object, ctx: Context) -> Text:
    parameter = option.parameter
    if isinstance(parameter, ItemParameter):
        return parameter.offer(str(value), ctx).label
    if isinstance(parameter, DayParameter):
        return parameter.offer(value).label  # type: ignore[arg-type]
    return words_for(value) if isinstance(value, int) else Choice(Text("{value}", value=str(value)), "").label


def _only(meant: Meaning, kept: Passage, passages: Sequence[Passage]) -> str:
    """The words with all other values of the option marked as the note's."""
    text = meant.text
    for passage in sorted(passages, key=lambda passage: -passage.start):
        if passage.value != kept.value:
            words = text[passage.start : passage.end]
            text = f"{text[: passage.start]}{VERBATIM[0]}{words}{VERBATIM[1]}{text[passage.end :]}"
    return text


def _without(meant: Meaning, passages: Sequence[Passage]) -> str:
    text = meant.text
    for passage in sorted(passages, key=lambda passage: -passage.start):
        text = f"{text[: passage.start]} {text[passage.end :]}"
    return " ".join(text.split())
