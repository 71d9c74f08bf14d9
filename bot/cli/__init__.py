"""The command line: one file for each group of sub-commands, imported only when it is used.

What a sub-command needs is imported inside it, so that `--version` and `--help` answer at once.
"""

from importlib import import_module
from typing import Any

import click

from bot import __version__
from bot.cli.listing import Listing
from bot.cli.streams import prepare

__all__ = ["main"]

NAMES = ("chat", "run", "doctor", "roadmap", "db")
"""The sub-commands. `bot/cli/NAME.py` has the command NAME."""


class _Lazy(Listing):
    """Imports a sub-command when it is looked up."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """As click does, with streams that take any character."""
        prepare()
        return super().main(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in NAMES:
            return None
        command: click.Command = getattr(import_module(f"bot.cli.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="studybuddy")
def main() -> None:
    """The study buddy takes you through a learning roadmap week by week: here, on Discord and on Telegram."""
