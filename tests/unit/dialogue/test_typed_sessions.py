"""What people type for a study session, in any order, and what is read of it."""

from datetime import UTC, date, datetime, time

import pytest

from bot.commands import COMMANDS
from bot.core.learner import Account
from bot.core.session import Rhythm
from bot.dialogue.all_commands import by_name
from bot.dialogue.binding import bind
from bot.dialogue.context import Context
from bot.dialogue.parameters.lasting import Lasting
from bot.dialogue.parameters.meeting import Days
from bot.dialogue.request import Request
from bot.ports.unit_of_work import UnitOfWork

NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)  # a Monday
KNOWN = by_name(COMMANDS)
TODAY, TOMORROW, TUESDAYS = Days(date(2026, 1, 5)), Days(date(2026, 1, 6)), Days(weekdays=(1,))
EIGHT, NINETY = time(20), Lasting(90)


def read(words: str, locale: str) -> dict[str, object]:
    """The options that are read in the words, by their names."""
    request = Request("1", Account("toy", "ada", "ada"), "session", {}, words, locale=locale, zone="UTC")
    uow: UnitOfWork = None  # type: ignore[assignment]  # nothing is asked of the database
    return bind(KNOWN["session"], request, Context(uow, request, NOW, None, None, KNOWN, lambda: ""))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ('tonight 20:00 90m "backprop"', {"day": TODAY, "at": EIGHT, "length": NINETY, "topic": "backprop"}),
        ("tonight at 8pm for 90 minutes", {"day": TODAY, "at": EIGHT, "length": NINETY}),
        ("8pm", {"at": EIGHT}),
        ("18:00 tomorrow", {"at": time(18), "day": TOMORROW}),
        ("tomorrow 19:00-20:30", {"day": TOMORROW, "at": time(19), "length": Lasting(until=time(20, 30))}),
        ("tomorrow from 7pm to 8:30pm", {"day": TOMORROW, "at": time(19), "length": Lasting(until=time(20, 30))}),
        ("every tue 20:00 90m", {"day": TUESDAYS, "at": EIGHT, "length": NINETY}),
        ("tuesdays 20:00", {"day": TUESDAYS, "at": EIGHT}),
        ("tuesday 20:00 weekly", {"day": TUESDAYS, "at": EIGHT}),
        ("weekly tuesday 20:00", {"day": TUESDAYS, "at": EIGHT}),
        (
            "every tuesday and thursday at 20:00, 25/5",
            {"day": Days(weekdays=(1, 3)), "at": EIGHT, "rhythm": Rhythm(25, 5)},
        ),
        ("every day 7:00", {"day": Days(weekdays=tuple(range(7))), "at": time(7)}),
        ("monday 20:00", {"day": TODAY, "at": EIGHT}),  # a weekday may be today
        ("sat 25/5 10:00", {"day": Days(date(2026, 1, 10)), "at": time(10), "rhythm": Rhythm(25, 5)}),
        ("25/12 20:00", {"day": Days(date(2025, 12, 25)), "at": EIGHT}),  # a date; that it is over is said
        ("chapter 3 tonight 20:00 2h", {"topic": "chapter 3", "day": TODAY, "at": EIGHT, "length": Lasting(120)}),
        ("tonight 20:00 review of 2 papers", {"day": TODAY, "at": EIGHT, "topic": "review of 2 papers"}),
    ],
)
def test_english(words: str, meant: dict[str, object]) -> None:
    assert read(words, "en") == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("heute Abend um 20 Uhr 90 min Backprop", {"day": TODAY, "at": EIGHT, "length": NINETY, "topic": "Backprop"}),
        ("morgen von 19:00 bis 20:30 Uhr", {"day": TOMORROW, "at": time(19), "length": Lasting(until=time(20, 30))}),
        ("jeden Dienstag 20 Uhr 90m", {"day": TUESDAYS, "at": EIGHT, "length": NINETY}),
        ("dienstags um 20 Uhr", {"day": TUESDAYS, "at": EIGHT}),
        ("wöchentlich dienstag 20:00", {"day": TUESDAYS, "at": EIGHT}),
        ("Di 20:00", {"day": TOMORROW, "at": EIGHT}),
        ("am 12. Januar um 20 Uhr", {"day": Days(date(2026, 1, 12)), "at": EIGHT}),
        ("20 Uhr Algebra Kapitel 3", {"at": EIGHT, "topic": "Algebra Kapitel 3"}),
    ],
)
def test_german(words: str, meant: dict[str, object]) -> None:
    assert read(words, "de") == meant


@pytest.mark.parametrize("words", ["tonight 20:00 90m", "every tue,thu 20:00 until 21:30 25/5", "tomorrow 9:00 weekly"])
def test_what_is_read_stays_the_same_in_a_button(words: str) -> None:
    options = {option.name: option.parameter for option in KNOWN["session"].options}
    request = Request("1", Account("toy", "ada", "ada"), "session", zone="UTC")
    ctx = Context(None, request, NOW, None, None, KNOWN, lambda: "")  # type: ignore[arg-type]
    for name, value in read(words, "en").items():
        assert options[name].read(options[name].wire(value), ctx) == value, name
