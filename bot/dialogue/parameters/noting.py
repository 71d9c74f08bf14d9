"""What in typed words belongs to a note although it has numbers in it, and the small words between values."""

import re
from functools import cache

from bot.dialogue.parameters.amounts import AND, HOUR_WORDS, MINUTE_WORDS, SECOND_WORDS
from bot.dialogue.parameters.base import FILLER_WORDS, every_spelling, in_any
from bot.dialogue.parameters.day import DAY_WORDS, WEEK_WORDS
from bot.dialogue.parameters.daynames import months
from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.plain import plain
from bot.dialogue.text import Text

# note: what is numbered, before the number: chapter 3, lecture 2, p. 45
_NUMBERED = Text(
    "chapter, chapters, chap, ch, lecture, lectures, lesson, lessons, unit, units, module, section, sections, sec, "
    "part, parts, page, pages, p, pp, exercise, exercises, ex, problem, problems, question, questions, quiz, video, "
    "videos, week, day, episode, ep, level, step, steps, figure, fig, table, version, v, number, no, nr, assignment, "
    "homework, hw, task, tasks, project, theorem, lemma, lab, session, course, book, volume, vol, slide, slides, "
    "paragraph, clip, round, top, item, items, layer, layers, epoch, epochs, example, examples, test, "
    "exam, sheet, line, lines"
)
# note: what is counted, behind the number: 3 exercises, 30 pages
_COUNTED = Text(
    "chapters, chapter, lectures, lecture, lessons, lesson, units, sections, parts, pages, page, exercises, exercise, "
    "problems, problem, questions, question, quizzes, quiz, videos, video, episodes, steps, figures, assignments, "
    "tasks, task, slides, papers, paper, proofs, examples, cards, flashcards, notebooks, times, more, of, out, tests, "
    "models, epochs, layers, lines, points, percent, books, articles, mistakes, errors, words, people, datasets, plots"
)
# note: what may come before a log in a sentence: logged 1 h, I studied 1 h
_VERBS = Text(
    "logged, log, spent, i spent, i studied, studied, i did, did, i worked, worked, i learned, i learnt, i, "
    "about, approx, roughly, circa"
)
# note: what may come between two entries: 1h calculus then 30m algebra
_JOINING = Text("and, then, and then, plus, also, as well as, and also")
# note: words behind a number that make it a part of the amount behind them: 2 of 3 hours
_PART_OF = Text("of, out of")
_SIGNS = re.compile(r"[\s,;.:!&-]*")
_LEADING = re.compile(r"(?:\s+|[,;:!]|[./)\]-](?=\s|$)|(?<=\w)[/-])*")
_LAST_WORD = re.compile(r"(?<!\w)\w{1,8}$")
_NUMBER = r"#?(?!\d{4}[-/.]\d)\d{1,5}(?:[.,/-]\d{1,5}){0,4}[abcefg]?"
_FURTHER = r"\d{1,4}[abcefg]?(?![:/]|[.,-]\d)"


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    units = "|".join(in_any(text) for text in (HOUR_WORDS, MINUTE_WORDS, SECOND_WORDS, DAY_WORDS, WEEK_WORDS))
    names = "|".join(sorted(map(re.escape, months()), key=len, reverse=True))
    no_unit = rf"(?!\w|[.,:]\d|\.\s\d|\s?(?:{units})(?!\w)|\.?\s?(?:{names})(?!\w))"
    more = rf"(?:\s*(?:-|,|&|/|to|{in_any(AND)}|bis)\s*{_FURTHER}{no_unit}){{0,9}}"
    return (
        re.compile(rf"(?:{in_any(_NUMBERED)})\.?\s*{_NUMBER}{no_unit}{more}"),
        re.compile(rf"{_NUMBER}(?:\s*(?:-|to|bis)\s*\d+)?\s+(?:{in_any(_COUNTED)})(?!\w)"),
        re.compile(r"(?:https?://|www\.)\S+|\d+\s?%|\d{1,3}\s?x\s?\d{1,3}(?!\w)"),
    )


def protected(text: str, place: int) -> int | None:
    """The end of what is a note for sure at a place of `plain` words: chapter 3, 3 exercises, an address."""
    for pattern in _patterns():
        if match := pattern.match(text, place):
            return match.end()
    return None


def is_part(words: str) -> bool:
    """Whether counted words are a part of the amount behind them: the “2 of” in “2 of 3 hours”."""
    return words.endswith(tuple(f" {plain(word)}" for word in every_spelling(_PART_OF)))


@cache
def _joints() -> Phrases[bool]:
    return Phrases({word: True for text in (FILLER_WORDS, _VERBS, _JOINING) for word in every_spelling(text)})


@cache
def _edges() -> tuple[re.Pattern[str], re.Pattern[str]]:
    filler = in_any(FILLER_WORDS)
    return re.compile(rf"(?:{filler})\s+(?=\S)"), re.compile(rf"(?:{filler})$")


def connecting(text: str) -> bool:
    """Whether `plain` words between values say nothing by themselves: “on”, “and”, “logged”, a comma."""
    place = _SIGNS.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        joint = _joints().at(text, place)
        if joint is None:
            return False
        place = _SIGNS.match(text, joint[1]).end()  # type: ignore[union-attr]
    return True


def note_of(typed: str, text: str, *, last: bool) -> str:
    """What is left for the note of the words between two values, as `typed` and as `plain` ones, without the small
    words and signs that belong to the values beside them; `last`: no value follows."""
    if connecting(text):
        return ""
    begin, end = 0, len(text)
    before = None
    while before != (begin, end):
        before = (begin, end)
        begin = _LEADING.match(text, begin, end).end()  # type: ignore[union-attr]
        begin = match.end() if (match := _edges()[0].match(text, begin, end)) else begin
        end = begin + len(text[begin:end].rstrip(" ,;:-\n\t"))
        if not last and (word := _LAST_WORD.search(text, begin, end)) and _edges()[1].fullmatch(word[0]):
            end = word.start()
    left = typed[begin:end].strip()
    return "" if left.isascii() and not any(map(str.isalnum, left)) else left
