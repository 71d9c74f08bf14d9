"""`python -m bot.dialogue.cities.make cities500.txt` writes the table of cities anew from GeoNames' file of that name.

The file is at download.geonames.org/export/dump (its columns are described in readme.txt there), by GeoNames,
CC BY 4.0. Taken are all cities of more than 50,000 people and all capitals, with their names in Latin letters and in
the scripts of their own country.
"""

import csv
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.core import get_global

from bot.dialogue.cities import TABLE, spelled

LEAST = 50_000
"""People of the smallest city that is no capital."""
CAPITAL = "PPLC"
"""GeoNames' feature code of a capital."""
_NAME, _OTHER_NAMES, _FEATURE, _COUNTRY, _POPULATION, _ZONE = 1, 3, 7, 8, 14, 17
"""Columns of GeoNames' file."""
_SCRIPTS = {
    "Cyrl": ("CYRILLIC",),
    "Arab": ("ARABIC",),
    "Hebr": ("HEBREW",),
    "Grek": ("GREEK",),
    "Armn": ("ARMENIAN",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Jpan": ("CJK", "KATAKANA", "HIRAGANA"),
    "Kore": ("HANGUL",),
    "Deva": ("DEVANAGARI",),
    "Beng": ("BENGALI",),
    "Guru": ("GURMUKHI",),
    "Gujr": ("GUJARATI",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Knda": ("KANNADA",),
    "Mlym": ("MALAYALAM",),
    "Orya": ("ORIYA",),
    "Sinh": ("SINHALA",),
    "Thai": ("THAI",),
    "Laoo": ("LAO",),
    "Khmr": ("KHMER",),
    "Mymr": ("MYANMAR",),
    "Tibt": ("TIBETAN",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
}
"""What Unicode's character names begin with, by the script codes of ISO 15924."""


def lines(file: Iterable[str]) -> Iterator[str]:
    """The table's lines, the largest city first: zone, country, thousands of people, and the names between bars."""
    rows = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row and row[_ZONE]]
    chosen = [row for row in rows if int(row[_POPULATION]) >= LEAST or row[_FEATURE] == CAPITAL]
    for row in sorted(chosen, key=lambda row: (-int(row[_POPULATION]), row[_NAME], row[0])):
        names = dict.fromkeys(spelled(name) for name in _names(row))
        yield "\t".join((row[_ZONE], row[_COUNTRY], str(int(row[_POPULATION]) // 1000), f"|{'|'.join(names)}|"))


def _names(row: list[str]) -> Iterator[str]:
    yield row[_NAME]
    scripts = {"LATIN", *_scripts_of(row[_COUNTRY])}
    for name in row[_OTHER_NAMES].split(","):
        letter = next(filter(str.isalpha, name), "")
        script = unicodedata.name(letter, "?").split()[0] if letter else ""
        # In small letters GeoNames has transcriptions of other scripts that nobody types, in capitals airports.
        latin = script == "LATIN" and letter.isupper() and not name.isupper()
        if script in scripts and (latin or script != "LATIN") and "|" not in name and len(name) > 2 - (not latin):
            yield name


@cache
def _scripts_of(country: str) -> frozenset[str]:
    """The scripts of a country's languages, as Unicode's character names begin."""
    languages = get_global("territory_languages").get(country, {})
    codes = "_".join(get_global("likely_subtags").get(language, language) for language in languages).split("_")
    return frozenset(script for code in codes for script in _SCRIPTS.get(code, ()))


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as geonames:
        head = (
            f"# Cities with their time zones. Made by {Path(__file__).name} from GeoNames (geonames.org), CC BY 4.0.\n"
        )
        TABLE.write_text(head + "".join(f"{line}\n" for line in lines(geonames)), encoding="utf-8")
