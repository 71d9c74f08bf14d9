"""A call as it came over the wire: its method, its parameters in any of the encodings, its files."""

import json
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

    `params` are as they came: strings in a form, any JSON in a JSON body. `answer` stays None while the call is open
    and where no answer was ever sent; `done` tells whether its work was done (a connection may be cut after that).
    """

    method: str
    params: Json
    files: dict[str, File]
    at: float
    status: int | None = None
    answer: Json | None = None
    done: bool = False

    @property
    def result(self) -> Any:
        """What a successful answer carried; None where there was none."""
        return (self.answer or {}).get("result")

    @property
    def refused(self) -> str | None:
        """The description that the call was refused with; None where it was not."""
        return (self.answer or {}).get("description")

    def text(self, name: str) -> str | None:
        """A parameter as text; None when it is absent."""
        value = self.params.get(name)
        return None if value is None else str(value)

    def integer(self, name: str) -> int | None:
        """A parameter as a whole number; None when it is absent. Raises Mistake."""
        value = self.params.get(name)
        if value is None:
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise Mistake(f'parameter "{name}" must be an integer') from None

    def need(self, name: str) -> int:
        """A whole number that must be there. Raises Mistake."""
        value = self.integer(name)
        if value is None:
            raise Mistake(f'parameter "{name}" is required')
        return value

    def flag(self, name: str) -> bool:
        """A parameter as yes or no; no when it is absent."""
        return str(self.params.get(name, "")).lower() in {"true", "1", "yes"}

    def data(self, name: str) -> Any:
        """A parameter that is an object or a list, JSON-encoded or not; None when it is absent. Raises Mistake."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise Mistake(f"can't parse {name} JSON object") from None

    def file(self, name: str) -> File | None:
        """The file uploaded for a parameter, under its own name or as `attach://name`; None when it is absent."""
        value = self.params.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.files.get(value.removeprefix("attach://"))
        return self.files.get(name)


async def read(request: web.Request) -> tuple[Json, dict[str, File]]:
    """The parameters and files of a request: from its address, a JSON body, a form or a multipart body.

    Raises Mistake for a body that cannot be read.
    """
    params: Json = dict(request.query)
    files: dict[str, File] = {}
    if request.content_type == "application/json" and request.can_read_body:
        try:
            body = json.loads(await request.read())
        except ValueError:
            raise Mistake("can't parse request JSON object") from None
        if not isinstance(body, dict):
            raise Mistake("can't parse request JSON object", "an object is expected")
        params.update(body)
    elif request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        for name, value in (await request.post()).items():
            if isinstance(value, web.FileField):
                files[name] = File(value.filename, value.file.read(), value.content_type)
                value.file.close()
            else:
                params[name] = bytes(value).decode() if isinstance(value, (bytes, bytearray)) else value
    return params, files
