"""The question for one option of a command, with buttons; the next words the learner types are its answer."""

from collections.abc import Mapping, Sequence

from bot.dialogue.command import Command, Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Text, Typed

REST = "_"
"""The argument that carries words typed but not read yet."""
ASKED = "?"
"""The argument that names the option whose question the typed words answer."""
_SHOWN = 10


class Asked(Exception):
    """A value is missing or unclear; `question` is the reply that asks for it and keeps everything typed so far."""

    def __init__(self, question: Reply) -> None:
        super().__init__()
        self.question = question


def ask(
    command: Command,
    option: Option,
    given: Mapping[str, str],
    ctx: Context,
    problem: Text | None = None,
    choices: Sequence[Choice] = (),
) -> Reply:
    """The question for one option. `problem` says what was wrong with what was typed, `choices` are offered in place of
    the option's own."""
    offered = list(choices) or list(option.parameter.choices(ctx))
    buttons = [
        Button(choice.label, command.name, {**given, choice.option or option.name: choice.wire})
        for choice in offered[:_SHOWN]
    ]
    lines = [problem] if problem else []
    if not (problem and choices and _asks(problem)):
        lines.append(option.parameter.question)
    expects = Expects(command.name, option.name, given)
    return reply(*lines, buttons=in_rows(buttons), expects=expects)


def _asks(problem: Text) -> bool:
    """Whether what is unclear is told as a question already."""
    return problem.message.rstrip().endswith("?")


def in_rows(buttons: Sequence[Button]) -> list[tuple[Button, ...]]:
    """Buttons in rows: five short ones in one, many in rows of two."""
    size = 2 if len(buttons) > 5 else 5
    return [tuple(buttons[n : n + size]) for n in range(0, len(buttons), size)]


def not_understood(typed: str, option: Option) -> Text:
    """Say that what was typed is no value of the option, with an example of one."""
    return Text(
        "I did not understand “{words}”; I know things like {example}.",
        words=typed,
        example=Typed(option.parameter.example),
    )
