"""Replies with words that no renderer would choose, and what of them people must be able to read."""

import unicodedata
from collections.abc import Iterator

from hypothesis import strategies as st

from bot.dialogue.reply import Bar, Block, Bullets, Button, Fields, Heading, Line, Reply, Table
from bot.dialogue.text import Link, Text, words

WORDS = (
    "<b>",
    "</b>",
    "<script>alert(1)</script>",
    "&",
    "&lt;",
    "&amp;lt;",
    "\"'",
    "<a href='x'>",
    "a < b && c > d",
    "*bold*",
    "**bold**",
    "_it_",
    "__u__",
    "~~s~~",
    "||spoiler||",
    "`code`",
    "```",
    "> quote",
    ">>> all",
    "# big",
    "-# small",
    "- item",
    "+ item",
    "1. one",
    "2) two",
    "[t](https://x.test)",
    "<@123456>",
    "<@&123456>",
    "<#123456>",
    "<t:0:R>",
    "@everyone",
    "@here",
    "https://x.test/?a=b&c=d",
    "\\",
    "\\*",
    "a\n# b\n> c\n- d\n7. e",
    "{words}",
    "{}",
    "%s",
    "مرحبا بالعالم",
    "שלום",
    "\u202eright to left",
    "\u2066isolated",
    "\x1b[31mred\x07\x00",
    "👍",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "𝔘𝔫𝔦",
    "e\u0301\u0301\u0301",
    "\u200bzero\u200dwidth\ufeff",
    "李雷",
    "\u00a0",
    "",
    " ",
    "\n\n",
)
"""Short words, each of which has broken some bot."""

_INVISIBLE = {"\u061c", "\u200e", "\u200f", *"\u202a\u202b\u202c\u202d\u202e", *"\u2066\u2067\u2068\u2069"}

letters = st.text(st.characters(exclude_categories=["Cs", "Co", "Cn"]), max_size=40)
repeated = st.builds(
    lambda word, times: (word * times)[:9000],
    st.sampled_from([word for word in WORDS if word not in {"", "\\"}] + ["x", "ab ", "\\ ", "& ", "👍 "]),
    st.integers(1, 4000),
)
phrases = st.sampled_from(WORDS) | letters | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
addresses = st.sampled_from(["https://x.test/a?b=c&d=e_f", "http://x.test/ü\">'<", "javascript:x", ""])
plain = (
    phrases.map(words)
    | st.builds(lambda a, b: Text("Of {a}: {b}!", a=a, b=b), phrases, phrases | st.integers(0, 10**6))
    | st.builds(lambda a: Text("In <{a}> & *{a}*.", a=words(a)), phrases)
)
titles = phrases.map(lambda title: f"x{' '.join(title.split())}")
texts = plain | st.builds(lambda title, url: Text("Read {it}.", it=Link(title, url)), titles, addresses)
long_texts = st.builds(lambda a, b: Text("{a} … {b}", a=a, b=b), repeated, phrases)
named = plain.map(lambda text: Text("x{it}", it=text))
tables = st.integers(2, 4).flatmap(
    lambda n: st.builds(
        Table,
        st.tuples(named, *[plain] * (n - 1)),
        st.lists(st.tuples(named, *[plain] * (n - 1)), min_size=1, max_size=4).map(tuple),
        st.integers(0, n),
    )
)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Heading, named),
    st.builds(Line, texts | long_texts),
    st.builds(Bullets, st.lists(texts | long_texts, min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(Fields, st.lists(st.tuples(named, texts | long_texts), min_size=1, max_size=4).map(tuple)),
    st.builds(Bar, st.floats(-1, 2), texts),
    tables,
)
# Saved requests differ, as those of one message do.
keyboards = st.lists(st.lists(plain | long_texts, min_size=1, max_size=5), max_size=4).map(
    lambda rows: tuple(
        tuple(Button(label, "undo", {"entry": f"{y}{x}"}) for x, label in enumerate(row)) for y, row in enumerate(rows)
    )
)
replies = st.builds(Reply, st.lists(blocks, max_size=6).map(tuple), keyboards)


def seen(written: str) -> str:
    """Words as people can read them: no white space, no control characters, no joiners that keep an @ from ringing."""
    return "".join(
        letter
        for letter in written
        if not letter.isspace()
        and unicodedata.category(letter) != "Cc"
        and letter not in _INVISIBLE
        and letter != "\u2060"
    )


def wordings(reply: Reply) -> Iterator[Text]:
    """The texts of a reply in the order in which they are read."""
    for block in reply.blocks:
        match block:
            case Heading(text) | Line(text):
                yield text
            case Bullets(items):
                yield from items
            case Fields(rows):
                yield from (text for row in rows for text in row)
            case Bar(_, caption):
                yield caption
            case Table(columns, lines):
                yield from (text for row in (columns, *lines) for text in row)


def assert_in_order(wanted: Iterator[str], shown: str) -> None:
    """Everything wanted is shown, one after the other."""
    at = 0
    for words_ in map(seen, wanted):
        start = shown.find(words_, at)
        assert start >= 0, f"{words_[:80]!r} is missing in {shown[at : at + 200]!r}"
        at = start + len(words_)
