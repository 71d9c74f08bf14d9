"""Sentences are translated, values are formatted, and every value is escaped once and never taken for a sentence."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import wording
from bot.dialogue.text import (
    Clock,
    Day,
    Days,
    InLanguage,
    Link,
    Minutes,
    Moment,
    Percent,
    Plural,
    Text,
    Typed,
    Value,
    Weekday,
    words,
)
from bot.dialogue.wording import Markup, Wording, languages, nearest

GERMAN = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: de\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Logged {spent} on “{item}”."
msgstr "Für „{item}“ {spent} notiert."

msgid "{n} week"
msgid_plural "{n} weeks"
msgstr[0] "{n} Woche"
msgstr[1] "{n} Wochen"

msgid "{hours} h {minutes} min"
msgstr "{hours} Std. {minutes} Min."

msgid "{hours} h"
msgstr "{hours} Std."

msgid "{minutes} min"
msgstr "{minutes} Min."

msgid "calculus"
msgstr "Analysis"
"""
# Doubles every "&", so that twice escaped is four of them.
DOUBLING = Markup(
    escape=lambda written: written.replace("&", "&&"),
    link=lambda title, url: f"[{title}]({url})",
    typed=lambda written: f"`{written}`",
)


@pytest.fixture
def german(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wording]:
    """A small German catalogue of this test's own."""
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "studybuddy.po").write_text(GERMAN, encoding="utf-8")
    monkeypatch.setattr(wording, "CATALOGUES", tmp_path)
    wording.catalogue.cache_clear()
    yield Wording("de")
    wording.catalogue.cache_clear()


def say(value: Value, locale: str = "en") -> str:
    return Wording(locale).say(Text("{value}", value=value))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Minutes(0), "0 min"),
        (Minutes(1), "1 min"),
        (Minutes(59), "59 min"),
        (Minutes(60), "1 h"),
        (Minutes(61), "1 h 1 min"),
        (Minutes(90), "1 h 30 min"),
        (Minutes(480), "8 h"),
        (Minutes(1500), "25 h"),
        (Minutes(11519), "191 h 59 min"),
        (7, "7"),
        (1234567, "1,234,567"),
        ("1234567", "1234567"),
        (Percent(0), "0%"),
        (Percent(119), "119%"),
        (Day(date(2026, 1, 5)), "Mon, 5 Jan 2026"),
        (Day(date(2026, 1, 5), short=True), "5 Jan"),
        (Days(date(2026, 1, 5), date(2026, 1, 11)), "5–11 Jan"),
        (Moment(datetime(2026, 7, 5, 16, 5, tzinfo=UTC), "Europe/Berlin"), "Sun 5 Jul, 18:05"),
        (Moment(datetime(2026, 1, 5, 23, 30, tzinfo=UTC), "Asia/Tokyo"), "Tue 6 Jan, 08:30"),
        (Clock(time(9)), "09:00"),
        (Clock(time(18, 30)), "18:30"),
        (Weekday(0), "Monday"),
        (Weekday(6), "Sunday"),
        (Link("Calculus", "https://x.test"), "Calculus <https://x.test>"),
        (Link("Calculus", ""), "Calculus"),
        (Typed("/log 1h30"), "/log 1h30"),
        (InLanguage("en"), ""),
        (InLanguage("en-US"), ""),
        (InLanguage("pt-BR"), " (in Portuguese)"),
        (Text("{n} of {m}", n=1, m=2), "1 of 2"),
    ],
)
def test_values_are_written_as_the_world_writes_them(value: Value, shown: str) -> None:
    assert say(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567, "1.234.567"),
        (Percent(7), "7\xa0%"),
        (Day(date(2026, 1, 5)), "Mo., 5. Jan. 2026"),
        (Days(date(2026, 1, 5), date(2026, 1, 11)), "5.–11. Jan."),
        (Weekday(0), "Montag"),
        (InLanguage("de"), ""),
        (InLanguage("en"), " (auf Englisch)"),
        (Clock(time(18, 30)), "18:30"),
    ],
)
def test_and_as_a_language_writes_them(value: Value, shown: str) -> None:
    assert say(value, "de") == shown


@pytest.mark.parametrize("percent", range(121))
def test_every_share_is_whole(percent: int) -> None:
    assert say(Percent(percent)) == f"{percent}%"


def test_a_sentence_is_translated_with_its_values_in_their_new_places(german: Wording) -> None:
    logged = Text("Logged {spent} on “{item}”.", spent=Minutes(90), item="calculus")
    assert Wording("en").say(logged) == "Logged 1 h 30 min on “calculus”."
    # The item is somebody's own word, though the catalogue knows it.
    assert german.say(logged) == "Für „calculus“ 1 Std. 30 Min. notiert."
    assert german.say(Text("calculus")) == "Analysis"
    assert [german.say_minutes(minutes) for minutes in (45, 60, 61)] == ["45 Min.", "1 Std.", "1 Std. 1 Min."]


@pytest.mark.parametrize(
    ("n", "english", "german_"), [(0, "0 weeks", "0 Wochen"), (1, "1 week", "1 Woche"), (2, "2 weeks", "2 Wochen")]
)
def test_a_number_chooses_its_form(german: Wording, n: int, english: str, german_: str) -> None:
    weeks = Plural("{n} week", "{n} weeks", n=n)
    assert Wording("en").say(weeks) == english
    assert german.say(weeks) == german_
    assert german.say(Text("{weeks}!", weeks=weeks)) == f"{german_}!"


def test_what_a_catalogue_does_not_know_is_said_in_english(german: Wording) -> None:
    assert german.say(Text("Never heard of {n}.", n=1000)) == "Never heard of 1.000."


@pytest.mark.parametrize("locale", ["xx", "tlh"])
def test_a_language_nobody_knows_is_english(locale: str) -> None:
    text = Text("{day}: {n}", day=Day(date(2026, 1, 5)), n=Plural("{n} week", "{n} weeks", n=2000))
    assert Wording(locale).say(text) == Wording("en").say(text) == "Mon, 5 Jan 2026: 2,000 weeks"


def test_the_nearest_language_of_ours(german: Wording) -> None:
    assert list(languages()) == ["en", "de"]
    assert languages() == {"en": "English", "de": "Deutsch"}
    assert [nearest(code) for code in ("de", "de-AT", "de_CH", "DE", "en-US")] == ["de", "de", "de", "de", "en"]
    assert [nearest(code) for code in ("fr", "", None, "x-klingon", "deu")] == ["en"] * 5


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40))
def test_words_are_shown_as_they_are_braces_and_all(written: str) -> None:
    assert say(written) == written
    assert Wording().say(words(written)) == written
    assert Wording().say(Text("a {inner} b", inner=Text("[{said}]", said=written))) == f"a [{written}] b"
    assert say(Typed(written)) == written


@settings(max_examples=100, deadline=None)
@given(st.text("&{}a%", max_size=12))
def test_every_value_is_escaped_once_however_deep_it_lies(written: str) -> None:
    wording, once = Wording("en", DOUBLING), DOUBLING.escape(written)
    assert wording.say(Text("{said}", said=written)) == once
    assert wording.say(Text("x & {said}", said=written)) == f"x && {once}"
    deep = Text("{a} & {b}", a=Text("<{c}>", c=words(written)), b=Plural("{n} {c}", "{n} {c}", n=2, c=written))
    assert wording.say(deep) == f"<{once}> && 2 {once}"


def test_links_and_typed_words_are_the_platforms_own_to_write() -> None:
    wording = Wording("en", DOUBLING)
    text = Text("See {link} or {typed}.", link=Link("A & B", "https://x.test/?a&b"), typed=Typed("/log & go"))
    assert wording.say(text) == "See [A & B](https://x.test/?a&b) or `/log & go`."
    assert wording.say(Text("{typed}", typed=Typed(Text("/log {what}", what="a & b")))) == "`/log a & b`"


def test_a_value_of_another_kind_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError):
        Wording().say(Text("{value}", value=1.5))  # type: ignore[arg-type]


def test_texts_are_compared_by_what_they_say() -> None:
    assert Text("{n}", n=1) == Text("{n}", n=1)
    assert len({Text("{n}", n=1), Text("{n}", n=1), Text("{n}", n=2), Text("{m}", m=1)}) == 3
    assert Text("{n}", n=1) != Text("{n}", n=2)
    assert Plural("{n} a", "{n} b", n=1) != Text("{n} a", n=1)
    assert Plural("{n} a", "{n} b", n=1) != Plural("{n} a", "{n} c", n=1)
    assert Text("a") != "a"
