"""Every button that any reply of any test shows is a request that its command can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.dialogue.command import Command, commands_of
from bot.dialogue.context import Context
from bot.dialogue.parameters import Unclear
from bot.dialogue.questions import ASKED, REST
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Reply

_ALWAYS = {ASKED, REST}
"""What every command takes beside its options: which question is answered, and words that are not read yet."""


@dataclass
class ButtonCheck:
    """Looks at replies, and keeps what is wrong with their buttons and questions."""

    problems: set[str] = field(default_factory=set)
    seen: int = 0

    def look(self, shown: Reply, ctx: Context) -> None:
        """Look at a reply before its long requests are kept under a number."""
        commands = commands_of(ctx)
        for button in (button for row in shown.buttons for button in row):
            self.seen += 1
            self.problems |= {
                f"[{ctx.say(button.label)}] {problem}" for problem in _wrong(button.command, button.args, commands, ctx)
            }
        if shown.expects:
            command = commands.get(shown.expects.command)
            if command is None or command.option(shown.expects.parameter) is None:
                self.problems.add(f"a question for {shown.expects.command}, {shown.expects.parameter}")


def _wrong(name: str, args: Mapping[str, str], commands: Mapping[str, Command], ctx: Context) -> Iterator[str]:
    command = commands.get(name)
    if command is None or command.event:
        yield f"there is no command {name} to press"
        return
    for option_name, wire in args.items():
        option = command.option(option_name)
        if option_name in _ALWAYS or (option and _readable(option.parameter, wire, ctx)):
            continue
        yield f"{name} cannot read {option_name}={wire!r}" if option else f"{name} has no option {option_name}"


def _readable(parameter: object, wire: str, ctx: Context) -> bool:
    try:
        return parameter.read(wire, ctx) is not None  # type: ignore[attr-defined]
    except Unclear:
        return False
    except Refusal:
        return True  # plain, and refused by the facts of the moment
