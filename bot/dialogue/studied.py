"""Plain sentences that tell of study: “studied 2h of calculus yesterday”.

Time is taken down only where a sentence says beyond doubt that its writer has studied: it has a verb of study in the
past, or asks to take time down, and no word that may turn it into a plan, a question, a goal or somebody else's time.
Every word that is not known makes it unsure, except the topic behind a verb that can mean nothing but study.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import Literal

from bot.dialogue import study_words
from bot.dialogue.binding import bind
from bot.dialogue.command import Command
from bot.dialogue.context import Context
from bot.dialogue.parameters import (
    DurationParameter,
    ItemParameter,
    Phrases,
    daynames,
    every_spelling,
    is_part,
    plain,
    visible,
)
from bot.dialogue.parameters.amounts import HOUR_WORDS, MINUTE_WORDS
from bot.dialogue.parameters.base import FILLER_WORDS, in_any
from bot.dialogue.parameters.day import DAY_WORDS
from bot.dialogue.parameters.duration import Spent
from bot.dialogue.questions import Asked
from bot.dialogue.refusal import Refusal
from bot.dialogue.scanning import Passage, scan
from bot.dialogue.text import Text

Kind = Literal["study", "alone", "object", "order", "more", "small", "topic", "doubt", "back", "contrast", "total"]
_DOUBTFUL = {"doubt", "back", "contrast"}

_SLIP = 0.85
_LIKE_A_DAY, _SHORTEST_DAY = 0.7, 4
_LONGEST = 160
"""Characters of a sentence; what is longer tells a story."""
_SHORTEST_SLIP = 6
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True)
class Told:
    """What a sentence tells of study. `sure`: it is to be logged as `words`; else it is asked about. `doubt`: likely
    nothing has been studied yet. `back`: an entry is likely to be taken back."""

    sure: bool
    words: str
    doubt: bool = False
    back: bool = False


@dataclass(frozen=True)
class _Token:
    start: int
    end: int
    kind: Kind | None
    where: bool = False
    """Whether a small word before it makes a place, a time or company of it: during lunch, with anna."""


def told(typed: str, command: Command, ctx: Context) -> Told | None:
    """What the words tell of study time, read with the options of the command that logs it; None where they tell
    nothing of it."""
    text = visible(typed).strip()
    options = [option for option in command.options if option.parameter.typed and not option.parameter.greedy]
    passages = scan(text, options, ctx)
    amounts = [passage for passage in passages if isinstance(passage.reading, Spent)]
    measured = any(isinstance(passage.reading, Spent) and not passage.reading.bare for passage in amounts)
    tokens = _tokens(plain(text), passages, amounts)
    kinds = {token.kind for token in tokens}
    part = any(p.option is None and is_part(plain(text[p.start : p.end])) for p in passages)
    doubt = part or bool(kinds & _DOUBTFUL) or ("?" in text and "order" not in kinds)
    doubt = doubt or _describes(plain(text), tokens, amounts)
    doubt = doubt or ("total" in kinds and not any(p.option and p.option.name == "day" for p in passages))
    if not doubt and len(text) <= _LONGEST and _says_so(tokens, passages, measured=measured):
        words = _to_log(text, tokens)
        outcome = _bound(words, command, ctx)
        if outcome is None and measured:
            bare = _to_log(text, [_as_small(token, passages) for token in tokens])
            outcome = _bound(bare, command, ctx)
            words = bare if outcome else words
        if outcome is None or (measured and _agrees(outcome, amounts, passages)):
            return Told(True, words)
    if not (measured or (amounts and kinds & {"study", "alone", "order"})):
        return None
    if "back" in kinds and "study" not in kinds:
        return Told(False, text, back=True)
    return _instead(text, tokens, amounts, command, ctx) or Told(False, text, doubt)


def doubts(typed: str) -> bool:
    """Whether a word in them makes it doubtful that what is said beside these words is meant."""
    return any(token.kind in _DOUBTFUL for token in _tokens(plain(visible(typed)), (), ()))


def _instead(
    text: str, tokens: Sequence[_Token], amounts: Sequence[Passage], command: Command, ctx: Context
) -> Told | None:
    """What was done in place of a plan: the 40 min of “wanted to do 3h but only managed 40 min”. It is asked about."""
    contrast = next((token.end for token in tokens if token.kind == "contrast"), None)
    behind = contrast or text.find(",") + 1
    plan = {token.kind for token in tokens if token.start < behind}
    if plan & {"study", "alone"} or not (contrast or "doubt" in plan) or all(a.start < behind for a in amounts):
        return None
    done = told(text[behind:], command, ctx)
    return Told(False, done.words) if done and (done.sure or (contrast and not (done.doubt or done.back))) else None


def _describes(text: str, tokens: Sequence[_Token], amounts: Sequence[Passage]) -> bool:
    """Whether an amount describes the word behind it: for the 2h exam."""
    unknown = {token.start for token in tokens if token.kind is None}
    return any(
        bool(_article().search(text, 0, amount.start))
        and next((n for n in range(amount.end, len(text)) if not text[n].isspace()), None) in unknown
        for amount in amounts
    )


def _as_small(token: _Token, passages: Sequence[Passage]) -> _Token:
    """A word of a title as a small word that may be left out; a day never is."""
    day = any(p.start <= token.start < p.end and p.option and p.option.name == "day" for p in passages)
    return token if day or token.kind != "topic" else replace(token, kind="small")


def _says_so(tokens: Sequence[_Token], passages: Sequence[Passage], *, measured: bool) -> bool:
    """Whether words without a doubtful one say that somebody has studied."""
    kinds = [token.kind for token in tokens]
    topic = "topic" in kinds or any(_is_topic(passage) for passage in passages)
    unknown = [n for n, kind in enumerate(kinds) if kind is None]
    if "study" in kinds:
        return all(n > kinds.index("study") or tokens[n].where for n in unknown)
    if unknown:
        return False
    if "order" in kinds:
        return True
    if "more" in kinds:
        return False
    if "alone" in kinds:
        return measured or topic
    return "object" in kinds and topic


def _is_topic(passage: Passage) -> bool:
    """Whether a passage is an item, or something numbered, such as a chapter."""
    return passage.option is None or isinstance(passage.option.parameter, ItemParameter)


def _tokens(text: str, passages: Sequence[Passage], amounts: Sequence[Passage]) -> list[_Token]:
    """The words of a `plain` text outside the passages, with what each of them is."""
    taken = [(p.start, p.end) for p in passages if not (p.reading and p.reading.weak and not p.quoted and _is_word(p))]
    parted = _parted(text, amounts)
    tokens: list[_Token] = []
    place = 0
    while match := _WORD.search(text, place):
        inside = next((end for start, end in taken if start <= match.start() < end), None)
        if inside is not None:
            place = inside
            continue
        behind = min((start for start, _ in taken if start > match.start()), default=len(text))
        known = _phrases().at(text[:behind], match.start())
        end = max(known[1], match.end()) if known and known[1] >= match.end() else match.end()
        kind: Kind | None = known[0] if known and known[1] >= match.end() else None
        if match.start() in parted:
            kind, end = parted[match.start()], match.end()
        elif kind is None and any(p.start <= match.start() < p.end for p in passages):
            kind = "topic"  # a word of a title
        elif kind is None:
            kind = _guessed(match[0])
        if (
            kind
            and end == match.end()
            and any(not text[end : p.start].strip() for p in amounts if end <= p.start)
            and _is_moment(match[0])
        ):
            kind = "doubt"
        where = bool(_where().search(text, 0, match.start()))
        tokens.append(_Token(match.start(), end, kind, where))
        place = end
    return tokens


def _guessed(word: str) -> Kind | None:
    """What an unknown word likely is: a verb of study with a slip of the pen in it (studed), or something that may be
    a day or belong to the amount."""
    days = [*daynames.telling(), *daynames.months()]
    units = (word in every_spelling(text) for text in (HOUR_WORDS, MINUTE_WORDS, DAY_WORDS))
    if word.isdecimal() or word in daynames.short_weekdays() or any(units):
        return "doubt"
    if len(word) >= _SHORTEST_DAY and get_close_matches(word, days, n=1, cutoff=_LIKE_A_DAY):
        return "doubt"
    likely = [
        verb for verb in map(plain, every_spelling(study_words.STUDIED)) if (verb[0], verb[-1]) == (word[0], word[-1])
    ]
    slip = len(word) >= _SHORTEST_SLIP and get_close_matches(word, likely, n=1, cutoff=_SLIP)
    return "study" if slip else None


@cache
def _where() -> re.Pattern[str]:
    """A small word that says where, when or with whom, and an article, at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{in_any(study_words.WHERE)})\s+(?:(?:{in_any(study_words.ARTICLES)})\s+)?$")


@cache
def _article() -> re.Pattern[str]:
    """An article at the end of a text."""
    return re.compile(rf"(?<!\w)(?:{in_any(study_words.ARTICLES)})\s+$")


def _is_moment(word: str) -> bool:
    return word in map(plain, every_spelling(study_words.MOMENT))


def _is_word(passage: Passage) -> bool:
    return bool(passage.option and not isinstance(passage.option.parameter, DurationParameter))


def _parted(text: str, amounts: Sequence[Passage]) -> dict[int, Kind]:
    """Where the words of a verb in two parts begin that stand around an amount: “got” and “in” of “got 2h in”."""
    kinds: dict[int, Kind] = {}
    parts: list[tuple[str, Kind]] = [(part, "alone") for part in every_spelling(study_words.GOT_IN)]
    parts += [(part, "doubt") for part in every_spelling(study_words.LOGGED)]
    parts += [(part, "back") for part in every_spelling(study_words.BACK)]
    for (first, last), kind in ((part.split(" … "), kind) for part, kind in parts if " … " in part):
        for amount in amounts:
            before = re.search(rf"(?<!\w){re.escape(first)}(?!\w)[^.!?]*$", text[: amount.start])
            after = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", text[amount.end :])
            if before and after:
                kinds[before.start()] = kind
                kinds[amount.end + after.start()] = "small"
    return kinds


def _to_log(text: str, tokens: Sequence[_Token]) -> str:
    """The words without the verb, and without the small words outside the topic."""
    topics = [token for token in tokens if token.kind in {None, "topic"}]
    kept = text
    for token in reversed(tokens):
        within = bool(topics) and topics[0].start < token.start < topics[-1].start
        filler = text[token.start : token.end].lower() in every_spelling(FILLER_WORDS)
        if token.kind in {"study", "alone", "object", "order", "more"} or (
            token.kind in {"small", "total"} and not within and not filler
        ):
            kept = f"{kept[: token.start]} {kept[token.end :]}"
    return " ".join(kept.split())


def _bound(words: str, command: Command, ctx: Context) -> dict[str, object] | None:
    """The values that the command reads in the words; None where it asks about them or refuses them."""
    request = replace(ctx.request, command=command.name, args={}, rest=words)
    try:
        return bind(command, request, replace(ctx, request=request))
    except (Asked, Refusal):
        return None


def _agrees(values: dict[str, object], amounts: Sequence[Passage], passages: Sequence[Passage]) -> bool:
    """Whether the values read without the small words are those of the whole sentence."""
    days = {p.value for p in passages if p.option and p.option.name == "day" and p.reading and not p.reading.weak}
    items = {p.value for p in passages if _is_topic(p) and p.reading and (p.quoted or not p.reading.weak)}
    spent = values.get("spent")
    return (
        all(spent == amount.value or _may_be(amount, spent) for amount in amounts)
        and days <= {values.get("day")}
        and {values.get("item")} <= {*items, None}
    )


def _may_be(amount: Passage, spent: object) -> bool:
    """Whether an amount that is unclear among its words is most likely this one: “1 h 40 gelernt”."""
    offers = amount.reading.choices if amount.reading and amount.value is None else ()
    return bool(offers) and offers[0].wire == f"{spent}m"


@cache
def _phrases() -> Phrases[Kind]:
    kinds: tuple[tuple[Text, Kind], ...] = (
        (study_words.SMALL, "small"),
        (study_words.TOPICS, "topic"),
        (study_words.WORKED, "object"),
        (study_words.DID, "alone"),
        (study_words.PRACTICED, "alone"),
        (study_words.STUDIED, "study"),
        (study_words.ORDERS, "order"),
        (study_words.MORE, "more"),
        (FILLER_WORDS, "small"),
        (study_words.DOUBTS, "doubt"),
        (study_words.BACK, "back"),
        (study_words.CONTRASTS, "contrast"),
        (study_words.TOTALS, "total"),
    )
    return Phrases({plain(word): kind for text, kind in kinds for word in every_spelling(text)})
