"""What browsers are told where there is nothing to show, in words."""

from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.core.site import Site
from bot.dialogue.text import Text
from bot.web.drawing import message
from bot.web.listening import Handler

_SAID: Mapping[int, Text] = {
    403: Text("This form is too old or comes from somewhere else. Load the page anew, and try again."),
    404: Text("This address opens nothing, or nothing any more."),
    413: Text("That is too much at once."),
    429: Text("That was a lot at once. Please wait a minute."),
    500: Text("Something went wrong here. Please look whether it was done before you try again."),
    503: Text("The database cannot be reached at the moment. Please try again in a minute."),
}


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
            if "Retry-After" in raised.headers:
                page.headers["Retry-After"] = raised.headers["Retry-After"]
            return page

    return speak
