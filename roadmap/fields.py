"""Lists and mappings of a track file: one declaration serves for reading and as JSON Schema."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from roadmap.problems import Report, quote
from roadmap.reading import Collection, Node, Scalar
from roadmap.scalars import SLUG, Reader, Reference, Schema, guess, shown


@dataclass(frozen=True)
class ListOf:
    """A list of `least` to `most` values; with `unique` no value twice. A value with a problem is None."""

    reader: Reader
    most: int
    least: int = 0
    unique: bool = False

    def read(self, node: Node, at: str, report: Report) -> list[Any] | None:
        """The values in order; None, with a problem reported, if the node is no list."""
        if isinstance(node, Scalar) and node.told:
            return None
        if not isinstance(node, Collection) or node.mapping:
            kind = "a mapping (key: value)" if isinstance(node, Collection) else shown(node)
            report.add(node.line, at, f"is {kind}; expected a list, each line beginning with '-'")
            return None
        if not self.least <= len(node.children) <= self.most:
            expected = f"expected {self.least} to {self.most}"
            report.add(node.line, at, f"has {len(node.children)} elements; {expected}")
        values: list[Any] = []
        seen: set[str] = set()
        for index, child in enumerate(node.children[: self.most], 1):
            value = self.reader.read(child, f"{at}[{_name(child) or index}]", report)
            values.append(value)
            if self.unique and value is not None:
                plain = value.id if isinstance(value, Reference) else str(value)
                if plain in seen:
                    report.add(child.line, at, f"names {quote(plain)} twice; expected each once")
                seen.add(plain)
        return values if len(node.children) <= self.most else [*values, None]

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        schema: Schema = {"type": "array", "items": self.reader.schema(), "maxItems": self.most}
        if self.least:
            schema["minItems"] = self.least
        if self.unique:
            schema["uniqueItems"] = True
        return schema


@dataclass(frozen=True)
class Key:
    """A key of a mapping: the reader of its value, its description, and whether it is required."""

    reader: Reader
    about: str
    required: bool = True


@dataclass(frozen=True)
class Record:
    """A mapping that was read. A key that is absent, or whose problem was reported, is None."""

    at: str
    line: int
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def __getitem__(self, key: str) -> Any:
        return self.values.get(key)

    def every(self, key: str) -> list[Any]:
        """The readable elements of a list; none if the list is absent or has a problem itself."""
        return [value for value in self.values.get(key) or () if value is not None]

    def total(self, list_key: str, key: str) -> int | None:
        """The sum of `key` over the mappings of a list; None if one of them could not be read."""
        elements = self.values.get(list_key)
        if not elements or any(element is None or element[key] is None for element in elements):
            return None
        total: int = sum(element[key] for element in elements)
        return total

    def path(self, key: str) -> str:
        """The path of a key in the file, for a problem."""
        return _join(self.at, key)

    def line_of(self, key: str) -> int:
        """The line of a key; that of the mapping if the key is absent."""
        return self.lines.get(key, self.line)

    def note(self, report: Report, key: str, message: str) -> None:
        """Report a problem at a key."""
        report.add(self.line_of(key), self.path(key), message)


@dataclass(frozen=True)
class Fields:
    """A mapping with exactly these keys. `rules` are further JSON Schema keywords; `roadmap.rules` checks them."""

    about: str
    keys: Mapping[str, Key]
    rules: Schema = field(default_factory=dict)

    def read(self, node: Node, at: str, report: Report) -> Record | None:
        """The mapping's values by key; None, with a problem reported, if the node is no mapping."""
        if isinstance(node, Scalar) and node.told:
            return None
        if not isinstance(node, Collection) or not node.mapping:
            report.add(node.line, at, f"is {shown(node)}; expected {self.about} as key: value lines")
            return None
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, value in node.pairs():
            if (name := self._known(key, at, lines, report)) is not None:
                values[name] = self.keys[name].reader.read(value, _join(at, name), report)
        for name, declared in self.keys.items():
            if declared.required and name not in lines:
                report.add(
                    node.line, _join(at, name), f"is missing; expected {declared.about[0].lower()}{declared.about[1:]}"
                )
        return Record(at, node.line, values, lines)

    def _known(self, key: Node, at: str, lines: dict[str, int], report: Report) -> str | None:
        """The name of a key to be read; None, and a note, for a key that is strange or comes again."""
        if isinstance(key, Collection) or key.told:
            report.add(key.line, at, "has a key that is no word; expected key: value lines")
            return None
        name = key.text
        if name in lines:
            report.add(key.line, _join(at, name), f"repeats the key of line {lines[name]}; expected each key once")
            return None
        lines[name] = key.line
        if name in self.keys:
            return name
        if not report.full:
            hint = guess(name, [known for known in self.keys if known not in lines])
            hint = hint or "; expected only " + ", ".join(self.keys)
            report.add(key.line, _join(at, name), f"is not a key of {self.about}{hint}")
        else:
            report.add(key.line, at, "")  # counted only: guessing is slow
        return None

    def schema(self) -> Schema:
        """The accepted mappings as JSON Schema."""
        properties = {name: key.reader.schema() | {"description": key.about} for name, key in self.keys.items()}
        required = [name for name, key in self.keys.items() if key.required]
        return {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        } | self.rules


def _join(at: str, key: str) -> str:
    key = key if re.fullmatch("[a-z_]{1,40}", key) else quote(key)
    return f"{at}.{key}" if at else key


def _name(node: Node) -> str | None:
    """The id of an element, by which its author knows it."""
    if isinstance(node, Collection) and node.mapping:
        for key, value in node.pairs():
            if isinstance(key, Scalar) and key.text == "id" and isinstance(value, Scalar):
                return value.text if len(value.text) <= 40 and re.fullmatch(SLUG, value.text) else None
    return None
