"""Elements of SVG as strings, and words that fit."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.pictures.design import (
    BORDER,
    CARD,
    FAMILY,
    HEADING,
    HUGE,
    INK,
    INNER,
    MUTED,
    NORMAL,
    PADDING,
    PIXELS,
    REGULAR,
    SMALL,
    STRONG,
    STUDIED,
    TITLE,
    WIDTH,
)

_ADVANCES = (
    "28 29 47 63 64 98 64 30 36 36 50 66 29 46 29 36 63 41 61 62 65 59 62 57 62 62 29 30 66 66 66 51 97 69 65 73 72 60 "
    "59 75 74 27 57 67 57 90 75 76 64 76 64 64 65 74 69 99 68 68 63 36 36 36 47 46 32 56 61 57 61 58 37 61 59 24 24 55 "
    "24 88 59 60 61 61 38 53 33 59 56 82 55 56 55 43 33 43 66"
)
_WIDTHS = {chr(code): int(width) / 100 for code, width in enumerate(_ADVANCES.split(), start=32)}
"""How wide the font's letters are, in parts of its size (its hmtx table)."""
_OTHERS = 0.72
"""The same of all other letters, of which few are wider."""
_STRONG, _LARGE = 1.06, 0.94
_SPANS = (
    "20-7E A1-AC AE-148 14A-1C3 1C5-24F 37A-37F 384-38A 38C-3A1 3A3-3D7 400-479 480-49D 4A0-4FF 1E00-1E9B 1E9E-1EFF "
    "2010-2027 2030-2055 20A0-20AF 2190-2199 2212-2212 2264-2265"
)
_DRAWN = tuple((int(low, 16), int(high, 16)) for low, _, high in (span.partition("-") for span in _SPANS.split()))
"""Characters that the font has: Latin, Greek, Cyrillic, punctuation. Others would be shown as boxes."""


def drawable(words: str) -> str:
    """The words without what the font does not have, such as emoji; an ellipsis where nothing is left."""
    spaced = words.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ")
    kept = "".join(sign for sign in spaced if any(low <= ord(sign) <= high for low, high in _DRAWN))
    return " ".join(kept.split()) or ("…" if words.strip() else "")


def width_of(words: str, size: float, weight: int = REGULAR) -> float:
    """About how wide words are, in pixels."""
    wide = sum(_WIDTHS.get(sign, _OTHERS) for sign in drawable(words)) * size
    # The font sets large letters closer.
    return wide * (_STRONG if weight > REGULAR else 1) * (_LARGE if size > 24 else 1)


def shortened(words: str, room: float, size: float, weight: int = REGULAR) -> str:
    """The words, with an ellipsis where they are too wide."""
    words = drawable(words)
    if width_of(words, size, weight) <= room:
        return words
    while words and width_of(words + "…", size, weight) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, room: float, size: float, lines: int, weight: int = REGULAR) -> list[str]:
    """The words in at most so many lines, the last one shortened."""
    held: list[str] = []
    for word in drawable(words).split(" "):
        longer = f"{held[-1]} {word}" if held else word
        if not held or (width_of(longer, size, weight) > room and len(held) < lines):
            held.append(word)
        else:
            held[-1] = longer
    return [shortened(line, room, size, weight) for line in held]


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = SMALL,
    fill: str = INK,
    weight: int = REGULAR,
    anchor: str = "start",
) -> str:
    """Words with their baseline at `y`; `anchor` tells which of their sides is at `x`."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{fill}" '
        f'text-anchor="{anchor}">{escape(drawable(words))}</text>'
    )


def amount(x: float, y: float, large: str, note: str) -> str:
    """A large amount with a note behind it. One text, since pages show it in fonts whose letters are wider."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{HUGE}" font-weight="{STRONG}" fill="{STUDIED}">'
        f'{escape(drawable(large))}<tspan dx="12" font-size="{NORMAL}" font-weight="{REGULAR}" fill="{MUTED}">'
        f"{escape(drawable(note))}</tspan></text>"
    )


def box(x: float, y: float, width: float, height: float, fill: str, radius: float = 0) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}"/>'


def line(points: Iterable[tuple[float, float]], stroke: str, width: float = 2, dashes: str = "") -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<polyline points="{path}" fill="none" stroke="{stroke}" stroke-width="{width}" stroke-linejoin="round" '
        f'stroke-linecap="round"{dashed}/>'
    )


def area(points: Iterable[tuple[float, float]], fill: str) -> str:
    """A filled polygon."""
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


def disc(x: float, y: float, radius: float, fill: str, stroke: str = "none", width: float = 0) -> str:
    """A circle."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{width}"/>'
    )


def path(d: str, *, fill: str = "none", stroke: str = "none", width: float = 0) -> str:
    """A path."""
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def title(words: str) -> tuple[list[str], float]:
    """The title of a picture in at most two lines, and the baseline of the last."""
    lines = wrapped(words, INNER, TITLE, 2, STRONG)
    baselines = [34.0 + 22 * n for n in range(len(lines))]
    elements = [
        text(PADDING, baseline, words, size=TITLE, weight=STRONG)
        for baseline, words in zip(baselines, lines, strict=True)
    ]
    return elements, baselines[-1]


def heading(words: str, baseline: float) -> str:
    """A heading above a part of a picture."""
    return text(PADDING, baseline, words, size=HEADING, weight=STRONG)


def card(height: float, elements: Sequence[str]) -> str:
    """A whole picture: the card with its border, and what is on it."""
    tall = round(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH * PIXELS}" height="{tall * PIXELS}" '
        f'viewBox="0 0 {WIDTH} {tall}"><rect width="{WIDTH}" height="{tall}" fill="{CARD}"/>'
        f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{tall - 1}" fill="none" stroke="{BORDER}"/>'
        f'<g font-family="{FAMILY}, system-ui, sans-serif">{"".join(elements)}</g></svg>'
    )
