"""Rows 9 and 10: a group's board, and what somebody else waits meanwhile."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from statistics import median

from sqlalchemy.engine import URL

from bot.app import Application, wire
from bot.storage.database import SqlDatabase, opened
from tests.bench import learners, postgresql
from tests.bench.due import Chat
from tests.bench.measuring import Measured, Row, Scale, Took, Watch, bench, middle, ms, sizes
from tests.bench.timing import say
from tests.conftest import MONDAY

YEARS = timedelta(weeks=104)
ENTRIES = 312
"""Three a week for two years."""
ENOUGH = 5.0
"""Seconds of pressing after which it is not pressed any more."""
REFRESHED = 3
"""How often the live board follows while somebody else waits."""
LATER = MONDAY + timedelta(minutes=10)
"""The worker's time: a board follows what was logged after a minute."""


@bench(
    Row("9a", "board of all time, 300 members with two years of entries", most=5, unit=" ms"),
    Row("9b", "board of all time, 10,000 members with two years of entries", most=20, unit=" ms"),
    Row("10", "somebody else's /today while the board of 3,000 is refreshed: longer than else", most=10, unit=" ms"),
)
def boards(scale: Scale) -> Sequence[Measured]:
    """The board is pressed for, to the committed answer; the refreshing is that of the live message."""
    times: dict[int, Took] = {}
    waited = Measured(None, "no group of that size at this scale")
    for size in scale.of((10, 20), (10, 300, 3_000, 10_000)):
        path = scale.folder / f"b{size}.db"
        with learners.file_of(path, learners=size + 1, entries=scale.of(20, ENTRIES), since=YEARS) as database:
            group = learners.join_all(database, size)
            times[size] = _board(database, group, scale.rounds)
            if size == scale.of(20, 3_000):
                waited = _meanwhile(database, size, group)
        path.unlink()
    by_clock, by_cpu = ({size: getattr(took, kind) for size, took in times.items()} for kind in ("wall", "cpu"))
    more, numbers = f"{sizes(by_clock)}; CPU time {sizes(by_cpu)}", {"seconds": by_clock, "cpu_seconds": by_cpu}
    small, large = scale.of((10, 20), (300, 10_000))
    return [*(Measured(by_clock[size] * 1e3, more, numbers) for size in (small, large)), waited]


@bench(
    Row("9c", "board of all time on PostgreSQL, 300 members", most=5, unit=" ms"),
    Row("9d", "board of all time on PostgreSQL, 10,000 members", most=20, unit=" ms"),
)
def boards_on_postgresql(scale: Scale) -> Sequence[Measured]:
    """As `boards`, of members with two years in ten entries: a board of all time reads no entries."""
    sizes_ = scale.of((10, 20), (300, 10_000))
    with postgresql.server() as server:
        return [_board_on(server, size, scale.rounds) for size in sizes_]


def _board_on(server: URL, size: int, presses: int) -> Measured:
    with postgresql.filled(server, learners=size, since=YEARS) as url, opened(url) as database:
        took = _board(database, learners.join_all(database, size), presses)
    return Measured(took.wall * 1e3, f"CPU time of the bot {ms(took.cpu)}", {"seconds": took.wall, "cpu": took.cpu})


def _board(database: SqlDatabase, group: int, presses: int) -> Took:
    """The median time of a press on "All time", or after how long the program gives up; fewer presses where they take
    seconds."""
    app = learners.application(database)

    async def press() -> Took:
        watch = Watch()
        with suppress(learners.GaveUp):
            await say(app, 0, "leaderboard", of=str(group), span="all")
        return watch.took()

    async def story() -> list[Took]:
        taken: list[Took] = []
        while len(taken) < presses and sum(took.wall for took in taken) < ENOUGH:
            taken.append(await press())
        return taken

    return middle(asyncio.run(story()))


def _meanwhile(database: SqlDatabase, outsider: int, group: int) -> Measured:
    """How much longer somebody who is in no group waits, at worst, while members log and the board follows."""
    chat = Chat()
    app = wire(database, {learners.PLATFORM: chat}, roadmaps=learners.roadmaps(), clock=lambda: LATER)

    async def story() -> Measured:
        await app.worker.tick()
        idle = [await say(app, outsider, "today") for _ in range(20)]
        during: list[float] = []
        for member in range(REFRESHED):
            await say(app, member, "log", spent="30m")
            during += await _while(app, outsider)
        if chat.edited < REFRESHED:
            return Measured(None, f"only {chat.edited} of {REFRESHED} boards were refreshed: the program gave up")
        longer = max(during) - median(idle)
        more = f"idle {ms(median(idle))}, at worst {ms(max(during))} of {len(during)}; {chat.edited} refreshed"
        return Measured(max(0.0, longer) * 1e3, more, {"idle_ms": median(idle) * 1e3, "worst_ms": max(during) * 1e3})

    return asyncio.run(story())


async def _while(app: Application, outsider: int) -> list[float]:
    """What somebody waits, again and again, while what is due is done."""
    refreshing = asyncio.create_task(app.worker.tick())
    waited = []
    while not refreshing.done():
        waited.append(await say(app, outsider, "today"))
        await asyncio.sleep(0.001)
    await refreshing
    return waited
