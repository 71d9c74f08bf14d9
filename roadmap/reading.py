"""From bytes to a tree of scalars and collections with their lines. No value is converted here.

Only the events of PyYAML's parser are used: nothing is constructed, so `no`, `18:30` and `0x1F` stay as typed, and
no tag can name a Python object. What a track file has no use for is refused while the events arrive, before a tree
can grow: aliases and anchors (a 300-byte file of them makes millions of nodes), tags, directives, a second document,
depth, and sheer number.
"""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

import yaml

from roadmap.problems import Report, quote

MOST_BYTES = 1024 * 1024
MOST_DEPTH = 12
MOST_EVENTS = 8_000
"""ml-researcher.yaml, 24 weeks in 1,600 lines, makes 3,000; refusing 8,000 takes about 30 ms."""

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters and everything besides line feeds that YAML 1.1 counts as a line's end."""
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make a text look different from what it says (Unicode UAX #9, explicit formatting)."""

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_HINTS = {
    "mapping values are not allowed": "a text with ': ' in it needs quotes, or '>-' and a line of its own",
    "could not find expected ':'": "a line is neither 'key: value' nor part of a text",
    "cannot start any token": "indent with spaces, and put a text that begins with % @ ` or a tab in quotes",
    "found unexpected end of stream": "a quote is opened and never closed",
    "found unexpected document": "a quote is opened and never closed",
    "did not find expected key": "check the indentation and the quotes",
    "expected <block end>": "check the indentation and the quotes",
    "did not find expected ',' or": "a list in brackets needs ',' between and ']' after",
    "expected ',' or": "a list in brackets needs ',' between and ']' after",
}


@dataclass(frozen=True)
class Scalar:
    """A value as typed, and whether in quotes or as a block of text. `told`: its problem was reported already."""

    line: int
    text: str
    quoted: bool
    told: bool = False


@dataclass(frozen=True)
class Collection:
    """A list or a mapping; the children of a mapping are key, value, key, value ..."""

    line: int
    mapping: bool
    children: list["Node"] = field(default_factory=list)

    def pairs(self) -> Iterator[tuple["Node", "Node"]]:
        """A mapping's keys with their values."""
        return zip(self.children[::2], self.children[1::2], strict=True)


Node = Scalar | Collection


def decode(source: str | bytes, report: Report) -> str:
    """The text of a file. Raises RoadmapErrors where it is too large, not UTF-8 or has control characters."""
    if len(source) > MOST_BYTES:
        raise report.fatal(1, "is larger than 1 MiB; a track has about 100 KiB")
    try:
        data = source.encode() if isinstance(source, str) else source
        text = data.decode("utf-8-sig")
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError | UnicodeEncodeError) else 0
        newline: Any = "\n" if isinstance(source, str) else b"\n"
        raise report.fatal(source.count(newline, 0, start) + 1, "is not UTF-8; save it as UTF-8") from None
    if len(data) > MOST_BYTES:
        raise report.fatal(1, "is larger than 1 MiB; a track has about 100 KiB")
    _refuse(CONTROL, "control character", text, report)
    if errors := report.errors():
        raise errors
    return text


def tree(text: str, report: Report) -> Node:
    """The document in a file. Reports what is forbidden, and raises `RoadmapErrors` where reading cannot go on."""
    growing = _Tree(report)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            growing.take(event)
    except yaml.MarkedYAMLError as error:
        raise report.fatal(*_explain(error)) from None
    except (yaml.YAMLError, ValueError, OverflowError):
        # ValueError: the pure parser on "\U00110000" and on %YAML with thousands of digits.
        raise report.fatal(1, "is not readable as YAML; expected plain keys, texts and lists") from None
    if growing.root is None:
        raise report.fatal(1, "is empty; expected a roadmap")
    _refuse(BIDI, "direction override", text, report, told=growing.lines_with_bidi)
    return growing.root


class _Tree:
    """Grows from events, with the open collections on a list of its own: depth cannot overflow a call stack."""

    def __init__(self, report: Report) -> None:
        self.root: Node | None = None
        self.lines_with_bidi: set[int] = set()
        self._report = report
        self._open: list[Collection] = []
        self._events = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """The next event. Raises RoadmapErrors where there are too many, too deep, or a second document."""
        line = event.start_mark.line + 1
        self._events += 1
        if self._events > MOST_EVENTS:
            raise self._report.fatal(line, f"has more than {MOST_EVENTS:,} keys and values; is this a roadmap?")
        if self._report.full:
            raise self._report.fatal(line, "has too many problems to read on; mend these first")
        if isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._hang(self._node(event, line), event.end_mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event, line)

    def _document(self, event: Any, line: int) -> None:
        self._documents += 1
        if self._documents > 1:
            raise self._report.fatal(line, "begins a second document; one file is one roadmap")
        if event.version or event.tags:
            self._report.add(line, "", "has a YAML directive (%); leave it out")

    def _hang(self, node: Node, end: Any) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        if isinstance(node, Collection):
            self._open.append(node)
            if len(self._open) > MOST_DEPTH:
                raise self._report.fatal(node.line, f"is nested deeper than {MOST_DEPTH} levels; a track needs 8")
        elif BIDI.search(node.text):
            self.lines_with_bidi.update(range(node.line, end.line + 2))

    def _node(self, event: Any, line: int) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self._report.add(line, "", f"has an alias ({quote(str(event.anchor))}); write the value out")
            return Scalar(line, "", quoted=False, told=True)
        if event.anchor is not None:
            self._report.add(line, "", f"has an anchor ({quote(event.anchor)}); leave it out, there are no aliases")
        if event.tag is not None:
            self._report.add(line, "", f"has a tag ({quote(event.tag)}); leave it out, the kind of a value is known")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(line, event.value, quoted=not event.implicit[0])
        return Collection(line, mapping=isinstance(event, yaml.MappingStartEvent))


def _refuse(
    pattern: re.Pattern[str], kind: str, text: str, report: Report, told: AbstractSet[int] = frozenset()
) -> None:
    """Note every line that contains `pattern`, but not the lines of values: those are told with their keys."""
    line, counted, start = 1, 0, 0
    while not report.full and (hit := pattern.search(text, start)):
        line += text.count("\n", counted, hit.start())
        counted = hit.start()
        if line not in told:
            report.add(line, "", f"has the {kind} U+{ord(hit.group()):04X}; expected visible text")
        start = text.find("\n", hit.start()) + 1
        if not start:
            return


def _explain(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Where YAML broke and why, in plain words."""
    problem = error.problem or "is not YAML"
    # For what is never closed the place where it was opened helps, not the end of the file.
    opened = (error.context or "").startswith(("while scanning a quoted scalar", "while scanning a simple key"))
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    hint = next((hint for sign, hint in _HINTS.items() if sign in problem), "expected plain YAML")
    return (mark.line + 1 if mark else 1), f"cannot be read as YAML ({problem}); {hint}"
