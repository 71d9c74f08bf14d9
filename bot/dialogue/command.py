"""A command is declared once: its function's signature is the declaration.

Menus, options, completion, `/help`, the parser of typed words and the buttons all follow from it.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter
from bot.dialogue.reminder import Reminder, reminder_kinds
from bot.dialogue.reply import Reply
from bot.dialogue.text import Text


@dataclass(frozen=True)
class Option:
    """One parameter of a command under the name it has there."""

    name: str
    parameter: Parameter[Any]
    required: bool

    @property
    def label(self) -> Text:
        """Its name as people read it, in angle brackets: a text of the catalogues."""
        return Text(f"<{self.name}>")


@dataclass(frozen=True)
class Command:
    """An intention of a learner. `private`: its answer is nobody else's business. `hidden`: only buttons and the
    schedule use it. `event`: only the platform itself tells it, and nobody can type or press it.

    A set in `private` names those values of the first option with which the answer is nobody else's business. `reads`:
    running it writes nothing, and may take a while, so it runs beside what writes; a set in it names such values of the
    first option.
    """

    name: str
    summary: Text
    run: Callable[..., Reply]
    options: tuple[Option, ...]
    private: bool | frozenset[str]
    hidden: bool
    event: bool
    examples: tuple[str | Text, ...]
    reads: bool | frozenset[str] = False
    any_order: bool = False
    """Whether the values may stand anywhere in the typed words; else they stand at the head of what is left."""

    spoken: Text | None = None
    """Words that call it in private beside its name, with commas."""

    reminder: Reminder | None = None
    """What makes it a reminder of the schedule, where it is one."""

    def is_private(self, args: Mapping[str, str]) -> bool:
        """Whether the answer to a request with these wire words is nobody else's business."""
        if isinstance(self.private, bool):
            return self.private
        return args.get(self.options[0].name, "") in self.private

    def option(self, name: str) -> Option | None:
        """The option of this name."""
        return next((option for option in self.options if option.name == name), None)

    @property
    def usage(self) -> Text:
        """How it is typed: "/log <spent> [<day>]"."""
        shown = [option for option in self.options if option.parameter.typed]
        parts = [f"{{{option.name}}}" if option.required else f"[{{{option.name}}}]" for option in shown]
        return Text(" ".join([f"/{self.name}", *parts]), **{option.name: option.label for option in shown})


def command(
    *,
    private: bool | frozenset[str] = True,
    hidden: bool = False,
    event: bool = False,
    examples: tuple[str | Text, ...] = (),
    reads: bool | frozenset[str] = False,
    any_order: bool = False,
    spoken: Text | None = None,
    reminder: Reminder | None = None,
) -> Callable[[Callable[..., Reply]], Command]:
    """Declare a command. The function's name is its name, its docstring's first line the summary people read, each
    parameter after the context an option whose annotation names the kind of value."""

    def declare(function: Callable[..., Reply]) -> Command:
        summary = (inspect.getdoc(function) or "").splitlines()[0]
        hints = get_type_hints(function, include_extras=True)
        parameters = list(inspect.signature(function).parameters.values())[1:]
        options = tuple(
            Option(p.name.rstrip("_"), _parameter(hints[p.name]), p.default is inspect.Parameter.empty)
            for p in parameters
        )
        name = function.__name__.rstrip("_")
        return Command(
            name,
            Text(summary),
            function,
            options,
            private,
            hidden or event,
            event,
            examples,
            reads,
            any_order,
            spoken,
            reminder,
        )

    return declare


def by_name(commands: tuple[Command, ...]) -> Mapping[str, Command]:
    """The commands by their names; a name is taken once."""
    named = {command.name: command for command in commands}
    if len(named) != len(commands):
        raise ValueError("two commands have one name")
    kinds = reminder_kinds(commands)
    return {name: _among(command, kinds) for name, command in named.items()}


def _among(command: Command, kinds: Mapping[str, Reminder]) -> Command:
    """The command beside these reminders: an option that is one of them knows which there are."""
    options = tuple(replace(option, parameter=option.parameter.with_reminders(kinds)) for option in command.options)
    return replace(command, options=options)


def commands_of(ctx: Context) -> Mapping[str, Command]:
    """Every command there is, by its name, as it is declared."""
    return {name: known for name, known in ctx.commands.items() if isinstance(known, Command)}


def _parameter(hint: Any) -> Parameter[Any]:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is Annotated:
        found = next((extra for extra in get_args(hint) if isinstance(extra, Parameter)), None)
        if found is not None:
            return found
    raise TypeError(f"an option needs a kind of value from bot.dialogue.parameters, not {hint!r}")
