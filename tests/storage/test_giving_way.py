"""What nobody waits for gives way to what somebody waits for, but only for a moment."""

import asyncio
from collections.abc import Callable
from typing import TypeVar, cast

import pytest

from bot.ports.unit_of_work import UnitOfWork
from bot.storage import giving_way
from bot.storage.giving_way import Traffic

T = TypeVar("T")


class Slow:
    """A database of which each piece of work ends when it is let go."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    async def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """Do work that ends when its gate is opened; it returns the name of its gate."""
        result = work(cast(UnitOfWork, None))
        name = str(result)
        self.begun.append(name)
        self.gates[name] = asyncio.Event()
        await self.gates[name].wait()
        return result

    read = run


async def turns() -> None:
    """Let everything that can go on go on."""
    for _ in range(10):
        await asyncio.sleep(0)


def test_work_that_nobody_waits_for_begins_when_all_requests_are_answered() -> None:
    async def story() -> None:
        database = Slow()
        traffic = Traffic(database)
        request = asyncio.create_task(traffic.first.run(lambda _: "one"))
        other_request = asyncio.create_task(traffic.first.read(lambda _: "two"))
        await turns()
        aside = [asyncio.create_task(traffic.giving_way.run(lambda _: "aside"))]
        aside.append(asyncio.create_task(traffic.giving_way.read(lambda _: "beside")))
        await turns()
        assert database.begun == ["one", "two"]
        database.gates["one"].set()
        assert await request == "one"
        await turns()
        assert database.begun == ["one", "two"]
        database.gates["two"].set()
        assert await other_request == "two"
        await turns()
        assert sorted(database.begun[2:]) == ["aside", "beside"]
        for name in ("aside", "beside"):
            database.gates[name].set()
        assert await asyncio.gather(*aside) == ["aside", "beside"]

    asyncio.run(story())


def test_requests_never_wait_for_it() -> None:
    async def story() -> None:
        database = Slow()
        traffic = Traffic(database)
        aside = asyncio.create_task(traffic.giving_way.run(lambda _: "aside"))
        await turns()
        request = asyncio.create_task(traffic.first.run(lambda _: "one"))
        await turns()
        assert database.begun == ["aside", "one"]
        aside.cancel()
        request.cancel()

    asyncio.run(story())


def test_without_a_gap_it_begins_after_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giving_way, "LONGEST", 0)

    async def story() -> None:
        database = Slow()
        traffic = Traffic(database)
        request = asyncio.create_task(traffic.first.run(lambda _: "one"))
        await turns()
        aside = asyncio.create_task(traffic.giving_way.run(lambda _: "aside"))
        await turns()
        assert database.begun == ["one", "aside"]
        database.gates["aside"].set()
        assert await aside == "aside"
        request.cancel()

    asyncio.run(story())


def test_whoever_fails_or_is_cancelled_waits_for_nothing_any_more() -> None:
    async def story() -> None:
        database = Slow()
        traffic = Traffic(database)
        request = asyncio.create_task(traffic.first.run(lambda _: "one"))
        await turns()
        waiting = asyncio.create_task(traffic.giving_way.run(lambda _: "aside"))
        await turns()
        waiting.cancel()
        request.cancel()
        await asyncio.gather(request, waiting, return_exceptions=True)
        later = asyncio.create_task(traffic.giving_way.run(lambda _: "later"))
        await turns()
        assert database.begun == ["one", "later"]
        later.cancel()

    asyncio.run(story())
