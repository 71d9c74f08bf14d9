"""Tables on a phone: columns while they fit side by side, else a line for each row."""

from wcwidth import wcswidth

from bot.dialogue.reply import Table
from bot.dialogue.wording import Wording

WIDTH = 34
"""Characters of a fixed-width font in a line of a message on a small phone, on either platform."""


def laid_out(table: Table, locale: str, control: dict[int, None]) -> tuple[list[str], bool]:
    """A table's lines, the head first, without the characters in `control`; and whether they are columns, which need a
    font of fixed width."""
    say = Wording(locale).say
    cells = [[say(cell).translate(control) for cell in row] for row in (table.columns, *table.rows)]
    widths = [max(wcswidth(row[n]) for row in cells) for n in range(len(table.columns))]
    if sum(widths) + 2 * (len(widths) - 1) > WIDTH:
        return [" · ".join(filter(None, row)) for row in cells], False
    padded = ([_pad(cell, widths[n], right=n >= table.numeric) for n, cell in enumerate(row)] for row in cells)
    return ["  ".join(row) for row in padded], True


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * max(0, width - wcswidth(text))
    return space + text if right else text + space
