"""Updates by webhook: accepted only with the secret, acknowledged only when they are committed."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

_LARGEST = 1 << 20
_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(frozen=True)
class Webhook:
    """The public address, the secret that Telegram must send in a header, and where to listen."""

    url: str
    secret: str
    host: str
    port: int


async def listen(webhook: Webhook, take: Callable[[dict[str, Any]], Awaitable[bool]]) -> "web.AppRunner":
    """Listen for updates. `take` returns True when the update is committed (answered with 200), False where Telegram is
    to bring it again (503)."""
    from aiohttp import web  # polling needs no server

    async def receive(request: web.Request) -> web.Response:
        secret = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(secret.encode(), webhook.secret.encode()):
            return web.Response(status=401)
        try:
            update = json.loads(await request.read())
            if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
                raise ValueError
        except (ValueError, RecursionError):
            return web.Response(status=400)
        accepted = await asyncio.shield(take(update))
        return web.Response(status=200 if accepted else 503)

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post(urlsplit(webhook.url).path or "/", receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, webhook.host, webhook.port).start()
    log.info("listening for the webhook", extra={"platform": "telegram", "port": webhook.port})
    return runner
