"""Names, titles and notes as shown to others: nothing invisible, no change of direction, no stacks of marks.

What joins and colours emoji is kept, and so is what Arabic and Indic scripts need between letters (RFC 5892, A.1,
A.2).
"""

import unicodedata
from collections.abc import Iterator

LONGEST = 32
"""Characters of a member's name, as people count them."""
FALLBACK = "?"
"""Replaces a stored name in which nothing is visible."""

_STORED = 64
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(map(chr, range(0x180B, 0x1810)))
"""Letters, marks and signs by category that show nothing (Default_Ignorable_Code_Point, and the empty braille cell)."""
_SELECTORS = frozenset("\ufe0e\ufe0f")
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KEYCAP = "\u20e3"
_MOST_MARKS, _MOST_IN_ALL = 2, 4
"""Marks above or below one letter, and all that hangs on it: Vietnamese, Arabic, Hebrew and Tibetan need no more."""


def clean(words: str) -> str:
    """Text as it may be shown to others, on one line; empty if nothing in it is visible."""
    kept: list[str] = []
    normalized = unicodedata.normalize("NFC", words)
    for n, char in enumerate(normalized):
        if char.isspace() or unicodedata.category(char) in {"Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif _shows(char, normalized[n + 1 : n + 2], kept):
            kept.append(char)
    # Again in normal form: a mark may have come to stand behind its letter.
    visible = unicodedata.normalize("NFC", " ".join("".join(kept).split())).strip(_JOINER + _NON_JOINER)
    return visible if any(_is_seen(char) for char in visible) else ""


def shown(words: str) -> str:
    """As `clean`, but `FALLBACK` if nothing is visible."""
    return clean(words) or FALLBACK


def cut(words: str, most: int = LONGEST, stored: int = _STORED) -> str:
    """The first `most` characters, as people count them, as long as they fit in `stored` code points."""
    kept = ""
    for n, char in enumerate(characters(words)):
        if n == most or len(kept) + len(char) > stored:
            break
        kept += char
    return kept.strip()


def turns(words: str) -> bool:
    """Whether a text contains characters that change its direction."""
    return any(char in _TURNING for char in words)


def member_name(words: str) -> str:
    """A member's name: cleaned and shortened."""
    return cut(clean(words))


def folded(words: str) -> str:
    """A key that two names share if they look alike. It compares normal form and case, not letters of different
    scripts."""
    once = unicodedata.normalize("NFKC", clean(words)).casefold()
    again = unicodedata.normalize("NFKC", once).casefold()
    return clean(again.replace(_JOINER, "").replace(_NON_JOINER, "").replace("\ufe0f", "").replace("\ufe0e", ""))


def characters(words: str) -> Iterator[str]:
    """Characters as people count them: a letter with its marks, an emoji with all that is joined to it, a flag."""
    cluster = ""
    for char in words:
        if cluster and _continues(cluster, char):
            cluster += char
            continue
        if cluster:
            yield cluster
        cluster = char
    if cluster:
        yield cluster


def length(words: str) -> int:
    """How many characters, as people count them."""
    return sum(1 for _ in characters(words))


def distinct(names: list[str]) -> list[str]:
    """The same names in the same order, numbered where they look like an earlier one."""
    used: set[str] = set()
    names_apart = []
    for name in names:
        number, called = 2, name
        while folded(called) in used:
            called, number = f"{name} ({number})", number + 1
        used.add(folded(called))
        names_apart.append(called)
    return names_apart


def _shows(char: str, after: str, kept: list[str]) -> bool:
    """Whether a character stays, behind those that were kept."""
    before = kept[-1] if kept else ""
    kind = unicodedata.category(char)
    if char == _JOINER:
        return (_is_emoji(before) and _is_emoji(after)) or _after_virama(before)
    if char == _NON_JOINER:
        return _after_virama(before) or (_is_arabic(before) and _is_arabic(after))
    if char in _SELECTORS:
        return (
            bool(before) and before not in _SELECTORS and (unicodedata.category(before)[0] == "S" or _is_keycap(before))
        )
    if "\U000e0020" <= char <= "\U000e007f":
        return bool(before) and (before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007e")
    if char in _BLANK or kind[0] == "C" or "\U000e0000" <= char <= "\U000e0fff" or "\ufe00" <= char <= "\ufe0f":
        return False
    if kind in {"Mn", "Me"}:
        return _holds(char, kept)
    return True


def _holds(mark: str, kept: list[str]) -> bool:
    """Whether the letter before has room for one more mark."""
    if mark == _KEYCAP:
        return bool(kept) and (kept[-1] in _SELECTORS or _is_keycap(kept[-1]))
    marks: list[str] = []
    for char in reversed(kept):
        if unicodedata.category(char) not in {"Mn", "Me", "Mc"}:
            break
        marks.append(char)
    else:
        return False
    if char == " " or mark in marks or len(marks) >= _MOST_IN_ALL:
        return False
    return _stacks(mark) + sum(map(_stacks, marks)) <= _MOST_MARKS


def _stacks(mark: str) -> bool:
    return unicodedata.combining(mark) not in {0, 9} or unicodedata.category(mark) == "Me"


def _continues(so_far: str, char: str) -> bool:
    if unicodedata.category(char) in {"Mn", "Me", "Mc"} or char in {_JOINER, _NON_JOINER}:
        return True
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return _is_emoji(so_far[0])
    if so_far[-1] == _JOINER:
        return _is_emoji(char)
    return _is_flag(char) and len(so_far) == 1 and _is_flag(so_far)


def _is_seen(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNPS" and char not in _BLANK


def _is_emoji(char: str) -> bool:
    """Whether a character may be joined to another one: a pictogram, or what colours and shapes one."""
    return bool(char) and (unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f" or char in "♀♂↔↕➡⬅")


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _is_keycap(char: str) -> bool:
    return char in "0123456789#*"


def _is_arabic(char: str) -> bool:
    return bool(char) and unicodedata.bidirectional(char) == "AL"


def _after_virama(char: str) -> bool:
    return bool(char) and unicodedata.combining(char) == 9
