"""Times of commands that are given straight to the dispatcher: one after the other, or by many at once."""

import asyncio
import time
from collections.abc import Sequence
from statistics import median

from bot.app import Application
from bot.core.group import Place
from bot.storage.database import SqlDatabase
from tests.bench.learners import application, ask
from tests.bench.measuring import Took, Watch
from tests.conftest import MONDAY


async def say(app: Application, number: int, command: str, place: Place | None = None, **args: str) -> float:
    """The seconds from a learner's command to its committed answer. /log logs a minute, however often."""
    options = {"spent": "1m", "again": "1"} | args if command == "log" else args
    begin = time.perf_counter()
    await ask(app, number, command, MONDAY, place, **options)
    return time.perf_counter() - begin


def usual(database: SqlDatabase, command: str, numbers: Sequence[int]) -> Took:
    """What a command takes for each of these learners, one after the other: the median on the clock, the mean on the
    processor."""
    app = application(database)

    async def one_by_one() -> Took:
        await say(app, numbers[0], "today")  # the threads and the connections are there
        watch = Watch()
        waited = [await say(app, number, command) for number in numbers]
        return Took(median(waited), watch.took().cpu / len(numbers))

    return asyncio.run(one_by_one())


def at_once(database: SqlDatabase, command: str, learners: int, count: int) -> Took:
    """The time for one of `count` commands by so many learners, each of whom waits for their answer and goes on."""
    app = application(database)

    async def talk(number: int) -> None:
        for _ in range(count // learners):
            await say(app, number, command)

    async def everybody() -> Took:
        watch = Watch()
        await asyncio.gather(*(talk(number) for number in range(learners)))
        return watch.took().each(count // learners * learners)

    return asyncio.run(everybody())
