"""Nobody is told what they need not hear (promise 27): muted, paused, finished, silent."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.adapters.terminal.chats import Message
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY, Talk, talker
from tests.storage.stored_rows import lines

START = "u1: /start\nu1: 8\nu1: UTC\n"
QUIET = "I have asked three times and not heard from you"


def sent(messages: list[Message], who: str = "u1") -> list[str]:
    """The first line of every message somebody has not asked for."""
    unasked = (message for message in messages if (message.kind, message.to) == ("delivery", who))
    return [message.shown.text.splitlines()[0] for message in unasked]


def test_a_silent_learner_hears_it_once_and_then_nothing_until_a_sign_of_life(
    database: SqlDatabase, tmp_path: Path
) -> None:
    talk = talker(database, tmp_path)
    messages = sent(talk(f"{START}+20w"))
    questions = [n for n, words in enumerate(messages) if words.startswith("Check-in")]
    farewell = next(n for n, words in enumerate(messages) if words.startswith(QUIET))
    assert len(questions) == 3
    assert farewell == len(messages) - 1 > questions[-1]
    # It knows so after a restart, too.
    later = MONDAY + timedelta(weeks=20)
    assert sent(talk("+8w", now=later)) == []
    back = sent(talk("u1: /today\n+7d", now=later + timedelta(weeks=8)))
    assert len(back) == 3
    assert not any(words.startswith(QUIET) for words in back)


@pytest.mark.parametrize("sign", ["/today", "hello", "[Partly]", "/nonsense", "/log 10m"])
def test_any_sign_of_life_starts_the_count_anew(talk: Talk, sign: str) -> None:
    messages = sent(talk(f"{START}+13d\nu1: {sign}\n" + "+13d\nu1: /today\n" * 3))
    assert sum(words.startswith("Check-in") for words in messages) >= 7
    assert not any(words.startswith(QUIET) for words in messages)


def test_a_second_silence_is_announced_again(talk: Talk) -> None:
    messages = sent(talk(f"{START}+6w\nu1: /today\n+6w"))
    assert sum(words.startswith(QUIET) for words in messages) == 2


@pytest.mark.parametrize("words", ["/reminders off", "/pause", "/pause 12 weeks", "/deleteme\nu1: [Delete everything]"])
def test_who_wants_nothing_gets_nothing(talk: Talk, words: str) -> None:
    for day in (0, 3, 6):
        who = f"u{day}"
        script = f"+{day}d\n{START}u1: {words}\n+11w".replace("u1:", f"{who}:")
        assert sent(talk(script, now=MONDAY + timedelta(weeks=20 * day)), who) == [], f"said on day {day}"


def test_a_pause_that_ends_brings_everything_back_on_the_day(talk: Talk) -> None:
    messages = talk(f"{START}u1: /pause until 2026-02-02\n+6w")
    received = [(message.at, message.shown.text) for message in messages if message.kind == "delivery"]
    assert received[0][0] == datetime.fromisoformat("2026-02-02T09:00Z")
    assert ": 8 h planned." in received[0][1]


def test_who_has_finished_is_congratulated_and_left_alone(talk: Talk) -> None:
    hours = "".join(f"u1: /log 24h {day} jan\nu1: [Yes, 24 h]\n" for day in range(5, 13))
    messages = talk(f"{START}=2026-01-12T08:00\n{hours}+8w")
    finished = next(n for n, message in enumerate(messages) if "you have finished" in message.shown.text)
    # Only the check-in of the week in which it happened.
    assert [words.partition(",")[0] for words in sent(messages[finished:])] == ["Check-in"]
    assert "Congratulations!" in messages[-1].shown.text


@pytest.mark.parametrize(
    ("words", "nudges"), [("/today", 1), ("/log 10m", 0), ("/log 10m\nu1: /undo", 1), ("/done", 1)]
)
def test_a_nudge_comes_only_to_a_week_that_is_empty(talk: Talk, words: str, nudges: int) -> None:
    messages = sent(talk(f"{START}u1: {words}\n+6d"))
    assert sum(line.startswith("The week is still young") for line in messages) == nudges


def test_one_switched_off_leaves_the_others(talk: Talk) -> None:
    messages = sent(talk(f"{START}u1: /reminders nudge off\n+15d"))
    assert [words.partition(" ")[0] for words in messages] == ["Week", "Check-in,", "Week", "Check-in,", "Week"]


def test_a_one_off_message_comes_to_somebody_who_has_been_silent_for_long(
    database: SqlDatabase, tmp_path: Path
) -> None:
    talk = talker(database, tmp_path)
    talk(f"{START}+6w")
    now = MONDAY + timedelta(weeks=6)
    (learner,) = (line["id"] for line in lines(database, "learner"))
    database.transact(lambda uow: uow.deliveries.post("1.help", now + timedelta(hours=1), learner=learner))
    messages = sent(talk("+2d", now=now))
    assert len(messages) == 1
    assert not messages[0].startswith(QUIET)
