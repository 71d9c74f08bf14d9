"""Asks about amounts, times and days in the words that no option has read, so that they are not lost in the note."""

import re
from collections.abc import Mapping
from functools import cache

from bot.dialogue.command import Command
from bot.dialogue.meaning import Meaning
from bot.dialogue.parameters import every_spelling, plain, protected
from bot.dialogue.parameters.amounts import HOUR_WORDS, MINUTE_WORDS, SECOND_WORDS
from bot.dialogue.parameters.day import DAY_WORDS, WEEK_WORDS
from bot.dialogue.parameters.daynames import telling
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.questions import REST, Asked
from bot.dialogue.reply import Button, reply
from bot.dialogue.scanning import Passage
from bot.dialogue.text import Text

# note: months and years, behind a number: 2 months ago
_LONGER = Text("month, months, year, years")


def check(command: Command, meant: Meaning, carried: Mapping[str, str]) -> None:
    """Raise `Asked` for the first passage that no option has read and that says how long or when."""
    passage = next(
        (passage for passage in meant.unclear if isinstance(passage.reading, Spent) and passage.reading.clock), None
    )
    passage = passage or _telling(meant)
    if passage is None:
        return
    words = meant.text[passage.start : passage.end].strip()
    buttons = (
        Button(Text("It belongs to the note"), command.name, {**carried, REST: meant.noted(passage)}),
        Button(Text("Leave it out"), command.name, {**carried, REST: meant.with_(passage, "")}),
    )
    raise Asked(
        reply(
            Text("I have no place for “{words}”. Does it belong to the note?", words=words),
            buttons=(buttons,),
        )
    )


def _telling(meant: Meaning) -> Passage | None:
    text = plain(meant.text)
    for start, end in meant.gaps:
        place = start
        while match := _pattern().search(text, place, end):
            safe = _protected_at(text, start, match.start())
            if safe is None:
                return Passage(match.start(), match.end())
            place = max(safe, match.start() + 1)
    return None


def _protected_at(text: str, start: int, place: int) -> int | None:
    """The end of the numbered thing at a place, if there is one: chapter 3.4."""
    for word in re.compile(r"(?<![^\W_])[^\W_]+").finditer(text, max(start, place - 40), place + 1):
        end = protected(text, word.start())
        if end and end > place:
            return end
    return None


@cache
def _pattern() -> re.Pattern[str]:
    texts = (HOUR_WORDS, MINUTE_WORDS, SECOND_WORDS, DAY_WORDS, WEEK_WORDS, _LONGER)
    units = "|".join(re.escape(word) for text in texts for word in every_spelling(text))
    days = "|".join(map(re.escape, telling()))
    return re.compile(
        rf"(?<![\w.,:/-])(?:[-+]?\d{{1,9}}(?:[.,:]\d{{1,9}})*\s?-?(?:{units})(?:\d{{1,4}}[a-z]{{0,3}})*(?!\w)"
        r"|\d{1,6}:\d{1,6}(?::\d{1,6})*(?:\s?[ap]\.?m\b\.?)?|\d{1,2}\s?[ap]\.?m\b\.?"
        r"|\d{1,4}([./-])\d{1,2}\1\d{1,4}(?!\w)|\d{1,2}/\d{1,2}(?![\w/])"
        rf"|(?:{days})(?!\w))"
    )
