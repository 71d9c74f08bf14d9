"""Discord's own description of its calls, and what of a request or an answer does not agree with it."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError, best_match

from .calls import Call, Json

WHERE = Path(__file__).parents[3] / ".." / "shared" / "specs" / "discord" / "openapi.json"
"""The machine-readable API beside a checkout; it is no part of the repository."""

COMMAND = "nsfw stands in the documentation and in every answer, the OpenAPI file forgot it for the bulk request"
TTS = "the library sends tts=false with every message body; Discord ignores it where it has no use for it"
NONCE = "the library can send a nonce with whatever it sends; Discord ignores it where it has no use for it"
ABOUT = "the documentation has the application's description as text; the file knows only the translated object"
UNDOCUMENTED: dict[tuple[str, str], str] = {
    ("PUT /applications/{application_id}/commands", "nsfw"): COMMAND,
    ("POST /applications/{application_id}/commands", "nsfw"): COMMAND,
    ("PATCH /applications/{application_id}/commands/{command_id}", "nsfw"): COMMAND,
    ("PUT /applications/{application_id}/guilds/{guild_id}/commands", "nsfw"): COMMAND,
    ("PATCH /channels/{channel_id}/messages/{message_id}", "tts"): TTS,
    ("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original", "tts"): TTS,
    ("PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}", "tts"): TTS,
    ("POST /interactions/{interaction_id}/{interaction_token}/callback", "tts"): TTS,
    ("PATCH /channels/{channel_id}/messages/{message_id}", "nonce"): NONCE,
    ("PATCH /channels/{channel_id}/messages/{message_id}", "enforce_nonce"): NONCE,
    ("PATCH /applications/@me", "description"): ABOUT,
}
"""Where the file is plainly wrong about what the library and the documentation do, and why."""


class Spec:
    """The paths and schemas of the HTTP API. Immutable once read, but for what it remembers of them."""

    def __init__(self, raw: Json) -> None:
        """Take the parsed file."""
        self._paths: dict[str, Json] = raw["paths"]
        self._components: Json = raw["components"]
        # "The API will accept both string and numeric types for IDs" (https://discord.com/developers/docs/reference),
        # and the library sends both; only what is answered are always strings.
        either: Json = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
        self._asked = self._components | {"schemas": self._components["schemas"] | {"SnowflakeType": either}}
        self._patterns = [(self._pattern(path), path) for path in sorted(self._paths, key=lambda path: "{" in path)]
        self._validators: dict[str, Any] = {}

    def path(self, call: Call) -> str | None:
        """The template of a call's path; None where the API has none with this method."""
        fitting = [path for pattern, path in self._patterns if pattern.fullmatch(call.path)]
        fitting.sort(key=lambda path: path.count("{"))
        return next((path for path in fitting if call.method.lower() in self._paths[path]), None)

    def mistakes(self, call: Call) -> list[str]:
        """What a call does not do as documented: its path, its parameters, its body at any depth."""
        path = self.path(call)
        if path is None:
            return ["Discord has no such path and method"]
        operation = self._paths[path][call.method.lower()]
        parameters = [*self._paths[path].get("parameters", []), *operation.get("parameters", [])]
        known = {parameter["name"]: parameter["schema"] for parameter in parameters if parameter["in"] == "query"}
        mistakes = [f"unknown parameter {name}" for name in call.query if name not in known]
        mistakes += [
            f"parameter {name} is no boolean: {value!r}"
            for name, value in call.query.items()
            if known.get(name, {}).get("type") == "boolean" and value.lower() not in {"0", "1", "true", "false"}
        ]
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            return [*mistakes, *(["it takes no body"] if call.body is not None else [])]
        return [*mistakes, *self._body(f"{call.method} {path}", content["schema"], call)]

    def unlike(self, call: Call, answer: Any) -> list[str]:
        """What the answer to a call does not have as documented."""
        path = self.path(call)
        assert path is not None, call
        responses = self._paths[path][call.method.lower()]["responses"]
        if answer is None and "204" in responses:
            return []
        schema = responses.get("200", {}).get("content", {}).get("application/json", {}).get("schema")
        return [] if schema is None else self._wrong(f"{call.method} {path} 200", schema, answer, self._components)

    def _body(self, operation: str, schema: Json, call: Call) -> list[str]:
        body = call.body
        excused = {name for (where, name) in UNDOCUMENTED if where == operation}
        if operation == "PATCH /applications/@me" and isinstance(body, dict):
            body = {name: value for name, value in body.items() if name not in excused}
        mistakes = self._wrong(operation, schema, body, self._asked)
        if "/callback" in operation and isinstance(body, dict):
            return [*mistakes, *self._unknown(schema, body, excused, 1)]
        return [*mistakes, *self._unknown(schema, body, excused, 0)]

    def _wrong(self, key: str, schema: Json, value: Any, components: Json) -> list[str]:
        if key not in self._validators:
            self._validators[key] = _validator(schema, components)
        error = best_match(self._validators[key].iter_errors(value))
        if error is None:
            return []
        where = "/".join(str(step) for step in error.absolute_path)
        return [f"{where or 'the body'}: {error.message[:300]}"]

    def _unknown(self, schema: Json, body: Any, excused: set[str], depth: int) -> list[str]:
        """Names at the top of a body (and `depth` objects below it) that no schema of it has."""
        if isinstance(body, list):
            return [
                text for element in body for text in self._unknown(schema.get("items", {}), element, excused, depth)
            ]
        if not isinstance(body, dict):
            return []
        shapes = list(self._shapes(schema))
        known = {name for shape in shapes for name in shape}
        mistakes = [f"unknown field {name}" for name in body if name not in known | excused]
        if depth:
            for name, value in body.items():
                inner = {"anyOf": [shape[name] for shape in shapes if name in shape]}
                mistakes += self._unknown(inner, value, excused, depth - 1)
        return mistakes

    def _shapes(self, schema: Json) -> Iterator[Json]:
        if "$ref" in schema:
            yield from self._shapes(self._components["schemas"][schema["$ref"].rpartition("/")[2]])
        for union in ("anyOf", "oneOf", "allOf"):
            for member in schema.get(union, []):
                yield from self._shapes(member)
        if "items" in schema:
            yield from self._shapes(schema["items"])
        if "properties" in schema:
            yield schema["properties"]

    @staticmethod
    def _pattern(path: str) -> re.Pattern[str]:
        return re.compile("".join("[^/]+" if part.startswith("{") else re.escape(part) for part in _parts(path)))


def _validator(schema: Json, components: Json) -> Any:
    """A validator that looks only at those alternatives that a value's `type` leaves: quicker, and it tells more."""

    def left(alternative: Json, value: Any) -> bool:
        while "$ref" in alternative:
            alternative = components["schemas"][alternative["$ref"].rpartition("/")[2]]
        if "const" in alternative:
            return bool(alternative["const"] == value)
        if alternative.get("type") == "null":
            return value is None
        kinds = alternative.get("properties", {}).get("type", {}).get("enum")
        if isinstance(value, dict):
            return kinds is None or value.get("type") in kinds
        return alternative.get("type") != "object"

    def either(validator: Any, alternatives: list[Json], value: Any, whole: Json) -> Iterator[ValidationError]:
        fitting = [alternative for alternative in alternatives if left(alternative, value)]
        if not fitting:
            yield ValidationError(f"{value!r} is nothing that may stand here")
        elif len(fitting) == 1:
            yield from validator.descend(value, fitting[0])
        else:
            yield from Draft202012Validator.VALIDATORS["anyOf"](validator, fitting, value, whole)

    extend: Any = validators.extend
    chosen = extend(Draft202012Validator, {"oneOf": either, "anyOf": either})
    return chosen({"components": components, "allOf": [schema]})


def _parts(path: str) -> list[str]:
    return re.split(r"(\{[^}]+\})", path)


@cache
def spec_or_none() -> Spec | None:
    """The HTTP API as documented; None in a checkout that does not have it beside it."""
    return Spec(json.loads(WHERE.read_bytes())) if WHERE.exists() else None
