"""Whoever writes German gets what English would have given; whoever uses a German platform begins in German."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.commands import COMMANDS
from bot.core.calendar import monday_of
from bot.core.learner import Account
from bot.dialogue.all_commands import with_subs
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY, Talk

NOW = datetime.fromisoformat("2026-03-04T11:00+00:00")
"""A Wednesday."""
SAME_THINGS = [
    ("/log 1 Std 30 gestern", "/log 1h30 yesterday"),
    ("/log 1 Std. 20 am Montag", "/log 1h20 monday"),
    ("/log 45 Minuten am Montag", "/log 45 minutes on monday"),
    ("/log 2 Stunden am 3. März", "/log 2 hours on 3 March"),
    ("/log 25min 3.März", "/log 25min 3 March"),
    ("/log 2,5 Stunden 2.3. calculus „Kapitel 3“", "/log 2.5 hours 2 March calculus “Kapitel 3”"),
    ("/log 1 Stunde und 15 Minuten für calculus", "/log 1 hour and 15 minutes for calculus"),
    ("/log anderthalb Stunden vorgestern", "/log one and a half hours the day before yesterday"),
    ("/log eine halbe Stunde vor 3 Tagen", "/log half an hour 3 days ago"),
    ("/log eine Stunde vor einer Woche", "/log an hour a week ago"),
    ("/log 50 min letzten Freitag", "/log 50 min last friday"),
    ("/log 1h am 20. Februar Kettenregel", "/log 1h on 20 February Kettenregel"),
    ("/log heute 35m", "/log today 35m"),
    ("/pace 5 Stunden pro Woche", "/pace 5 hours a week"),
    ("/pause 2 Wochen", "/pause 2 weeks"),
    ("/pause in 10 Tagen", "/pause in 10 days"),
    ("/pause bis nächsten Montag", "/pause until next monday"),
    ("/pause bis zum 3. April", "/pause until 3 April"),
    ("/reminders aus", "/reminders off"),
    ("/reminders an", "/reminders on"),
    ("/reminders checkin freitag 17:00", "/reminders checkin friday 17:00"),
    ("/reminders woche am Dienstag um 8 Uhr", "/reminders week on tuesday at 8 o'clock"),
    ("/reminders checkin 12 Uhr am Freitag", "/reminders checkin 12:00 friday"),
    ("/reminders checkin um 17:30 am Samstag", "/reminders checkin at 5:30 pm saturday"),
    ("/reminders stups aus", "/reminders nudge off"),
    ("/checkin Geschafft", "/checkin Done"),
]


def facts(uow: UnitOfWork, who: str) -> list[list[Any]]:
    """What the database holds about somebody, without ids and the language."""
    learner = uow.learners.find(Account(PLATFORM, who, who))
    assert learner
    enrollment = uow.enrollments.current(learner.id)
    assert enrollment
    checkin = uow.checkins.of(learner.id, monday_of(NOW.date()))
    return [
        [(e.item, e.day, e.minutes, e.kind, e.note) for e in uow.ledger.entries(enrollment.id)],
        [uow.enrollments.commitments(enrollment.id).made],
        [(rule.kind, rule.weekday, rule.at, rule.due) for rule in uow.reminders.rules(learner.id)],
        [checkin.feeling if checkin else None],
    ]


def test_german_and_english_give_the_same_facts(talk: Talk, sqlite: SqlDatabase) -> None:
    talk("\n".join(f"{who}: /start\n{who}: [8 h a week]\n{who}: berlin" for who in ("de", "en")) + "\nde: /language de")
    before: list[Any] = []
    for german, english in SAME_THINGS:
        talk(f"de: {german}\nen: {english}", now=NOW)
        ours, theirs = sqlite.transact(lambda uow: [facts(uow, who) for who in ("de", "en")])
        assert ours == theirs, german
        assert ours != before, f"nothing came of it: {german}"
        before = ours


def examples() -> Iterator[str]:
    """What the help suggests to type, in German."""
    say = Wording("de").say
    for command in (command for command in with_subs(COMMANDS) if not command.hidden):
        yield from (say(example) for example in command.examples if isinstance(example, Text))
        for example in (option.parameter.example for option in command.options):
            if isinstance(example, Text):
                yield f"/{command.typed} {say(example)}"


def test_german_examples_are_understood(talk: Talk) -> None:
    talk("u1: /start\nu1: [8 h a week]\nu1: [UTC]\nu1: /language de")
    wrong = re.compile("habe ich nicht verstanden|kenne ich nicht|Notiz: (?!Kapitel 3)")
    suggested = list(examples())
    assert "/log 45 min gestern calculus" in suggested
    assert "/reminders montag und freitag" in suggested
    for example in suggested:
        text = "\n".join(message.shown.text for message in talk(f"u1: {example}", now=NOW))
        assert not wrong.search(text), f"{example}: {text}"


def test_a_german_platform_begins_in_german(sqlite: SqlDatabase, tmp_path: Path) -> None:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    chats = Chats(sent.append, clock, iter(map(str, count())).__next__, tmp_path, locale="de-AT", zone="Europe/Vienna")
    application = wire(sqlite, {PLATFORM: chats}, clock=clock)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    asyncio.run(player.play(parse("u1: /start\nu1: [8 h pro Woche]")))
    assert "Hallo, ich bin dein Lernbuddy." in sent[0].shown.text
    assert "In diesem Tempo bist du am So., 21. Juni 2026 fertig." in sent[1].shown.text
    assert "Ich tippe auf Europe/Vienna" in sent[1].shown.text
