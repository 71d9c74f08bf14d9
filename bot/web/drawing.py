"""Makes pages of templates, and gives out what they need: style, script and icon."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.core.site import Site
from bot.dialogue.text import Text
from bot.dialogue.wording import formats, nearest
from bot.web.markup import say

_HERE = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_WORDS: Mapping[str, Text] = {
    "skip": Text("Skip to the content"),
    "today": Text("Today"),
    "progress": Text("Progress"),
    "plan": Text("Plan"),
    "entries": Text("Entries"),
    "settings": Text("Settings"),
    "answer": Text("Answer"),
    "send": Text("Send"),
    "save": Text("Save"),
    "your_answer": Text("Type an answer"),
    "log": Text("Log"),
    "what_studied": Text("What have you studied?"),
    "such_as": Text("1h30 yesterday calculus"),
    "all_entries": Text("All entries"),
    "taken_back": Text("taken back"),
    "no_entries": Text("Nothing is logged yet."),
    "sign_out": Text("Close the page here"),
    "page": Text("Your page"),
    "open": Text("Open my page"),
    "board": Text("Board"),
    "parts": Text("Parts of the page"),
    "here_zone": Text("This device is in another time zone:"),
    "use_it": Text("Use it"),
}


@dataclass(frozen=True)
class Static:
    """A file that pages need, and the address at which this very content is found."""

    body: bytes
    media_type: str
    version: str


@cache
def static(name: str) -> Static:
    """A file of the folder `static`."""
    path = _HERE / "static" / name
    body = path.read_bytes()
    return Static(body, _TYPES[path.suffix], sha256(body).hexdigest()[:12])


STATIC = ("page.css", "page.js", "week.css", "week.js", "icon.svg")


@cache
def environment() -> Environment:
    """The templates."""
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def draw(site: Site, template: str, locale: str, status: int = 200, **values: Any) -> web.Response:
    """A page in a language."""
    words = {name: say(text, locale) for name, text in _WORDS.items()}
    files = {name.replace(".", "_"): f"{site.url_path}/static/{name}?v={static(name).version}" for name in STATIC}
    direction = formats(locale).text_direction
    page = environment().get_template(template)
    body = page.render(words=words, files=files, locale=locale, direction=direction, under=site.url_path, **values)
    return web.Response(text=body, content_type="text/html", status=status)


def message(site: Site, request: web.Request, status: int, *lines: Text) -> web.Response:
    """A page that says something to whoever is not known, in the language of their browser."""
    locale = language(request)
    return draw(site, "message.html", locale, status, lines=[say(line, locale) for line in lines])


def language(request: web.Request) -> str:
    """The bot's language nearest to the one that a browser asks for first."""
    return nearest(request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0].strip() or None)


async def give_static(request: web.Request) -> web.Response:
    """One of those files; its address changes with its content, so it may be kept for ever."""
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    file = static(name)
    keep = {"Cache-Control": "public, max-age=31536000, immutable"}
    return web.Response(body=file.body, content_type=file.media_type, charset="utf-8", headers=keep)
