"""The help of each command of the command line: whole, and as wide as the terminal."""

import re
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from bot.cli import main


def commands_of(command: click.Command, path: str = "") -> Iterator[str]:
    """A command and its sub-commands, as they are typed."""
    yield path
    for name, sub in getattr(command, "commands", {}).items():
        yield from commands_of(sub, f"{path} {name}".strip())


COMMANDS = list(commands_of(main))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [200, 80, 40])
def test_help_fits_the_terminal_and_leaves_nothing_out(command: str, columns: int) -> None:
    outcome = CliRunner().invoke(
        main, [*command.split(), "--help"], prog_name="studybuddy", env={"COLUMNS": str(columns)}
    )
    assert outcome.exit_code == 0
    assert outcome.output.startswith(f"Usage: studybuddy {command}".rstrip())
    assert max(map(len, outcome.output.splitlines())) <= min(100, columns)
    assert "..." not in re.sub(r"\[?(ARGS|FILES)\]?\.\.\.", "", outcome.output)


@pytest.mark.parametrize("group", ["", "db", "roadmap"])
def test_each_sub_command_is_one_line_of_a_usual_terminal(group: str) -> None:
    outcome = CliRunner().invoke(main, [*group.split(), "--help"], env={"COLUMNS": "80"})
    commands = outcome.output.partition("Commands:\n")[2].splitlines()
    assert commands
    assert all(re.fullmatch(r"  [a-z]+ +[A-Z].*\.", line) for line in commands)
