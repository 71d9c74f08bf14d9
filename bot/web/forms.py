"""Reads what the pages' forms send."""

from urllib.parse import parse_qsl

from aiohttp import web

_TYPE = "application/x-www-form-urlencoded"
_FIELDS = 30


async def form_of(request: web.Request) -> dict[str, str]:
    """The fields of a form, as a browser sends it for one of our pages; none where nothing is sent. Raises 400 for
    anything else, and 413 for too much."""
    if not request.can_read_body:
        return {}
    if request.content_type != _TYPE:
        raise web.HTTPBadRequest
    try:
        body = (await request.read()).decode()
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
    except (ValueError, web.RequestPayloadError):
        raise web.HTTPBadRequest from None
