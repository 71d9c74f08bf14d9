"""What of a bot's commands Discord would refuse.

Source: https://discord.com/developers/docs/interactions/application-commands.
"""

import re
from collections.abc import Iterable
from typing import Any

from .calls import Json

SPOKEN = """
id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th
zh-CN ja zh-TW ko ar he
"""
LOCALES = frozenset(SPOKEN.split())
"""https://discord.com/developers/docs/reference#locales and, with ar and he, what the OpenAPI file has besides."""

NAME = re.compile(r"[-'\w\u0900-\u097f\u0e00-\u0e7f]{1,32}")
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(1, 12)
COMPLETED = frozenset({STRING, INTEGER, NUMBER})
MOST_COMMANDS, MOST_OPTIONS, MOST_CHARACTERS = 100, 25, 8000


def mistakes(commands: Any) -> list[str]:
    """What is wrong with a whole menu."""
    if not isinstance(commands, list):
        return ["the body is no list of commands"]
    names = [(one.get("type") or 1, one.get("name")) for one in commands]
    found = [f"/{name}: registered twice" for kind, name in sorted(set(names)) if names.count((kind, name)) > 1]
    if sum(kind == 1 for kind, _ in names) > MOST_COMMANDS:
        found.append(f"more than {MOST_COMMANDS} commands")
    return [*found, *(text for one in commands for text in command(one))]


def command(one: Json) -> list[str]:
    """What is wrong with one command, its options included."""
    path = f"/{one.get('name')}"
    chat = (one.get("type") or 1) == 1
    found = _named(one, path, chat, chat)
    if not chat and (one.get("options") or one.get("description")):
        found.append(f"{path}: a context menu has no description and no options")
    if _characters(one) > MOST_CHARACTERS:
        found.append(f"{path}: {_characters(one)} characters altogether, {MOST_CHARACTERS} are allowed")
    return [*found, *_options(one.get("options") or [], path, 0)]


def _options(options: list[Json], path: str, depth: int) -> list[str]:
    found = []
    names = [str(one.get("name")) for one in options]
    if len(options) > MOST_OPTIONS:
        found.append(f"{path}: {len(options)} options, {MOST_OPTIONS} are allowed")
    found += [f"{path}: two options {name}" for name in sorted(set(names)) if names.count(name) > 1]
    for locale in {key for one in options for key in one.get("name_localizations") or {}}:
        shown = [(one.get("name_localizations") or {}).get(locale, one.get("name")) for one in options]
        if len(set(shown)) < len(shown):
            found.append(f"{path}: two options share a name in {locale}")
    kinds = [one.get("type") for one in options]
    nested = [kind in {SUBCOMMAND, GROUP} for kind in kinds]
    if any(nested) and not all(nested):
        found.append(f"{path}: subcommands beside options")
    required = [bool(one.get("required")) for one in options]
    if required != sorted(required, reverse=True):
        found.append(f"{path}: a required option after an optional one")
    if depth and GROUP in kinds:
        found.append(f"{path}: a group in a group")
    for option in options:
        found += _option(option, f"{path} {option.get('name')}", depth)
    return found


def _option(one: Json, path: str, depth: int) -> list[str]:
    found = _named(one, path, True, True)
    kind, choices = one.get("type"), one.get("choices") or []
    if kind in {SUBCOMMAND, GROUP}:
        return [*found, *_options(one.get("options") or [], path, depth + 1)]
    if one.get("options"):
        found.append(f"{path}: options in an option")
    if choices and one.get("autocomplete"):
        found.append(f"{path}: choices and autocomplete")
    if (choices or one.get("autocomplete")) and kind not in COMPLETED:
        found.append(f"{path}: only texts and numbers have choices or autocomplete")
    return [*found, *choices_mistakes(choices, kind, path)]


def choices_mistakes(choices: list[Json], kind: Any, path: str) -> list[str]:
    """What is wrong with fixed choices or with an autocompletion's."""
    found = []
    if len(choices) > MOST_OPTIONS:
        found.append(f"{path}: {len(choices)} choices, {MOST_OPTIONS} are allowed")
    fitting: dict[Any, tuple[type, ...]] = {INTEGER: (int,), NUMBER: (int, float)}
    for choice in choices:
        if not 1 <= len(str(choice.get("name") or "")) <= 100:
            found.append(f"{path}: a choice's name has 1 to 100 characters")
        found += _localised(choice, path, "name", 100, False)
        value = choice.get("value")
        if not isinstance(value, fitting.get(kind, (str,))) or isinstance(value, bool):
            found.append(f"{path}: the choice {value!r} is of another type than the option")
        elif isinstance(value, str) and not 1 <= len(value) <= 100:
            found.append(f"{path}: a choice's value has 1 to 100 characters")
    return found


def _named(one: Json, path: str, lower: bool, described: bool) -> list[str]:
    name, description = str(one.get("name") or ""), str(one.get("description") or "")
    found = []
    if not _valid(name) if lower else not 1 <= len(name) <= 32:
        found.append(f"{path}: no valid name")
    if described and not 1 <= len(description) <= 100:
        found.append(f"{path}: a description has 1 to 100 characters, not {len(description)}")
    return [*found, *_localised(one, path, "name", 32, lower), *_localised(one, path, "description", 100, False)]


def _localised(one: Json, path: str, what: str, most: int, lower: bool) -> Iterable[str]:
    for locale, text in (one.get(f"{what}_localizations") or {}).items():
        if locale not in LOCALES:
            yield f"{path}: Discord knows no locale {locale}"
        if not 1 <= len(text) <= most or (lower and not _valid(text)):
            yield f"{path}: no valid {what} in {locale}: {text!r}"


def _valid(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and name == name.lower()


def _characters(one: Json) -> int:
    """The size that is limited: of each text the longest of its translations."""
    total = 0
    for what in ("name", "description"):
        total += max(len(text) for text in [one.get(what) or "", *(one.get(f"{what}_localizations") or {}).values()])
    total += sum(len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in one.get("choices") or [])
    return total + sum(_characters(inner) for inner in one.get("options") or [])
