"""Updates are brought to a webhook."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from telegram import (
    Bot,
    Update,
)
from telegram.error import (
    BadRequest,
    Conflict,
)

from tests.platforms.selftests.telegram.talking import (
    POLL,
    SECRET,
    talk,
)
from tests.platforms.telegram import (
    TelegramServer,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


@dataclass
class Receiver:
    """A bot's own address: says `status` and keeps what came."""

    status: int = 200
    got: list[Any] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)
    at_once: int = 0
    most: int = 0
    pause: float = 0.0

    async def take(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.got.append(await request.json())
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        await asyncio.sleep(self.pause)
        self.at_once -= 1
        return web.Response(status=self.status)

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[str]:
        application = web.Application()
        application.router.add_post("/hook", self.take)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.05)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        await runner.cleanup()


def test_a_webhook_gets_updates_with_the_secret_until_it_takes_them() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        ada, bob = server.person("ada", started=True), server.person("bob", started=True)
        receiver = Receiver(status=500)
        waiting = await ada.says("before")
        async with receiver.listening() as url:
            await bot.set_webhook(url, secret_token=SECRET, max_connections=5)
            second = await ada.says("after")
            other = await bob.says("beside")
            await server.until(lambda: len(receiver.got) >= 4)
            assert not waiting.handled
            assert "after" not in {update["message"]["text"] for update in receiver.got}, "a chat's order is kept"
            info = await bot.get_webhook_info()
            assert info.pending_update_count == 3
            assert info.last_error_message == "Wrong response from the webhook: 500 Internal Server Error"
            receiver.status = 204
            for update in (waiting, second, other):
                await server.handled(update)
            assert set(receiver.secrets) == {SECRET}
            assert Update.de_json(receiver.got[0], bot).message
            taken = len(receiver.got)
            server.redeliver(second, times=2)
            await server.until(lambda: len(receiver.got) == taken + 2)
            assert receiver.got[-1]["update_id"] == second.id
            assert await bot.delete_webhook()

    talk(work)


def test_a_webhook_is_brought_no_more_at_once_than_it_said() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        receiver = Receiver(pause=0.002)
        async with receiver.listening() as url:
            await bot.set_webhook(url, max_connections=3)
            for number in range(20):
                await server.person(f"p{number}", started=True).says("hello")
            await server.until(lambda: all(update.handled for update in server.updates))
            assert receiver.most == 3
            await bot.set_webhook("")

    talk(work)


def test_polling_and_webhooks_exclude_each_other() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=20))
        await server.until(lambda: server.called("getUpdates"))
        await asyncio.sleep(POLL)
        receiver = Receiver()
        async with receiver.listening() as url:
            await bot.set_webhook(url)
            with pytest.raises(Conflict, match="terminated by setWebhook request"):
                await poll
            with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
                await bot.get_updates()
            await bot.delete_webhook(drop_pending_updates=True)
            assert await bot.get_updates() == ()

    talk(work)


def test_a_webhook_that_telegram_refuses_is_a_problem() -> None:
    async def work(server: TelegramServer, bot: Bot) -> None:
        with pytest.raises(BadRequest, match="an https url must be provided"):
            await bot.set_webhook("http://example.org/x")
        with pytest.raises(BadRequest, match="unallowed characters"):
            await bot.set_webhook("https://example.org/x", secret_token=f"{SECRET}ü")
        assert not server.queue.webhook

    talk(work, problems=True)
