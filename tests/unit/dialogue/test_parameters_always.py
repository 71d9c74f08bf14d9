"""Whatever is typed or pressed, every parameter answers at once, and what it wrote it reads."""

import string
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, time, timedelta
from time import process_time
from typing import Any, get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogue import parameters
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Parameter, Span, TimesWish, Unclear
from bot.dialogue.parameters.times_reader import NamedTime
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Text
from roadmap.loader import builtin

Make = Callable[..., Context]
TRACK, TODAY = builtin("ml-researcher"), date(2026, 3, 4)
KINDS: dict[str, Parameter[Any]] = {
    name: parameter
    for name, kind in vars(parameters).items()
    for parameter in get_args(kind)[1:]
    if isinstance(parameter, Parameter) and name not in {"EntryNumber", "ReviewNumber"}  # read like any Number
} | {"Answer": ChoiceParameter("yes", Text("?"), Text("?"), {"yes": Text("Yes"), "no": Text("Not yet")})}

# Pieces of everything that some parameter looks for, so that near misses are as likely as noise.
_NEAR_MISSES = (
    '1 2 30 90 2026 3.3. 3/4 1:30 h m min hour and ½ , . : - − # " “ ” „ « » on in at next last ago days weeks today '
    "yesterday monday march 3rd İ ß ẞ ﬁ ١ ² ́ \u202e calculus regression machine learning ( ) berlin new york "
    "Europe/ _ + utc gmt am pm o'clock yes no not yet { } % $ < & \\"
)
PIECES = [*_NEAR_MISSES.split(), "\n", "\t", " "]
typed = st.one_of(
    st.text(max_size=200),
    st.text(string.printable, max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
)
NEAR_DAYS = st.dates(TODAY - timedelta(days=7000), TODAY + timedelta(days=7000))
STUDY_TIMES = st.dictionaries(
    st.tuples(st.integers(0, 6), st.builds(time, st.integers(0, 23), st.integers(0, 59))),
    st.none() | st.integers(1, 1440),
    min_size=1,
    max_size=20,
).map(lambda known: tuple(NamedTime(*at, minutes) for at, minutes in sorted(known.items(), key=lambda pair: pair[0])))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Duration": st.integers(1, 1440),
    "Available": st.integers(1, 1440),
    "WeeklyHours": st.integers(0, 20000),
    "Day": st.dates(TODAY - timedelta(days=7000), TODAY + timedelta(days=7000)),
    "Until": st.dates(TODAY - timedelta(days=7000), TODAY + timedelta(days=7000)),
    "WireDay": st.dates(TODAY - timedelta(days=7000), TODAY + timedelta(days=7000)),
    "ItemRef": st.sampled_from(list(TRACK.items)),
    "ModuleNumber": st.integers(1, len(TRACK.modules)),
    "Number": st.integers(0, 999_999_999),
    "Flag": st.booleans(),
    "Weekday": st.integers(0, 6),
    "Weekdays": st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    "DaySpan": st.tuples(NEAR_DAYS, NEAR_DAYS).map(lambda days: Span(*sorted(days))),
    "TimeOfDay": st.builds(time, st.integers(0, 23), st.integers(0, 59)),
    "Timezone": st.sampled_from(sorted(available_timezones() - {"localtime"})).map(ZoneInfo),
    "Answer": st.sampled_from(["yes", "no"]),
    "StudyTimes": st.one_of(
        st.sampled_from([TimesWish("off"), TimesWish("on"), TimesWish("skip")]),
        st.builds(TimesWish, st.sampled_from(["set", "add", "less"]), STUDY_TIMES),
    ),
    "WireWord": st.text(min_size=1),
    "Language": st.just("en"),
    "Entries": st.just(({"spent": "30m"}, {"spent": "60m", "day": "2026-03-04", "note": "a, b"})),
}
HOSTILE = [
    "9" * 4000,
    "1." + "9" * 4000,
    "9" * 4000 + "h",
    "1h" + " " * 4000 + "x",
    "1 h and" + " " * 4000,
    "1" + " " * 4000 + "march",
    "a" * 4000,
    "a " * 2000,
    "march " * 700,
    "on " * 1500,
    ", " * 2000,
    '"' * 4000,
    "„" * 4000,
    "1:" * 2000,
    "1." * 2000,
    "½" * 4000,
    "last " * 800,
    "-" * 4000,
    "in 2 weeks " * 400,
    "europe/" * 600,
    "\n" * 4000,
]


def answer(parameter: Parameter[Any], typed: str, ctx: Context) -> tuple[Any, str] | None:
    """What the parameter makes of the words; the two ways of saying no are answers, too."""
    try:
        return parameter.take(typed, ctx)
    except (Unclear, Refusal):
        return None


def test_every_kind_of_value_is_tried_here() -> None:
    assert set(VALUES) | {"Note"} == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, deadline=None)
@given(written=typed, locale=st.sampled_from(["en", "de"]))
def test_any_words_get_an_answer(context: Make, name: str, written: str, locale: str) -> None:
    parameter, ctx = KINDS[name], context(locale=locale)
    for words in (written, written.strip()):
        taken = answer(parameter, words, ctx)
        if taken:
            value, rest = taken
            assert value is not None
            # What was not understood is handed on as it was typed, nothing of it lost.
            assert words.rstrip().endswith(rest)
    with suppress(Unclear, Refusal):
        parameter.read(written, ctx)
    for choice in parameter.suggest(written, ctx):
        assert choice.wire


@pytest.mark.parametrize("name", VALUES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_what_is_written_in_a_button_is_read_again(context: Make, name: str, data: st.DataObject) -> None:
    parameter, value, ctx = KINDS[name], data.draw(VALUES[name]), context()
    ctx.request = replace(ctx.request, pressed=True)
    assert parameter.read(parameter.wire(value), ctx) == value


@pytest.mark.parametrize("name", KINDS)
@settings(max_examples=40, deadline=None)
@given(written=typed)
def test_what_was_understood_is_understood_again_from_a_button(context: Make, name: str, written: str) -> None:
    parameter, ctx = KINDS[name], context()
    taken = answer(parameter, written.strip(), ctx)
    if taken:
        assert parameter.read(parameter.wire(taken[0]), ctx) == taken[0]


@pytest.mark.parametrize("name", KINDS)
def test_every_choice_offered_is_a_value(context: Make, name: str) -> None:
    parameter, ctx = KINDS[name], context()
    for choice in parameter.choices(ctx):
        assert parameter.read(choice.wire, ctx) is not None, choice


@pytest.mark.parametrize("name", KINDS)
def test_no_words_take_long(context: Make, name: str) -> None:
    parameter, ctx = KINDS[name], context()

    def seconds(typed: str) -> float:
        began = process_time()
        answer(parameter, typed, ctx)
        return process_time() - began

    for typed in HOSTILE:
        # The quickest of three: the garbage collector is nobody's fault.
        assert min(seconds(typed) for _ in range(3)) < 0.05, typed[:20]
