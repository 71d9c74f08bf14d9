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
    names = [(declared.get("type") or 1, declared.get("name")) for declared in commands]
    mistakes = [f"/{name}: registered twice" for kind, name in sorted(set(names)) if names.count((kind, name)) > 1]
    if sum(kind == 1 for kind, _ in names) > MOST_COMMANDS:
        mistakes.append(f"more than {MOST_COMMANDS} commands")
    return [*mistakes, *(text for declared in commands for text in command(declared))]


def command(declared: Json) -> list[str]:
    """What is wrong with one command, its options included."""
    path = f"/{declared.get('name')}"
    chat = (declared.get("type") or 1) == 1
    mistakes = _named(declared, path, chat, chat)
    if not chat and (declared.get("options") or declared.get("description")):
        mistakes.append(f"{path}: a context menu has no description and no options")
    if _characters(declared) > MOST_CHARACTERS:
        mistakes.append(f"{path}: {_characters(declared)} characters altogether, {MOST_CHARACTERS} are allowed")
    return [*mistakes, *_options(declared.get("options") or [], path, 0)]


def _options(options: list[Json], path: str, depth: int) -> list[str]:
    mistakes = []
    names = [str(option.get("name")) for option in options]
    if len(options) > MOST_OPTIONS:
        mistakes.append(f"{path}: {len(options)} options, {MOST_OPTIONS} are allowed")
    mistakes += [f"{path}: two options {name}" for name in sorted(set(names)) if names.count(name) > 1]
    for locale in {key for option in options for key in option.get("name_localizations") or {}}:
        shown = [(option.get("name_localizations") or {}).get(locale, option.get("name")) for option in options]
        if len(set(shown)) < len(shown):
            mistakes.append(f"{path}: two options share a name in {locale}")
    kinds = [option.get("type") for option in options]
    nested = [kind in {SUBCOMMAND, GROUP} for kind in kinds]
    if any(nested) and not all(nested):
        mistakes.append(f"{path}: subcommands beside options")
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        mistakes.append(f"{path}: a required option after an optional one")
    if depth and GROUP in kinds:
        mistakes.append(f"{path}: a group in a group")
    for option in options:
        mistakes += _option(option, f"{path} {option.get('name')}", depth)
    return mistakes


def _option(option: Json, path: str, depth: int) -> list[str]:
    mistakes = _named(option, path, True, True)
    kind, choices = option.get("type"), option.get("choices") or []
    if kind in {SUBCOMMAND, GROUP}:
        return [*mistakes, *_options(option.get("options") or [], path, depth + 1)]
    if option.get("options"):
        mistakes.append(f"{path}: options in an option")
    if choices and option.get("autocomplete"):
        mistakes.append(f"{path}: choices and autocomplete")
    if (choices or option.get("autocomplete")) and kind not in COMPLETED:
        mistakes.append(f"{path}: only texts and numbers have choices or autocomplete")
    return [*mistakes, *choices_mistakes(choices, kind, path)]


def choices_mistakes(choices: list[Json], kind: Any, path: str) -> list[str]:
    """What is wrong with fixed choices or with an autocompletion's."""
    mistakes = []
    if len(choices) > MOST_OPTIONS:
        mistakes.append(f"{path}: {len(choices)} choices, {MOST_OPTIONS} are allowed")
    fitting: dict[Any, tuple[type, ...]] = {INTEGER: (int,), NUMBER: (int, float)}
    for choice in choices:
        if not 1 <= len(str(choice.get("name") or "")) <= 100:
            mistakes.append(f"{path}: a choice's name has 1 to 100 characters")
        mistakes += _localised(choice, path, "name", 100, False)
        value = choice.get("value")
        if not isinstance(value, fitting.get(kind, (str,))) or isinstance(value, bool):
            mistakes.append(f"{path}: the choice {value!r} is of another type than the option")
        elif isinstance(value, str) and not 1 <= len(value) <= 100:
            mistakes.append(f"{path}: a choice's value has 1 to 100 characters")
    return mistakes


def _named(declared: Json, path: str, lower: bool, described: bool) -> list[str]:
    name, description = str(declared.get("name") or ""), str(declared.get("description") or "")
    mistakes = []
    if not _valid(name) if lower else not 1 <= len(name) <= 32:
        mistakes.append(f"{path}: no valid name")
    if described and not 1 <= len(description) <= 100:
        mistakes.append(f"{path}: a description has 1 to 100 characters, not {len(description)}")
    return [
        *mistakes,
        *_localised(declared, path, "name", 32, lower),
        *_localised(declared, path, "description", 100, False),
    ]


def _localised(declared: Json, path: str, field: str, most: int, lower: bool) -> Iterable[str]:
    for locale, text in (declared.get(f"{field}_localizations") or {}).items():
        if locale not in LOCALES:
            yield f"{path}: Discord knows no locale {locale}"
        if not 1 <= len(text) <= most or (lower and not _valid(text)):
            yield f"{path}: no valid {field} in {locale}: {text!r}"


def _valid(name: str) -> bool:
    return bool(NAME.fullmatch(name)) and name == name.lower()


def _characters(declared: Json) -> int:
    """The size that is limited: of each text the longest of its translations."""
    total = 0
    for field in ("name", "description"):
        total += max(
            len(text) for text in [declared.get(field) or "", *(declared.get(f"{field}_localizations") or {}).values()]
        )
    total += sum(
        len(str(choice.get("name"))) + len(str(choice.get("value"))) for choice in declared.get("choices") or []
    )
    return total + sum(_characters(inner) for inner in declared.get("options") or [])
