"""The command line. Every heavy import is inside the command that needs it: `--version` answers at once."""

import click

from bot import __version__
from bot.cli.chat import chat
from bot.cli.db import db
from bot.cli.doctor import doctor
from bot.cli.roadmap import roadmap
from bot.cli.run import run

__all__ = ["main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="studybuddy")
def main() -> None:
    """The study buddy: a roadmap week by week, your hours taken down, reminders at your own hour."""


for command in (chat, run, doctor, roadmap, db):
    main.add_command(command)
