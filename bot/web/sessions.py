"""Sessions: who has opened their page in a browser, and proof that a form was sent from it."""

import hmac
import re
from hashlib import sha256
from urllib.parse import urlsplit

from aiohttp import web

from bot.core.site import Site
from bot.core.web_key import HOLDS, new_secret

SESSION, ENTRANCE = "studybuddy", "studybuddy_entrance"
"""The cookie of a session, and that of a browser that is about to begin one."""
_ENTRANCE_HOLDS = 3600
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")


def csrf_of(secret: str) -> str:
    """What every form of a page carries: nobody can make it without the cookie's secret, nor the secret of it."""
    return sha256(f"form:{secret}".encode()).hexdigest()


def check_form(request: web.Request, secret: str, given: object) -> None:
    """Refuse a form that another site has made. Raises 403."""
    asked_by = request.headers.get("Sec-Fetch-Site", "none")
    if asked_by not in {"same-origin", "none"}:
        raise web.HTTPForbidden
    if not isinstance(given, str) or not hmac.compare_digest(csrf_of(secret).encode(), given.encode()):
        raise web.HTTPForbidden


def session_of(request: web.Request) -> str | None:
    """The secret of the browser's session, if it has any."""
    return _kept(request, SESSION)


def begin(response: web.StreamResponse, site: Site, secret: str, *, framed: bool) -> None:
    """Keep a session in the browser. `framed`: the page may be shown in a frame of Telegram's."""
    holds = HOLDS["session"]
    assert holds is not None  # noqa: S101 - sessions end
    _keep(response, site, SESSION, secret, int(holds.total_seconds()), framed=framed)
    _keep(response, site, ENTRANCE, "", 0, framed=framed)


def end(response: web.StreamResponse, site: Site) -> None:
    """Have the browser forget its session."""
    _keep(response, site, SESSION, "", 0, framed=False)


def entrance(request: web.Request) -> str:
    """The secret of a browser that is about to begin a session; a new one where it has none."""
    return _kept(request, ENTRANCE) or new_secret()


def keep_entrance(response: web.StreamResponse, site: Site, secret: str, *, framed: bool) -> None:
    """Keep that secret in the browser."""
    _keep(response, site, ENTRANCE, secret, _ENTRANCE_HOLDS, framed=framed)


def _kept(request: web.Request, name: str) -> str | None:
    """What is kept in the browser under a name; None for what we never gave it, such as bytes or parts of a header."""
    value = request.cookies.get(name, "")
    return value if _SECRET.fullmatch(value) else None


def _keep(response: web.StreamResponse, site: Site, name: str, value: str, age: int, *, framed: bool) -> None:
    # By hand: the standard library of Python 3.11 does not know Partitioned, without which a frame has no cookies.
    address = urlsplit(site.url)
    parts = [f"{name}={value}", f"Path={address.path or '/'}", f"Max-Age={age}", "HttpOnly"]
    if address.scheme == "https":
        parts.append("Secure")
        parts.append("SameSite=None; Partitioned" if framed else "SameSite=Lax")
    else:
        parts.append("SameSite=Lax")
    response.headers.add("Set-Cookie", "; ".join(parts))
