"""A request as it came over the wire: where to, its parameters, its body in any of the encodings, its files."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from .refusals import Mistake

Json = dict[str, Any]
"""An object as JSON has it."""


@dataclass(frozen=True)
class File:
    """A file that was uploaded: its name, its bytes, its MIME type."""

    name: str
    content: bytes = field(repr=False)
    mime: str = "application/octet-stream"


@dataclass(eq=False)
class Call:
    """One request of the bot: what it asked, when (on the server's clock), and what it was answered.

    `path` begins after /api/v10; `route` is its template ("/channels/{channel_id}/messages", empty where there is
    none) and `ids` what is in the template's places. `answer` stays None while the call is open, where no answer
    was ever sent and for a 204; `done` tells whether its work was done (a connection may be cut after that).
    """

    method: str
    path: str
    at: float
    query: dict[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    files: dict[str, File] = field(default_factory=dict)
    route: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    status: int | None = None
    answer: Any = None
    done: bool = False

    @property
    def authorization(self) -> str | None:
        """Whose call it is, in its header's words."""
        return self.headers.get("Authorization")

    @property
    def code(self) -> int | None:
        """Discord's error code of a refused call; None where it was not refused."""
        refused = self.status is not None and self.status >= 400 and isinstance(self.answer, dict)
        return int(self.answer.get("code", 0)) if refused else None

    @property
    def fields(self) -> Json:
        """The body as an object; empty where there is none."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def name(self) -> str:
        """Method and path, as a test's report says them."""
        return f"{self.method} {self.path}"

    def number(self, name: str) -> int:
        """The id in this place of the path; 0 where it is none, which nothing has."""
        text = self.ids[name]
        return int(text) if text.isdecimal() else 0

    def flag(self, name: str) -> bool:
        """A parameter of the address as yes or no; no when it is absent."""
        return self.query.get(name, "").lower() in {"true", "1"}

    def __repr__(self) -> str:
        """One line for a test's report."""
        code = f" ({self.code})" if self.code else ""
        return f"<{self.method} {self.route or self.path} -> {self.status}{code}>"


async def read(request: web.Request) -> tuple[Any, dict[str, File]]:
    """The body and the files of a request, by their names: JSON, or multipart with `payload_json` and `files[n]`.

    Raises Mistake for a body that cannot be read.
    """
    if not request.can_read_body:
        return None, {}
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await request.read()
    if not raw:
        return None, {}
    if request.content_type != "application/json":
        raise Mistake(f'Expected "Content-Type" to be JSON, not {request.content_type}')
    return _parsed(raw), {}


async def _multipart(request: web.Request) -> tuple[Any, dict[str, File]]:
    body, files = None, {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = File(value.filename, value.file.read(), value.content_type)
            value.file.close()
        elif name == "payload_json":
            body = _parsed(value if isinstance(value, str) else bytes(value))
        else:
            raise Mistake(f"a multipart body carries payload_json and files[n], not {name}")
    return body, files


def _parsed(raw: str | bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise Mistake("", 50109, "The request body contains invalid JSON.") from None
