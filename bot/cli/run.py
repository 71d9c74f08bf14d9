"""`studybuddy run`: every platform that the host has set up, served from one process."""

import os
import sys
from collections.abc import Sequence

import click

from bot import platforms
from bot.cli.database import DATABASE, the_database
from bot.cli.errors import CONFIG_ERROR, INTERRUPTED, OVERWRITTEN, spoken_errors


def listed(names: Sequence[str], last: str) -> str:
    """Names as a sentence has them: “A, B and C”."""
    return f" {last} ".join(filter(None, (", ".join(names[:-1]), names[-1])))


_HELP = f"""Serve {listed([plugin.title for plugin in platforms.PLATFORMS], "and")}, whichever tokens are set, until
SIGTERM or Ctrl-C.

All from one process and one database. A platform that fails is tried again while the others work on.

Exit code 0: SIGTERM. 130: Ctrl-C (a second one ends it at once). 78: no token is set, or every token is refused.
75: another database was written into the open file; start it again.
"""


@click.command(help=_HELP)
@DATABASE
def run(db: str | None) -> None:
    """Serve every platform that the host has set up, until SIGTERM or Ctrl-C."""
    import asyncio
    import signal

    from bot import app, logs, settings

    with spoken_errors():
        host = settings.load()
        if not host.served:
            needed = listed([platform.plugin.needed.variable for platform in host.platforms], "or")
            raise settings.BadSetting(
                f"no token is set. Set {needed} (one or more); the README says how to get them. "
                "Without any, “studybuddy chat” talks in the terminal"
            )
        with the_database(db) as (database, host):
            logs.configure(
                host.log_level,
                [*host.secrets, str(database.url.password or "")],
                telling=[name for platform in host.platforms for name in platform.plugin.loggers],
                hides=[pattern for platform in host.platforms for pattern in platform.plugin.hides],
            )

            interrupted = False

            async def serve() -> bool:
                stop = asyncio.Event()

                def interrupt() -> None:
                    nonlocal interrupted
                    if interrupted:
                        os._exit(INTERRUPTED)
                    interrupted = True
                    stop.set()

                asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
                asyncio.get_running_loop().add_signal_handler(signal.SIGINT, interrupt)
                return await app.serve(database, host, stop)

            well = asyncio.run(serve())
            if not well:
                click.echo("Error: every token was refused. Check them with “studybuddy doctor”.", err=True)
                sys.exit(CONFIG_ERROR)
            if database.overwritten:
                sys.exit(OVERWRITTEN)
            if interrupted:
                sys.exit(INTERRUPTED)
