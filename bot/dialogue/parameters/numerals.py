"""Numbers in digits and in words: 2, 1,5, 2½, 1 1/2, two, twenty-five, zweieinhalb."""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache

from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.text import Text
from bot.dialogue.wording import catalogue, languages

# note: the numbers from 1 to 19 in their order, the forms of one number with / between them
_ONES = Text(
    "one/a/an, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, "
    "sixteen, seventeen, eighteen, nineteen"
)
# note: 20, 30, 40 ... 90 in their order, the forms of one number with / between them
_TENS = Text("twenty, thirty, forty/fourty, fifty, sixty, seventy, eighty, ninety")
# note: how 25 is made of {tens} and {ones}; several ways with commas
_COMPOSED = Text("{tens}-{ones}, {tens} {ones}, {tens} and {ones}")
# note: two and a half, with {n} for the number; several ways with commas
_AND_A_HALF = Text("{n} and a half, {n} and half, {n}-and-a-half")
# note: words for 1½ that are not made like “{n} and a half”; or the same again
_ONE_AND_A_HALF = Text("one and a half")
_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
# Bounded: Python refuses to read a number of thousands of digits.
_DIGITS = re.compile(
    r"(?P<whole>\d{1,6})(?P<after>[.,]\d{1,6})?"
    r"(?:(?P<sign>[½¼¾])|\s+(?P<one>[13])/(?P<of>[24])(?![\d/]))?|(?P<only>[½¼¾])|(?P<part>[.,]\d{1,6})"
)
_FRACTION = re.compile(r"([13])/([24])(?![\d/])")


def digits(text: str, place: int) -> tuple[Fraction, int] | None:
    """A number written in digits, and where it ends."""
    match = _DIGITS.match(text, place)
    if not match:
        return None
    fraction = _FRACTION.match(text, place)
    if fraction:
        return Fraction(int(fraction[1]), int(fraction[2])), fraction.end()
    if match["only"]:
        return _FRACTIONS[match["only"]], match.end()
    if match["part"]:
        return Fraction("0." + match["part"][1:]), match.end()
    value = Fraction(match["whole"] + (match["after"] or "").replace(",", "."))
    if match["sign"]:
        value += _FRACTIONS[match["sign"]]
    elif match["one"]:
        value += Fraction(int(match["one"]), int(match["of"]))
    return value, match.end()


def number(text: str, place: int) -> tuple[Fraction, int] | None:
    """A number in digits or in words, with its halves, and where it ends."""
    counted = _words().at(text, place) or digits(text, place)
    if counted and text[place].isdigit():
        half = _halves().match(text, counted[1])
        if half:
            return counted[0] + Fraction(1, 2), half.end()
    return counted


@cache
def _words() -> Phrases[Fraction]:
    return Phrases({word: value for locale in languages() for word, value in _spelled(locale)})


@cache
def _halves() -> re.Pattern[str]:
    """What may follow digits: “2 and a half”."""
    ways = {form.replace("{n}", "").strip(" -") for locale in languages() for form in listed(_AND_A_HALF, locale)}
    return re.compile(rf"\s+(?:{'|'.join(sorted(map(re.escape, ways), key=len, reverse=True))})(?!\w)")


def _spelled(locale: str) -> Iterator[tuple[str, Fraction]]:
    ones = list(enumerate(listed(_ONES, locale), start=1))
    tens = list(enumerate(listed(_TENS, locale), start=2))
    whole = [(form, value) for value, forms in ones for form in forms.split("/")]
    for ten, names in tens:
        whole += [(name, ten * 10) for name in names.split("/")]
        whole += [
            (pattern.format(tens=name, ones=form), ten * 10 + value)
            for name in names.split("/")
            for value, forms in ones[:9]
            for form in forms.split("/")[:2]
            for pattern in listed(_COMPOSED, locale)
        ]
    for word, value in whole:
        yield word, Fraction(value)
    for word, value in whole:
        if value < 20:
            yield from ((pattern.format(n=word), value + Fraction(1, 2)) for pattern in listed(_AND_A_HALF, locale))
    yield from ((word, Fraction(3, 2)) for word in listed(_ONE_AND_A_HALF, locale))


def listed(text: Text, locale: str) -> list[str]:
    """The parts of a text that lists words in an order, in a language."""
    return [part.strip() for part in catalogue(locale).gettext(text.message).lower().split(",")]
