"""A process of row 16: `python -m tests.bench.logger URL SECONDS FIRST`. Sixteen learners log for so many seconds; it
prints how many commands were answered."""

import asyncio
import sys
import time

from bot.storage.database import opened
from tests.bench import learners
from tests.bench.timing import say

AT_ONCE = 16


def main() -> None:
    """Get ready, wait for a line, log."""
    url, seconds, first = sys.argv[1], float(sys.argv[2]), int(sys.argv[3])
    learners.distinct_requests(f"bench{first}")
    with opened(url) as database:
        app = learners.application(database)

        async def talk(number: int, end: float) -> int:
            count = 0
            while time.perf_counter() < end:
                await say(app, number, "log")
                count += 1
            return count

        async def everybody(length: float) -> int:
            end = time.perf_counter() + length
            return sum(await asyncio.gather(*(talk(first + n, end) for n in range(AT_ONCE))))

        asyncio.run(everybody(0.2))
        print("ready", flush=True)  # noqa: T201
        sys.stdin.readline()
        print(asyncio.run(everybody(seconds)))  # noqa: T201


if __name__ == "__main__":
    main()
