"""What typed words mean, passage by passage: values, what is unclear, and what is left for the note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from bot.core.ledger import DAY_LIMIT
from bot.dialogue.command import Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import DayParameter, DurationParameter, ItemParameter, connecting, note_of, plain
from bot.dialogue.parameters.base import Reading
from bot.dialogue.parameters.day import Dated, day_at
from bot.dialogue.parameters.daynames import telling
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.scanning import VERBATIM, Found, scan
from bot.dialogue.text import Text

_ON = re.compile(r"(?:on|from|since)\s*$")
_LONG = 8
"""A word of a title with so many letters is likely meant as the item, even where other words follow."""
_NEARLY = 0.79
"""How alike a slip of the pen is to the day that was meant: “todya” is, “study” and “sunday” are not."""
_SHORTEST = 5


@dataclass(frozen=True)
class Meaning:
    """The words with what was found in them. `values`: what is clear; `unclear`: what is to be asked about; `quoted`:
    passages that are the note as they stand; all in their order."""

    text: str
    values: tuple[Found, ...]
    unclear: tuple[Found, ...]
    quoted: tuple[Found, ...]

    def of(self, option: Option) -> list[Found]:
        """The clear values of one option."""
        return [here for here in self.values if here.option == option]

    def with_(self, here: Found, words: str) -> str:
        """The words with others in the place of a passage."""
        return " ".join(f"{self.text[: here.start]} {words} {self.text[here.end :]}".split())

    def noted(self, here: Found) -> str:
        """The words with a passage marked as the note's."""
        return self.with_(here, f"{VERBATIM[0]}{self.text[here.start : here.end].strip()}{VERBATIM[1]}")

    def may_be_note(self, here: Found) -> bool:
        """Whether a passage that is asked about could be the learner's own words as well."""
        return not isinstance(here.reading, Spent) or bool(here.reading.clock or here.reading.weak or self._spent(here))

    def _spent(self, here: Found) -> bool:
        return any(isinstance(other.reading, Spent) for other in self.values if other != here)

    @cached_property
    def gaps(self) -> list[tuple[int, int]]:
        """The words between the values and the quoted passages, as places; also the empty ones."""
        return self._between([*self.values, *self.unclear, *self.quoted])

    @property
    def left(self) -> str:
        """What nobody took, in order: the note. Quotation marks around the whole of it are not part of it."""
        ours = [here for here in self.quoted if self.text[here.start] == VERBATIM[0]]
        words = self._notes(self._between([*self.values, *self.unclear, *ours]))
        if len(self.quoted) == 1 and not self._notes(self.gaps):
            here = self.quoted[0]
            return self.text[here.start + 1 : here.end - 1].strip()
        marked = [(here.start, self.text[here.start + 1 : here.end - 1].strip()) for here in ours]
        return " ".join(piece for _, piece in sorted([*words, *marked]))

    def _notes(self, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
        said = plain(self.text)
        pieces = ((a, note_of(self.text[a:b], said[a:b], last=b == len(said))) for a, b in gaps)
        return [(place, piece) for place, piece in pieces if piece]

    def _between(self, taken: Sequence[Found]) -> list[tuple[int, int]]:
        ordered = sorted(taken, key=lambda here: here.start)
        edges = [0, *(edge for here in ordered for edge in (here.start, here.end)), len(self.text)]
        return list(zip(edges[::2], edges[1::2], strict=True))


def belongs_to_note(option: Option) -> Text:
    """The label that makes a passage part of the note."""
    return Text("It is a note") if isinstance(option.parameter, ItemParameter) else Text("It belongs to the note")


def meaning(text: str, options: Sequence[Option], ctx: Context) -> Meaning:
    """Read the words."""
    found = scan(text, options, ctx)
    said = plain(text)
    settled = [counted for n in range(len(found)) if found[n].option and (counted := _settle(said, found, n, ctx))]
    settled = _amounts(settled, said, found)
    if not any(isinstance(here.option and here.option.parameter, DayParameter) for here in settled):
        settled = sorted([*settled, *_misspelt_day(text, settled, found, options, ctx)], key=lambda here: here.start)
    if not any(isinstance(here.option and here.option.parameter, ItemParameter) for here in settled):
        settled = sorted([*settled, *_slips(text, settled, found, options, ctx)], key=lambda here: here.start)
    settled = _named_once(settled)
    clear = tuple(here for here in settled if here.value is not None)
    unclear = tuple(here for here in settled if here.value is None)
    quoted = tuple(here for here in found if here.quoted and here not in settled and not _within(here, settled))
    return Meaning(text, clear, unclear, quoted)


def _named_once(settled: Sequence[Found]) -> list[Found]:
    """Without further names of an item that is named already: they belong to the note."""
    kept: list[Found] = []
    for here in settled:
        item = here.option is not None and isinstance(here.option.parameter, ItemParameter)
        if not (
            item and here.value is not None and any(o.option == here.option and o.value == here.value for o in kept)
        ):
            kept.append(here)
    return kept


def _within(here: Found, others: Sequence[Found]) -> bool:
    return any(other.start <= here.start < other.end for other in others)


def _settle(said: str, found: Sequence[Found], n: int, ctx: Context) -> Found | None:
    """The passage as it counts among its neighbours; None where it is words like others."""
    here = found[n]
    reading = here.reading
    if reading is None or here.option is None:
        return here
    day = isinstance(here.option.parameter, DayParameter)
    if not reading.weak and not (day and here.value is not None and here.value > ctx.today):
        return here
    before = said[found[n - 1].end if n else 0 : here.start]
    after = said[here.end : found[n + 1].start if n + 1 < len(found) else len(said)]
    led = not connecting(before) or bool(n and found[n - 1].option is None and not found[n - 1].quoted)
    followed = bool(after.strip()) and not connecting(after) and after.lstrip()[:1].isalnum()
    follower = found[n + 1] if n + 1 < len(found) and not after.strip() else None
    # Words of a title that may be anybody's are words here.
    followed = followed or bool(follower and not follower.quoted and _is_words(follower))
    if isinstance(here.option.parameter, DurationParameter):
        return None if followed else here
    if day and not reading.weak:
        # “prepare for tomorrow” says nothing of when.
        words = led or followed
        return _asked(here, Text("Which day is “{words}”?", words=said[here.start : here.end]), ctx) if words else here
    if day:
        return _settle_day(said, here, followed=followed, ctx=ctx)
    if led and not here.quoted:
        return None
    if any(o is not here and o.option == here.option and o.reading and not o.reading.weak for o in found):
        return None
    if followed and not here.quoted and here.value is not None and (reading.choices or not _telling(here, ctx)):
        return None
    if here.quoted or (followed and here.value is not None):
        return _asked(here, Text("Is “{words}” the item?", words=said[here.start : here.end].strip('"“”„«»')), ctx)
    return None if followed else here


def _telling(here: Found, ctx: Context) -> bool:
    """Whether a word of a title likely means the item: a long word, or one of what the learner is at."""
    return here.end - here.start >= _LONG or any(item.id == here.value for item in ctx.study.module.items)


def _is_words(here: Found) -> bool:
    item = here.option and isinstance(here.option.parameter, ItemParameter)
    return here.option is None or bool(item and here.reading and here.reading.weak)


def _settle_day(said: str, here: Found, *, followed: bool, ctx: Context) -> Found | None:
    typed = said[here.start : here.end]
    loose = isinstance(here.reading, Dated) and here.reading.loose
    if loose and typed[-1].isalpha() and followed and not _ON.search(said, 0, here.start):
        return None  # “3rd lecture”
    possible = here.value is not None and ctx.study.start <= here.value <= ctx.today
    if here.value is None or (possible and not followed):
        return here
    if loose and typed[-1].isdigit() and followed and not possible:
        return None  # “version 3.11”, of a day that cannot be
    return _asked(here, Text("Which day is “{words}”?", words=typed), ctx)


def _asked(here: Found, problem: Text, ctx: Context) -> Found:
    """The passage as a question, with its value as the first answer."""
    parameter = here.option.parameter if here.option else None
    if isinstance(parameter, ItemParameter):
        offers = [parameter.offer(here.value, ctx)]
    else:
        offers = [parameter.offer(here.value)] if isinstance(parameter, DayParameter) else []
    return replace(here, reading=Reading(here.end, None, problem, tuple(offers), weak=True))


def _amounts(settled: list[Found], said: str, found: Sequence[Found]) -> list[Found]:
    """Numbers without a unit count as an amount where there is no other one, or where nothing stands beside them."""
    spent = [here for here in settled if isinstance(here.reading, Spent)]
    bare = [here for here in spent if isinstance(here.reading, Spent) and here.reading.bare]
    if not bare:
        return settled
    sure = [here for here in spent if here not in bare]
    out = [here for here in bare if _is_no_amount(here) or not _stands_alone(here, said, found)] if sure else bare[1:]
    if not sure and _is_small(bare[0]) and not _stands_alone(bare[0], said, found) and bare[0].start:
        out = [here for here in bare if here is not bare[-1] or len(bare) == 1]
    return [here for here in settled if here not in out]


def _is_no_amount(here: Found) -> bool:
    """A year, or more minutes than a day has."""
    return here.value is not None and here.value > DAY_LIMIT


def _is_small(here: Found) -> bool:
    return here.value is None


def _stands_alone(here: Found, said: str, found: Sequence[Found]) -> bool:
    n = list(found).index(here)
    before = said[found[n - 1].end if n else 0 : here.start]
    after = said[here.end : found[n + 1].start if n + 1 < len(found) else len(said)]
    return connecting(before) and connecting(after)


def _slips(
    text: str, settled: Sequence[Found], found: Sequence[Found], options: Sequence[Option], ctx: Context
) -> list[Found]:
    """A single word that stands alone between values, and is nearly the name of an item."""
    option = next((option for option in options if isinstance(option.parameter, ItemParameter)), None)
    quoted = tuple(here for here in found if here.quoted)
    said = plain(text)
    for start, end in Meaning(text, tuple(settled), (), quoted).gaps if option else ():
        word = note_of(text[start:end], said[start:end], last=end == len(text))
        if (
            option
            and word
            and isinstance(option.parameter, ItemParameter)
            and (slip := option.parameter.alone(word, ctx))
        ):
            place = text.index(word, start)
            return [Found(place, place + len(word), option, replace(slip, end=place + len(word)))]
    return []


def _misspelt_day(
    text: str, settled: Sequence[Found], found: Sequence[Found], options: Sequence[Option], ctx: Context
) -> list[Found]:
    """A single word that stands alone between values, and is nearly the name of a day: yesteday."""
    option = next((option for option in options if isinstance(option.parameter, DayParameter)), None)
    quoted = tuple(here for here in found if here.quoted)
    said = plain(text)
    for start, end in Meaning(text, tuple(settled), (), quoted).gaps if option else ():
        word = note_of(text[start:end], said[start:end], last=end == len(text))
        near = get_close_matches(plain(word), telling(), n=1, cutoff=_NEARLY) if len(word) >= _SHORTEST else []
        day = day_at(near[0], 0, ctx) if near else None
        if option and day and day.value:
            place = text.index(word, start)
            here = Found(place, place + len(word), option, replace(day, end=place + len(word)))
            return [_asked(here, Text("Which day is “{words}”?", words=word), ctx)]
    return []
