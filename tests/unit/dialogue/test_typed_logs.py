"""What people type after /log is what is meant by it, in any order and either language; or it is asked about."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

import pytest

from bot.commands.log import log
from bot.dialogue.binding import bind
from bot.dialogue.context import Context
from bot.dialogue.questions import Asked

Make = Callable[..., Context]
HERE = Path(__file__).parent


def understood(typed: str, ctx: Context) -> str:
    """What is made of the words: "60 calculus -1 note", or "asks"."""
    ctx.request = replace(ctx.request, rest=typed)
    try:
        values = bind(log, ctx.request, ctx)
    except Asked:
        return "asks"
    parts = [str(values["spent"])]
    parts += [values["item"]] if "item" in values else []
    parts += [str((values["day"] - ctx.today).days)] if "day" in values else []
    parts += ["note"] if "note" in values else []
    return " ".join(parts)


def lines(language: str) -> Iterator[tuple[str, str]]:
    """The ways to type it that the file of a language lists, with what is understood."""
    for line in (HERE / f"typed_logs_{language}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            typed, wanted = line.rsplit("|", 1)
            plain = re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), typed)
            yield plain.strip(), wanted.strip()


@pytest.mark.parametrize(("typed", "wanted"), list(lines("en")))
def test_english(context: Make, typed: str, wanted: str) -> None:
    assert understood(typed, context()) == wanted
    assert understood(typed, context(locale="de")) == wanted


@pytest.mark.parametrize(("typed", "wanted"), list(lines("de")))
def test_german(context: Make, typed: str, wanted: str) -> None:
    assert understood(typed, context(locale="de")) == wanted
    assert understood(typed, context()) == wanted


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("1h read chapter 3 of the book", "read chapter 3 of the book"),
        ("calculus yesterday 1h: the chain rule", "the chain rule"),
        ("the chain rule, 1h, on monday", "the chain rule"),
        ('1h "quoted, 2h yesterday"', "quoted, 2h yesterday"),
        ("1h „Kapitel 3“ calculus", "Kapitel 3"),
        ("1h Das Große ẞ und ﬁ", "Das Große ẞ und ﬁ"),
        ("1h 👩\u200d💻 and a\u200bb", "👩\u200d💻 and ab"),
        ("1h said “hello” to Bob", "said “hello” to Bob"),
        ("1h <b>a & b</b>", "<b>a & b</b>"),
        ("1h what it is for", "what it is for"),
    ],
)
def test_a_note_is_in_the_learners_own_words(context: Make, typed: str, note: str) -> None:
    ctx = context()
    ctx.request = replace(ctx.request, rest=typed)
    assert bind(log, ctx.request, ctx)["note"] == note


HOSTILE = [
    "9" * 4000,
    "1h " * 1300,
    "and then " * 400 + "x",
    "a " * 2000,
    "9-" * 2000,
    "1:" * 2000,
    "3. " * 1300,
    "vor " * 1000,
    "calclus " * 500,
    "linear " * 570,
    "“" * 4000,
    '" ' * 2000,
    "last " * 800,
    "from 9 to " * 400,
    "yesterday " * 400,
    "½" * 4000,
    "- " * 2000,
    "1h+" * 1300,
    "chapter 3, " * 360,
    "3/" * 2000,
    "5 jan - " * 500,
    "\u200d" * 4000,
    "o'" * 2000,
]


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_no_words_take_long(context: Make, typed: str) -> None:
    ctx = context()
    understood("1h", ctx)

    def seconds() -> float:
        began = process_time()
        understood(typed, ctx)
        return process_time() - began

    assert min(seconds() for _ in range(2)) < 0.5


def test_a_usual_log_is_read_in_a_blink(context: Make) -> None:
    ctx = context()
    understood("1h30 calculus yesterday the chain rule", ctx)
    began = process_time()
    for n in range(100):
        understood(f"1h{n % 50 + 10} calculus yesterday the chain rule", ctx)
    assert process_time() - began < 0.5
