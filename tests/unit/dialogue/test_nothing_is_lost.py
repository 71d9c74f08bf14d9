"""What is logged is what was typed: the bot's own words typed back mean the same entry, and nothing that says how long,
when or on what is dropped or becomes a note unasked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.log import log
from bot.dialogue.binding import bind
from bot.dialogue.context import Context
from bot.dialogue.questions import REST, Asked
from bot.dialogue.text import Day, Minutes, Text, Value
from bot.dialogue.wording import Wording
from roadmap.loader import builtin

Make = Callable[..., Context]
ITEMS = builtin("ml-researcher").items
START, TODAY = date(2026, 1, 5), date(2026, 3, 4)
locales = st.sampled_from(["en", "de"])
days = st.dates(START, TODAY)
minutes = st.integers(1, 1440)
LINES = [
    Text("Logged {spent} on “{item}”, {day}."),
    Text("{time} on “{item}”, {day}"),
]
AMOUNTS = {
    "1h30": 90,
    "45 min": 45,
    "90m": 90,
    "1.5h": 90,
    "2,5 h": 150,
    "1:30": 90,
    "an hour and a half": 90,
    "14:00-15:30": 90,
    "9am to 10:30": 90,
    "14 bis 15:30 Uhr": 90,
    "from 9 to 10:30": 90,
    "1h + 30m": 90,
    "anderthalb Stunden": 90,
    "eine Dreiviertelstunde": 45,
    "two hours": 120,
    "zweieinhalb Stunden": 150,
    "half an hour": 30,
    "½ h": 30,
    "1 hour and 15 minutes": 75,
    "1 Std. 20 Min.": 80,
    "９０ｍ": 90,
}
DAYS = {
    "yesterday": 1,
    "last night": 1,
    "gestern Abend": 1,
    "vorgestern": 2,
    "2 days ago": 2,
    "vor 2 Tagen": 2,
    "Mon, 2 Mar 2026": 2,
    "Mo., 2. März 2026": 2,
    "2. März": 2,
    "March 2nd": 2,
    "2.3.": 2,
    "2026/03/02": 2,
    "on the 2nd": 2,
    "am 2.3.": 2,
    "monday": 2,
    "letzten Montag": 2,
    "02.03.26": 2,
    "today": 0,
    "heute früh": 0,
}
NAMES = {
    "calculus": "calculus",
    "calc": "calculus",
    "Mathe": "calculus",
    "linalg": "linear-algebra",
    "on “Linear Algebra”": "linear-algebra",
    "für „Calculus“": "calculus",
    "stats": "statistics",
    "ML": "ng-supervised-ml",
    "Wahrscheinlichkeit": "probability",
    "neural networks": "neural-networks-dl",
    "cartpole": "cartpole",
}
NOTES = ["", "the chain rule", "chapter 3", "3 exercises", '"lecture 2, 20 min"', "Kettenregel", "p. 45"]
MORE = [
    "1h15",
    "half an hour",
    "at 15:00",
    "17:45",
    "5pm",
    "25:61",
    "31/2",
    "3 days",
    "last week",
    "5–11 Jan",
    "vor 2 Monaten",
]


def entry(typed: str, ctx: Context, **given: str) -> dict[str, Any] | None:
    """What is understood; None where it is asked about."""
    ctx.request = replace(ctx.request, rest=typed, args=given, pressed=bool(given))
    try:
        return bind(log, ctx.request, ctx)
    except Asked:
        return None


@settings(max_examples=300, deadline=None)
@given(minutes, st.sampled_from(list(ITEMS)), days, locales, locales, st.sampled_from(LINES))
def test_what_the_bot_prints_means_the_same_entry(
    context: Make, spent: int, item: str, day: date, locale: str, reader: str, line: Text
) -> None:
    time = Minutes(spent)
    values: dict[str, Value] = {"spent": time, "time": time, "item": ITEMS[item].title, "day": Day(day)}
    used = {name: value for name, value in values.items() if f"{{{name}}}" in line.message}
    printed = Wording(locale).say(Text(line.message, **used))
    understood = entry(printed, context(locale=reader))
    assert understood == {"spent": spent, "item": item, "day": day}, printed


@settings(max_examples=300, deadline=None)
@given(minutes, st.sampled_from(list(ITEMS)), days, locales, locales, st.permutations(range(3)), st.booleans())
def test_its_parts_may_be_typed_in_any_order(
    context: Make, spent: int, item: str, day: date, locale: str, reader: str, order: list[int], short: bool
) -> None:
    say = Wording(locale).say
    parts = [
        say(Text("{time}", time=Minutes(spent))),
        say(Text("{time} on “{item}”", time="", item=ITEMS[item].title)).strip(),
        say(Text("{day}", day=Day(day, short=short))),
    ]
    printed = ", ".join(parts[n] for n in order)
    assert entry(printed, context(locale=reader)) == {"spent": spent, "item": item, "day": day}, printed


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(list(AMOUNTS)),
    st.sampled_from(list(DAYS)),
    st.sampled_from(list(NAMES)),
    st.sampled_from(NOTES),
    st.permutations(range(4)),
    st.sampled_from([" ", ", "]),
    locales,
)
def test_amount_day_item_and_note_are_found_in_any_order(
    context: Make, amount: str, day: str, name: str, note: str, order: list[int], between: str, locale: str
) -> None:
    parts = [amount, day, name, note]
    typed = between.join(parts[n] for n in order if parts[n])
    understood = entry(typed, context(locale=locale))
    if understood is not None:
        wanted = {"spent": AMOUNTS[amount], "day": TODAY - timedelta(days=DAYS[day]), "item": NAMES[name]}
        assert understood == wanted | ({"note": note.strip('"')} if note else {}), typed
    else:
        # A question is in order only where a number stands right beside the note's own words.
        assert note, typed


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(list(AMOUNTS)),
    st.sampled_from(MORE),
    st.sampled_from(list(NAMES)),
    st.sampled_from(NOTES),
    st.permutations(range(4)),
    locales,
)
def test_a_second_amount_time_or_day_is_asked_about(
    context: Make, amount: str, more: str, name: str, note: str, order: list[int], locale: str
) -> None:
    parts = [amount, more, name, note]
    typed = ", ".join(parts[n] for n in order if parts[n])
    ctx = context(locale=locale)
    ctx.request = replace(ctx.request, rest=typed)
    try:
        raise AssertionError(f"{typed}: {bind(log, ctx.request, ctx)}")
    except Asked as asked:
        for button in (button for row in asked.question.buttons for button in row):
            assert button.args.get(REST) or "spent" in button.args, typed
