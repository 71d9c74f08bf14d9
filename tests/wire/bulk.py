"""Many messages that nobody waits for, replies that somebody waits for meanwhile, and what came of both."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.dialogue.sending import RetryAfter

AT_ONCE = 75
"""Deliveries that a worker has under way at most."""
SIZE = 1000
"""Messages that nobody waits for."""


@dataclass(frozen=True)
class Figures:
    """What a platform saw while bulk was sent: how much of its limit was used, how many requests it refused, and the
    seconds between each question and its answer."""

    share: float
    refused: int
    waits: Sequence[float] = field(repr=False)

    def reach_the_targets(self) -> bool:
        """Whether nearly all of the limit was used, nothing refused, and replies were quick."""
        return self.share >= 0.95 and self.refused == 0 and self.p99 < 0.3

    @property
    def p99(self) -> float:
        """The seconds within which 99 of 100 were answered."""
        return sorted(self.waits)[int(len(self.waits) * 0.99)] if self.waits else 0.0


def share(at: Sequence[float], limit: int) -> float:
    """How much of a limit a second is used by requests at these instants, from the first to the last."""
    return (len(at) - 1) / (max(at) - min(at)) / limit


async def send_all(sends: Iterable[Callable[[], Awaitable[object]]]) -> None:
    """Send many messages as a worker does: so many at once, and later where the platform asks for a pause."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def send_patiently(send: Callable[[], Awaitable[object]]) -> None:
        while True:
            try:
                async with turns:
                    await send()
                return
            except RetryAfter as asked:
                await asyncio.sleep(asked.seconds)

    await asyncio.gather(*(send_patiently(send) for send in sends))


async def ask_all(asked: Sequence[float], ask: Callable[[int], Awaitable[object]], asked_at: dict[int, float]) -> None:
    """Let people ask at these instants, counted from now; note when each did."""
    loop = asyncio.get_running_loop()
    begin = loop.time()
    for number, at in enumerate(asked):
        await asyncio.sleep(begin + at - loop.time())
        asked_at[number] = loop.time()
        await ask(number)


def steady(rate: float, seconds: float) -> list[float]:
    """When people ask who know nothing of each other: at random, so many a second."""
    dice, at, instants = random.Random(7), 0.0, list[float]()  # noqa: S311 - nothing is secret here
    while (at := at + dice.expovariate(rate)) < seconds:
        instants.append(at)
    return instants


def bursts(size: int, every: float, seconds: float) -> list[float]:
    """When people ask who have heard the same bell."""
    return [n * every for n in range(1, int(seconds / every)) for _ in range(size)]
