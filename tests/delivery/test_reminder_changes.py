"""/reminders changes the reminder whose day or name was named, and no other."""

from pathlib import Path
from random import Random

import pytest

from bot.adapters.terminal import PLATFORM
from bot.commands import COMMANDS
from bot.core.learner import Account
from bot.core.reminder import Rule
from bot.dialogue.all_commands import by_name
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.reminder import reminder_kinds
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from tests.conftest import talker
from tests.kinds import KINDS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def rules(uow: UnitOfWork) -> dict[str, Rule]:
    """The reminder rules of u1 by kind."""
    learner = uow.learners.find(Account(PLATFORM, "u1", "u1"))
    assert learner
    return {rule.kind: rule for rule in uow.reminders.rules(learner.id)}


@pytest.mark.parametrize("seed", range(12))
def test_only_what_was_named_changes(database: SqlDatabase, tmp_path: Path, seed: int) -> None:
    talk, random = talker(database, tmp_path), Random(seed)  # noqa: S311 - no secret, the same every time
    talk("u1: /start 8\nu1: UTC")
    for kind in KINDS:
        named = random.sample(WEEKDAYS, random.choice((1, 1, 2, 4)))
        talk(f"u1: /reminders {kind} {' and '.join(named)} 1{random.randint(0, 9)}:00")
    for n in range(6):
        day = random.randrange(7)
        before = database.transact(rules)
        having = [kind for kind, rule in before.items() if day in rule.weekdays]
        if random.random() < 0.5:
            talk(f"u1: /reminders off {WEEKDAYS[day]}")
            after = database.transact(rules)
            for kind in before:
                silent = after[kind].due is None or day not in after[kind].weekdays
                assert silent if kind in having else after[kind] == before[kind]
                rest = tuple(weekday for weekday in before[kind].weekdays if weekday != day)
                assert after[kind].weekdays in {rest, before[kind].weekdays}
        else:
            answer = talk(f"u1: /reminders {WEEKDAYS[day]} 20:3{n}")[-1].shown.text
            after = database.transact(rules)
            changed = [kind for kind in before if after[kind] != before[kind]]
            active = [kind for kind in having if before[kind].due] or having
            assert changed == active if len(active) == 1 else (not changed and "Which reminder?" in answer)
            assert all(after[kind].weekdays == before[kind].weekdays for kind in before)


def test_every_reminder_is_a_choice_of_the_menus() -> None:
    option = by_name(COMMANDS)["reminders"].option("kind")
    assert option
    assert isinstance(option.parameter, ChoiceParameter)
    assert [choice.wire for choice in option.parameter.fixed()] == list(reminder_kinds(COMMANDS))


@pytest.mark.parametrize(
    "words", ["turn off the nudge", "nudge never", "mute nudge", "off the nudge", "switch off nudge"]
)
def test_a_reminder_is_muted_however_it_is_said(sqlite: SqlDatabase, tmp_path: Path, words: str) -> None:
    talk = talker(sqlite, tmp_path)
    talk(f"u1: /start 8\nu1: UTC\nu1: /reminders {words}")
    assert [kind for kind, rule in sqlite.transact(rules).items() if rule.due is None] == ["nudge"]
