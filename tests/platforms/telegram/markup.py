"""Text as Telegram reads it: its HTML, its entities (counted in UTF-16 units), its links.

The rules of the HTML and the words of its errors: https://core.telegram.org/bots/api#html-style and TDLib's parse_html.
"""

import re
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import parse_qs, urlsplit

from .bodies import Json
from .refusals import Mistake

KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([A-Za-z]+));?")
START = re.compile(r"<([^\s>]*)")
END = re.compile(r"</([^\s>]*)\s*(>?)")
ATTRIBUTE = re.compile(r"\s+([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9.-]+)))?(?=[\s>])")
HOST = re.compile(r"(?:[\w-]+\.)+[\w-]{2,}|[0-9]{1,3}(?:\.[0-9]{1,3}){3}")
PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
SPOKEN = {
    "bot_command": re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])"),
    "mention": re.compile(r"(?<![\w/])@[A-Za-z0-9_]{4,32}(?!\w)"),
    "url": re.compile(r"https?://[^\s<>]+"),
    "hashtag": re.compile(r"(?<![\w/#])#\w*[^\W\d]\w*"),
}


def units(text: str) -> int:
    """The length of a text as Telegram counts offsets: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


@dataclass(frozen=True)
class Formatted:
    """A text without its marks, and the entities that took their place."""

    text: str
    entities: list[Json] = field(default_factory=list)


@dataclass
class _Open:
    """A tag that waits for its end."""

    tag: str
    argument: str
    begin: int


class _Reader:
    """One reading of one HTML text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = ""
        self.entities: list[Json] = []
        self.open: list[_Open] = []

    def read(self) -> Formatted:
        at = 0
        while at < len(self.source):
            if self.source.startswith("</", at):
                at = self.end(at)
            elif self.source[at] == "<":
                at = self.start(at)
            elif self.source[at] == "&" and (reference := REFERENCE.match(self.source, at)):
                self.text += self.decoded(reference, at)
                at = reference.end()
            else:
                self.text += self.source[at]
                at += 1
        if self.open:
            raise self.wrong(f"Can't find end tag corresponding to start tag {self.open[-1].tag}")
        return Formatted(self.text, sorted(self.entities, key=lambda entity: (entity["offset"], -entity["length"])))

    def wrong(self, why: str, at: int | None = None) -> Mistake:
        if at is not None:
            why += f" at byte offset {len(self.source[:at].encode())}"
        return Mistake(f"can't parse entities: {why}", repr(self.source))

    def decoded(self, reference: re.Match[str], at: int) -> str:
        hexadecimal, decimal, name = reference.groups()
        if name is None:
            code = int(hexadecimal, 16) if hexadecimal else int(decimal)
            if not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF:
                raise self.wrong(f"no such character {reference[0]!r}", at)
            return chr(code)
        if name in NAMED:
            return NAMED[name]
        if reference[0].endswith(";"):  # Telegram shows it as it stands, which no bot can want
            raise self.wrong(f"Unsupported entity {reference[0]!r}", at)
        return reference[0]

    def start(self, at: int) -> int:
        opening = START.match(self.source, at)
        assert opening is not None
        tag, place = opening[1].lower(), opening.end()
        if place == len(self.source):
            raise self.wrong("Unclosed start tag", at)
        if tag not in KINDS:
            raise self.wrong(f'Unsupported start tag "{tag}"', at)
        values: dict[str, str] = {}
        while attribute := ATTRIBUTE.match(self.source, place):
            name, *given = attribute.groups()
            value = next((part for part in given if part is not None), None)
            if value is None and (tag, name) != ("blockquote", "expandable"):
                raise self.wrong(f'Expected equal sign in declaration of an attribute of the tag "{tag}"', at)
            values[name] = REFERENCE.sub(partial(self.decoded, at=place), value or "")
            place = attribute.end()
        rest = self.source[place:].lstrip()
        if not rest.startswith(">"):
            raise self.wrong(f'Unclosed start tag "{tag}"', at)
        self.open.append(_Open(tag, self.argument(tag, values, at), len(self.text)))
        return len(self.source) - len(rest) + 1

    def argument(self, tag: str, values: dict[str, str], at: int) -> str:
        if tag == "span" and values.get("class") != "tg-spoiler":
            raise self.wrong('Tag "span" must have class "tg-spoiler"', at)
        if tag == "tg-emoji" and not values.get("emoji-id", "").isdecimal():
            raise self.wrong("Invalid custom emoji identifier specified", at)
        known = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
        if unknown := set(values) - {known.get(tag)}:
            raise self.wrong(f'Tag "{tag}" has no attribute {sorted(unknown)}', at)
        if tag == "blockquote":
            return "expandable" if values else ""
        return next(iter(values.values()), "")

    def end(self, at: int) -> int:
        closing = END.match(self.source, at)
        assert closing is not None
        if not self.open:
            raise self.wrong("Unexpected end tag", at)
        if not closing[2]:
            raise self.wrong("Unclosed end tag", at)
        opened = self.open.pop()
        if closing[1] and closing[1].lower() != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{closing[1].lower()}>"'
            raise self.wrong(f"Unmatched end tag at byte offset {len(self.source[:at].encode())}, {expected}")
        inside = self.text[opened.begin :]
        if inside:
            self.entities.append(self.entity(opened, inside, at))
        return closing.end()

    def entity(self, opened: _Open, inside: str, at: int) -> Json:
        entity: Json = {
            "type": KINDS[opened.tag],
            "offset": units(self.text[: opened.begin]),
            "length": units(inside),
        }
        if opened.tag == "a":
            entity["url"] = opened.argument or inside
            if not good_link(entity["url"]):
                raise self.wrong(f"no address that can be opened: {entity['url']!r}", at)
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.argument
        elif opened.argument == "expandable":
            entity["type"] = "expandable_blockquote"
        return entity


def parse_html(source: str) -> Formatted:
    """The text and entities of a message sent with `parse_mode` HTML. Raises Mistake where Telegram would refuse it."""
    return _Reader(source).read()


def trimmed(formatted: Formatted) -> Formatted:
    """The text without white space around it, as Telegram keeps it, with its entities moved along."""
    text = formatted.text.strip()
    before = units(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    end = units(text)
    entities = []
    for entity in formatted.entities:
        first = max(entity["offset"] - before, 0)
        last = min(entity["offset"] + entity["length"] - before, end)
        if last > first:
            entities.append(entity | {"offset": first, "length": last - first})
    return Formatted(text, entities)


def spoken(text: str) -> list[Json]:
    """The entities that Telegram finds by itself in what a person writes: commands, mentions, addresses, hashtags."""
    entities = [
        {"type": kind, "offset": units(text[: match.start()]), "length": units(match[0])}
        for kind, pattern in SPOKEN.items()
        for match in pattern.finditer(text)
    ]
    return sorted(entities, key=lambda entity: int(str(entity["offset"])))


def good_link(url: str) -> bool:
    """Whether Telegram opens this address: http, https with a host that has a dot, tg, mailto or tel; no bad payload.

    A deep link's payload is 1 to 64 of A-Z, a-z, 0-9, _ and - (https://core.telegram.org/bots/features#deep-linking).
    """
    if not url or any(character.isspace() for character in url):
        return False
    parts = urlsplit(url if "://" in url or url.startswith(("mailto:", "tel:")) else f"http://{url}")
    if parts.scheme in {"tg", "mailto", "tel"}:
        return True
    if parts.scheme not in {"http", "https"} or not HOST.fullmatch(parts.hostname or ""):
        return False
    if parts.hostname in {"t.me", "telegram.me"}:
        query = parse_qs(parts.query, keep_blank_values=True)
        return all(
            PAYLOAD.fullmatch(payload) for name in ("start", "startgroup") for payload in query.get(name, ["ok"])
        )
    return True
