"""The headers of every response, which keep browsers from doing what a page does not need."""

from aiohttp import web

from bot.web.listening import Handler

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors https://web.telegram.org",
    )
)
"""Nothing of anybody else's, and nothing inline. Telegram in a browser shows the page in a frame."""
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Server": "studybuddy",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


@web.middleware
async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A middleware: the headers on whatever is answered. What is one person's is stored by nobody on the way."""
    try:
        response = await handler(request)
    except web.HTTPException as raised:
        response = raised
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    if isinstance(response, web.HTTPException):
        raise response
    return response
