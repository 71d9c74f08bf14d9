"""A process that counts up in a database through the dispatcher: `python -m tests.storage.counting FILE TIMES`."""

import os
import sys

from bot.app import library
from bot.commands import COMMANDS
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply, reply
from bot.dialogue.text import Text
from bot.storage.database import opened
from tests.storage.frontend import frontend, shown


@command()
def increment(ctx: Context) -> Reply:
    """Read a number, add one, write it."""
    n = int(ctx.who.locale) + 1 if ctx.who.locale.isdecimal() else 1
    ctx.uow.learners.set_locale(ctx.who.id, str(n))
    return reply(Text("Counted."))


def main(file: str, times: int) -> None:
    """Count when a line comes in."""
    with opened(f"sqlite:///{file}") as database:
        here = frontend(database, library(), commands=(*COMMANDS, increment))
        here.say("nobody", "/help")  # everything is loaded and connected
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        for n in range(times):
            request = here.typed("ada", "/increment", id_=f"{os.getpid()}:{n}")
            answer = shown(here.handle(request)[0])
            assert answer == "Counted.", answer


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
