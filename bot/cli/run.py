"""`studybuddy run`: Discord and Telegram served from one process."""

import os
import sys

import click

from bot.cli.common import CONFIG_ERROR, DATABASE, INTERRUPTED, OVERWRITTEN, spoken_errors, the_database


@click.command()
@DATABASE
def run(db: str | None) -> None:
    """Serve Discord and Telegram, whichever tokens are set, until SIGTERM or Ctrl-C.

    Both from one process and one database. A platform that fails is tried again while the other works on.

    Exit code 0: SIGTERM. 130: Ctrl-C (a second one ends it at once). 78: no token is set, or every token is refused.
    75: another database was written into the open file; start it again.
    """
    import asyncio
    import signal

    from bot import app, logs, settings

    with spoken_errors():
        host = settings.load()
        if not (host.discord_token or host.telegram_token):
            raise settings.BadSetting(
                "no token is set. Set STUDYBUDDY_DISCORD_TOKEN or STUDYBUDDY_TELEGRAM_TOKEN (or both); the README says "
                "how to get them. Without any, “studybuddy chat” talks in the terminal"
            )
        with the_database(db) as (database, host):
            logs.configure(host.log_level, [*host.secrets, str(database.url.password or "")])

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
