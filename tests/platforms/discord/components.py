"""What is in a message or a modal besides plain content: rows, buttons, selects, text displays, files."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from .calls import Json

ROW, BUTTON, SELECT, INPUT = 1, 2, 3, 4
SELECTS = frozenset({3, 5, 6, 7, 8})
SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER, LABEL = 9, 10, 11, 12, 13, 14, 17, 18
LINK = 5
"""The style of a button that opens an address."""

ATTACHED = "attachment://"


class Button(NamedTuple):
    """A button: what it says, what it carries (a custom_id) or opens (an address), whether it is greyed out."""

    label: str
    target: str
    disabled: bool = False


class Choice(NamedTuple):
    """What a select or an autocompletion offers: what people read, and what the bot gets."""

    name: str
    value: str | int | float


def walk(components: Any) -> Iterator[Json]:
    """Every component at any depth, in reading order; what is no component is left out."""
    for component in components if isinstance(components, list) else []:
        if isinstance(component, dict):
            yield component
            yield from walk(component.get("components"))
            yield from walk([component.get("component")])
            yield from walk([component.get("accessory")])


def texts(components: Any) -> list[str]:
    """What the text displays say, as written."""
    return [str(component.get("content", "")) for component in walk(components) if component.get("type") == TEXT]


def label(button: Json) -> str:
    """What a button says: its label, else its emoji."""
    return str(button.get("label") or (button.get("emoji") or {}).get("name") or "")


def buttons(components: Any, enabled: bool | None = None) -> list[Json]:
    """The buttons in reading order; only those that can be pressed (or cannot) where `enabled` says so."""
    buttons = [component for component in walk(components) if component.get("type") == BUTTON]
    return [button for button in buttons if enabled is None or bool(button.get("disabled")) is not enabled]


def shown_files(components: Any) -> list[str]:
    """The names of the attachments that components show."""
    names: list[str] = []
    for component in walk(components):
        media = [
            component.get("file"),
            component.get("media"),
            *(item.get("media") for item in component.get("items") or []),
        ]
        names += [str(each["url"]).removeprefix(ATTACHED) for each in media if each and _is_attached(each)]
    return names


def _is_attached(media: Json) -> bool:
    return str(media.get("url", "")).startswith(ATTACHED)


def answered(components: Any, urls: dict[str, Json]) -> Any:
    """The components as Discord hands them back: numbered, complete, attachments with the address they are at.

    `urls` are the attachments of the message by name.
    """
    return _answered(components, urls, iter(range(1, 1000)))


COMPLETE: dict[int, Json] = {
    BUTTON: {"disabled": False},
    SELECT: {"min_values": 1, "max_values": 1, "disabled": False},
    THUMBNAIL: {"description": None, "spoiler": False},
    FILE: {"name": None, "size": None, "spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    CONTAINER: {"accent_color": None, "spoiler": False},
}


def _answered(components: Any, urls: dict[str, Json], numbers: Iterator[int]) -> Any:
    complete = []
    for given in components:
        number = next(numbers)
        component = COMPLETE.get(given["type"], {}) | {"id": number} | given
        component = {
            name: value
            for name, value in component.items()
            if value is not None or name in COMPLETE.get(component["type"], {})
        }
        for name in ("file", "media"):
            if name in component:
                component[name] = _media(component[name], urls)
        if component["type"] == FILE and (shown := urls.get(given["file"]["url"].removeprefix(ATTACHED))):
            component |= {"name": shown["filename"], "size": shown["size"]}
        if component["type"] == GALLERY:
            component["items"] = [
                {"description": None, "spoiler": False} | each | {"media": _media(each["media"], urls)}
                for each in component["items"]
            ]
        if "components" in component:
            component["components"] = _answered(component["components"], urls, numbers)
        if "accessory" in component:
            component["accessory"] = _answered([component["accessory"]], urls, numbers)[0]
        complete.append(component)
    return complete


def _media(media: Json, urls: dict[str, Json]) -> Json:
    known = urls.get(str(media["url"]).removeprefix(ATTACHED))
    if known is None:
        return {"id": "1", "url": media["url"], "proxy_url": media["url"], "width": None, "height": None}
    return {"id": known["id"], "url": known["url"], "proxy_url": known["url"], "attachment_id": known["id"]} | {
        "width": None,
        "height": None,
        "content_type": known["content_type"],
    }
