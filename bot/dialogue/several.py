"""More amounts, days or items than one entry has: which, or an entry for each."""

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
from bot.dialogue.scanning import VERBATIM, Found
from bot.dialogue.text import Day, Minutes, Text

_MOST = 5
"""So many entries at once, and no more."""


def ask_which(
    command: Command, option: Option, found: Meaning, mine: Sequence[Found], carried: Mapping[str, str], ctx: Context
) -> Reply:
    """Ask which of several values is meant; the others go to the note."""
    buttons = []
    for here in {here.value: here for here in reversed(mine)}.values():
        label = _label(option, here.value, ctx)
        buttons.append(Button(label, command.name, {**carried, REST: _only(found, here, mine)}))
    without = _without(found, mine)
    return reply(
        option.parameter.question,
        buttons=in_rows(buttons[::-1]),
        expects=Expects(command.name, option.name, {**carried, **({REST: without} if without else {})}),
        replaces=ctx.request.pressed,
    )


def ask_entries(command: Command, spent: Option, found: Meaning, carried: Mapping[str, str], ctx: Context) -> Reply:
    """Offer an entry for each amount, each of them alone, and the first with the rest as its note."""
    mine = found.of(spent)
    entries = [_entry(found.text[start:end], command, ctx) for start, end in _shares(found, mine)]
    also = next((o.name for o in command.options if isinstance(o.parameter, EntriesParameter)), None)
    buttons: list[Button] = []
    shared = _shared(entries)
    if also and shared and len(mine) <= _MOST:
        label = Text("Log both") if len(mine) == 2 else Text("Log all {n}", n=len(mine))
        buttons.append(
            Button(label, command.name, {**carried, **shared[0], also: EntriesParameter.written(shared[1:])})
        )
    alone = shared or [{spent.name: spent.parameter.wire(here.value)} for here in mine]
    buttons += [
        Button(_short(entry, spent, command, ctx), command.name, {**carried, **entry}) for entry in alone[:_MOST]
    ]
    first = mine[1]
    whole = Found(min(first.start, _behind(found, mine[0])), len(found.text))
    buttons.append(Button(Text("It belongs to the note"), command.name, {**carried, REST: found.noted(whole)}))
    lines = Bullets(tuple(_line(entry, command, ctx) for entry in shared)) if shared else None
    without = _without(found, mine)
    return reply(
        Text("These are several amounts of time. Is each of them an entry of its own?"),
        *([lines] if lines else []),
        buttons=in_rows(buttons),
        expects=Expects(command.name, spent.name, {**carried, **({REST: without} if without else {})}),
        replaces=ctx.request.pressed,
    )


def _behind(found: Meaning, first: Found) -> int:
    """Where the words of the first amount end: behind the day and the item that follow it."""
    after = [here for here in found.values if here.start >= first.end]
    end = first.end
    for here in after:
        if here.option == first.option:
            break
        end = here.end
    return end


def _shares(found: Meaning, mine: Sequence[Found]) -> list[tuple[int, int]]:
    """The words of each amount: those that follow it, or those before it where an item stands before the first."""
    first = min(found.values, key=lambda here: here.start)
    if first.option and isinstance(first.option.parameter, ItemParameter):
        ends = [here.end for here in mine]
        return list(zip([0, *ends[:-1]], [*ends[:-1], len(found.text)], strict=True))
    starts = [0, *(here.start for here in mine[1:])]
    return list(zip(starts, [*starts[1:], len(found.text)], strict=True))


def _entry(text: str, command: Command, ctx: Context) -> dict[str, str] | None:
    """One entry's wire words; None where its words are not clear by themselves."""
    options = [option for option in command.options if option.parameter.typed and not option.parameter.greedy]
    found = meaning(text, options, ctx)
    entry: dict[str, str] = {}
    for option in options:
        values = {here.value for here in found.of(option)}
        if len(values) > 1:
            return None
        if values:
            entry[option.name] = option.parameter.wire(values.pop())
    note = next((option for option in command.options if option.parameter.typed and option.parameter.greedy), None)
    try:
        words = note.parameter.read(found.left, ctx) if note and found.left else None
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


def _only(found: Meaning, kept: Found, mine: Sequence[Found]) -> str:
    """The words with all other values of the option marked as the note's."""
    text = found.text
    for here in sorted(mine, key=lambda here: -here.start):
        if here.value != kept.value:
            passage = text[here.start : here.end]
            text = f"{text[: here.start]}{VERBATIM[0]}{passage}{VERBATIM[1]}{text[here.end :]}"
    return text


def _without(found: Meaning, mine: Sequence[Found]) -> str:
    text = found.text
    for here in sorted(mine, key=lambda here: -here.start):
        text = f"{text[: here.start]} {text[here.end :]}"
    return " ".join(text.split())
