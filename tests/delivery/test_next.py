"""What /reminders names as next is exactly what comes, whatever was done before."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.terminal.chats import Message
from bot.storage.database import SqlDatabase
from roadmap.loader import builtin
from tests.conftest import MONDAY, Talk, talker

ZONES = ("UTC", "Pacific/Honolulu", "Pacific/Kiritimati", "Europe/Berlin", "America/New_York")
STEPS = (
    "u1: /reminders nudge every day 18:00",
    "u1: /reminders nudge wednesday 20:00",
    "u1: /reminders checkin sunday 19:00",
    "u1: /reminders checkin monday 9:00",
    "u1: /reminders checkin sunday 18:00",
    "u1: /reminders checkin saturday and sunday 11:00",
    "u1: /reminders week monday and thursday 21:00",
    "u1: /reminders week sunday 18:00",
    "u1: /reminders nudge off",
    "u1: /reminders on",
    "u1: /reminders off sunday",
    "u1: /checkin done",
    "u1: /checkin partly",
    "u1: /log 1h",
    "u1: /log 8h",
    "u1: /today\nu1: /undo",  # after a message that offers to undo something else, /undo takes that back
    "u1: /pause 3 days",
    "u1: /resume",
    "u1: /sick",
    "u1: /pause next week",
    "u1: /pause from tomorrow to friday",
)
NEXT = re.compile(r"• (?:\w{3}) (\d+ \w{3}(?: \d{4})?, \d\d:\d\d): ")


def promised(message: Message, zone: str) -> list[datetime]:
    """The instants that are named as next."""
    _, _, after = message.shown.text.partition("Next:")
    moments = (
        moment if re.search(r"\d{4}", moment) else moment.replace(",", " 2026,") for moment in NEXT.findall(after)
    )
    local = (datetime.strptime(moment, "%d %b %Y, %H:%M").replace(tzinfo=ZoneInfo(zone)) for moment in moments)
    return [moment.astimezone(UTC) for moment in local]


def scenario(seed: int) -> tuple[str, str]:
    """What happens before the question, and in which zone it ends."""
    random = Random(seed)  # noqa: S311 - no secret, the same every time
    zone, lines = "UTC", ["u1: /start 8", "u1: UTC"]
    for _ in range(random.randint(1, 7)):
        lines.append(f"+{random.choice((1, 5, 11, 26, 49, 75))}h {random.choice((0, 1, 31))}m")
        if random.random() < 0.25:
            zone = random.choice(ZONES)
            lines.append(f"u1: /timezone {zone}")
        lines.append(random.choice(STEPS))
    return "\n".join([*lines, "u1: /reminders"]), zone


@pytest.mark.parametrize("seed", range(40))
def test_what_is_named_as_next_is_what_comes(sqlite: SqlDatabase, tmp_path: Path, seed: int) -> None:
    talk = talker(sqlite, tmp_path)
    script, zone = scenario(seed)
    asked = [message for message in talk(script) if message.kind == "reply"][-1]
    named = promised(asked, zone)
    until = max(named, default=asked.at + timedelta(days=15))
    moves = f"={until.replace(tzinfo=None).isoformat(timespec='minutes')}"
    came = [message.at for message in talk(moves, now=asked.at) if message.kind == "delivery"]
    assert came == named, script


def test_a_roadmap_that_is_done_has_no_more_messages(talk: Talk) -> None:
    items = [*builtin("ml-researcher").items]
    done = "".join(f"u1: /done {item}\n" for item in items)
    messages = talk(f"u1: /start 8\nu1: UTC\n{done}=2026-01-13T10:00\nu1: /reminders\n+15d")
    asked = next(message for message in messages if message.shown.text.startswith("Your reminders"))
    assert "Next:" not in asked.shown.text
    assert "The roadmap is done, so none of them comes any more." in asked.shown.text
    assert not [message for message in messages if message.kind == "delivery" and message.at > asked.at]


def test_one_message_after_an_outage_though_a_reminder_comes_every_day(sqlite: SqlDatabase, tmp_path: Path) -> None:
    talk = talker(sqlite, tmp_path)
    talk("u1: /start 8\nu1: UTC\nu1: /reminders nudge every day 18:00")
    for days in (4, 9):
        later = MONDAY.replace(hour=20) + timedelta(days=days)
        assert len([message for message in talk("u1: /help", now=later) if message.kind == "delivery"]) == 1
