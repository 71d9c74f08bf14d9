"""Names, titles and notes as others see them: nothing invisible, nothing that turns the line round, no towers of marks.

What joins and colours emoji stays, and so does what Arabic and Indic scripts need between letters (RFC 5892, A.1, A.2).
"""

import unicodedata
from collections.abc import Iterator

LONGEST = 32
"""Characters of a member's name, as people count them."""
FALLBACK = "?"
"""Stands for a name of before in which there is nothing to see."""

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
    """Words as others may see them, on one line; empty where there is nothing to see."""
    kept: list[str] = []
    some = unicodedata.normalize("NFC", words)
    for n, one in enumerate(some):
        if one.isspace() or unicodedata.category(one) in {"Zs", "Zl", "Zp"}:
            kept.append(" ")
        elif _shows(one, some[n + 1 : n + 2], kept):
            kept.append(one)
    # Again in normal form: a mark may have come to stand behind its letter.
    said = unicodedata.normalize("NFC", " ".join("".join(kept).split())).strip(_JOINER + _NON_JOINER)
    return said if any(_is_seen(one) for one in said) else ""


def shown(words: str) -> str:
    """As `clean`; never empty."""
    return clean(words) or FALLBACK


def cut(words: str, most: int = LONGEST, room: int = _STORED) -> str:
    """The first characters, as people count them, in at most so much room."""
    kept = ""
    for n, one in enumerate(characters(words)):
        if n == most or len(kept) + len(one) > room:
            break
        kept += one
    return kept.strip()


def turns(words: str) -> bool:
    """Whether there are signs in it that turn the direction of what stands beside them."""
    return any(one in _TURNING for one in words)


def member_name(words: str) -> str:
    """A member's name: clean, and cut where it is too long."""
    return cut(clean(words))


def folded(words: str) -> str:
    """What two names have in common that look alike: by normal form and case alone, no likeness of other scripts."""
    once = unicodedata.normalize("NFKC", clean(words)).casefold()
    again = unicodedata.normalize("NFKC", once).casefold()
    return clean(again.replace(_JOINER, "").replace(_NON_JOINER, "").replace("\ufe0f", "").replace("\ufe0e", ""))


def characters(words: str) -> Iterator[str]:
    """Characters as people count them: a letter with its marks, an emoji with all that is joined to it, a flag."""
    one = ""
    for char in words:
        if one and _continues(one, char):
            one += char
            continue
        if one:
            yield one
        one = char
    if one:
        yield one


def length(words: str) -> int:
    """How many characters, as people count them."""
    return sum(1 for _ in characters(words))


def distinct(names: list[str]) -> list[str]:
    """The same names in the same order, with a number behind those that look like one before."""
    taken: set[str] = set()
    told = []
    for one in names:
        number, called = 2, one
        while folded(called) in taken:
            called, number = f"{one} ({number})", number + 1
        taken.add(folded(called))
        told.append(called)
    return told


def _shows(one: str, after: str, kept: list[str]) -> bool:
    """Whether a character stays, behind those that were kept."""
    before = kept[-1] if kept else ""
    kind = unicodedata.category(one)
    if one == _JOINER:
        return (_is_emoji(before) and _is_emoji(after)) or _after_virama(before)
    if one == _NON_JOINER:
        return _after_virama(before) or (_is_arabic(before) and _is_arabic(after))
    if one in _SELECTORS:
        return (
            bool(before) and before not in _SELECTORS and (unicodedata.category(before)[0] == "S" or _is_keycap(before))
        )
    if "\U000e0020" <= one <= "\U000e007f":
        return bool(before) and (before == "\U0001f3f4" or "\U000e0020" <= before <= "\U000e007e")
    if one in _BLANK or kind[0] == "C" or "\U000e0000" <= one <= "\U000e0fff" or "\ufe00" <= one <= "\ufe0f":
        return False
    if kind in {"Mn", "Me"}:
        return _holds(one, kept)
    return True


def _holds(mark: str, kept: list[str]) -> bool:
    """Whether the letter before has room for one more mark."""
    if mark == _KEYCAP:
        return bool(kept) and (kept[-1] in _SELECTORS or _is_keycap(kept[-1]))
    marks: list[str] = []
    for one in reversed(kept):
        if unicodedata.category(one) not in {"Mn", "Me", "Mc"}:
            break
        marks.append(one)
    else:
        return False
    if one == " " or mark in marks or len(marks) >= _MOST_IN_ALL:
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


def _is_seen(one: str) -> bool:
    return unicodedata.category(one)[0] in "LNPS" and one not in _BLANK


def _is_emoji(one: str) -> bool:
    """Whether a character may be joined to another one: a pictogram, or what colours and shapes one."""
    return bool(one) and (unicodedata.category(one) in {"So", "Sk"} or one == "\ufe0f" or one in "♀♂↔↕➡⬅")


def _is_flag(one: str) -> bool:
    return "\U0001f1e6" <= one <= "\U0001f1ff"


def _is_keycap(one: str) -> bool:
    return one in "0123456789#*"


def _is_arabic(one: str) -> bool:
    return bool(one) and unicodedata.bidirectional(one) == "AL"


def _after_virama(one: str) -> bool:
    return bool(one) and unicodedata.combining(one) == 9
