"""From wire words and typed words to the values a command takes; or to the question what is meant."""

from collections.abc import Sequence
from typing import Any

from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice, Unclear, strip_filler
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed

REST = "_"
"""The argument that carries words typed but not read yet."""
ASKED = "?"
"""The argument that names the option whose question the typed words answer."""
_QUOTES = ('"', "“", "„", "«")
_SHOWN = 10


class Asked(Exception):
    """A value is missing or unclear; `question` asks for it and keeps everything typed so far."""

    def __init__(self, question: Reply) -> None:
        super().__init__()
        self.question = question


def bind(command: Command, request: Request, ctx: Context) -> dict[str, Any]:
    """The values of the command's options by name.

    Raises `Asked` where a value is missing or unclear, `Refusal` where words were not understood at all.
    """
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    rest = " ".join(filter(None, (request.rest, request.args.get(REST, ""))))
    for option in command.options:
        if option.parameter.attached:
            values |= {option.name: request.file} if request.file else {}
            continue
        wire = request.args.get(option.name)
        if wire is not None and not request.pressed and _says_more(option, wire, ctx):
            # Typed into an option's own field, and more than the option takes: “1h30 yesterday calculus”.
            rest = f"{wire} {rest}".strip()
        elif wire is not None:
            kept = {name: said for name, said in request.args.items() if command.option(name) not in {None, option}}
            value = _read(option, wire, command, kept | ({REST: rest} if rest else {}), ctx)
            values[option.name], given[option.name] = value, wire
    while rest := strip_filler(rest, ctx.locale):
        option, value, rest = _take(command, rest, given, values, ctx)
        values[option.name], given[option.name] = value, option.parameter.wire(value)
    for option in command.options:
        if option.required and option.name not in values:
            raise Asked(ask(command, option, given, ctx))
    return values


def ask(
    command: Command,
    option: Option,
    given: dict[str, str],
    ctx: Context,
    problem: Text | None = None,
    choices: Sequence[Choice] = (),
) -> Reply:
    """The question for one option, with buttons; what the learner types next is its answer."""
    offered = list(choices) or list(option.parameter.choices(ctx))
    buttons = [
        Button(choice.label, command.name, given | {choice.option or option.name: choice.wire})
        for choice in offered[:_SHOWN]
    ]
    size = 2 if len(buttons) > 5 else 5
    rows = [tuple(buttons[n : n + size]) for n in range(0, len(buttons), size)]
    lines = [problem] if problem else []
    if not (problem and choices):
        lines.append(option.parameter.question)
    return reply(*lines, buttons=rows, expects=Expects(command.name, option.name, given), replaces=ctx.request.pressed)


def _read(option: Option, wire: str, command: Command, given: dict[str, str], ctx: Context) -> Any:
    try:
        value = option.parameter.read(wire, ctx)
    except Unclear as unclear:
        raise Asked(ask(command, option, given, ctx, unclear.problem, unclear.choices)) from None
    if value is None:
        raise Asked(ask(command, option, given, ctx, _not_understood(wire, option)))
    return value


def _says_more(option: Option, wire: str, ctx: Context) -> bool:
    try:
        return option.parameter.read(wire, ctx) is None
    except Unclear as unclear:
        return bool(unclear.rest)


def _take(
    command: Command, rest: str, given: dict[str, str], values: dict[str, Any], ctx: Context
) -> tuple[Option, Any, str]:
    """The first option that finds its value at the beginning of `rest`: the one asked for, else in their order; greedy
    ones get what nobody else knows."""
    asked = ctx.request.args.get(ASKED)
    free = [option for option in command.options if option.name not in values and option.parameter.typed]
    quoted = rest.startswith(_QUOTES)
    for option in sorted(free, key=lambda o: (o.name != asked, o.parameter.greedy != quoted)):
        try:
            taken = option.parameter.take(rest, ctx)
        except Unclear as unclear:
            kept = given | ({REST: unclear.rest} if unclear.rest else {})
            raise Asked(ask(command, option, kept, ctx, unclear.problem, unclear.choices)) from None
        if taken:
            return option, taken[0], taken[1]
    needed = next((option for option in free if option.required or option.name == asked), None)
    if needed:
        raise Asked(ask(command, needed, given, ctx, _not_understood(rest, needed)))
    raise Refusal(
        Text("I did not understand “{words}”.", words=rest),
        Text("This is how it goes: {usage}", usage=Typed(command.usage)),
        buttons=(Button(Text("Go on without it"), command.name, given),),
        option=asked,
        final=asked is None,
    )


def _not_understood(said: str, option: Option) -> Text:
    return Text(
        "I did not understand “{words}”; I know things like {example}.",
        words=said,
        example=Typed(option.parameter.example),
    )
