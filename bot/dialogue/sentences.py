"""Plain sentences that mean a command: “what should I do now?”, “undo that”, “I'm on holiday next week”.

A command declares them as patterns beside its other words, separated by commas. In a pattern, `a/b` is one word or the
other, `(a/b)` may be missing, and `…` stands for up to six words of any kind, or, where the command is offered
first, for words that it reads itself. Words of courtesy may stand anywhere. A sentence means a command only where
nothing of it is left over but that something was wrong.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from bot.dialogue.parameters.base import every_spelling
from bot.dialogue.plain import plain, visible
from bot.dialogue.reply import Reply
from bot.dialogue.text import Text

# note: words of courtesy and the like, which may stand anywhere in a sentence without changing what it means
_COURTESY = Text(
    "hey, hi, hello, ok, okay, please, pls, plz, so, well, oops, ups, oh, bot, buddy, um, just, now, then, and, can, "
    "could, would, will, you, u, quickly, again, lol, really, thanks, thank, thx, ty, nvm, nevermind, sorry, sry, "
    "wait, damn, hm, hmm, ah, argh, ugh, btw, alright, actually, yo, hiya"
)
# note: patterns of sentences that say that something was wrong; they may stand beside another sentence
WRONG = Text(
    "(no/nope/nah/sorry/sry) (wait) (thats/that/this/it) (was/is) (the/a) wrong/incorrect "
    "(entry/one/amount/day/button/number/time), (that/this) was a mistake/accident, that was an accident/error, "
    "(i) (made) (a) (my) mistake/typo/misclick, my bad/fault, (i) didnt mean that/it/to, (i) (did) not mean "
    "that/it/to, (the/my) last (one/entry) (was/is) wrong, (i) mistyped/misclicked (that/it), forget/scrap "
    "that/it (one)"
)
_LONGEST = 200
"""Characters of a sentence; what is longer tells a story."""
_MOST_WORDS = 16
_WHOLE = re.compile(r"[\w]+")
_BETWEEN = re.compile(r"[,.;:!?\n…]+(?:\s+|$)|\s[-–]+\s")
_SLIP = 0.8
"""How alike a slip of the pen is to the word that was meant."""
_SHORTEST_SLIP = 5
_SHORTEST_TELLING, _TELLING = 4, 0.5
"""Letters of a word that tells what is meant, and how much must: one such word that two commands share is enough."""
_MARK = "~"
"""Behind every word of courtesy in the text that patterns are sought in."""
_COURTEOUS = rf"(?:\w+{_MARK} )*"
_ANY = rf"(?:[^\W\d]+{_MARK}? ){{0,6}}?"
_GAP = r"(?P<gap>(?:\S+ )+?)"


@dataclass(frozen=True)
class Sentences:
    """The patterns of the sentences that mean a command. `offer` makes the question that is asked in place of running
    the command, from the values that were read; without it, the command runs."""

    patterns: Text
    offer: Callable[..., Reply] | None = None
    study: bool = False
    """Whether it takes down what other sentences tell of study time."""


def means(typed: str, sentences: Sentences, *, slips: bool) -> bool:
    """Whether the whole of the words is one of the sentences; `slips`: slips of the pen are read as what was meant."""
    words = _WHOLE.findall(_text(typed))
    if slips:
        words = [_corrected(word, sentences.patterns) for word in words]
    return (
        len(typed) <= _LONGEST
        and len(words) <= _MOST_WORDS
        and any(_whole(sentences.patterns).fullmatch(text) for text in _without_aside(_marked(words)))
    )


def _without_aside(text: str) -> Iterator[str]:
    """The words, then without what they say of something wrong at their beginning, then at their end."""
    yield text
    begins, ends = _asides()
    if match := begins.match(text):
        yield text[match.end() :]
    if match := ends.search(text):
        yield text[: match.start()]


def likely(typed: str, known: Mapping[str, Sentences]) -> list[str]:
    """The names of the sentences that share telling words with what was said, the likeliest first. A word tells the
    more, the fewer sentences have it."""
    words = {word for word in _WHOLE.findall(_text(typed)) if len(word) >= _SHORTEST_TELLING} - _courtesy()
    shared = {name: words & _vocabulary(sentences.patterns) for name, sentences in known.items()}
    having = Counter(word for matching in shared.values() for word in matching)
    scores = {name: sum(1 / having[word] for word in matching) for name, matching in shared.items()}
    return sorted((name for name in known if scores[name] >= _TELLING), key=lambda name: -scores[name])


def clauses(typed: str) -> list[str]:
    """The clauses of some words, between signs; empty where there is only one."""
    parts = [part for part in _BETWEEN.split(typed) if _WHOLE.search(part)]
    return parts if len(parts) > 1 else []


def around(typed: str, sentences: Sentences) -> Iterator[str]:
    """What is left of the words for the command to read, for each pattern that is in them, the least first; then
    any part of that, the longest first, and at last nothing."""
    text = re.sub(r"(?<!\d)[./-]|[^\w\s./-]", " ", _text(typed))
    words = text.split()
    if len(typed) > _LONGEST or len(words) > _MOST_WORDS:
        return
    lefts = _lefts(words, sentences)
    lefts |= {further for left in lefts for further in _lefts(left.split(), sentences)}
    yield from sorted(lefts, key=lambda left: (len(left), left))
    every = min(lefts, key=len, default="").split()
    for length in range(len(every) - 1, -1, -1):
        yield from (" ".join(every[start : start + length]) for start in range(len(every) - length, -1, -1))


def _lefts(words: Sequence[str], sentences: Sentences) -> set[str]:
    text = _marked(words)
    return {_left(text, match) for pattern in _parts(sentences.patterns) if (match := pattern(text))}


def _left(text: str, match: re.Match[str]) -> str:
    """What a pattern leaves over of a text, without words of courtesy around it."""
    gap = match.groupdict().get("gap") or ""
    words = f"{text[: match.start()]}{gap}{text[match.end() :]}".split()
    kept = [n for n, word in enumerate(words) if not word.endswith(_MARK)]
    return " ".join(words[kept[0] : kept[-1] + 1]).replace(_MARK, "") if kept else ""


def _text(typed: str) -> str:
    return plain(visible(typed)).replace("'", "")


@cache
def _courtesy() -> frozenset[str]:
    return frozenset(map(plain, every_spelling(_COURTESY)))


def _marked(words: Sequence[str]) -> str:
    """The words, each with a blank behind it, and words of courtesy with their mark."""
    return "".join(f"{word}{_MARK if word in _courtesy() else ''} " for word in words)


@cache
def _whole(patterns: Text) -> re.Pattern[str]:
    return re.compile(rf"{_COURTEOUS}(?:{_either(patterns)})")


@cache
def _asides() -> tuple[re.Pattern[str], re.Pattern[str]]:
    aside = _either(WRONG)
    return re.compile(rf"{_COURTEOUS}(?:{aside})"), re.compile(rf"(?<!\S)(?:{aside})$")


def _either(patterns: Text) -> str:
    return "|".join(_compiled(pattern, _ANY) for pattern in every_spelling(patterns))


@cache
def _parts(patterns: Text) -> tuple[Callable[[str], re.Match[str] | None], ...]:
    return tuple(re.compile(rf"(?<!\S){_compiled(pattern, _GAP)}").search for pattern in every_spelling(patterns))


def _compiled(pattern: str, gap: str) -> str:
    return "".join(gap if word == "…" else _unit(word) for word in pattern.replace("'", "").split())


def _unit(word: str) -> str:
    either = "|".join(map(re.escape, plain(word.strip("()")).split("/")))
    return rf"(?:(?:{either}){_MARK}? {_COURTEOUS}){'?' if word.startswith('(') else ''}"


@cache
def _vocabulary(patterns: Text) -> frozenset[str]:
    return frozenset(_WHOLE.findall(" ".join([*every_spelling(patterns), *every_spelling(_COURTESY)]).replace("'", "")))


def _corrected(word: str, patterns: Text) -> str:
    if len(word) < _SHORTEST_SLIP or word in _vocabulary(patterns):
        return word
    return next(iter(get_close_matches(word, _vocabulary(patterns), n=1, cutoff=_SLIP)), word)
