"""The script language: what is wrong is named with its line, and moving the clock leaves nothing out."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.terminal.player import as_json
from bot.adapters.terminal.script import Move, ScriptError, Speech, parse
from tests.conftest import MONDAY, Talk

START = "u1: /start\nu1: 8\nu1: UTC\n"


@pytest.mark.parametrize(
    "line", ["hello", "[Log 1 h]", "+", "+7", "+7x", "+d", "+1d and 2h", "=", "=now", "=2026-13-01T09:00", "@cafe: x"]
)
def test_a_line_that_is_none_is_named_by_its_number(line: str) -> None:
    with pytest.raises(ScriptError, match=r"^line 4: expected "):
        list(parse(f"# a remark\n\n   \n{line}\nu1: /today"))


def test_a_button_that_is_not_there_is_named_with_those_that_are(talk: Talk) -> None:
    with pytest.raises(ScriptError, match=r"^line 2: no button \[Nonsense\] in u1; there is \[8 h a week\], "):
        talk("u1: /start\nu1: [Nonsense]")
    with pytest.raises(ScriptError, match=r"^line 1: no button \[Today\] in u2; there is none"):
        talk("u2: [Today]")


def test_a_clock_that_would_run_backwards_is_named_by_its_line(talk: Talk) -> None:
    with pytest.raises(ScriptError, match=r"^line 2: the clock is at 2026-01-05T09:00:00\+00:00"):
        talk("+1h\n=2026-01-05T08:59")


def test_the_language_is_read_as_it_is_written() -> None:
    script = "u1: /start\n[8 h a week]\nu1@cafe: [Join the board]\n[Board]\n+1w 2d 3h 4m\n=2026-03-02T09:00\n"
    assert list(parse(f"{script}=2026-03-02T10:00+01:00\nu-2.x_y@a.b:  /log 1h: [x] ")) == [
        Speech(1, "u1", None, "/start", press=False),
        Speech(2, "u1", None, "8 h a week", press=True),
        Speech(3, "u1", "cafe", "Join the board", press=True),
        Speech(4, "u1", "cafe", "Board", press=True),
        Move(5, timedelta(weeks=1, days=2, hours=3, minutes=4), None),
        Move(6, None, datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Move(7, None, datetime(2026, 3, 2, 9, tzinfo=UTC)),
        Speech(8, "u-2.x_y", "a.b", "/log 1h: [x]", press=False),
    ]


def test_moving_the_clock_runs_all_that_falls_due_on_the_way_in_order(talk: Talk) -> None:
    two = f"{START}{START.replace('u1', 'u2')}u2: /reminders week monday 10:30\n"
    at_once = talk(f"{two}+14d 3h")
    deliveries = [message for message in at_once if message.kind == "delivery"]
    assert [message.at for message in deliveries] == sorted(message.at for message in deliveries)
    assert {message.at.strftime("%a %H:%M") for message in deliveries} == {
        "Mon 09:00",
        "Mon 10:30",
        "Wed 18:00",
        "Sun 18:00",
    }
    assert len(deliveries) == 2 * 7
    assert at_once[-1].at == MONDAY + timedelta(days=14, hours=2, minutes=30)


def test_one_long_move_and_many_short_ones_come_to_the_same(talk: Talk) -> None:
    def delivered(start: datetime, moves: str) -> list[tuple[timedelta, str]]:
        messages = talk(f"u{start:%W}: /start\nu{start:%W}: 8\nu{start:%W}: UTC\n{moves}", now=start)
        received = [message for message in messages if message.to == f"u{start:%W}"]
        return [(message.at - start, message.shown.buttons[0][0]) for message in received if message.kind == "delivery"]

    later = MONDAY + timedelta(weeks=20)
    assert delivered(MONDAY, "+15d") == delivered(later, "+1d\n" * 15) != []


def test_what_is_due_at_the_very_end_of_a_move_is_delivered(talk: Talk) -> None:
    assert [message.kind for message in talk(f"{START}=2026-01-05T08:59")].count("delivery") == 0
    assert [message.kind for message in talk("=2026-01-05T09:00")].count("delivery") == 1


def test_every_message_is_one_json_object_with_the_same_keys(talk: Talk) -> None:
    start = "u1: /start\n[8 h a week]\n[UTC]\nu1: /log 1h “çà 字 🎓”\n"
    messages = talk(f"{start}u1@cafe: /group create\n[Join the board]\nu1: [By my name]\n+7d")
    lines = [as_json(message) for message in messages]
    assert all(len(line.splitlines()) == 1 for line in lines)
    objects = [json.loads(line) for line in lines]
    assert {tuple(object_) for object_ in objects} == {("at", "to", "kind", "text", "buttons", "image")}
    assert {object_["kind"] for object_ in objects} == {"reply", "edit", "delivery"}
    assert {object_["to"] for object_ in objects} == {"u1", "cafe"}
    assert {object_["image"] for object_ in objects} == {None}
    assert objects[0]["at"] == "2026-01-05T08:00:00Z"
    assert all(isinstance(label, str) for object_ in objects for label in object_["buttons"])
