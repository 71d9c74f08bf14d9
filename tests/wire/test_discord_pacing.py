"""Bulk uses 95 % of Discord's limit, draws no 429, and whoever asks something meanwhile waits under 0.3 s (18).

Every request with the bot's token counts, the opening of a private chat, too; answers to interactions do not.
"""

import asyncio
from collections.abc import Sequence

import pytest

from bot.core.learner import Account
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms import idle_time
from tests.platforms.discord import Limits, Window
from tests.platforms.discord.limits import OVERALL
from tests.platforms.discord.routes import CALLBACK, WITHOUT_TOKEN
from tests.wire import bulk
from tests.wire.discord_town import HELLO, Town, town

OPENING = 2
"""Requests for a message to somebody who has never talked to the bot in private."""
AS_LONG = bulk.SIZE * OPENING / OVERALL.calls
"""Seconds that the bulk takes alone."""


async def figures(here: Town, asked: Sequence[float], size: int = bulk.SIZE) -> bulk.Figures:
    """Send to `size` people, whose private chats are to be opened, while others ask something at these instants."""
    server, asked_at = here.server, dict[int, float]()
    crowd = [server.person(f"c{n}", interacted=True) for n in range(size)]
    asking = [server.person(f"p{n}") for n in range(len(asked))]

    async def send(number: int) -> None:
        await here.bot.send(Account("discord", str(crowd[number].id), "c"), HELLO, f"delivery:{number}")

    before = len(server.calls)
    questions = asyncio.create_task(bulk.ask_all(asked, lambda n: asking[n].slash("privacy"), asked_at))
    await bulk.send_all(lambda n=n: send(n) for n in range(size))  # type: ignore[misc]
    counted = [call.at for call in server.calls[before:] if not call.route.startswith(WITHOUT_TOKEN)]
    questions.cancel()
    given = [call for call in server.calls[before:] if call.route == CALLBACK]
    await server.until(lambda: all(call.done for call in given))
    waits = [call.at - at for call, at in zip(given, asked_at.values(), strict=False)]
    assert len(waits) >= len(asked_at) - 1
    assert all(len(who.messages) == 1 for who in crowd)
    return bulk.Figures(bulk.share(counted, OVERALL.calls), len(server.refused), waits)


async def ready(here: Town) -> None:
    """The bot has connected and registered its commands, and what that cost is forgotten."""
    await here.server.until(lambda: here.bot.ready)
    await here.server.until(lambda: here.server.commands)
    await asyncio.sleep(2)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([], id="nobody asks", marks=pytest.mark.slow),
        pytest.param(bulk.steady(5, AS_LONG), id="5 replies a second", marks=pytest.mark.slow),
        pytest.param(bulk.steady(15, AS_LONG), id="15 replies a second", marks=pytest.mark.slow),
        pytest.param(bulk.bursts(8, 3, AS_LONG), id="bursts of 8 replies", marks=pytest.mark.slow),
    ],
)
def test_bulk_uses_the_limit_and_delays_no_reply(
    asked: list[float], sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bulk.Figures:
        async with town(sqlite, roadmaps, clock=asyncio.get_running_loop().time) as here:
            await ready(here)
            here.server.limits = Limits()
            return await figures(here, asked)

    measured = idle_time.run(story, monkeypatch)
    assert measured.reach_the_targets(), (measured, measured.p99)


@pytest.mark.slow
def test_a_limit_that_is_lower_than_it_was_is_found_and_kept(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bulk.Figures:
        async with town(sqlite, roadmaps, clock=asyncio.get_running_loop().time) as here:
            await ready(here)
            here.server.limits = Limits(overall=Window(30, 1))
            return await figures(here, bulk.steady(5, AS_LONG))

    measured = idle_time.run(story, monkeypatch)
    assert measured.share * OVERALL.calls >= 0.85 * 30
    assert measured.refused <= 15
