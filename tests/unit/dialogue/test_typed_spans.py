"""Days from one to another, as people say them; and what the bot says of them, typed back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.context import Context
from bot.dialogue.parameters import DaySpan, Parameter, Span, Unclear, strip_filler
from bot.dialogue.text import Day, Days, Text

Make = Callable[..., Context]
SPAN: Parameter[Span] = get_args(DaySpan)[1]
TODAY = date(2026, 1, 14)
"""A Wednesday."""
WEEK19 = Span(date(2026, 1, 19), date(2026, 1, 25))


def taken(ctx: Context, typed: str) -> tuple[Span, str] | None:
    """What is found, with the small words before it passed over as a command does."""
    ctx.request = replace(ctx.request, rest=typed)
    return SPAN.take(strip_filler(typed, ctx.locale), ctx)


@pytest.mark.parametrize(
    "typed",
    [
        "from 19 January to 25 January",
        "19 January - 25 January",
        "19 January to 25 January",
        "from 19 to 25 January",
        "19-25 January",
        "19–25 Jan",
        "19th to 25th of January",
        "January 19-25",
        "from Jan 19 until Jan 25",
        "between 19 January and 25 January",
        "from 19 January through 25 January",
        "from 19 January up to and including 25 January",
        "2026-01-19 - 2026-01-25",
        "2026-01-19/2026-01-25",
        "19.1. - 25.1.",
        "19.01.2026-25.01.2026",
        "19.-25.1.",
        "from mon 19 jan to sun 25 jan",
        "from monday to sunday",
        "monday - sunday",
        "next week",
        "the next week",
        "1 week from monday",
        "a week from monday",
        "from monday for a week",
        "for 7 days from 19 January",
        "from 19 January for 7 days",
        "7 days starting monday",
        "seven days from monday",
        "from next monday to sunday",
        "from the 19th to the 25th",
        "19th to 25th",
        "from next week for 7 days",
        "starting next week for one week",
    ],
)
def test_a_week_is_found_however_it_is_said(context: Make, typed: str) -> None:
    assert taken(context(TODAY), typed) == (WEEK19, "")


@pytest.mark.parametrize(
    "typed",
    [
        "vom 19. Januar bis 25. Januar",
        "vom 19. bis 25. Januar",
        "19. Januar - 25. Januar",
        "vom 19. bis zum 25. Januar",
        "19.-25. Januar",
        "19.1. bis 25.1.",
        "vom 19. bis 25.",
        "vom 19. bis zum 25.",
        "von Montag bis Sonntag",
        "Montag bis Sonntag",
        "nächste Woche",
        "in der nächsten Woche",
        "1 Woche ab Montag",
        "eine Woche ab Montag",
        "ab Montag 1 Woche",
        "ab Montag für eine Woche",
        "ab dem 19. Januar 7 Tage",
        "zwischen 19. Januar und 25. Januar",
        "from 19 January to 25 January",
    ],
)
def test_a_week_is_found_in_german(context: Make, typed: str) -> None:
    assert taken(context(TODAY, locale="de"), typed) == (WEEK19, "")


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("tomorrow to friday", (2026, 1, 15), (2026, 1, 16)),
        ("from today until sunday", (2026, 1, 14), (2026, 1, 18)),
        ("from monday to friday", (2026, 1, 19), (2026, 1, 23)),
        ("2 weeks from monday", (2026, 1, 19), (2026, 2, 1)),
        ("two weeks from 1 February", (2026, 2, 1), (2026, 2, 14)),
        ("until next week", (2026, 1, 14), (2026, 1, 18)),
        ("from the 28th to the 3rd", (2026, 1, 28), (2026, 2, 3)),
        ("this weekend", (2026, 1, 17), (2026, 1, 18)),
        ("this week", (2026, 1, 14), (2026, 1, 18)),
        # Without a year days lie ahead, also over the turn of a year.
        ("from 28 December to 3 January", (2026, 12, 28), (2027, 1, 3)),
        ("20 August - 10 September", (2026, 8, 20), (2026, 9, 10)),
        ("28 Feb to 1 March", (2026, 2, 28), (2026, 3, 1)),
        ("30 January - 2 February", (2026, 1, 30), (2026, 2, 2)),
        # What began before today is the command's to cut.
        ("from 10 January to 20 January", (2026, 1, 10), (2026, 1, 20)),
    ],
)
def test_other_days_are_found(context: Make, typed: str, first: tuple[int, ...], last: tuple[int, ...]) -> None:
    assert taken(context(TODAY), typed) == (Span(date(*first), date(*last)), "")


@pytest.mark.parametrize(
    ("locale", "typed"), [("en", "from monday"), ("en", "starting 19 January"), ("de", "ab Montag")]
)
def test_a_first_day_alone_asks_for_the_last(context: Make, locale: str, typed: str) -> None:
    assert taken(context(TODAY, locale=locale), typed) == (Span(date(2026, 1, 19), None), "")


@pytest.mark.parametrize("typed", ["monday", "until monday", "2 weeks", "19 January", "10-12 weeks", "3 h", "", "soon"])
def test_what_is_no_span_is_left_to_others(context: Make, typed: str) -> None:
    assert taken(context(TODAY), typed) is None


def test_days_in_the_wrong_order_are_asked_about(context: Make) -> None:
    with pytest.raises(Unclear) as raised:
        taken(context(TODAY), "from 25 January to 19 January")
    assert [choice.wire for choice in raised.value.choices] == ["2026-01-19/2026-01-25"]


@pytest.mark.parametrize(
    ("locale", "typed"),
    [
        ("en", "monday and friday"),
        ("en", "from monday and friday"),
        ("en", "19 and 23 January"),
        ("de", "Montag und Freitag"),
    ],
)
def test_two_days_joined_by_and_are_asked_about(context: Make, locale: str, typed: str) -> None:
    with pytest.raises(Unclear) as raised:
        taken(context(TODAY, locale=locale), typed)
    spans = ["2026-01-19/2026-01-23", "2026-01-19/2026-01-19", "2026-01-23/2026-01-23"]
    assert [choice.wire for choice in raised.value.choices] == spans


@pytest.mark.parametrize(
    "typed", ["between 19 and 25 January", "von Montag bis Sonntag", "zwischen Montag und Sonntag", "nächste Woche"]
)
def test_the_words_of_every_language_are_known(context: Make, typed: str) -> None:
    assert taken(context(TODAY), typed) == (WEEK19, "")


@pytest.mark.parametrize("locale", ["en", "de"])
@given(start=st.integers(0, 300), length=st.integers(1, 120))
def test_what_the_bot_says_of_days_can_be_typed_back(context: Make, locale: str, start: int, length: int) -> None:
    ctx = context(TODAY, locale=locale)
    first = TODAY + timedelta(days=start)
    last = first + timedelta(days=length)
    span = Span(first, last)
    assert SPAN.read(SPAN.wire(span), ctx) == span
    typed = ctx.say(Text("{days}", days=Days(first, last)))
    assert taken(ctx, typed) == (span, ""), typed
    typed = ctx.say(
        Text("from {first} up to and including {last}", first=Day(first, short=True), last=Day(last, short=True))
    )
    assert locale == "de" or taken(ctx, typed) == (span, ""), typed
