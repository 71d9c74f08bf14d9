"""What typed words mean: the values in them, the passages to ask about, and what is left for the note."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property

from bot.core.ledger import DAY_LIMIT
from bot.dialogue.command import Option
from bot.dialogue.context import Context
from bot.dialogue.parameters import DayParameter, DurationParameter, ItemParameter, connecting, is_part, note_of, plain
from bot.dialogue.parameters.base import Reading
from bot.dialogue.parameters.day import Dated, day_at
from bot.dialogue.parameters.daynames import telling
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.scanning import VERBATIM, Passage, scan
from bot.dialogue.text import Text

_ON = re.compile(r"(?:on|from|since)\s*$")
_LONG = 8
"""A word of a title with so many letters is likely meant as the item, even where other words follow."""
_NEARLY = 0.79
"""How alike a slip of the pen is to the day that was meant: “todya” is, “study” and “sunday” are not."""
_SHORTEST = 5


@dataclass(frozen=True)
class Meaning:
    """The words with the passages in them, each tuple in order: `values` are clear, `unclear` are to be asked about,
    `quoted` are the note as they are."""

    text: str
    values: tuple[Passage, ...]
    unclear: tuple[Passage, ...]
    quoted: tuple[Passage, ...]

    def of(self, option: Option) -> list[Passage]:
        """The clear values of one option, in order."""
        return [passage for passage in self.values if passage.option == option]

    def with_(self, passage: Passage, words: str) -> str:
        """The words with `words` in place of a passage."""
        return " ".join(f"{self.text[: passage.start]} {words} {self.text[passage.end :]}".split())

    def noted(self, passage: Passage) -> str:
        """The words with a passage marked as part of the note."""
        return self.with_(passage, f"{VERBATIM[0]}{self.text[passage.start : passage.end].strip()}{VERBATIM[1]}")

    def may_be_note(self, passage: Passage) -> bool:
        """Whether an unclear passage could as well be the learner's own words."""
        return not isinstance(passage.reading, Spent) or bool(
            passage.reading.clock or passage.reading.weak or self._spent(passage)
        )

    def _spent(self, passage: Passage) -> bool:
        return any(isinstance(other.reading, Spent) for other in self.values if other != passage)

    @cached_property
    def gaps(self) -> list[tuple[int, int]]:
        """Start and end of the words before, between and after the passages, the empty ones included."""
        return self._between([*self.values, *self.unclear, *self.quoted])

    @property
    def left(self) -> str:
        """The note: what no option took, in order. Quotation marks around the whole of it are not part of it."""
        verbatim = [passage for passage in self.quoted if self.text[passage.start] == VERBATIM[0]]
        words = self._notes(self._between([*self.values, *self.unclear, *verbatim]))
        if len(self.quoted) == 1 and not self._notes(self.gaps):
            passage = self.quoted[0]
            return self.text[passage.start + 1 : passage.end - 1].strip()
        marked = [(passage.start, self.text[passage.start + 1 : passage.end - 1].strip()) for passage in verbatim]
        return " ".join(piece for _, piece in sorted([*words, *marked]))

    def _notes(self, gaps: Sequence[tuple[int, int]]) -> list[tuple[int, str]]:
        text = plain(self.text)
        pieces = ((a, note_of(self.text[a:b], text[a:b], last=b == len(text))) for a, b in gaps)
        return [(place, piece) for place, piece in pieces if piece]

    def _between(self, taken: Sequence[Passage]) -> list[tuple[int, int]]:
        ordered = sorted(taken, key=lambda passage: passage.start)
        edges = [0, *(edge for passage in ordered for edge in (passage.start, passage.end)), len(self.text)]
        return list(zip(edges[::2], edges[1::2], strict=True))


def belongs_to_note(option: Option) -> Text:
    """The label of the button that makes a passage part of the note."""
    return Text("It is a note") if isinstance(option.parameter, ItemParameter) else Text("It belongs to the note")


def meaning(text: str, options: Sequence[Option], ctx: Context) -> Meaning:
    """Read the words: find the options' values in them and settle what each passage is among its neighbours."""
    passages = scan(text, options, ctx)
    plain_text = plain(text)
    settled = [
        counted
        for n in range(len(passages))
        if passages[n].option and (counted := _settle(plain_text, passages, n, ctx))
    ]
    settled = _amounts(settled, plain_text, passages)
    if not any(isinstance(passage.option and passage.option.parameter, DayParameter) for passage in settled):
        settled = sorted(
            [*settled, *_misspelt_day(text, settled, passages, options, ctx)], key=lambda passage: passage.start
        )
    if not any(isinstance(passage.option and passage.option.parameter, ItemParameter) for passage in settled):
        settled = sorted([*settled, *_slips(text, settled, passages, options, ctx)], key=lambda passage: passage.start)
    settled = _named_once(settled)
    clear = tuple(passage for passage in settled if passage.value is not None)
    unclear = tuple(passage for passage in settled if passage.value is None)
    quoted = tuple(
        passage for passage in passages if passage.quoted and passage not in settled and not _within(passage, settled)
    )
    return Meaning(text, clear, unclear, quoted)


def _named_once(settled: Sequence[Passage]) -> list[Passage]:
    """Without further names of an item that is named already: they belong to the note."""
    kept: list[Passage] = []
    for passage in settled:
        item = passage.option is not None and isinstance(passage.option.parameter, ItemParameter)
        if not (
            item
            and passage.value is not None
            and any(o.option == passage.option and o.value == passage.value for o in kept)
        ):
            kept.append(passage)
    return kept


def _within(passage: Passage, others: Sequence[Passage]) -> bool:
    return any(other.start <= passage.start < other.end for other in others)


def _settle(text: str, passages: Sequence[Passage], n: int, ctx: Context) -> Passage | None:
    """The passage as it counts among its neighbours; None where it is words like any others."""
    passage = passages[n]
    reading = passage.reading
    if reading is None or passage.option is None:
        return passage
    if isinstance(reading, Spent) and n and (part := _with_part(text, passages[n - 1], passage)):
        return part
    day = isinstance(passage.option.parameter, DayParameter)
    if not reading.weak and not (day and passage.value is not None and passage.value > ctx.today):
        return passage
    before = text[passages[n - 1].end if n else 0 : passage.start]
    after = text[passage.end : passages[n + 1].start if n + 1 < len(passages) else len(text)]
    led = not connecting(before) or bool(n and passages[n - 1].option is None and not passages[n - 1].quoted)
    followed = bool(after.strip()) and not connecting(after) and after.lstrip()[:1].isalnum()
    follower = passages[n + 1] if n + 1 < len(passages) and not after.strip() else None
    # Words of a title that may be anybody's are words here.
    followed = followed or bool(follower and not follower.quoted and _is_words(follower))
    if isinstance(passage.option.parameter, DurationParameter):
        return None if followed else passage
    if day and not reading.weak:
        # “prepare for tomorrow” says nothing of when.
        words = led or followed
        return (
            _asked(passage, Text("Which day is “{words}”?", words=text[passage.start : passage.end]), ctx)
            if words
            else passage
        )
    if day:
        return _settle_day(text, passage, followed=followed, ctx=ctx)
    if led and not passage.quoted:
        return None
    if any(o is not passage and o.option == passage.option and o.reading and not o.reading.weak for o in passages):
        return None
    if (
        followed
        and not passage.quoted
        and passage.value is not None
        and (reading.choices or not _telling(passage, ctx))
    ):
        return None
    if passage.quoted or (followed and passage.value is not None):
        return _asked(
            passage, Text("Is “{words}” the item?", words=text[passage.start : passage.end].strip('"“”„«»')), ctx
        )
    return None if followed else passage


def _with_part(text: str, before: Passage, amount: Passage) -> Passage | None:
    """An amount with the part of it that is counted before it, as a question: “2 of 3 hours”."""
    if before.option or before.quoted or text[before.end : amount.start].strip():
        return None
    if not is_part(text[before.start : before.end]):
        return None
    words = text[before.start : amount.end]
    problem = Text("How long is “{words}”?", words=words)
    return replace(amount, start=before.start, reading=Spent(amount.end, None, problem))


def _telling(passage: Passage, ctx: Context) -> bool:
    """Whether a word of a title likely means the item: a long word, or one of what the learner is at."""
    return passage.end - passage.start >= _LONG or any(item.id == passage.value for item in ctx.study.module.items)


def _is_words(passage: Passage) -> bool:
    item = passage.option and isinstance(passage.option.parameter, ItemParameter)
    return passage.option is None or bool(item and passage.reading and passage.reading.weak)


def _settle_day(text: str, passage: Passage, *, followed: bool, ctx: Context) -> Passage | None:
    typed = text[passage.start : passage.end]
    loose = isinstance(passage.reading, Dated) and passage.reading.loose
    if loose and typed[-1].isalpha() and followed and not _ON.search(text, 0, passage.start):
        return None  # “3rd lecture”
    possible = passage.value is not None and ctx.study.start <= passage.value <= ctx.today
    if passage.value is None or (possible and not followed):
        return passage
    if loose and typed[-1].isdigit() and followed and not possible:
        return None  # “version 3.11”, of a day that cannot be
    return _asked(passage, Text("Which day is “{words}”?", words=typed), ctx)


def _asked(passage: Passage, problem: Text, ctx: Context) -> Passage:
    """The passage as a question, with its value as the first answer."""
    parameter = passage.option.parameter if passage.option else None
    if isinstance(parameter, ItemParameter):
        offers = [parameter.offer(passage.value, ctx)]
    else:
        offers = [parameter.offer(passage.value)] if isinstance(parameter, DayParameter) else []
    return replace(passage, reading=Reading(passage.end, None, problem, tuple(offers), weak=True))


def _amounts(settled: list[Passage], text: str, passages: Sequence[Passage]) -> list[Passage]:
    """Without numbers that have no unit, unless there is no other amount, or nothing but small words around them."""
    spent = [passage for passage in settled if isinstance(passage.reading, Spent)]
    bare = [passage for passage in spent if isinstance(passage.reading, Spent) and passage.reading.bare]
    if not bare:
        return settled
    sure = [passage for passage in spent if passage not in bare]
    out = (
        [passage for passage in bare if _is_no_amount(passage) or not _stands_alone(passage, text, passages)]
        if sure
        else bare[1:]
    )
    if not sure and _is_small(bare[0]) and not _stands_alone(bare[0], text, passages) and bare[0].start:
        out = [passage for passage in bare if passage is not bare[-1] or len(bare) == 1]
    return [passage for passage in settled if passage not in out]


def _is_no_amount(passage: Passage) -> bool:
    """A year, or more minutes than a day has."""
    return passage.value is not None and passage.value > DAY_LIMIT


def _is_small(passage: Passage) -> bool:
    return passage.value is None


def _stands_alone(passage: Passage, text: str, passages: Sequence[Passage]) -> bool:
    n = list(passages).index(passage)
    before = text[passages[n - 1].end if n else 0 : passage.start]
    after = text[passage.end : passages[n + 1].start if n + 1 < len(passages) else len(text)]
    return connecting(before) and connecting(after)


def _slips(
    text: str, settled: Sequence[Passage], passages: Sequence[Passage], options: Sequence[Option], ctx: Context
) -> list[Passage]:
    """A single word between values that is nearly the name of an item, as a question."""
    option = next((option for option in options if isinstance(option.parameter, ItemParameter)), None)
    quoted = tuple(passage for passage in passages if passage.quoted)
    plain_text = plain(text)
    for start, end in Meaning(text, tuple(settled), (), quoted).gaps if option else ():
        word = note_of(text[start:end], plain_text[start:end], last=end == len(text))
        if (
            option
            and word
            and isinstance(option.parameter, ItemParameter)
            and (slip := option.parameter.alone(word, ctx))
        ):
            place = text.index(word, start)
            return [Passage(place, place + len(word), option, replace(slip, end=place + len(word)))]
    return []


def _misspelt_day(
    text: str, settled: Sequence[Passage], passages: Sequence[Passage], options: Sequence[Option], ctx: Context
) -> list[Passage]:
    """A single word between values that is nearly the name of a day, as a question: yesteday."""
    option = next((option for option in options if isinstance(option.parameter, DayParameter)), None)
    quoted = tuple(passage for passage in passages if passage.quoted)
    plain_text = plain(text)
    for start, end in Meaning(text, tuple(settled), (), quoted).gaps if option else ():
        word = note_of(text[start:end], plain_text[start:end], last=end == len(text))
        near = get_close_matches(plain(word), telling(), n=1, cutoff=_NEARLY) if len(word) >= _SHORTEST else []
        day = day_at(near[0], 0, ctx) if near else None
        if option and day and day.value:
            place = text.index(word, start)
            passage = Passage(place, place + len(word), option, replace(day, end=place + len(word)))
            return [_asked(passage, Text("Which day is “{words}”?", words=word), ctx)]
    return []
