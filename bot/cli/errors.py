"""What can go wrong in any sub-command: one line and an exit code instead of a traceback."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

CONFIG_ERROR = 78
"""Exit code where a setting is wrong or missing (EX_CONFIG of sysexits.h)."""
OVERWRITTEN = 75
"""Exit code where the program must be started again to go on (EX_TEMPFAIL of sysexits.h)."""
INTERRUPTED = 130
"""Exit code after Ctrl-C: 128 and the number of SIGINT, as shells have it."""


@contextmanager
def spoken_errors() -> Iterator[None]:
    """What can go wrong, as one line and an exit code instead of a traceback."""
    from sqlalchemy.exc import SQLAlchemyError

    from bot.adapters.terminal.plugin import ScriptError
    from bot.ports.database import DatabaseTrouble, Unconfirmed
    from bot.settings import BadSetting
    from bot.storage.alone import InUse
    from bot.storage.backup import BackupFailed, NoBackup
    from bot.storage.schema import SchemaTooNew
    from bot.storage.trouble import reason
    from roadmap.loader import RoadmapErrors

    try:
        yield
    except (BadSetting, ValueError) as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(CONFIG_ERROR)
    except SchemaTooNew as error:
        raise click.ClickException(
            f"The database is at revision {error}, which a newer version of studybuddy wrote: update studybuddy."
        ) from None
    except InUse as error:
        raise click.ClickException(
            f"Another studybuddy is at work on {error}. Close it first, or name another file with --db."
        ) from None
    except NoBackup as error:
        raise click.ClickException(f"Nothing was restored: {error}.") from None
    except (ScriptError, BackupFailed, RoadmapErrors) as error:
        raise click.ClickException(str(error)) from None
    except (SQLAlchemyError, DatabaseTrouble, Unconfirmed) as error:
        why = reason(error) if isinstance(error, SQLAlchemyError) else str(error)
        raise click.ClickException(f"The database cannot be used: {why}") from None
    except OSError as error:
        if error.filename is None:
            raise
        raise click.ClickException(f"{error.filename}: {error.strerror}") from None
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
