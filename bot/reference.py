"""`python -m bot.reference` writes the page of all commands, from the commands themselves."""

from pathlib import Path

from bot.commands import COMMANDS
from bot.dialogue.command import Command
from bot.dialogue.text import Text, Typed
from bot.dialogue.wording import Wording

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
_HEAD = """# Commands

Made from the commands' declarations by `python -m bot.reference`. What is in `<…>` is needed, and asked for where
it is missing; what is in `[…]` is optional. Options may come in any order, small words such as “on” do no harm.
Of words with a `|` between them one is chosen: each is a sub-command, with a section of its own.
"""


_WHERE = {True: "Answered in private.", False: "Answered where it is asked."}


def page() -> str:
    """The page as Markdown."""
    return "\n".join([_HEAD, *(_section(command) for command in COMMANDS if not command.hidden)])


def _section(command: Command) -> str:
    say = Wording().say
    level = "##" if command.parent is None else "###"
    lines = [f"{level} `{say(command.usage)}`", "", f"{say(command.summary)} {_WHERE[command.private]}", ""]
    lines += [
        f"- `{option.name}`: {say(option.parameter.about)}, for example `{_typed(option.parameter.example)}`"
        for option in command.options
        if option.parameter.typed
    ]
    if command.examples:
        lines += ["", "For example: " + ", ".join(f"`{_typed(example)}`" for example in command.examples)]
    own = "\n".join(lines).rstrip() + "\n"
    return "\n".join([own, *(_section(sub) for sub in command.subs.values() if not sub.hidden)])


def _typed(words: str | Text) -> str:
    return Wording().say(Text("{words}", words=Typed(words)))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
