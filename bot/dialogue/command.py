"""A command is declared once: its function's signature is the declaration.

Menus, options, completion, `/help`, the parser of typed words and the buttons all follow from it. What people can do
with one thing are sub-commands of one command, each declared in the same way: `@group.sub() def invite(ctx): …`.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, Union, get_args, get_origin, get_type_hints

from bot.dialogue.context import Context
from bot.dialogue.parameters import Parameter
from bot.dialogue.parameters.subcommand import SubcommandParameter
from bot.dialogue.reminder import Reminder
from bot.dialogue.reply import Reply
from bot.dialogue.section import MORE, Section
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Text, words

Former: TypeAlias = Callable[[Mapping[str, str]], tuple[str, dict[str, str]]]
"""Given the wire words of a request for the command alone, the name of the command it means today, with its words."""
Declare: TypeAlias = "Callable[[Callable[..., Reply]], Command]"

SUB = "/"
"""In the place of an option's name: the question which sub-command is meant, and its answer."""


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
    schedule use it. `event`: only the platform itself tells it, and `scheduled`: only the schedule says it; nobody
    can type or press either. `reads`: running it
    writes nothing, and may take a while, so it runs beside what writes. `web`: it is about pages on the web, and
    `unlisted` where the installation has none: menus and `/help` leave it out.

    A command with sub-commands in `subs` runs by itself for what names none of them: nothing at all, or words that it
    understands without (`/group Berlin`).
    """

    name: str
    """What it is called in tokens; a sub-command's begins with its parent's name and a full stop: "group.invite"."""
    summary: Text
    run: Callable[..., Reply]
    options: tuple[Option, ...]
    private: bool
    hidden: bool = False
    event: bool = False
    examples: tuple[str | Text, ...] = ()
    reads: bool = False
    any_order: bool = False
    """Whether the values may stand anywhere in the typed words; else they stand at the head of what is left."""

    spoken: Text | None = None
    """Words that call it in private beside its name, with commas."""
    sentences: Sentences | None = None
    """Whole sentences that mean it in private."""
    asks: Text | None = None
    """The question which sub-command is meant."""
    former: Former | None = None
    """How requests for it are read that buttons of earlier versions still make."""

    reminder: Reminder | None = None
    """What makes it a reminder of the schedule, where it is one."""

    section: Section = MORE
    """Where `/help` shows it."""
    web: bool = False
    unlisted: bool = False
    scheduled: bool = False
    parent: "Command | None" = field(default=None, compare=False, repr=False)
    word: Text | None = None
    """A sub-command's name in the languages; else it has one name in all of them."""
    also: Text | None = None
    """What else may be typed for a sub-command, with commas; where it is one thing, buttons say it."""
    alone: bool = False
    """Whether it is the sub-command that does what its parent does alone, for menus in which only sub-commands can be
    chosen."""
    subs: "dict[str, Command]" = field(default_factory=dict, compare=False, repr=False)
    """Its sub-commands by their last names."""

    def option(self, name: str) -> Option | None:
        """The option of this name."""
        if name == SUB and self.subs:
            return self.which
        return next((option for option in self.options if option.name == name), None)

    @cached_property
    def which(self) -> Option:
        """Its sub-commands as an option: read at the head of the words, asked for where it is open."""
        listed = [sub for sub in self.subs.values() if not sub.hidden]
        spelled = {sub.last_name: tuple(filter(None, (sub.word, sub.also))) for sub in listed}
        choices = {sub.last_name: sub.offered for sub in listed if not sub.alone and sub.unlisted <= self.unlisted}
        return Option(SUB, SubcommandParameter(self.asks or Text("What shall I do?"), spelled, choices), required=False)

    @property
    def last_name(self) -> str:
        """What a sub-command is called behind its parent's name; any other command's name."""
        return self.name.rpartition(".")[2]

    @property
    def typed(self) -> str:
        """What it is called where it is typed, without the slash: "group invite"."""
        return self.name.replace(".", " ")

    @property
    def label(self) -> Text:
        """Its name as people read it, without that of its parent."""
        return self.word or words(self.last_name)

    @property
    def offered(self) -> Text:
        """What the button of a sub-command says where it is asked which one is meant."""
        return self.also if self.also and "," not in self.also.message else self.label

    @property
    def usage(self) -> Text:
        """How it is typed: "/log <spent> [<day>]", "/group [create | invite] [<zone>]", "/group invite"."""
        shown = [option for option in self.options if option.parameter.typed]
        parts = [f"{{{option.name}}}" if option.required else f"[{{{option.name}}}]" for option in shown]
        values: dict[str, Text] = {option.name: option.label for option in shown}
        listed = {f"sub_{sub.last_name}": sub.label for sub in self.listed_subs}
        if listed:
            parts.insert(0, f"[{' | '.join(f'{{{name}}}' for name in listed)}]")
        if self.parent:
            listed = {"sub": self.label}
            parts.insert(0, "{sub}")
        return Text(" ".join([f"/{self.parent.name if self.parent else self.name}", *parts]), **values, **listed)

    @property
    def listed_subs(self) -> list["Command"]:
        """The sub-commands that menus and `/help` show."""
        return [sub for sub in self.subs.values() if not (sub.hidden or sub.unlisted)]

    def sub(
        self,
        *,
        private: bool = True,
        hidden: bool = False,
        examples: tuple[str | Text, ...] = (),
        reads: bool = False,
        word: Text | None = None,
        also: Text | None = None,
        alone: bool = False,
        web: bool = False,
    ) -> Declare:
        """Declare a sub-command, as `command` does a command."""

        def declare(function: Callable[..., Reply]) -> Command:
            name, summary, options = _signature(function)
            made = Command(
                f"{self.name}.{name}",
                summary,
                function,
                options,
                private,
                hidden,
                examples=examples,
                reads=reads,
                section=self.section,
                web=web or self.web,
                parent=self,
                word=word,
                also=also,
                alone=alone,
            )
            self.subs[name] = made
            return made

        return declare


def command(
    *,
    private: bool = True,
    hidden: bool = False,
    event: bool = False,
    examples: tuple[str | Text, ...] = (),
    reads: bool = False,
    any_order: bool = False,
    spoken: Text | None = None,
    sentences: Sentences | None = None,
    asks: Text | None = None,
    former: Former | None = None,
    reminder: Reminder | None = None,
    section: Section = MORE,
    web: bool = False,
    scheduled: bool = False,
) -> Declare:
    """Declare a command. The function's name is its name, its docstring's first line the summary people read, each
    parameter after the context an option whose annotation names the kind of value."""

    def declare(function: Callable[..., Reply]) -> Command:
        name, summary, options = _signature(function)
        return Command(
            name,
            summary,
            function,
            options,
            private,
            hidden or event or scheduled,
            event,
            examples,
            reads,
            any_order,
            spoken,
            sentences,
            asks,
            former,
            reminder,
            section,
            web,
            scheduled=scheduled,
        )

    return declare


def typable(commands: Mapping[str, Command]) -> list[Command]:
    """The commands that people can type, without their sub-commands."""
    return [command for command in commands.values() if not command.hidden and command.parent is None]


def listed(commands: Mapping[str, Command]) -> list[Command]:
    """Those of them that menus and `/help` show."""
    return [command for command in typable(commands) if not command.unlisted]


def _signature(function: Callable[..., Reply]) -> tuple[str, Text, tuple[Option, ...]]:
    """The name, the summary and the options that a function declares."""
    summary = (inspect.getdoc(function) or "").splitlines()[0]
    hints = get_type_hints(function, include_extras=True)
    parameters = list(inspect.signature(function).parameters.values())[1:]
    options = tuple(
        Option(p.name.rstrip("_"), _parameter(hints[p.name]), p.default is inspect.Parameter.empty) for p in parameters
    )
    return function.__name__.rstrip("_"), Text(summary), options


def commands_of(ctx: Context) -> Mapping[str, Command]:
    """Every command there is, by its name, as it is declared."""
    return {name: known for name, known in ctx.commands.items() if isinstance(known, Command)}


def _parameter(hint: Any) -> Parameter[Any]:
    if get_origin(hint) in {Union, UnionType}:
        hint = next(part for part in get_args(hint) if part is not NoneType)
    if get_origin(hint) is Annotated:
        parameter = next((extra for extra in get_args(hint) if isinstance(extra, Parameter)), None)
        if parameter is not None:
            return parameter
    raise TypeError(f"an option needs a kind of value from bot.dialogue.parameters, not {hint!r}")
