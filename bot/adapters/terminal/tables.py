"""Tables as lines, also in a terminal that is narrower than they are. Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.adapters.terminal.lines import pad, width_of, wrap

_GAP = "  "
_JOINED = " · "


def table_rows(rows: Sequence[Sequence[str]], numeric: int, width: int | None) -> Iterator[list[str]]:
    """The lines of each row, its heading first; from column `numeric` on cells are aligned to the right.

    In at most `width` columns: the cells of words are broken where that suffices; otherwise the cells of a row follow
    each other like words, below a heading that does the same.
    """
    widths = _widths(rows, numeric, width)
    for row in rows:
        if widths is None:
            amounts = [cell.replace(" ", "\u00a0") for cell in row[numeric:]]
            yield wrap(_JOINED.join([*row[:numeric], *amounts]), width, indent=_GAP)
            continue
        words = [wrap(cell, widths[n], indent="" if n else _GAP) for n, cell in enumerate(row[:numeric])]
        columns = [*words, *([cell] for cell in row[numeric:])]
        yield [
            _GAP.join(pad(cell, widths[n], right=n >= numeric) for n, cell in enumerate(line)).rstrip()
            for line in zip_longest(*columns, fillvalue="")
        ]


def _widths(rows: Sequence[Sequence[str]], numeric: int, width: int | None) -> list[int] | None:
    """How wide each column is; None where they are too wide all together, however narrow those of words become."""
    columns = list(zip(*rows, strict=True))
    widths = [max(map(width_of, column)) for column in columns]
    if width is None:
        return widths
    longest = [max(width_of(word) for cell in column for word in cell.split(" ")) for column in columns[:numeric]]
    longest[:1] = [word + len(_GAP) for word in longest[:1]]
    least = [min(needed, whole) for needed, whole in zip(longest, widths, strict=False)] + widths[numeric:]
    too_much = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    for _ in range(too_much):
        room, widest = max((widths[n] - least[n], n) for n in range(len(widths)))
        if not room:
            return None
        widths[widest] -= 1
    return widths
