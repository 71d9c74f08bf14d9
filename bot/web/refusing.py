"""What browsers are told where there is nothing to show, in words."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.core.site import Site
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, languages
from bot.web.drawing import draw, message
from bot.web.headers import HEADERS
from bot.web.listening import Handler
from bot.web.markup import Html, say

_NOT_READ = Text("This request cannot be read. Please open the page anew.")
_SAID: Mapping[int, Text] = {
    400: _NOT_READ,
    403: Text("This form is too old or comes from somewhere else. Load the page anew, and try again."),
    404: Text("This address opens nothing, or nothing any more."),
    405: Text("This address is not for that. Please open the page anew."),
    413: Text("That is too much at once."),
    429: Text("That was a lot at once. Please wait a minute."),
    500: Text("Something went wrong here. Please look whether it was done before you try again."),
    503: Text("The database cannot be reached at the moment. Please try again in a minute."),
}


_KEPT = ("Allow", "Retry-After")


def unreadable(site: Site, status: int) -> web.Response:
    """What is answered to a request whose head cannot be read. So it is unknown who asks in which language: in all."""
    lines = [Html(f'<span lang="{locale}">{say(_NOT_READ, locale)}</span>') for locale in languages()]
    page = draw(site, "message.html", SOURCE, status, lines=lines)
    page.headers.update(HEADERS | {"Cache-Control": "no-store"})
    return page


def spoken(site: Site) -> Middleware:
    """A middleware: a refusal becomes a page for whoever wants one; its headers stay."""

    @web.middleware
    async def speak(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as raised:
            text = _SAID.get(raised.status)
            if text is None or "text/html" not in request.headers.get("Accept", ""):
                raise
            page = message(site, request, raised.status, text)
            page.headers.update((name, raised.headers[name]) for name in _KEPT if name in raised.headers)
            return page

    return speak
