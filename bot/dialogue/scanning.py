"""Finds passages in typed words: amounts, days, items, quotations, and what only looks like one of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.dialogue import study_words
from bot.dialogue.command import Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import ItemParameter, connecting, is_part, plain, protected
from bot.dialogue.parameters.base import FILLER_WORDS, Choice, Reading, every_spelling
from bot.dialogue.parameters.day import Dated
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.text import Minutes, Text

VERBATIM = ("\x02", "\x03")
"""Around what is the note, whatever it holds. Nobody can type these signs (`visible` takes them away)."""
_QUOTED = re.compile('\x02[^\x03]*\x03|"[^"]*"|“[^”“]*[”“]|„[^“”]*[“”]|«[^»]*»|»[^«]*«|‹[^›]*›')
_STARTS = re.compile(r"[^\W_]|[½¼¾]|(?<![\w.'])[-+](?=[\d½¼¾])|(?<![\w.,:])[.,](?=\d)|[\"“„«»‹\x02]")
_REST_OF_WORD = re.compile(r"[^\W_]*(?:['_][^\W_]+)*")
_ON = re.compile(r"(?:on|auf|an|für|in|mit|of|for|:)\s*$")


@dataclass(frozen=True)
class Passage:
    """A passage of the words from `start` to `end`. `option`: the option it is a value of; None for what belongs to the
    note, `quoted` or not."""

    start: int
    end: int
    option: Option | None = None
    reading: Reading[Any] | None = None
    quoted: bool = False
    bare: "Passage | None" = None
    """The same passage as a number without a unit, where it may also be a date: 2.5."""

    @property
    def value(self) -> Any:
        """The value; None where it has to be asked for."""
        return self.reading.value if self.reading else None


def scan(typed: str, options: Sequence[Option], ctx: Context) -> list[Passage]:
    """All passages in the words, in order, none within another."""
    plain_text = plain(typed)
    passages: list[Passage] = []
    place = 0
    while match := _STARTS.search(plain_text, place):
        start = match.start()
        if (
            start
            and plain_text[start].isalnum()
            and plain_text[start - 1] in "'_@#"
            and plain_text[start - 2 : start - 1].isalnum()
        ):
            place = _REST_OF_WORD.match(plain_text, start).end()  # type: ignore[union-attr]
            continue
        passage = _at(typed, plain_text, start, options, ctx)
        if passage and passage.end > start:
            passages.append(passage)
            place = passage.end
        else:
            word = _REST_OF_WORD.match(plain_text, start)
            place = max(word.end() if word else 0, start + 1)
    if not any(isinstance(passage.reading, Spent) for passage in passages):
        n = next((n for n, passage in enumerate(passages) if passage.bare), None)
        passages = passages if n is None else [*passages[:n], passages[n].bare or passages[n], *passages[n + 1 :]]
    return _minutes_joined(plain_text, passages)


def _at(typed: str, plain_text: str, start: int, options: Sequence[Option], ctx: Context) -> Passage | None:
    if quoted := _QUOTED.match(typed, start):
        return _in_quotes(typed, plain_text, start, quoted.end(), options, ctx)
    if not plain_text[start].isalnum() and plain_text[start] not in "½¼¾+-.,":
        return None
    end = protected(plain_text, start)
    best = Passage(start, end) if end else None
    for option in options:
        reading = option.parameter.at(plain_text, start, ctx)
        if reading is None or (best and reading.end <= best.end and not _rather(reading, best, reading.end)):
            continue
        if plain_text[reading.end : reading.end + 2] == "'s" and isinstance(reading, Dated):
            reading = replace(reading, end=reading.end + 2, weak=True)  # “monday's lecture”
        if reading.weak and _counts(plain_text, start, reading.end):
            continue
        if reading.weak and isinstance(option.parameter, ItemParameter) and _fills(plain_text[start : reading.end]):
            continue  # “für heute”, and “für” is in a title
        bare = best if best and _rather(reading, best, reading.end) else None
        best = Passage(start, reading.end, option, reading, bare=bare)
    return best


def _fills(words: str) -> bool:
    """Whether a word of a title is one of any sentence: “super gelernt”, and “supervised” is in a title."""
    return any(words in every_spelling(text) for text in (FILLER_WORDS, study_words.SMALL, study_words.DOUBTS))


def _counts(plain_text: str, start: int, end: int) -> bool:
    """Whether the number at the end of a passage belongs to what follows: “at 2 papers”."""
    number = re.compile(r"\d+$").search(plain_text, start, end)
    return bool(number and (protected(plain_text, number.start()) or 0) > end)


def _rather(reading: Reading[Any], best: Passage, end: int) -> bool:
    """Of two readings that end at the same place, whether to prefer this one: a date rather than a number without a
    unit."""
    return end == best.end and isinstance(best.reading, Spent) and best.reading.bare and not reading.problem


def _in_quotes(typed: str, plain_text: str, start: int, end: int, options: Sequence[Option], ctx: Context) -> Passage:
    """A quoted passage is the note, unless it is an item's whole name: behind “on” it is the item."""
    inside = typed[start + 1 : end - 1].strip()
    if typed[start] != VERBATIM[0]:
        for option in options:
            named = option.parameter.titled(inside, ctx) if isinstance(option.parameter, ItemParameter) else None
            if named:
                return Passage(
                    start, end, option, Reading(end, named, weak=not _ON.search(plain_text, 0, start)), quoted=True
                )
    return Passage(start, end, quoted=True)


def _minutes_joined(plain_text: str, passages: list[Passage]) -> list[Passage]:
    """“1 h 30 calculus”: the number behind hours is their minutes where no other words follow it."""
    joined: list[Passage] = []
    for n, passage in enumerate(passages):
        if joined and passage.start < joined[-1].end:
            continue
        spent = passage.reading if isinstance(passage.reading, Spent) else None
        behind = passages[n + 1] if n + 1 < len(passages) else None
        of = bool(spent and spent.minutes and behind and _is_of(plain_text, behind, spent.minutes[1]))
        if spent and spent.minutes and behind and (of or (behind.end == spent.minutes[1] and _is_bare(behind))):
            follower = passages[n + 2] if n + 2 < len(passages) else None
            after = follower.start if follower else len(plain_text)
            sure = of or (connecting(plain_text[behind.end : after]) and not (follower and follower.option is None))
            joined.append(_with_minutes(plain_text, passage, spent, sure=sure))
            continue
        joined.append(passage)
    return joined


def _is_of(plain_text: str, passage: Passage, end: int) -> bool:
    """Whether a passage is minutes up to `end`: the “30 of” of “1 h 30 of calculus”, not that of “30 of 40”."""
    minutes = re.compile(r"\d\d\s+\D*").fullmatch(plain_text, passage.start, passage.end)
    counted = re.compile(r"\s*(?:the\s+)?\d").match(plain_text, passage.end)
    return bool(
        minutes and not counted and end == passage.start + 2 and is_part(plain_text[passage.start : passage.end])
    )


def _with_minutes(plain_text: str, passage: Passage, spent: Spent, *, sure: bool) -> Passage:
    """Hours and the number behind them as one amount; not `sure`: “1 h 30 chain rule”, which may be 30 of something."""
    hours, (minutes, end) = spent.value or 0, spent.minutes or (0, 0)
    if sure:
        return replace(passage, end=end, reading=Spent(end, hours + minutes))
    number = plain_text[passage.end : end].strip()
    offers = (
        Choice(Text("{time}", time=Minutes(hours + minutes)), f"{hours + minutes}m"),
        Choice(Text("{time}", time=Minutes(hours)), f"{hours}m {VERBATIM[0]}{number}{VERBATIM[1]}"),
    )
    return replace(
        passage,
        end=end,
        reading=Spent(end, None, Text("How long is “{words}”?", words=plain_text[passage.start : end]), offers),
    )


def _is_bare(passage: Passage) -> bool:
    return isinstance(passage.reading, Spent) and passage.reading.bare
