"""SQLite's writer commits what waits together: who shares a commit has nothing else in common (promises 1 to 5)."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from bot.core.ids import LearnerId
from bot.dialogue.answer import Answer
from bot.dialogue.refusal import RankUnknown
from bot.dialogue.request import Request
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import group_commit
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.faults.batches import (
    GATE,
    Work,
    counted,
    handle_together,
    run_together,
    shared,
    speaks,
    spoken,
    unhurried,
    with_learners,
)
from tests.faults.intentions import intentions
from tests.faults.interrupt import Injected, failing_at, failing_commits
from tests.faults.test_all_or_nothing import READING
from tests.storage.frontend import SORRY, Frontend, shown, token
from tests.storage.stored_rows import Rows, hashes, rows, studied

__all__ = ["unhurried"]

pytestmark = pytest.mark.usefixtures("unhurried")

BEFORE, AFTER = "carol", "dave"
"""Two who do something in the same batch, one before and one behind what fails."""


@pytest.fixture
def here(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    """The program on an SQLite file, with ada and two others who are learners."""
    return with_learners(sqlite, roadmaps, BEFORE, AFTER, "ada")


def others(contents: Rows) -> dict[str, str]:
    """Everything but what carol and dave write in these tests: their language."""
    ids = {LearnerId(1), LearnerId(2)}
    return hashes(contents | {"learner": [row for row in contents["learner"] if row[0] not in ids]})


def in_the_middle(here: Frontend, database: SqlDatabase, request: Request, mark: str) -> Answer:
    """The answer to a request, in one batch with what carol and dave write."""

    async def all_of_it() -> list[Any]:
        calls: list[Callable[[], Awaitable[Any]]] = [
            lambda: database.run(speaks(1, f"{mark}a")),
            lambda: here.dispatcher.handle(request, here.now),
            lambda: database.run(speaks(2, f"{mark}b")),
        ]
        return await shared(database, calls)

    before, answer, after = asyncio.run(all_of_it())
    assert (before, after) == (None, None)
    assert isinstance(answer, Answer)
    return answer


@pytest.mark.slow
def test_a_failure_at_any_statement_of_any_command_takes_nothing_from_those_beside_it(
    here: Frontend, sqlite: SqlDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    interrupted = batches = 0
    for command, request_of in intentions():
        if command in READING:
            continue
        request = request_of(here)
        before = others(rows(sqlite))
        statement = 0
        while True:
            at = f"/{command} {request.rest}, statement {statement}"
            batches += 1
            with failing_at(sqlite, statement, savepoint=GATE + 2) as interrupter:
                answer = in_the_middle(here, sqlite, request, f"{batches}")
            assert spoken(sqlite)[:2] == [f"{batches}a", f"{batches}b"], at
            if not shown(answer).startswith(SORRY):
                break
            assert others(rows(sqlite)) == before, f"{at}: {interrupter.hit}"
            statement += 1
        interrupted += statement
        assert others(rows(sqlite)) != before, command
        assert here.handle(request)[0] == answer, command
    assert interrupted > 400


@pytest.mark.parametrize("words", ["SAVEPOINT job", "RELEASE SAVEPOINT job"])
@pytest.mark.parametrize("n", range(1, 4))
def test_a_failure_of_what_all_share_is_nobodys(here: Frontend, sqlite: SqlDatabase, words: str, n: int) -> None:
    with failing_at(sqlite, n, only=(words,)) as interrupter:
        answer = in_the_middle(here, sqlite, here.typed("ada", "/log 20m"), "x")
    assert interrupter.hit == words
    assert shown(answer).startswith("Logged 20 min")
    assert spoken(sqlite)[:2] == ["xa", "xb"]
    assert len(studied(sqlite)) == 1


def test_what_cannot_be_taken_back_alone_is_taken_back_with_all(here: Frontend, sqlite: SqlDatabase) -> None:
    runs = []

    def work(uow: UnitOfWork) -> None:
        speaks(3, "xx")(uow)
        runs.append(1)
        raise Injected

    with failing_at(sqlite, 0, only=("ROLLBACK TO SAVEPOINT job",)) as interrupter, counted(sqlite) as ends:
        first, failed, last = run_together(sqlite, speaks(1, "a"), work, speaks(2, "b"))
    assert interrupter.hit
    assert (first, type(failed), last) == (None, Injected, None)
    assert len(runs) == 2
    assert ends.count("commit") == 3  # the work that kept the writer and carol, each alone; then dave
    assert spoken(sqlite)[:2] == ["a", "b"]
    assert "xx" not in str(rows(sqlite)["learner"])


def test_a_shared_commit_that_fails_once_is_made_good_one_by_one(here: Frontend, sqlite: SqlDatabase) -> None:
    requests = [here.typed(who, "/log 20m") for who in (BEFORE, "ada", AFTER)]
    left = [1]

    def once(_: object) -> None:
        if left:
            left.pop()
            raise Injected("COMMIT")

    event.listen(sqlite.engine, "commit", once)
    answers = handle_together(here, sqlite, *requests)
    event.remove(sqlite.engine, "commit", once)
    assert [shown(answer)[:13] for answer in answers] == ["Logged 20 min"] * 3
    assert len(studied(sqlite)) == 3


def test_nobody_is_told_logged_where_no_commit_succeeds(here: Frontend, sqlite: SqlDatabase) -> None:
    before = rows(sqlite)
    requests = [here.typed(who, "/log 20m") for who in (BEFORE, "ada", AFTER)]
    with failing_commits(sqlite.engine):
        answers = handle_together(here, sqlite, *requests)
    assert all(shown(answer).startswith(SORRY) for answer in answers)
    assert rows(sqlite) == before
    assert [shown(answer)[:13] for answer in handle_together(here, sqlite, *requests)] == ["Logged 20 min"] * 3


def test_nobody_is_answered_before_the_shared_commit(sqlite: SqlDatabase) -> None:
    events: list[str] = []

    async def story() -> None:
        def call(n: int) -> Callable[[], Awaitable[Any]]:
            async def run() -> None:
                await sqlite.run(lambda uow: None)
                events.append(f"{n}")

            return run

        event.listen(sqlite.engine, "commit", committing)
        await shared(sqlite, [call(n) for n in range(5)])

    def committing(_: object) -> None:
        time.sleep(0.1)
        events.append("commit")

    asyncio.run(story())
    event.remove(sqlite.engine, "commit", committing)
    assert events == ["commit", "0", "1", "2", "3", "4"]


class Whim(BaseException):
    """Not even an `Exception`."""


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        (RankUnknown, RankUnknown),
        (ValueError, ValueError),
        (StopIteration, RuntimeError),
        (Whim, Whim),
        (asyncio.CancelledError, asyncio.CancelledError),
    ],
)
def test_what_a_piece_of_work_raises_reaches_its_caller_alone(
    here: Frontend, sqlite: SqlDatabase, raised: type[BaseException], expected: type[BaseException]
) -> None:
    def work(uow: UnitOfWork) -> None:
        uow.learners.set_locale(LearnerId(3), "xx")
        raise raised

    with counted(sqlite) as ends:
        first, failed, last = run_together(sqlite, speaks(1, "a"), work, speaks(2, "b"))
    assert (first, last) == (None, None)
    assert type(failed) is expected
    assert ends == ["commit"]
    assert spoken(sqlite)[:2] == ["a", "b"]
    assert "xx" not in str(rows(sqlite)["learner"])


def test_a_row_that_is_refused_takes_back_its_own_work(here: Frontend, sqlite: SqlDatabase) -> None:
    def doubled(uow: UnitOfWork) -> None:
        uow.learners.set_locale(LearnerId(3), "xx")
        uow.learners.attach(here.typed(BEFORE, "").account, LearnerId(3))

    first, failed, last = run_together(sqlite, speaks(1, "a"), doubled, speaks(2, "b"))
    assert (first, last) == (None, None)
    assert isinstance(failed, IntegrityError)
    assert spoken(sqlite)[:2] == ["a", "b"]
    assert "xx" not in str(rows(sqlite)["learner"])


def test_each_piece_of_work_has_its_own_list_of_changes(here: Frontend, sqlite: SqlDatabase) -> None:
    def changing(learner: int) -> Work:
        def work(uow: UnitOfWork) -> int:
            uow.learners.set_locale(LearnerId(learner), "a")
            return len(uow.changes)

        return work

    assert run_together(sqlite, changing(1), changing(2), lambda uow: len(uow.changes)) == [1, 1, 0]


def test_a_batch_ends_after_a_number_of_pieces_and_after_a_time(
    here: Frontend, sqlite: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with counted(sqlite) as ends:
        run_together(sqlite, *[speaks(1, f"{n}") for n in range(2 * group_commit.MOST)])
    assert ends == ["commit"] * 3  # with the work that kept the writer until all waited
    monkeypatch.setattr(group_commit, "SECONDS", 0.2)
    with counted(sqlite) as ends:
        run_together(sqlite, lambda uow: time.sleep(0.3), speaks(2, "b"))
    assert len(ends) >= 2


def test_a_batch_lasts_longer_where_a_commit_does(
    here: Frontend, sqlite: SqlDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group_commit, "SECONDS", 0.0)
    works = [speaks(1, f"{n}") for n in range(9)]
    monkeypatch.setattr(group_commit, "LONGEST", 0.0)
    with counted(sqlite) as ends:
        run_together(sqlite, *works)
    assert ends == ["commit"] * 10
    monkeypatch.setattr(group_commit, "LONGEST", 3600.0)
    monkeypatch.setattr(group_commit, "COMMITS", 1_000_000)
    with counted(sqlite) as ends:
        run_together(sqlite, *works)
    assert ends == ["commit"]


def test_learners_at_once_are_all_logged_with_few_commits(here: Frontend, sqlite: SqlDatabase) -> None:
    people = [f"u{n}" for n in range(60)]
    for who in people:
        here.enrol(who)
    with counted(sqlite) as ends:
        answers = handle_together(here, sqlite, *(here.typed(who, "/log 20m") for who in people))
    assert [shown(answer)[:13] for answer in answers] == ["Logged 20 min"] * 60
    assert len(studied(sqlite)) == 60
    assert ends == ["commit"]


def test_fifty_presses_of_one_event_in_one_batch_count_once(here: Frontend, sqlite: SqlDatabase) -> None:
    press = here.pressed("ada", token(here.say("ada", "/today"), "Log 1 h"), id_="callback:1")
    answers = handle_together(here, sqlite, *[press] * 50)
    assert len(studied(sqlite)) == 1
    assert {shown(answer) for answer in answers} == {shown(answers[0])}
    assert shown(answers[0]).startswith("Logged 1 h")
