"""What of a message or a modal Discord would refuse, and what it would take but no careful bot sends.

Limits: https://discord.com/developers/docs/components/reference and .../resources/message#create-message.
"""

from collections.abc import Iterable

from . import texts
from .calls import Json
from .components import BUTTON, CONTAINER, INPUT, LABEL, LINK, ROW, SELECT, SELECTS, TEXT, shown_files, walk
from .components import texts as displays

V2 = 1 << 15
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
CONTENT, DISPLAYED, COMPONENTS, NONCE, OPTIONS = 2000, 4000, 40, 25, 25


def message(body: Json, flags: int, files: Iterable[str], creates: bool) -> list[str]:
    """What Discord refuses in a message's body. `files` are the names of the attachments it will have."""
    names = list(files)
    mistakes = _v2(body, creates) if flags & V2 else _classic(body, creates, bool(names))
    mistakes += _components(body.get("components") or [])
    mistakes += [
        f"attachment://{name} is not among the files"
        for name in shown_files(body.get("components"))
        if name not in names
    ]
    if len(str(body.get("nonce") or "")) > NONCE:
        mistakes.append(f"the nonce has more than {NONCE} characters")
    return mistakes


def careless(body: Json, flags: int, files: Iterable[str], text: str) -> list[str]:
    """What Discord takes and no careful bot sends: mentions that may ring, files that nobody sees."""
    mistakes = []
    allowed = body.get("allowed_mentions")
    parse = ["everyone", "users", "roles"] if allowed is None else allowed.get("parse") or []
    if says_something(body):
        if allowed is None:
            mistakes.append("allowed_mentions is missing")
        elif parse:
            mistakes.append(f"allowed_mentions lets {parse} ring")
    if any(kind in parse for kind, _ in texts.pings(text)):
        mistakes.append(f"pings possible: {text[:80]!r}")
    if flags & V2 and "components" in body:
        hidden = set(files) - set(shown_files(body["components"]))
        mistakes += [f"{name} is attached, but no component shows it" for name in sorted(hidden)]
    return mistakes


def says_something(body: Json) -> bool:
    """Whether a body brings any text."""
    return any(body.get(name) for name in ("content", "embeds", "components"))


def _v2(body: Json, creates: bool) -> list[str]:
    mistakes = [
        f"{name} beside Components V2" for name in ("content", "embeds", "poll", "sticker_ids") if body.get(name)
    ]
    components = body.get("components")
    if not components and (creates or components is not None):
        mistakes.append("a Components V2 message without components")
    shown = displays(components)
    if sum(map(len, shown)) > DISPLAYED:
        mistakes.append(f"{sum(map(len, shown))} characters in text displays, {DISPLAYED} are allowed")
    return mistakes


def _classic(body: Json, creates: bool, has_files: bool) -> list[str]:
    mistakes = []
    content = body.get("content") or ""
    if len(content) > CONTENT:
        mistakes.append(f"{len(content)} characters of content, {CONTENT} are allowed")
    components = body.get("components") or []
    if creates and not (content.strip() or body.get("embeds") or components or has_files or body.get("poll")):
        mistakes.append("an empty message")
    if any(component.get("type") != ROW for component in components):
        mistakes.append("only action rows may stand in a message without the flag for Components V2")
    if len(components) > 5:
        mistakes.append(f"{len(components)} action rows, 5 are allowed")
    return mistakes


def _components(components: list[Json]) -> list[str]:
    everything = list(walk(components))
    mistakes = []
    if len(everything) > COMPONENTS:
        mistakes.append(f"{len(everything)} components, {COMPONENTS} are allowed")
    for component in everything:
        kind = component.get("type")
        if kind == TEXT and not str(component.get("content", "")).strip():
            mistakes.append("an empty text display")
        elif kind == ROW:
            mistakes += _row(component)
        elif kind == CONTAINER and not component.get("components"):
            mistakes.append("an empty container")
        elif kind == BUTTON:
            mistakes += _button(component)
        elif kind == SELECT:
            mistakes += _select(component)
    return [*mistakes, *_custom_ids(everything)]


def _row(row: Json) -> list[str]:
    inside = row.get("components") or []
    if not 1 <= len(inside) <= 5:
        return [f"{len(inside)} components in an action row, 1 to 5 are allowed"]
    if any(component.get("type") in SELECTS for component in inside) and len(inside) > 1:
        return ["a select shares its action row"]
    return []


def _button(button: Json) -> list[str]:
    mistakes = []
    text = button.get("label") or ""
    if not text and not button.get("emoji"):
        mistakes.append("a button without label and emoji")
    if len(text) > 80:
        mistakes.append(f"a button's label of {len(text)} characters, 80 are allowed")
    if button.get("style") == LINK:
        if not button.get("url") or button.get("custom_id"):
            mistakes.append("a link button carries an address and no custom_id")
    elif not button.get("custom_id") or button.get("url"):
        mistakes.append("a button carries a custom_id and no address")
    return mistakes


def _select(select: Json) -> list[str]:
    options = select.get("options") or []
    mistakes = []
    if not 1 <= len(options) <= OPTIONS:
        mistakes.append(f"{len(options)} options in a select, 1 to {OPTIONS} are allowed")
    mistakes += [
        f"an option's {name} has 1 to 100 characters"
        for name in ("label", "value")
        if any(not 1 <= len(str(option.get(name) or "")) <= 100 for option in options)
    ]
    values = [option.get("value") for option in options]
    if len(set(values)) < len(values):
        mistakes.append("two options of a select have the same value")
    if len(select.get("placeholder") or "") > 150:
        mistakes.append("a select's placeholder has at most 150 characters")
    return mistakes


def _custom_ids(everything: list[Json]) -> list[str]:
    custom_ids = [component["custom_id"] for component in everything if isinstance(component.get("custom_id"), str)]
    mistakes = [
        f"a custom_id of {len(custom_id)} characters, 1 to 100 are allowed"
        for custom_id in custom_ids
        if not 1 <= len(custom_id) <= 100
    ]
    return mistakes + [
        f"the custom_id {custom_id!r} is not unique"
        for custom_id in sorted(set(custom_ids))
        if custom_ids.count(custom_id) > 1
    ]


def modal(data: Json) -> list[str]:
    """What Discord refuses in a modal."""
    mistakes = []
    if not 1 <= len(data.get("title") or "") <= 45:
        mistakes.append("a modal's title has 1 to 45 characters")
    if not 1 <= len(data.get("custom_id") or "") <= 100:
        mistakes.append("a modal's custom_id has 1 to 100 characters")
    components = data.get("components") or []
    if not 1 <= len(components) <= 5:
        mistakes.append(f"{len(components)} components in a modal, 1 to 5 are allowed")
    for component in walk(components):
        if (
            component.get("type") in {LABEL, INPUT}
            and component.get("label") is not None
            and not 1 <= len(component["label"]) <= 45
        ):
            mistakes.append("a field's label has 1 to 45 characters")
        if len(component.get("description") or "") > 100:
            mistakes.append("a field's description has at most 100 characters")
        if len(component.get("placeholder") or "") > (100 if component.get("type") == INPUT else 150):
            mistakes.append("a field's placeholder has at most 100 characters (150 in a select)")
        if component.get("type") == INPUT and len(component.get("value") or "") > (component.get("max_length") or 4000):
            mistakes.append("a field's value is longer than it may be")
    return [*mistakes, *_custom_ids(list(walk(components)))]
