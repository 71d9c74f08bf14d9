"""A reminder comes at its own local minute all year, through every change of the clocks and of the rule."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.terminal.chats import Message
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY, Talk, talker

ZONES = {"berlin": "Europe/Berlin", "york": "America/New_York", "howe": "Australia/Lord_Howe"}
DAYS = "+1d\n" * 7
OTHERS_OFF = "{who}: /reminders check-in off\n{who}: /reminders nudge off\n"


def learner(who: str, zone: str, *words: str) -> str:
    """The script of somebody who only wants the announcement."""
    lines = (f"{who}: {line}\n" for line in ("/start", "8", zone, *words))
    return "".join(lines) + OTHERS_OFF.format(who=who)


def announced(messages: list[Message], who: str) -> list[datetime]:
    """When somebody was told what the week is for, on their own clock."""
    zone = ZoneInfo(ZONES[who])
    return [message.at.astimezone(zone) for message in messages if message.kind == "delivery" and message.to == who]


def test_nine_on_monday_is_nine_on_monday_for_a_year(talk: Talk) -> None:
    script = "".join(learner(who, zone) for who, zone in ZONES.items()) + DAYS * 53
    messages = talk(script)
    for who in ZONES:
        moments = announced(messages, who)
        assert {(at.weekday(), at.time()) for at in moments} == {(0, time(9))}
        assert len({at.date() for at in moments}) == len(moments) >= 53
        assert len({at.utcoffset() for at in moments}) == 2  # the year had summer and winter


GAPS = {
    "berlin": (date(2026, 3, 29), time(3)),
    "york": (date(2026, 3, 8), time(3)),
    "howe": (date(2026, 10, 4), time(2, 30)),
}
"""The night in which a quarter past two does not exist, and the first minute after the gap."""
FOLDS = {"berlin": date(2026, 10, 25), "york": date(2026, 11, 1), "howe": date(2026, 4, 5)}
"""The night that has an hour, or half an hour, twice. (A quarter past two comes twice in Berlin alone.)"""


def test_a_minute_that_is_skipped_or_comes_twice_brings_one_message(talk: Talk) -> None:
    rule = "/reminders week sunday 02:15"
    messages = talk("".join(learner(who, zone, rule) for who, zone in ZONES.items()) + DAYS * 52)
    for who in ZONES:
        moments = announced(messages, who)
        day, first = GAPS[who]
        assert len({at.date() for at in moments}) == len(moments) >= 51
        assert {at.date(): at.time() for at in moments if at.time() != time(2, 15)} == {day: first}
        assert all(at.fold == 0 for at in moments if at.date() == FOLDS[who])
        assert {FOLDS[who], day} <= {at.date() for at in moments}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("/reminders week tuesday 7:15", ["2026-01-13T07:15", "2026-01-20T07:15"]),
        ("/reminders week monday 18:00", ["2026-01-12T18:00", "2026-01-19T18:00"]),
        ("/reminders week sunday 23:59", ["2026-01-11T23:59", "2026-01-18T23:59"]),
        ("/timezone Asia/Tokyo", ["2026-01-12T00:00", "2026-01-19T00:00"]),
    ],
)
def test_a_changed_rule_is_in_force_from_its_next_time_on(talk: Talk, change: str, expected: list[str]) -> None:
    # It is Wednesday when the rule is changed; this week's announcement has come on Monday.
    messages = talk(f"{learner('u1', 'UTC')}+2d\nu1: {change}\n=2026-01-21T12:00")
    moments = [message.at for message in messages if message.kind == "delivery"]
    assert moments == [datetime.fromisoformat(f"{at}Z") for at in ["2026-01-05T09:00", *expected]]


def test_a_time_moved_about_on_its_day_brings_one_message_for_it(database: SqlDatabase, tmp_path: Path) -> None:
    script = learner("u1", "UTC") + "=2026-01-12T09:00\n"
    for hour in range(10, 20):
        script += f"u1: /reminders week monday {hour}:00\n=2026-01-12T{hour}:30\n"
    messages = talker(database, tmp_path)(f"{script}u1: /reminders week monday 9:00\n=2026-01-19T10:00")
    hours = [message.at.isoformat()[:13] for message in messages if message.kind == "delivery"]
    assert hours == ["2026-01-05T09", "2026-01-12T09", "2026-01-19T09"]


@pytest.mark.parametrize("seed", range(3))
def test_a_traveller_never_hears_twice_for_one_local_date(talk: Talk, seed: int) -> None:
    random = Random(seed)  # noqa: S311
    zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles", "UTC"]
    script = learner("u1", "UTC")
    flights: list[tuple[datetime, str]] = [(MONDAY, "UTC")]
    now = MONDAY
    for _ in range(80):
        hours = random.choice([1, 3, 5, 9, 14, 26])
        zone = random.choice(zones)
        now += timedelta(hours=hours)
        script += f"+{hours}h\nu1: /timezone {zone}\n"
        flights.append((now, zone))
    moments = [message.at for message in talk(script) if message.kind == "delivery"]
    local = [at.astimezone(ZoneInfo([zone for since, zone in flights if since < at][-1])) for at in moments]
    assert all((at.weekday(), at.time()) == (0, time(9)) for at in local)
    assert len({at.date() for at in local}) == len(local) >= 2
