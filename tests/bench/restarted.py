"""A process of row 18: `python -m tests.bench.restarted DATABASE` starts on a file, plans and claims what is due first,
and prints the milliseconds of that and the megabytes it holds after a whole tick."""

import asyncio
import json
import os
import sys
import time
from datetime import timedelta

from bot.delivery.planner import plan
from bot.delivery.worker import BATCH
from bot.storage.database import opened
from tests.bench.due import Chat, with_chat
from tests.bench.learners import NINE, PLATFORM
from tests.bench.programs import resident


def main() -> None:
    """Measure once."""
    with opened(sys.argv[1]) as database:
        app = with_chat(database, Chat())

        async def first_claim() -> float:
            await database.run(lambda _: None)  # the thread and the connection are there
            begin = time.perf_counter()
            await database.run(lambda uow: plan(uow, NINE))
            until = NINE + timedelta(minutes=2)
            claimed = await database.run(lambda uow: uow.deliveries.claim(PLATFORM, "claim", NINE, until, BATCH))
            took = time.perf_counter() - begin
            assert claimed
            await app.worker.tick()
            return took * 1e3

        print(json.dumps([asyncio.run(first_claim()), resident(os.getpid())]))  # noqa: T201


if __name__ == "__main__":
    main()
