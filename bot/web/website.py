"""Serves the bot's pages in the program's event loop until it is stopped."""

import asyncio
import logging
from functools import partial

from aiohttp import web

from bot.ports.database import DatabaseTrouble
from bot.web.backend import Backend
from bot.web.boards import Boards
from bot.web.checkup import ALIVE
from bot.web.drawing import give_static
from bot.web.feeds import Feeds
from bot.web.headers import guarded
from bot.web.listening import LARGEST, Handler, Listener
from bot.web.pages import Pages
from bot.web.rate import Rate
from bot.web.refusing import spoken, unreadable
from bot.web.visitors import GUESSES, limited

log = logging.getLogger(__name__)

_SECRET = "{secret:[A-Za-z0-9_-]{43}}"  # noqa: S105 - the form of one


class Website:
    """The pages of one process. `listen` is a host and a port, 0 for any that is free."""

    name = "web"

    def __init__(self, backend: Backend, listen: tuple[str, int]) -> None:
        self._backend = backend
        self._listen = listen
        self._stop = asyncio.Event()
        self.port = 0
        """Where it listens, once it is `listening`."""
        self.listening = asyncio.Event()

    async def serve(self) -> None:
        """Answer browsers and calendars until `stop` is called. Raises `OSError` where it cannot listen; after that it
        may be called again."""
        listener = Listener(*self._listen, partial(unreadable, self._backend.site))
        try:
            self.port = await listener.open(self._application(listener))
            self.listening.set()
            log.info("listening for the pages", extra={"platform": self.name, "port": self.port})
            await self._stop.wait()
        finally:
            self.listening.clear()
            await listener.close()

    async def stop(self) -> None:
        """Finish what is being answered. `serve` returns."""
        self._stop.set()

    def _application(self, listener: Listener) -> web.Application:
        app = web.Application(
            middlewares=[
                guarded,
                listener.impatient,
                spoken(self._backend.site),
                _troubled,
                limited(Rate(GUESSES, 60.0)),
            ],
            client_max_size=LARGEST,
        )
        under = self._backend.site.url_path
        app.router.add_get(f"{under}/alive", _alive)
        app.router.add_get(f"{under}/feed/{_SECRET}.ics", Feeds(self._backend).get)
        app.router.add_get(f"{under}/board/{_SECRET}", Boards(self._backend).get)
        app.router.add_get(f"{under}/static/{{name}}", give_static)
        app.router.add_routes(Pages(self._backend).routes())
        return app


async def _alive(_: web.Request) -> web.Response:
    return web.json_response(ALIVE)


@web.middleware
async def _troubled(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A database in trouble is a matter of minutes; nothing of what went wrong is shown."""
    try:
        return await handler(request)
    except DatabaseTrouble as trouble:
        log.error("the database is in trouble: %s", trouble, extra={"platform": "web"})
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "60"}) from None
    except (web.HTTPException, TimeoutError, ConnectionError):
        raise
    except Exception:
        log.exception("a page failed", extra={"platform": "web"})
        raise web.HTTPInternalServerError from None
