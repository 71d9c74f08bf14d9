"""A command is all or nothing, wherever it is interrupted, and the same request then works (promise 4)."""

import logging

import pytest

from bot.commands import COMMANDS
from bot.storage.database import SqlDatabase
from tests.faults.intentions import intentions
from tests.faults.interrupt import failing_at
from tests.storage.frontend import SORRY, Frontend, shown
from tests.storage.stored_rows import hashes, rows

READING = {command.name for command in COMMANDS if command.reads}
WRITING = ("INSERT", "UPDATE", "DELETE", "WITH")


def test_no_command_is_missing_here() -> None:
    asked = {command.name for command in COMMANDS if not command.event}
    assert {command for command, _ in intentions()} >= asked


@pytest.mark.parametrize(
    ("statements", "every", "at_least"),
    [
        pytest.param(WRITING, 4, 40, id="a fourth of those that write"),
        pytest.param(("",), 1, 400, id="all", marks=pytest.mark.slow),
    ],
)
def test_a_failure_at_any_statement_of_any_command_leaves_nothing_behind(
    here: Frontend,
    database: SqlDatabase,
    caplog: pytest.LogCaptureFixture,
    statements: tuple[str, ...],
    every: int,
    at_least: int,
) -> None:
    caplog.set_level(logging.CRITICAL)  # hundreds of tracebacks help nobody
    interrupted = 0
    for number, (command, request_of) in enumerate(intentions()):
        request = request_of(here)
        before = hashes(rows(database))
        statement = number % every
        while True:
            with failing_at(database, statement, only=statements) as interrupter:
                answer = here.handle(request)[0]
            if interrupter.hit is None:
                break
            at = f"/{command} {request.rest}, statement {statement}: {interrupter.hit}"
            assert shown(answer).startswith(SORRY), at
            assert hashes(rows(database)) == before, at
            statement += every
            interrupted += 1
        assert not shown(answer).startswith(SORRY), command
        assert command in READING or hashes(rows(database)) != before, command
        assert here.handle(request)[0] == answer, command
    assert interrupted > at_least
