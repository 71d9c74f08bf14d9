"""Lines of a terminal: how wide letters are, where a paragraph breaks, and how buttons are set in rows. Pure."""

from collections.abc import Iterator, Sequence

from wcwidth import wcswidth

_BETWEEN_BUTTONS = "   "


def width_of(text: str) -> int:
    """The columns that a text takes; Chinese letters take two each."""
    return max(0, wcswidth(text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """A text filled up with spaces to a width."""
    space = " " * max(0, width - width_of(text))
    return space + text if right else text + space


def wrap(text: str, width: int | None, first: str = "", indent: str | None = None) -> list[str]:
    """Lines of at most `width` columns; None leaves paragraphs long.

    The first line begins with `first`; the following ones with `indent`, by default as many spaces as `first` takes. A
    word that is wider than a line, such as an address, stays whole.
    """
    indent = " " * width_of(first) if indent is None else indent
    lines: list[str] = []
    for paragraph in text.split("\n"):
        start = indent if lines else first
        lines += [start + paragraph] if width is None else _broken(paragraph, width, start, indent)
    return lines


def _broken(paragraph: str, width: int, start: str, indent: str) -> Iterator[str]:
    line, empty = start, True
    # Only at plain spaces: others keep together what is on both sides of them.
    for word in filter(None, paragraph.split(" ")):
        if not empty and width_of(line) + 1 + width_of(word) > width:
            yield line
            line, empty = indent, True
        line += word if empty else f" {word}"
        empty = False
    yield line


def button_rows(labels: Sequence[str], width: int) -> list[str]:
    """The labels with their numbers, in as many rows as they need; only a label that is wider than a row is broken."""
    rows: list[str] = []
    for number, label in enumerate(labels, start=1):
        button = f"[{number}] {label}"
        if rows and width_of(rows[-1]) + len(_BETWEEN_BUTTONS) + width_of(button) <= width:
            rows[-1] += _BETWEEN_BUTTONS + button
        else:
            rows += wrap(label, width, f"[{number}] ")
    return rows
