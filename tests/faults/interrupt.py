"""Breaking things on purpose, at a place that is counted."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from bot.storage.database import SqlDatabase


class Injected(Exception):
    """The failure a test asked for."""


def fail(statement: str) -> None:
    """The failure itself."""
    raise Injected(statement)


class Interrupter:
    """Lets `left` SQL statements through and strikes at the next one. `hit` is the statement that was struck."""

    def __init__(self, left: int, strike: Callable[[str], None], only: tuple[str, ...], savepoint: int) -> None:
        self.left = left
        self.strike = strike
        self.only = only
        self.savepoint = savepoint
        self.begun = 0
        self.hit: str | None = None

    def __call__(self, connection: Any, cursor: Any, statement: str, *_: object) -> None:
        begins = statement == "SAVEPOINT job"
        self.begun += begins
        elsewhere = self.savepoint and (begins or self.begun != self.savepoint)
        if self.hit is not None or elsewhere or not statement.lstrip().startswith(self.only):
            return
        if not self.left:
            self.hit = statement
            self.strike(statement)
        self.left -= 1


@contextmanager
def failing_at(
    database: SqlDatabase,
    statement: int,
    strike: Callable[[str], None] = fail,
    only: tuple[str, ...] = ("",),
    savepoint: int = 0,
) -> Iterator[Interrupter]:
    """While this lasts, statement number `statement` (from 0) fails once, before it reaches the database.

    `strike` is what happens then; `only` counts the statements that begin so and lets all others through. What only
    reads counts as well, on whatever connection. `savepoint` counts only within one piece of work of SQLite's writer,
    from 1 on.
    """
    interrupter = Interrupter(statement, strike, only, savepoint)
    engines = [database.engine, *([database._file.readers] if database._file else [])]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", interrupter)
    try:
        yield interrupter
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", interrupter)


@contextmanager
def failing_commits(engine: Engine) -> Iterator[None]:
    """While this lasts, no transaction can be committed."""

    def fail_commit(_: object) -> None:
        raise Injected("COMMIT")

    event.listen(engine, "commit", fail_commit)
    try:
        yield
    finally:
        event.remove(engine, "commit", fail_commit)
