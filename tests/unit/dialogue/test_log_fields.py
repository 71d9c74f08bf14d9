"""What is typed into the options' own fields, pressed on a button or said in answer to a question is read alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.commands.log import log
from bot.dialogue.binding import bind
from bot.dialogue.context import Context
from bot.dialogue.questions import ASKED, REST, Asked

Make = Callable[..., Context]
MARCH_3 = date(2026, 3, 3)


def entry(ctx: Context, args: dict[str, str], rest: str = "", *, pressed: bool = False) -> dict[str, Any]:
    """What /log is called with."""
    ctx.request = replace(ctx.request, args=args, rest=rest, pressed=pressed)
    return bind(log, ctx.request, ctx)


@pytest.mark.parametrize(
    ("args", "values"),
    [
        ({"spent": "1h30 yesterday calculus"}, {"spent": 90, "day": MARCH_3, "item": "calculus"}),
        ({"spent": "14:00-15:30", "item": "stats"}, {"spent": 90, "item": "statistics"}),
        ({"spent": "1h", "day": "last night", "item": "Mathe"}, {"spent": 60, "day": MARCH_3, "item": "calculus"}),
        ({"spent": "1h", "note": "30m linear algebra"}, {"spent": 60, "note": "30m linear algebra"}),
        ({"spent": "1h", "note": "\u202echain \u200brule"}, {"spent": 60, "note": "chain rule"}),
    ],
)
def test_fields_are_read(context: Make, args: dict[str, str], values: dict[str, Any]) -> None:
    assert entry(context(), args) == values


@pytest.mark.parametrize(
    ("args", "asked"),
    [
        ({"spent": "14:00"}, "spent"),
        ({"spent": "25h"}, "spent"),
        ({"spent": "-30"}, "spent"),
        ({"spent": "x", "item": "calculus"}, "spent"),
        ({"spent": "1h 2h"}, "spent"),
        ({"spent": "1h", "day": "last week"}, "day"),
        ({"spent": "1h", "day": "5"}, "day"),
        ({"spent": "1h on tuesday", "day": "monday"}, "day"),
        ({"spent": "1h yesterday", "item": "linear algebre"}, "item"),
    ],
)
def test_a_field_that_is_unclear_is_asked_about(context: Make, args: dict[str, str], asked: str) -> None:
    with pytest.raises(Asked) as raised:
        entry(context(), args)
    expects = raised.value.question.expects
    assert expects is not None
    assert expects.parameter == asked
    # Each button is an answer, or the way to one.
    for button in (button for row in raised.value.question.buttons for button in row):
        assert entry(context(), dict(button.args), pressed=True)["spent"]


@pytest.mark.parametrize(
    ("args", "values"),
    [
        # Buttons of earlier versions.
        ({"spent": "90m", "day": "2026-03-03"}, {"spent": 90, "day": MARCH_3}),
        ({"spent": "60m", "item": "calculus", "note": "old 30m"}, {"spent": 60, "item": "calculus", "note": "old 30m"}),
        (
            {"spent": "90m", REST: "yesterday calculus rule"},
            {"spent": 90, "day": MARCH_3, "item": "calculus", "note": "rule"},
        ),
        ({REST: "1h calculus \x02at 14:00\x03"}, {"spent": 60, "item": "calculus", "note": "at 14:00"}),
    ],
)
def test_buttons_are_read(context: Make, args: dict[str, str], values: dict[str, Any]) -> None:
    assert entry(context(), args, pressed=True) == values


def test_an_answer_is_read_with_what_was_typed_before(context: Make) -> None:
    kept = {"item": "calculus", "day": "2026-03-03", "note": "x"}
    assert entry(context(), {**kept, ASKED: "spent"}, "1h, hard") == {
        "spent": 60,
        "item": "calculus",
        "day": MARCH_3,
        "note": "x hard",
    }
    # What answers a question for free words is those words.
    asked = entry(context(), {"spent": "60m", ASKED: "note"}, "2h at 14:00 yesterday")
    assert asked == {"spent": 60, "note": "2h at 14:00 yesterday"}


def test_an_answer_that_is_none_keeps_the_question_open(context: Make) -> None:
    with pytest.raises(Asked) as raised:
        entry(context(), {"item": "calculus", ASKED: "spent"}, "dunno")
    expects = raised.value.question.expects
    assert expects is not None
    assert (expects.parameter, dict(expects.args)) == ("spent", {"item": "calculus"})


def test_nobody_can_type_the_marks_of_a_note(context: Make) -> None:
    with pytest.raises(Asked):
        entry(context(), {}, "1h calculus \x022h\x03")
