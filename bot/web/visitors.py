"""Who is at the other end of a connection, and whether they have guessed too often."""

from ipaddress import ip_address

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.web.listening import Handler
from bot.web.rate import Rate

GUESSES = 60
"""So many addresses that open nothing may a visitor try in a minute."""
_UNKNOWN = "?"
_GUESSED = frozenset({400, 401, 403, 404})


def visitor(request: web.Request) -> str:
    """The address of the visitor. A proxy on this machine or network is believed to say for whom it asks."""
    peer = request.remote or _UNKNOWN
    # Some proxies add a line of their own below the visitor's; so the last one counts.
    forwarded = ",".join(request.headers.getall("X-Forwarded-For", ())).rpartition(",")[2].strip()
    return forwarded if forwarded and _near(peer) and _is_address(forwarded) else peer


def limited(rate: Rate) -> Middleware:
    """A middleware: visitors who ask for what is not there again and again are refused for a while."""

    @web.middleware
    async def limit(request: web.Request, handler: Handler) -> web.StreamResponse:
        who = visitor(request)
        if rate.spent(who):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(round(rate.seconds))})
        try:
            response = await handler(request)
        except web.HTTPException as raised:
            if raised.status in _GUESSED:
                rate.count(who)
            raise
        if response.status in _GUESSED:
            rate.count(who)
        return response

    return limit


def _near(address: str) -> bool:
    return _is_address(address) and (ip_address(address).is_loopback or ip_address(address).is_private)


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
