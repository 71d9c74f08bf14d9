"""Large cities and their time zones, from a table made of GeoNames' facts (geonames.org, CC BY 4.0).

Every city of more than 50,000 people and every capital, under its English and German name, its own, and others.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("cities.txt")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_ALIKE = 0.85
"""From this likeness on a name is taken for a slip of the pen."""


@dataclass(frozen=True)
class City:
    """A city: its IANA time zone, its country (ISO 3166) and its people in thousands.

    `name` as it was looked up; `english` whether that is what GeoNames calls it, in English, and no other name of it.
    """

    name: str
    zone: str
    country: str
    thousands: int
    english: bool


def spelled(name: str) -> str:
    """A name as it is looked up: small letters without marks, single spaces ("São  Paulo" gives "sao paulo")."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter) or letter > "\u0900")
    return " ".join(re.sub(r"[^\w]+", " ", letters.replace("'", "").replace("’", "")).replace("_", " ").split())


def called(name: str) -> Sequence[City]:
    """The cities of this name, the largest first. German umlauts may be written out ("Muenchen")."""
    wanted = spelled(name)
    plain = re.sub(r"([aou])e", r"\1", wanted)
    lines = (wanted and _lines_with(f"|{wanted}|")) or (plain and _lines_with(f"|{plain}|"))
    return [_city(wanted, line) for line in lines or ()]


def every() -> Iterator[City]:
    """All cities of the table, the largest first, by their English names."""
    for line in _table().splitlines()[1:]:
        yield _city(line.split("|", 2)[1], line)


def like(name: str) -> Sequence[City]:
    """Up to four cities, the largest first, whose names are nearly this one: for a slip of the pen.

    Only names that begin with the same two letters are looked at, or with those two exchanged.
    """
    wanted = spelled(name)
    if not 5 <= len(wanted) <= 40:
        return []
    heads = {wanted[:2], wanted[1::-1]}
    near = get_close_matches(wanted, [word for head in heads for word in _beginning(head)], n=6, cutoff=_ALIKE)
    similar = [city for word in near for city in called(word)]
    return sorted(similar, key=lambda city: -city.thousands)[:4]


@cache
def _table() -> str:
    return TABLE.read_text(encoding="utf-8")


def _lines_with(words: str) -> list[str]:
    table, lines, at = _table(), [], 0
    while (at := table.find(words, at)) >= 0:
        begin, end = table.rfind("\n", 0, at) + 1, table.find("\n", at)
        lines.append(table[begin:end])
        at = end
    return lines


def _city(name: str, line: str) -> City:
    zone, country, thousands, names = line.split("\t")
    return City(name, zone, country, int(thousands), names.startswith(f"|{name}|"))


@cache
def _beginning(head: str) -> tuple[str, ...]:
    """The names that begin with these letters."""
    return tuple(dict.fromkeys(re.findall(rf"(?<=\|){re.escape(head)}[^|\n]*", _table())))
