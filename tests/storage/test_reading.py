"""What only reads, and may take a while, runs beside what writes: nobody waits for it, and it is bounded."""

import asyncio
import threading
from collections.abc import Callable

import pytest

from bot.commands import COMMANDS
from bot.core.ids import LearnerId
from bot.dialogue.command import Command, command
from bot.dialogue.context import Context
from bot.dialogue.reply import Reply, reply
from bot.dialogue.text import Text
from bot.ports.database import DatabaseTrouble
from bot.ports.unit_of_work import UnitOfWork
from bot.storage import boards, schema
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.storage.frontend import SORRY, Frontend, forged, frontend, shown
from tests.storage.stored_rows import count, lines


def looking(work: Callable[[Context], object]) -> Command:
    """A command that only reads, and does this meanwhile."""

    @command(reads=True)
    def gaze(ctx: Context) -> Reply:
        """Look around."""
        work(ctx)
        return reply(Text("I have looked."))

    return gaze


def wire(database: SqlDatabase, roadmaps: dict[str, Roadmap], work: Callable[[Context], object]) -> Frontend:
    """A frontend_ door with a command that only reads."""
    frontend_ = frontend(database, roadmaps, commands=(*COMMANDS, looking(work)))
    frontend_.enrol("ada")
    frontend_.enrol("ben")
    return frontend_


def test_somebody_else_is_answered_while_a_long_read_is_under_way(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    begun, enough = threading.Event(), threading.Event()

    def wait(_: Context) -> None:
        begun.set()
        assert enough.wait(60)

    here = wire(database, roadmaps, wait)

    async def story() -> None:
        slow = asyncio.create_task(here.dispatcher.handle(here.typed("ada", "/gaze"), here.now))
        await asyncio.to_thread(begun.wait, 60)
        for words in ("/log 30m", "/today"):
            answer = await here.dispatcher.handle(here.typed("ben", words), here.now)
            assert not shown(answer).startswith(SORRY)
        assert not slow.done()
        enough.set()
        assert shown(await slow) == "I have looked."

    asyncio.run(story())


def test_a_read_sees_what_was_committed_and_is_answered_once(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    seen: list[int] = []

    def entries(ctx: Context) -> None:
        seen.append(len(ctx.study.entries))

    here = wire(database, roadmaps, entries)
    here.say("ada", "/log 30m")
    request = here.typed("ada", "/gaze")
    first, again = here.handle(request)[0], here.handle(request)[0]
    assert seen[0] == 1
    assert first == again


def test_a_mistake_is_told_at_once_whatever_it_is(database: SqlDatabase) -> None:
    """A future takes no StopIteration; whoever waited for one was told that the database is slow."""
    with pytest.raises(RuntimeError, match="iteration"):
        asyncio.run(asyncio.wait_for(database.run(lambda _: next(iter(()))), 60))


def test_what_only_reads_cannot_write(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = wire(database, roadmaps, lambda ctx: ctx.uow.learners.set_locale(ctx.who.id, "xx"))
    assert shown(here.say("ada", "/gaze")).startswith(SORRY)
    assert shown(here.say("ada", "/today"))


def test_a_read_that_takes_too_long_is_given_up_and_the_next_one_works(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        if database.sqlite
        else "SELECT pg_sleep(60)"
    )
    turns = iter([endless, endless, endless, "SELECT 1"])

    def read(ctx: Context) -> None:
        ctx.uow.learners._connection.exec_driver_sql(next(turns)).all()  # type: ignore[attr-defined]

    here = wire(database, roadmaps, read)
    database._readers._patience = 0.3
    for _ in range(3):  # more often than there are threads
        assert shown(here.say("ada", "/gaze")).startswith(SORRY)
    assert shown(here.say("ada", "/gaze")) == "I have looked."


def test_what_waits_for_a_busy_database_is_answered_in_time_and_never_done_later(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = wire(database, roadmaps, lambda _: None)
    enough = threading.Event()
    database._writers._patience = 0.3
    requests = count(database, "request")

    async def story() -> None:
        def hold(uow: UnitOfWork) -> None:
            uow.learners.get(LearnerId(1))
            enough.wait(60)

        held = [asyncio.create_task(database.run(hold)) for _ in range(1 if database.sqlite else 8)]
        waiting = [here.dispatcher.handle(here.typed("ben", f"/log {n}m"), here.now) for n in range(20, 30)]
        answers = await asyncio.gather(*waiting)
        assert all(shown(answer).startswith(SORRY) for answer in answers)
        enough.set()
        await asyncio.gather(*held, return_exceptions=True)
        database._writers._patience = 8
        await database.run(lambda uow: uow.learners.get(LearnerId(1)))

    asyncio.run(story())
    assert count(database, "entry") == 0
    assert count(database, "request") == requests


def test_a_database_in_memory_is_read_where_it_is_written(roadmaps: dict[str, Roadmap]) -> None:
    memory = SqlDatabase("sqlite://")
    schema.upgrade(memory, MONDAY)
    here = wire(memory, roadmaps, lambda ctx: ctx.study)
    assert shown(here.say("ada", "/gaze")) == "I have looked."
    memory.close()


@pytest.mark.parametrize("words", ["/leaderboard", "/leaderboard month", "/leaderboard all time"])
def test_a_groups_pages_are_read_beside_the_writer(
    database: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    here.say("ada", "/group create", "/group join by my name", "/log 1h", group="cafe")
    names: set[str] = set()
    ranking = boards.Ranking  # type: ignore[attr-defined]

    def watched(*arguments: object) -> object:
        names.add(threading.current_thread().name.partition("_")[0])
        return ranking(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(boards, "Ranking", watched)
    assert "ada" in shown(here.say("ada", words, group="cafe"))
    assert names == {"database-reader"}
    names.clear()
    asyncio.run(here.dispatcher.compose(here.pressed("ada", forged("leaderboard", live="1"), group="cafe"), here.now))
    assert names == {"database-reader"}


def test_what_was_given_up_while_it_ran_is_never_committed(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    wire(database, roadmaps, lambda _: None)
    enough, ended = threading.Event(), threading.Event()
    before = lines(database, "learner")

    def write_and_wait(uow: UnitOfWork) -> None:
        for line in before:
            uow.learners.set_locale(line["id"], "xx")
        enough.wait(60)
        ended.set()

    async def story() -> None:
        database._writers._patience = 0.3
        with pytest.raises(DatabaseTrouble):
            await database.run(write_and_wait)
        database._writers._patience = 7
        enough.set()
        await asyncio.to_thread(ended.wait, 60)
        for _ in range(1 if database.sqlite else 8):  # behind it, on whatever thread it was
            await database.run(lambda uow: uow.learners.get(LearnerId(1)))

    asyncio.run(story())
    database.close()
    assert lines(database, "learner") == before
