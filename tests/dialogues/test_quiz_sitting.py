"""A sitting with the quiz: ten questions at most, the newest forgotten first, and buttons that say what comes."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY
from tests.dialogues.plain_track import ENGLISH

MOST = 10
WEEKS = 5
HOURS = {0: "/log 7h", 6: "/log 1h"}
"""What is logged on which day of a week: with its last hour done the next week's questions are this week's."""


class Learner:
    """Somebody who reads what comes before saying the next thing."""

    def __init__(self, database: SqlDatabase, files: Path, runner: asyncio.Runner) -> None:
        self._sent: list[Message] = []
        self._runner, clock = runner, ScriptClock(MONDAY)
        chats = Chats(self._sent.append, clock, map(str, count()).__next__, files)
        program = wire(database, {PLATFORM: chats}, clock=clock)
        self._player = Player(program.dispatcher, program.worker.tick, program.worker.next, chats, clock)

    def say(self, *typed: str, at: datetime | None = None) -> Message:
        """What is answered last."""
        lines = [f"={at.isoformat()}"] if at else []
        self._runner.run(self._player.play(list(parse("\n".join([*lines, *(f"u1: {words}" for words in typed)])))))
        return self._sent[-1]


@pytest.fixture
def learner(sqlite: SqlDatabase, tmp_path: Path) -> Iterator[Learner]:
    """A learner of 8 hours a week without reminders."""
    with asyncio.Runner() as runner:
        new_learner = Learner(sqlite, tmp_path, runner)
        new_learner.say("/start", "[8 h a week]", "[UTC]", "/reminders off")
        yield new_learner


def _asked(message: Message) -> str:
    """The question of a message: its second line."""
    heading, question, *_ = message.shown.text.splitlines()
    assert heading.startswith("Question, week ")
    return question


def _forget_one_a_day(learner: Learner) -> list[str]:
    """Study every week, its last hour on Sunday, and miss one new question a day; what was missed, in that order."""
    missed: list[str] = []
    for day in range(7 * WEEKS):
        now = MONDAY + timedelta(days=day, hours=2)
        if day % 7 in HOURS:
            learner.say(HOURS[day % 7], at=now)
        question = _asked(learner.say("/quiz", at=now))
        if question in missed:
            # Nothing new is left: yesterday's comes first.
            assert question == missed[-1]
            continue
        missed.append(question)
        learner.say("[Show the answer]", "[Not yet]")
    return missed


def _sit(learner: Learner) -> tuple[list[str], Message]:
    """Know every question that comes; those asked, and what is said when none comes any more."""
    asked: list[str] = []
    message = learner.say("/quiz", at=MONDAY + timedelta(weeks=WEEKS, hours=2))
    while any(label == "Show the answer" for label, _ in message.shown.buttons):
        asked.append(_asked(message))
        assert len(asked) < 50, "it never ends"
        message = learner.say("[Show the answer]", "[I knew it]")
    return asked, message


def test_a_sitting_asks_ten_at_most_and_the_newest_forgotten_first(learner: Learner) -> None:
    missed = _forget_one_a_day(learner)
    assert len(missed) > MOST + 3, "too few to say anything"
    every = {" ".join(q["question"].split()) for module in ENGLISH["modules"] for q in module["questions"]}
    assert set(missed) <= every
    assert len(set(missed)) == len(missed)

    button = learner.say("/checkin", at=MONDAY + timedelta(weeks=WEEKS, hours=1)).shown.buttons
    assert [label for label, _ in button if "question" in label] == [f"{MOST} questions"]

    asked, end = _sit(learner)
    assert asked == missed[::-1][:MOST]
    waiting = re.match(r"(\d+) questions are waiting, and they can wait longer\.", end.shown.text)
    assert waiting
    assert int(waiting[1]) >= len(missed) - MOST, "those that were not asked are still there"
    assert [label for label, _ in end.shown.buttons] == [f"{min(MOST, int(waiting[1]))} more", "Enough for today"]


def test_the_next_sitting_goes_on_where_the_first_one_stopped(learner: Learner) -> None:
    missed = _forget_one_a_day(learner)
    _, end = _sit(learner)
    assert _asked(learner.say(f"[{end.shown.buttons[0][0]}]")) == missed[::-1][MOST]
