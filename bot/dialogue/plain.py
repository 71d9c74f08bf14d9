"""Typed words without invisible characters, and in one spelling where Unicode has several."""

import unicodedata
from functools import cache, lru_cache

_JOINERS = "\u200c\u200d"
_TAGS = range(0xE0020, 0xE0080)
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters and marks by their category, and nothing to see."""
_SAME = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("’‘ʼ＇`´′", "'"),
    **dict.fromkeys("：∶ː﹕", ":"),
    **dict.fromkeys("／⁄∕", "/"),
    **dict.fromkeys("，、﹐٬", ","),
    **dict.fromkeys("．。٫", "."),
}


def visible(words: str) -> str:
    """The words without control and direction characters, zero-width signs and letters that show nothing; every kind of
    space becomes a space. Joined emoji, and the joiners inside other scripts' words, stay."""
    if words.isascii() and words.isprintable():
        return words
    kept: list[str] = []
    composed = unicodedata.normalize("NFC", words)
    for n, sign in enumerate(composed):
        before, after = composed[n - 1 : n] if n else "", composed[n + 1 : n + 2]
        if sign.isspace() or unicodedata.category(sign) in {"Zs", "Zl", "Zp"}:
            kept.append(sign if sign in "\n\t " else " ")
        elif sign in _JOINERS:
            kept += [sign] if before > "\x7f" and after > "\x7f" and unicodedata.category(after) != "Cf" else []
        elif ord(sign) in _TAGS:
            kept += [sign] if before == "\U0001f3f4" or (before and ord(before) in _TAGS) else []
        elif sign not in _BLANK and unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}:
            kept.append(sign)
    return "".join(kept)


@lru_cache(maxsize=256)
def plain(words: str) -> str:
    """The words for reading: small letters, ASCII digits, colons, dashes and apostrophes. As long as `words`, so that a
    place in the one is the same place in the other."""
    return "".join(map(_plain, words))


@cache
def _plain(sign: str) -> str:
    if sign in _SAME:
        return _SAME[sign]
    if sign.isdigit() and not sign.isdecimal():
        return sign  # ² is no 2
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    small = unicodedata.normalize("NFKC", sign).lower()
    return small if len(small) == 1 and sign not in "½¼¾" else sign
