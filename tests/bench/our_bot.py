"""Our bot as a program of its own, for rows over sockets: `python -m tests.bench.our_bot PLATFORM DATABASE URL…`.

It is the platform's adapter around the dispatcher, as `studybuddy run` has it; only the clock stands still, and what it
sends is not held back by the platform's limits.
"""

import asyncio
import sys

from bot.adapters.discord.platform import Discord
from bot.adapters.serving import Platform
from bot.adapters.telegram.platform import Telegram
from bot.storage.database import opened
from tests.bench import learners
from tests.bench.telegram_bots import without_limits
from tests.conftest import MONDAY
from tests.platforms import discord, telegram


def main() -> None:
    """Serve until killed."""
    name, url, *where = sys.argv[1:]
    with opened(url) as database, without_limits():
        dispatcher = learners.application(database).dispatcher

        def built() -> Platform:
            if name == "telegram":
                return Telegram(dispatcher, telegram.TOKEN, clock=lambda: MONDAY, api_url=where[0])
            api, gateway = where
            return Discord(dispatcher, discord.TOKEN, clock=lambda: MONDAY, api_url=api, gateway_url=gateway)

        async def serve() -> None:
            await built().serve()

        asyncio.run(serve())


if __name__ == "__main__":
    main()
