"""The JSON Schema for editors agrees with the loader: it comes from the same declaration."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from roadmap import loader
from roadmap.schema import json_schema

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8").replace("2026-11-23", '"2026-11-23"')
PAGE = Path(__file__).parents[3] / "docs" / "roadmap-format.md"
TYPES: dict[str, type | tuple[type, ...]] = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
}


def violations(schema: Any, value: Any, at: str = "") -> list[str]:
    """A small validator of the keywords our schema uses; an unknown keyword is an error of its own."""
    if isinstance(schema, bool):
        return [] if schema else [f"{at}: not allowed"]
    unknown = set(schema) - set(_KEYWORDS) - {"$schema", "title", "description", "if", "then", "else"}
    problems = [f"{at}: the test knows no {keyword}" for keyword in unknown]
    for keyword, holds in _KEYWORDS.items():
        if keyword in schema and not holds(schema[keyword], value):
            problems.append(f"{at}: {keyword} {schema[keyword]}")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        for key, inner in value.items():
            if key in known:
                problems += violations(known[key], inner, f"{at}.{key}")
            elif schema.get("additionalProperties") is False:
                problems.append(f"{at}: {key} is not allowed")
    if isinstance(value, list):
        for index, inner in enumerate(value):
            problems += violations(schema.get("items", True), inner, f"{at}[{index}]")
    if "if" in schema:
        problems += violations(schema["else" if violations(schema["if"], value) else "then"], value, at)
    return problems


def _is(kinds: str | list[str], value: Any) -> bool:
    return any(
        isinstance(value, TYPES[kind]) and not isinstance(value, bool)
        for kind in ([kinds] if isinstance(kinds, str) else kinds)
    )


_KEYWORDS: dict[str, Any] = {
    "type": _is,
    "enum": lambda words, value: value in words,
    "const": lambda word, value: value == word,
    "pattern": lambda pattern, value: not isinstance(value, str) or re.search(pattern, value),
    "minLength": lambda least, value: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda most, value: not isinstance(value, str) or len(value) <= most,
    "minimum": lambda least, value: not isinstance(value, int) or value >= least,
    "maximum": lambda most, value: not isinstance(value, int | float) or value <= most,
    "exclusiveMinimum": lambda bound, value: not isinstance(value, int | float) or value > bound,
    "minItems": lambda least, value: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda most, value: not isinstance(value, list) or len(value) <= most,
    "uniqueItems": lambda _, value: not isinstance(value, list) or len({str(v) for v in value}) == len(value),
    "required": lambda keys, value: not isinstance(value, dict) or set(keys) <= set(value),
    "properties": lambda _, value: True,
    "additionalProperties": lambda _, value: True,
    "items": lambda _, value: True,
}


def declared_keys(schema: Any) -> set[str]:
    """Every key of every mapping of the format."""
    if not isinstance(schema, dict):
        return set()
    keys = set(schema.get("properties", {}))
    for inner in [*schema.get("properties", {}).values(), schema.get("items")]:
        keys |= declared_keys(inner)
    return keys


def test_the_schema_accepts_every_track_and_the_smallest_example() -> None:
    for path in loader.tracks().values():
        assert violations(json_schema(), yaml.safe_load(path.read_bytes())) == []
    assert violations(json_schema(), yaml.safe_load(SMALL)) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title: Leaves", "titel: Leaves", "titel is not allowed"),
        ("summary: From the leaf to the cup.", "", "required"),
        ("id: tea\n", "id: Tea\n", "pattern"),
        ("hours: 6", "hours: six", "type"),
        ("weeks: 1-2", "weeks: [1, 2]", "type"),
        ("weeks: 1-2", "weeks: one", "pattern"),
        ("kind: project", "kind: task", "enum"),
        ("url: https://tea.example/kinds", "url: ftp://tea.example/kinds", "pattern"),
        ("version: 2.1.0", "version: '2.1'", "pattern"),
        ("needs: A cup.", "resource: {}", "not allowed"),
        ("reaches: [drunk]", "reaches: []", "minItems"),
        ("reaches: [drunk]", "reaches: [drunk, drunk]", "uniqueItems"),
        ("do: Read about lime.", "do: Read about lime.\n            reaches: [drunk]", "not allowed"),
        ("recommends: [water]", "recommends: [water, water]", "uniqueItems"),
        ("      - Tell green from black.", "      []", "minItems"),
        ("title: Leaves", f"title: {'x' * 101}", "maxLength"),
    ],
)
def test_what_the_schema_refuses_the_loader_refuses_too(old: str, new: str, expected: str) -> None:
    assert SMALL.count(old) == 1
    text = SMALL.replace(old, new)
    assert any(expected in violation for violation in violations(json_schema(), yaml.safe_load(text)))
    with pytest.raises(loader.RoadmapErrors):
        loader.loads(text, "tea.yaml")


def test_every_key_explains_itself_in_the_editor() -> None:
    def undescribed(schema: Any) -> list[str]:
        if not isinstance(schema, dict):
            return []
        undescribed_keys = [key for key, inner in schema.get("properties", {}).items() if not inner.get("description")]
        for inner in [*schema.get("properties", {}).values(), schema.get("items")]:
            undescribed_keys += undescribed(inner)
        return undescribed_keys

    assert undescribed(json_schema()) == []


def test_the_schema_is_json_and_says_which_draft() -> None:
    assert json.loads(json.dumps(json_schema())) == json_schema()
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_the_page_for_authors_explains_every_key_and_its_example_loads() -> None:
    page = PAGE.read_text(encoding="utf-8")
    missing = [key for key in sorted(declared_keys(json_schema())) if f"`{key}`" not in page]
    assert missing == []
    example = re.search(r"```yaml\n(.*?)```", page, re.DOTALL)
    assert example
    assert loader.loads(example[1], "roadmap-format.md").modules
    assert violations(json_schema(), yaml.safe_load(example[1])) == []
