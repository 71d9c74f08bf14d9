"""`studybuddy run`: every platform that the host has set up, served from one process."""

import os
import sys
from collections.abc import Sequence

import click

from bot import platforms, roles
from bot.cli.database import DATABASE, the_database
from bot.cli.errors import CONFIG_ERROR, INTERRUPTED, OVERWRITTEN, spoken_errors
from bot.web import HIDES

_TITLES = roles.listed([plugin.title for plugin in platforms.PLATFORMS], "and")
_RECEIVING = roles.listed([plugin.name for plugin in platforms.PLATFORMS], "and")
_HELP = f"""Serve {_TITLES}, whichever tokens are set.

It runs until SIGTERM or Ctrl-C.

Without --role one process does everything. On PostgreSQL any number of processes divide the work, each with one or more
roles: {_RECEIVING} receive and answer there, delivery sends reminders and keeps leaderboards up to date, web serves the
pages and calendar feeds. docs/running.md says which processes to start.

A platform that fails is tried again while the others work on.

Exit code 0: SIGTERM. 130: Ctrl-C (a second one ends it at once). 78: no token is set, every token is refused, or
roles are named and the database is an SQLite file. 75: another database was written into the open database file; start
it again.
"""


def _roles(_: click.Context, __: click.Parameter, values: Sequence[str]) -> list[str]:
    """The roles that were named, one an option or several with commas between."""
    named = [name.strip() for names in values for name in names.split(",") if name.strip()]
    for name in named:
        if name not in roles.names():
            raise click.BadParameter(f"there is no role “{name}”; there are {roles.listed(roles.names(), 'and')}.")
    return named


@click.command(help=_HELP)
@DATABASE
@click.option(
    "--role",
    "named",
    multiple=True,
    callback=_roles,
    metavar="ROLE[,ROLE…]",
    help=f"Do only this part; may be repeated. ROLE is {roles.listed(roles.names(), 'or')}. Needs PostgreSQL.",
)
def run(db: str | None, named: list[str]) -> None:
    """Serve every platform that the host has set up, until SIGTERM or Ctrl-C."""
    import asyncio
    import signal

    from bot import app, logs, settings

    with spoken_errors():
        host = settings.load()
        mine = roles.of(named, host)
        roles.check(mine, db or host.database_url)
        with the_database(db) as (database, host):
            logs.configure(
                host.log_level,
                [*host.secrets, str(database.url.password or "")],
                telling=[name for platform in host.platforms for name in platform.plugin.loggers],
                hides=[*HIDES, *(pattern for platform in host.platforms for pattern in platform.plugin.hides)],
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
                return await app.serve(database, host, stop, mine)

            well = asyncio.run(serve())
            if not well:
                click.echo("Error: every token was refused. Check them with “studybuddy doctor”.", err=True)
                sys.exit(CONFIG_ERROR)
            if database.overwritten:
                sys.exit(OVERWRITTEN)
            if interrupted:
                sys.exit(INTERRUPTED)
