"""Telegram's own description of its calls, and what of a call or an answer does not agree with it."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from .bodies import Call, Json

WHERE = Path(__file__).parents[3] / ".." / "shared" / "specs" / "telegram" / "api.json"
"""The machine-readable Bot API beside a checkout; it is no part of the repository."""

CONSTANT = re.compile(r"(?:must be|always) [“\"]?([a-z0-9_]+)[”\"]?")
NUMBER = re.compile(r"-?[0-9]+")
PEER = re.compile(r"-?[0-9]+|@[A-Za-z][A-Za-z0-9_]{3,31}")
_ATTACHED = re.compile(r"attach://([^\"\s,}]+)")
"""A file that a parameter, or a part of one, names."""
SIMPLE: dict[str, tuple[type, ...]] = {
    "Integer": (int,),
    "Float": (int, float),
    "String": (str,),
    "Boolean": (bool,),
    "True": (bool,),
}


class Spec:
    """The methods and types of the Bot API. Immutable once read."""

    def __init__(self, methods: dict[str, Json], types: dict[str, Json]) -> None:
        """Take both from the parsed file."""
        self._methods = methods
        self._types = types

    def knows(self, method: str) -> bool:
        """Whether there is such a method."""
        return method in self._methods

    def mistakes(self, call: Call) -> list[str]:
        """What a call does not do as documented: unknown or missing parameters, and wrong types at any depth."""
        fields = {field["name"]: field for field in self._methods[call.method].get("fields", [])}
        mistakes = [f'unknown parameter "{name}"' for name in (call.params | call.files) if name not in fields]
        attached = {name for value in call.params.values() for name in _ATTACHED.findall(str(value))}
        mistakes = [text for text in mistakes if not any(text.endswith(f'"{name}"') for name in attached)]
        for name, field in fields.items():
            if name in call.files:
                if "InputFile" not in field["types"]:
                    mistakes.append(f'parameter "{name}" is no file')
            elif name not in call.params:
                if field["required"]:
                    mistakes.append(f'parameter "{name}" is required')
            elif problems := self._either(field["types"], call.params[name], name, call):
                mistakes.append(problems)
        return mistakes

    def unlike(self, kind: str, value: Any) -> list[str]:
        """What a value (an update, an answer) does not have as its type is documented."""
        problem = self._one(kind, value, kind, None)
        return [problem] if problem else []

    def returns(self, method: str) -> list[str]:
        """The types of which a method's result is one."""
        return list(self._methods[method]["returns"])

    def _either(self, kinds: list[str], value: Any, path: str, call: Call | None) -> str | None:
        """What is wrong with a value that may be of several types; what the nearest one misses."""
        problems = [self._one(kind, value, path, call) for kind in kinds]
        if None in problems:
            if path.endswith("chat_id") and isinstance(value, str) and not PEER.fullmatch(value):
                return f'"{path}" is neither a number nor @name: {value!r}'
            return None
        return min((problem for problem in problems if problem), key=lambda text: text.startswith(path + " is not"))

    def _one(self, kind: str, value: Any, path: str, call: Call | None) -> str | None:
        """What is wrong with a value of this type. `call` is given only for what is at the top of a call."""
        if call is not None and isinstance(value, str) and kind != "String":
            decoded = self._decode(kind, value, call)
            if decoded is None:
                return f"{path} is not {kind}: {value[:80]!r}"
            value = decoded
        if kind in SIMPLE:
            fits = isinstance(value, SIMPLE[kind]) and (isinstance(value, bool) == (bool in SIMPLE[kind]))
            return None if fits else f"{path} is not {kind}: {value!r}"
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return f"{path} is not {kind}: {value!r}"
            inner = kind.removeprefix("Array of ")
            return next(
                (bad for at, item in enumerate(value) if (bad := self._one(inner, item, f"{path}[{at}]", None))), None
            )
        return self._object(kind, value, path)

    @staticmethod
    def _decode(kind: str, value: str, call: Call) -> Any:
        """What a form's string stands for; None when it cannot be of this type."""
        if kind == "InputFile":
            return {} if value.removeprefix("attach://") in call.files else None
        if kind in {"Integer", "Float"}:
            return int(value) if NUMBER.fullmatch(value) else None
        if kind in {"Boolean", "True"}:
            return {"true": True, "false": False}.get(value)
        try:
            return json.loads(value)
        except ValueError:
            return None

    def _object(self, kind: str, value: Any, path: str) -> str | None:
        """What is wrong with an object: missing, unknown or wrong fields."""
        if not isinstance(value, dict):
            return f"{path} is not {kind}: {value!r}"
        shape = self._types[kind]
        if "subtypes" in shape:
            fitting = [name for name in shape["subtypes"] if self._constants_fit(name, value)]
            if not fitting:
                return f"{path} is not {kind}: {value!r}"
            return self._either(fitting, value, path, None)
        fields = {field["name"]: field for field in shape.get("fields", [])}
        for name in value:
            if name not in fields:
                return f"{path} has an unknown field {name!r}"
        for name, field in fields.items():
            if name not in value:
                if field["required"]:
                    return f"{path} lacks {name!r}"
            elif problem := self._either(field["types"], value[name], f"{path}.{name}", None):
                return problem
        return None

    def _constants_fit(self, kind: str, value: Json) -> bool:
        """Whether the fields that tell one subtype from another say this one."""
        for field in self._types[kind].get("fields", []):
            constant = CONSTANT.search(field["description"])
            if constant and field["name"] in {"type", "status", "source"}:
                return bool(value.get(field["name"]) == constant[1])
        return True


@cache
def spec_or_none() -> Spec | None:
    """The Bot API as documented; None in a checkout that does not have it beside it."""
    if not WHERE.exists():
        return None
    raw = json.loads(WHERE.read_bytes())
    return Spec(raw["methods"], raw["types"])
