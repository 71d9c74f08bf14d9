"""Row 14: how much of a platform's limit sending in bulk uses, on doubles that enforce it, while people get answers."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence

from bot.adapters.discord.platform import Discord
from bot.adapters.serving import Platform
from bot.adapters.telegram.platform import Telegram
from bot.app import wire
from bot.delivery.worker import DeliveryWorker
from bot.dialogue.sending import Sender
from bot.storage.database import SqlDatabase
from tests.bench import learners
from tests.bench.crowds import DiscordCrowd, TelegramCrowd
from tests.bench.measuring import Measured, Row, Scale, bench, figure, percentile
from tests.platforms import discord, telegram

REPLIERS = 20
"""People who ask for something meanwhile, in turn; nothing is due to them."""
EVERY = 0.25
"""Seconds between two questions."""
ROWS = ("sending in bulk ÷ the limit, answers included", "429s meanwhile", "answer to a /today meanwhile, p99")


@bench(
    Row("14a", f"Telegram: {ROWS[0]}", least=0.95),
    Row("14b", f"Telegram: {ROWS[1]}", most=0),
    Row("14c", f"Telegram: {ROWS[2]}", most=0.3, unit=" s"),
)
def telegram_bulk(scale: Scale) -> Sequence[Measured]:
    """Each person due gets one message; the limit is 30 a second."""
    due = scale.of(10, 450)

    async def story(database: SqlDatabase) -> Sequence[Measured]:
        async with TelegramCrowd(due + REPLIERS, "Today") as server:
            senders: dict[str, Sender] = {}
            app = wire(database, senders, roadmaps=learners.roadmaps(), clock=lambda: learners.NINE)
            bot = Telegram(app.dispatcher, telegram.TOKEN, clock=lambda: learners.NINE, api_url=server.url)
            senders["telegram"] = bot
            serving = asyncio.create_task(bot.serve())
            await server.until(lambda: bot.ready and server.called("getUpdates"))
            await server.until(lambda: len(server.menus) == 6 and len(server.profile) == 4)
            await asyncio.sleep(scale.of(0.1, 1.1))
            server.limits = telegram.Limits()
            await _due_with_questions(app.worker, lambda who: server.say("/today", server.crowd[due + who :][:1], 1))
            await _stopped(bot, serving)
            sent = [call.at for call in server.called("sendMessage") if call.done]
            return _measured(sent, 30, len(server.refused), server.talk.waited)

    return _with_due(scale, "telegram", due, story, [person.id for person in TelegramCrowd(due + REPLIERS, "").crowd])


@bench(
    Row("14d", f"Discord: {ROWS[0]}", least=0.95),
    Row("14e", f"Discord: {ROWS[1]}", most=0),
    Row("14f", f"Discord: {ROWS[2]}", most=0.3, unit=" s"),
)
def discord_bulk(scale: Scale) -> Sequence[Measured]:
    """Each person due gets one message, for which a private chat is opened first: two of the 50 requests a second."""
    due = scale.of(10, 300)

    async def story(database: SqlDatabase) -> Sequence[Measured]:
        async with DiscordCrowd(due + REPLIERS, "Today") as server:
            senders: dict[str, Sender] = {}
            app = wire(database, senders, roadmaps=learners.roadmaps(), clock=lambda: learners.NINE)
            bot = Discord(
                app.dispatcher,
                discord.TOKEN,
                clock=lambda: learners.NINE,
                api_url=server.api_url,
                gateway_url=server.gateway_url,
            )
            senders["discord"] = bot
            serving = asyncio.create_task(bot.serve())
            await server.comes_online()
            await server.until(lambda: bot.ready)
            await asyncio.sleep(scale.of(0.1, 1.1))
            server.limits = discord.Limits()
            before = len(server.calls)
            await _due_with_questions(app.worker, lambda who: server.say("/today", server.crowd[due + who :][:1], 1))
            await _stopped(bot, serving)
            exempt = ("/interactions", "/webhooks")
            counted = [call.at for call in server.calls[before:] if call.done and not call.route.startswith(exempt)]
            return _measured(counted, 50, len(server.refused), server.talk.waited)

    return _with_due(scale, "discord", due, story, [person.id for person in DiscordCrowd(due + REPLIERS, "").crowd])


def _with_due(
    scale: Scale,
    platform: str,
    due: int,
    story: Callable[[SqlDatabase], Awaitable[Sequence[Measured]]],
    ids: Sequence[int],
) -> Sequence[Measured]:
    """Play a story on a file in which a message is due to the first so many of these people."""
    path = scale.folder / f"bulk-{platform}.db"
    with learners.file_of(path, learners=len(ids)) as database:
        learners.move_to(database, platform, ids)
        learners.mute_all_but(database, due)

        async def played() -> Sequence[Measured]:
            return await story(database)

        return asyncio.run(played())


async def _due_with_questions(worker: DeliveryWorker, ask: Callable[[int], Awaitable[None]]) -> None:
    """Deliver everything that is due while people ask, one after the other."""
    delivering = asyncio.create_task(worker.tick())
    asking: list[asyncio.Task[None]] = []
    begun, asked = time.perf_counter(), 0
    while not delivering.done():
        asking.append(asyncio.create_task(_asked(ask, asked % REPLIERS)))
        asked += 1
        await asyncio.wait([delivering], timeout=max(0.0, begun + asked * EVERY - time.perf_counter()))
    await delivering
    await asyncio.gather(*asking)


async def _asked(ask: Callable[[int], Awaitable[None]], who: int) -> None:
    await ask(who)


async def _stopped(bot: Platform, serving: asyncio.Task[None]) -> None:
    await bot.stop()
    await serving


def _measured(at: Sequence[float], limit: int, refused: int, waited: Sequence[float]) -> Sequence[Measured]:
    """From the instants at which requests were let through, those that were refused, and what people waited."""
    rate = (len(at) - 1) / (max(at) - min(at))
    p99 = percentile(waited, 0.99)
    return [
        Measured(rate / limit, f"{len(at)} requests, {figure(rate)} of {limit} a second"),
        Measured(float(refused)),
        Measured(p99, f"median {figure(percentile(waited, 0.5))} s of {len(waited)}"),
    ]
