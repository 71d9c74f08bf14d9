"""Serves calendar feeds."""

import asyncio
from hashlib import sha256
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.dialogue.context import Context
from bot.dialogue.request import Request
from bot.dialogue.text import Text
from bot.ports.unit_of_work import UnitOfWork
from bot.web.backend import Backend, look_of
from bot.web.events import Event, events_of
from bot.web.rate import Rate

MOST, WITHIN = 60, 3600.0
"""How often the same feed is given, in so many seconds; a calendar looks every few minutes at most."""
_HOLDS = 900
"""Seconds for which a calendar need not look again."""


class Feeds:
    """Answers calendars."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._rate = Rate(MOST, WITHIN)

    async def get(self, request: web.Request) -> web.Response:
        """One feed: 404 where the address opens nothing, 304 where the calendar has it already."""
        secret, now = request.match_info["secret"], self._backend.clock()
        if self._rate.spent(secret):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(round(WITHIN))})

        def find(uow: UnitOfWork) -> Request | None:
            return look_of(uow, uow.web_keys.find(secret, "feed", now))

        feed = await self._backend.dispatcher.look(find, _read, now)
        if feed is None:
            raise web.HTTPNotFound
        self._rate.count(secret)
        # Seconds of a processor at worst, which must not hold up anybody who waits for an answer.
        from bot.web.feed import written

        events, name, zone = feed
        body = await asyncio.to_thread(written, events, name, zone, self._backend.site.url, now)
        return _fresh(request, body)


def _read(ctx: Context) -> tuple[list[Event], str, ZoneInfo]:
    return events_of(ctx), ctx.say(Text("Study plan")), ctx.zone


def _fresh(request: web.Request, body: bytes) -> web.Response:
    """The calendar, or that nothing has changed since it was last given."""
    etag = sha256(body).hexdigest()[:32]
    headers = {"ETag": f'"{etag}"', "Cache-Control": f"private, max-age={_HOLDS}"}
    known = request.if_none_match or ()
    if any(each.value in {etag, "*"} for each in known):
        return web.Response(status=304, headers=headers)
    headers["Content-Disposition"] = 'inline; filename="studybuddy.ics"'
    return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)
