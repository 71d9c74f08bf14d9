"""Texts in a track file; numbers are in `roadmap.quantities`. A reader reads a node, and describes itself as JSON
Schema.

A scalar arrives as the text that was typed, so that nothing is converted without the author's knowledge: a number is
a number only where one is expected, and `title: no` is the title "no". A reader that cannot read a node reports why
and returns None.
"""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlsplit

from roadmap.problems import Report, quote
from roadmap.reading import BIDI, CONTROL, Collection, Node, Scalar

Schema = dict[str, Any]

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
VERSION = r"(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})\.(0|[1-9][0-9]{0,3})"
LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
URL = (
    r"https?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?"
)
"""RFC 3986's characters only; no user and password, for a learner judges an address by its beginning."""


class Reader(Protocol):
    """Reads a node at a path of the file, and says in JSON Schema what it accepts."""

    def read(self, node: Node, at: str, report: Report) -> Any:
        """The value of a node at the path `at`; None, with a problem reported, if it is not accepted."""

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""


@dataclass(frozen=True)
class Reference:
    """An id that must exist elsewhere in the file, and the line where it was written."""

    id: str
    line: int


def typed(node: Node, at: str, report: Report, expected: str) -> str | None:
    """The text of a scalar; None, with a problem reported, if there is a list, a mapping or nothing."""
    if isinstance(node, Collection):
        kind = "a mapping (key: value)" if node.mapping else "a list"
        report.add(node.line, at, f"is {kind}; expected {expected}")
        return None
    if node.told:
        return None
    if not node.text.strip() or (not node.quoted and node.text in ("~", "null", "Null", "NULL")):
        report.add(node.line, at, f"is empty; expected {expected}")
        return None
    return node.text


@dataclass(frozen=True)
class Text:
    """A text of at most `most` characters; only one with `lines` may have more than one line."""

    most: int
    lines: bool = False

    def read(self, node: Node, at: str, report: Report) -> str | None:
        """The text without surrounding blanks; None, with a problem reported, if it is not accepted."""
        text = typed(node, at, report, "a text")
        if text is None:
            return None
        text = text.strip()
        if bad := CONTROL.search(text) or BIDI.search(text) or re.search("\t" if self.lines else "[\t\n\r]", text):
            kind = {"\n": "line break", "\t": "tab"}.get(bad.group(), f"character U+{ord(bad.group()):04X}")
            report.add(node.line, at, f"has a {kind}; expected visible text" + (" on one line" * (not self.lines)))
            return None
        if len(text) > self.most:
            report.add(node.line, at, f"has {len(text):,} characters; expected at most {self.most:,}")
            return None
        return text

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": "string", "minLength": 1, "maxLength": self.most}


@dataclass(frozen=True)
class Pattern:
    """A text that matches a regular expression."""

    pattern: str
    expected: str
    most: int = 40

    def read(self, node: Node, at: str, report: Report) -> str | None:
        """The text as typed; None, with a problem reported, if it does not match."""
        text = typed(node, at, report, self.expected)
        if text is None:
            return None
        if len(text) > self.most or not re.fullmatch(self.pattern, text):
            long = f"; it has {len(text):,} characters" if len(text) > self.most else ""
            report.add(node.line, at, f"is {quote(text)}{long}; expected {self.expected}")
            return None
        return text

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.most}


def slug(most: int) -> Pattern:
    """A reader of ids: learners' records keep them for ever, and buttons have room for `most` characters."""
    return Pattern(SLUG, f"small letters, digits and single hyphens, at most {most} characters", most)


@dataclass(frozen=True)
class Ref:
    """An id that is defined elsewhere in the file."""

    most: int

    def read(self, node: Node, at: str, report: Report) -> Reference | None:
        """The id with its line; None, with a problem reported, if it is no id."""
        text = slug(self.most).read(node, at, report)
        return None if text is None else Reference(text, node.line)

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return slug(self.most).schema()


@dataclass(frozen=True)
class Choice:
    """One of several words."""

    words: tuple[str, ...]

    def read(self, node: Node, at: str, report: Report) -> str | None:
        """The word; None, with a problem reported, if it is another one."""
        expected = "one of " + ", ".join(self.words)
        text = typed(node, at, report, expected)
        if text is None or text in self.words:
            return text
        report.add(node.line, at, f"is {quote(text)}; expected {expected}{guess(text, self.words)}")
        return None

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        return {"enum": list(self.words)}


@dataclass(frozen=True)
class Url:
    """An address that a learner opens: http or https with a host. With `empty` an empty text is accepted, too."""

    empty: bool = False
    most: int = 500

    def read(self, node: Node, at: str, report: Report) -> str | None:
        """The address as typed; None, with a problem reported, if it is not accepted."""
        if self.empty and isinstance(node, Scalar) and node.quoted and not node.text:
            return ""
        text = typed(node, at, report, expected := "an address such as https://example.org/page")
        if text is None:
            return None
        if problem := self._problem(text):
            report.add(node.line, at, f"is {quote(text, 60)}, {problem}; expected {expected}")
            return None
        return text

    def _problem(self, text: str) -> str | None:
        if len(text) > self.most:
            return f"longer than {self.most} characters"
        if re.search(r"[^!-~]", text):
            return "with blanks or characters outside ASCII (write them as %20 and so on)"
        try:
            parts = urlsplit(text)
            host, _ = parts.hostname, parts.port
        except ValueError:
            return "not an address"
        if parts.scheme not in ("http", "https"):
            return "not http or https"
        if parts.username is not None or parts.password is not None or "@" in parts.netloc:
            return "with a user or password"
        if not host:
            return "without a host"
        return None if re.fullmatch(URL, text) else "not an address"

    def schema(self) -> Schema:
        """The accepted values as JSON Schema."""
        pattern = f"^(?:{URL})?$" if self.empty else f"^{URL}$"
        return {"type": "string", "pattern": pattern, "maxLength": self.most}


def shown(node: Node) -> str:
    """A scalar in a message, with its quotes: the difference between 8 and "8" may be the problem."""
    if not isinstance(node, Scalar):
        return "a list"
    return quote(node.text) + (" in quotes" if node.quoted else "") if node.text else "empty"


def guess(word: str, words: Iterable[str]) -> str:
    """A suggestion for a mistyped word ("; did you mean ..."); empty if no word is close."""
    close = difflib.get_close_matches(word, words, n=1) if len(word) <= 40 else []
    return f"; did you mean {close[0]}?" if close else ""
