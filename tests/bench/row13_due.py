"""Row 13: whether people notice that ten thousand messages are due."""

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

from bot.app import Application
from tests.bench import learners
from tests.bench.due import Chat, with_chat
from tests.bench.measuring import Measured, Row, Scale, bench, figure, ms, percentile
from tests.bench.timing import say

TICK = 0.002
"""Seconds between two looks at the loop's lateness."""
PAUSE = 0.02
"""Seconds between an answer and the next /log."""


@bench(
    Row("13a", "the event loop's longest stall while 10,000 messages are due", most=10, unit=" ms"),
    Row("13b", "/log while 10,000 messages are due ÷ idle, p99", most=1.5),
)
def due(scale: Scale) -> Sequence[Measured]:
    """One learner logs again and again for some seconds, first alone, then while the worker is at work."""
    size, seconds = scale.of((20, 0.2), (10_000, 10.0))
    chat = Chat()
    with learners.file_of(scale.folder / "many_due.db", learners=size) as database:
        app = with_chat(database, chat)
        idle, _ = asyncio.run(_watched(app, seconds, at_work=False))
        busy, stalls = asyncio.run(_watched(app, seconds, at_work=True))
    p99, idle_p99 = percentile(busy, 0.99), percentile(idle, 0.99)
    rates = f"{chat.sent / seconds:,.0f} messages/s meanwhile"
    return [
        Measured(max(stalls) * 1e3, f"p99 {ms(percentile(stalls, 0.99))}; {rates}", {"sent": chat.sent}),
        Measured(
            p99 / idle_p99,
            f"{ms(p99)} against {ms(idle_p99)}; {len(busy)} and {len(idle)} commands",
            {"busy_p99_ms": p99 * 1e3, "idle_p99_ms": idle_p99 * 1e3, "median": figure(percentile(busy, 0.5) * 1e3)},
        ),
    ]


async def _watched(app: Application, seconds: float, *, at_work: bool) -> tuple[list[float], list[float]]:
    """What /log takes again and again, and how late the event loop wakes who sleeps, for so many seconds."""
    stalls: list[float] = []
    tasks = [asyncio.create_task(_lateness(stalls))]
    if at_work:
        tasks.append(asyncio.create_task(app.worker.tick()))
    waited, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        waited.append(await say(app, 0, "log"))
        await asyncio.sleep(PAUSE)
    if at_work:
        await app.worker.stop(5)
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    return waited, stalls


async def _lateness(stalls: list[float]) -> None:
    while True:
        begin = time.perf_counter()
        await asyncio.sleep(TICK)
        stalls.append(max(0.0, time.perf_counter() - begin - TICK))
