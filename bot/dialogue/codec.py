"""Replies as JSON and back, for the database: a request that comes again gets the very same reply."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from bot.dialogue import facts
from bot.dialogue import reply as replies
from bot.dialogue import text as texts
from bot.dialogue.reply import Reply
from bot.dialogue.text import Plural, Text

_CLASSES: dict[str, type[Any]] = {
    name: member
    for module in (texts, facts, replies)
    for name, member in vars(module).items()
    if isinstance(member, type) and is_dataclass(member)
}
_FIELDS = {member: tuple(field.name for field in fields(member)) for member in _CLASSES.values()}


def dump(reply: Reply) -> str:
    """The reply as compact JSON."""
    return json.dumps(_plain(reply), ensure_ascii=False, separators=(",", ":"))


def load(stored: str) -> Reply:
    """The reply that `dump` made this JSON of."""
    reply = _value(json.loads(stored))
    assert isinstance(reply, Reply)  # noqa: S101 - nothing else is stored
    return reply


def _plain(value: Any) -> Any:
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Text):
        return {"$": "Text", "m": value.message, "p": value.plural, "v": _plain(value.values)}
    names = _FIELDS.get(type(value))
    if names is not None:
        return {"$": type(value).__name__} | {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, datetime | date | time):
        return {"$": type(value).__name__, "iso": value.isoformat()}
    raise TypeError(f"a reply cannot hold {value!r}")


_TIMES: dict[str, type[datetime] | type[date] | type[time]] = {"datetime": datetime, "date": date, "time": time}


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return tuple(_value(item) for item in plain)
    if not isinstance(plain, dict):
        return plain
    kind = plain.pop("$", None)
    if kind in _TIMES:
        return _TIMES[kind].fromisoformat(plain["iso"])
    values = {key: _value(item) for key, item in plain.items()}
    if kind is None:
        return values
    if kind == "Text":
        return Plural(values["m"], values["p"], **values["v"]) if values["p"] else Text(values["m"], **values["v"])
    return _CLASSES[kind](**values)
