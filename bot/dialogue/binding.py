"""From wire words and typed words to the values a command takes; or to the question what is meant."""

from difflib import get_close_matches
from typing import Any

from bot.dialogue import any_order
from bot.dialogue.command import SUB, Command, Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import Unclear, strip_filler, visible
from bot.dialogue.questions import ASKED, REST, Asked, ask, not_understood
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed

_QUOTES = ('"', "“", "„", "«")


def bind(command: Command, request: Request, ctx: Context) -> dict[str, Any]:
    """The values of the command's options by name.

    Raises `Asked` where a value is missing or unclear, `Refusal` where words were not understood at all.
    """
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    moved: set[str] = set()
    typed = visible(request.rest).strip()
    rest = " ".join(filter(None, (typed, request.args.get(REST, ""))))
    for option in command.options:
        if option.parameter.attached:
            values |= {option.name: request.file} if request.file else {}
            continue
        wire = request.args.get(option.name)
        if wire is not None and not request.pressed:
            wire = visible(wire)
        if wire is not None and not request.pressed and _is_for_all(command, option, wire, ctx):
            # Typed into an option's own field, and more than the option takes: “1h30 yesterday calculus”.
            rest = f"{wire} {rest}".strip()
            moved.add(option.name)
        elif wire is not None:
            kept = {
                name: wire_word
                for name, wire_word in request.args.items()
                if command.option(name) not in {None, option} and name not in moved
            }
            value = _read(option, wire, command, kept | ({REST: rest} if rest else {}), ctx)
            values[option.name], given[option.name] = value, wire
    if command.any_order and rest:
        words = any_order.Words(command, typed, rest, request.args.get(ASKED), ctx)
        return any_order.read(words, values, given)
    while strip_filler(rest, ctx.locale):
        option, value, rest = _take(command, rest.strip(), given, values, ctx)
        values[option.name], given[option.name] = value, option.parameter.wire(value)
    for option in command.options:
        if option.required and option.name not in values:
            raise Asked(ask(command, option, given, ctx))
    return values


def _read(option: Option, wire: str, command: Command, given: dict[str, str], ctx: Context) -> Any:
    try:
        value = option.parameter.read(wire, ctx)
    except Unclear as unclear:
        raise Asked(ask(command, option, given, ctx, unclear.problem, unclear.choices)) from None
    if value is None:
        raise Asked(ask(command, option, given, ctx, not_understood(wire, option)))
    return value


def _is_for_all(command: Command, option: Option, wire: str, ctx: Context) -> bool:
    """Whether what was typed into one option's field is to be read like words that were typed for all of them."""
    try:
        if option.parameter.read(wire, ctx) is not None:
            return False
    except Unclear as unclear:
        if not command.any_order:
            return bool(unclear.rest)
    except Refusal:
        if not command.any_order:
            raise
    if not command.any_order:
        return True
    return option.required or (not option.parameter.greedy and any_order.tells(command, option, wire, ctx))


def _take(
    command: Command, typed: str, given: dict[str, str], values: dict[str, Any], ctx: Context
) -> tuple[Option, Any, str]:
    """The first option that finds its value at the beginning of what was said: the one asked for, else in their order;
    greedy ones get what nobody else knows, with the small words that it begins with."""
    rest = strip_filler(typed, ctx.locale)
    asked = ctx.request.args.get(ASKED)
    free = [option for option in command.options if option.name not in values and option.parameter.typed]
    quoted = rest.startswith(_QUOTES)
    for option in sorted(free, key=lambda o: (o.name != asked, o.parameter.greedy != quoted)):
        try:
            taken = option.parameter.take(typed if option.parameter.greedy else rest, ctx)
        except Unclear as unclear:
            kept = given | ({REST: unclear.rest} if unclear.rest else {})
            raise Asked(ask(command, option, kept, ctx, unclear.problem, unclear.choices)) from None
        if taken:
            return option, taken[0], taken[1]
    needed = next((option for option in free if option.required or option.name == asked), None)
    if needed:
        raise Asked(ask(command, needed, given, ctx, not_understood(rest, needed)))
    if asked == SUB and command.subs:
        raise Asked(ask(command, command.which, given, ctx, not_understood(rest, command.which)))
    unsure = [option for option in command.options if option.parameter.stands_alone]
    if unsure:
        kept = {name: wire for name, wire in given.items() if all(option.name != name for option in unsure)}
        raise Asked(ask(command, unsure[0], kept, ctx, not_understood(rest, unsure[0])))
    raise Refusal(
        Text("I did not understand “{words}”.", words=rest),
        Text("Type it like this: {usage}", usage=Typed(command.usage)),
        buttons=(() if given else _near(command, rest, ctx), (Button(Text("Go on without it"), command.name, given),)),
        option=asked,
        final=asked is None,
    )


def _near(command: Command, left: str, ctx: Context) -> tuple[Button, ...]:
    """The sub-commands that may have been meant by a word that is none, each with the words behind it."""
    word, _, rest = left.partition(" ")
    names = {
        name.casefold(): sub
        for sub in command.subs.values()
        if not sub.hidden
        for name in (sub.last_name, ctx.say(sub.label))
    }
    near = {names[name].name: names[name] for name in get_close_matches(word.casefold(), names, n=3, cutoff=0.7)}
    kept = {REST: rest} if rest else {}
    typed = f"/{command.name} {{sub}} {{rest}}" if rest else f"/{command.name} {{sub}}"
    return tuple(Button(Text(typed, sub=sub.label, rest=rest), name, kept) for name, sub in near.items())
