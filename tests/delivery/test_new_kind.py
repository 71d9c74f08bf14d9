"""A reminder of a new kind is one declaration: whoever is a learner already gets it, and nothing else knows of it."""

import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import count as numbers
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.delivery import new_kinds
from bot.dialogue.command import Command, command
from bot.dialogue.context import Context
from bot.dialogue.reminder import Reminder, reminder_kinds
from bot.dialogue.reply import Attachment, Reply, reply
from bot.dialogue.text import Text
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.delivery.post import Office
from tests.kinds import PROGRAM
from tests.storage.frontend import shown, tokens
from tests.storage.stored_rows import lines

LIMIT = timedelta(hours=2)
SATURDAY = datetime(2026, 1, 10, 10, tzinfo=ZoneInfo("Europe/Berlin"))
"""When it comes first to a learner in Berlin."""
MESSAGE = "Next week is about something else."


@command(
    hidden=True,
    reminder=Reminder(
        weekday=5,
        at=time(10),
        late_after=LIMIT,
        about=Text("what next week will need"),
        label=Text("outlook"),
        spellings=Text("outlook, the outlook, look ahead"),
    ),
)
def outlook(ctx: Context) -> Reply:
    """Hear what next week will need."""
    return reply(Text("Next week is about something else."))


@pytest.fixture
def later(office: Office, roadmaps: dict[str, Roadmap]) -> Office:
    """Ada, in Berlin, learns with a program of three kinds of reminders; this is the program that replaces it."""
    office.enrol("ada", "Europe/Berlin")
    return updated(office.database, roadmaps)


def updated(
    database: SqlDatabase, roadmaps: dict[str, Roadmap], commands: Sequence[Command] = (*PROGRAM, outlook)
) -> Office:
    """Another program on the same database, by default that with the new kind, begun an hour after MONDAY."""
    office = Office(database, roadmaps, commands)
    office.claims = office.frontend.ids = numbers(1000 * len(commands))  # other claims, other requests than before
    office.now = MONDAY + timedelta(hours=1)
    return office


def rules(office: Office) -> list[dict[str, Any]]:
    """All rules of the new kind."""
    return [line for line in lines(office.database, "reminder") if line["kind"] == "outlook"]


def came(office: Office, who: str = "ada") -> list[datetime]:
    """When messages of the new kind came to somebody."""
    return [sent.at for sent in office.box.sent if (sent.to, sent.text) == (who, MESSAGE)]


def test_a_learner_of_today_gets_it_at_its_time_every_week(later: Office) -> None:
    later.tick()
    later.until(MONDAY + timedelta(weeks=2))
    assert came(later) == [SATURDAY, SATURDAY + timedelta(weeks=1)]


def test_whoever_muted_everything_is_not_sent_it(office: Office, roadmaps: dict[str, Roadmap]) -> None:
    office.enrol("bob")
    office.say("bob", "/reminders off")
    later = updated(office.database, roadmaps)
    later.tick()
    later.until(MONDAY + timedelta(weeks=2))
    assert later.messages() == {}
    assert "what next week will need: muted" in shown(later.say("bob", "/reminders"))


def test_it_is_listed_before_the_schedule_came_by_and_counts_among_what_is_next(later: Office) -> None:
    overview = later.say("ada", "/reminders")
    assert "Saturday at 10:00: what next week will need" in shown(overview)
    assert "Sat 10 Jan, 10:00: what next week will need" in shown(overview)
    assert "because you asked for it" not in shown(overview)
    assert "Change: outlook" in dict(tokens(overview))


def test_it_is_changed_by_any_of_its_words(later: Office) -> None:
    assert "Friday at 17:00: what next week will need" in shown(later.say("ada", "/reminders the outlook friday 17:00"))
    later.tick()
    later.until(MONDAY + timedelta(weeks=1))
    assert came(later) == [SATURDAY.replace(day=9, hour=17)]


def test_it_is_muted_and_comes_again(later: Office) -> None:
    assert "muted (was Saturday at 10:00)" in shown(later.say("ada", "/reminders outlook off"))
    later.until(MONDAY + timedelta(weeks=1))
    later.say("ada", "/reminders outlook on")
    later.until(MONDAY + timedelta(weeks=2))
    assert came(later) == [SATURDAY + timedelta(weeks=1)]


@pytest.mark.parametrize(("late", "state"), [(timedelta(), "sent"), (timedelta(microseconds=1), "expired")])
def test_it_comes_as_late_as_it_says_and_not_later(later: Office, late: timedelta, state: str) -> None:
    later.tick()
    later.until(SATURDAY - timedelta(minutes=1))
    later.now = SATURDAY + LIMIT + late
    later.tick()
    (delivery,) = [line for line in later.deliveries() if line["kind"] == "outlook"]
    assert delivery["state"] == state
    assert len(came(later)) == (state == "sent")


def test_it_leaves_alone_who_is_on_pause(later: Office) -> None:
    later.tick()
    later.say("ada", "/pause")
    later.until(MONDAY + timedelta(weeks=1))
    assert came(later) == []
    assert {line["state"] for line in later.deliveries() if line["kind"] == "outlook"} == {"nothing_to_send"}


def test_it_is_exported_and_deleted_with_the_rest(later: Office) -> None:
    later.tick()
    later.until(MONDAY + timedelta(weeks=1))
    answer = later.say("ada", "/export")
    assert answer.reply
    file = next(block for block in answer.reply.blocks if isinstance(block, Attachment))
    exported = json.loads(file.content)
    assert [rule["weekday"] for rule in exported["reminder"] if rule["kind"] == "outlook"] == [5]
    assert [sent["state"] for sent in exported["delivery"] if sent["kind"] == "outlook"] == ["sent"]
    later.frontend.press("ada", later.say("ada", "/deleteme"), "Delete everything")
    assert rules(later) == []
    later.tick()
    assert rules(later) == []
    assert [line for line in later.deliveries() if line["kind"] == "outlook"] == []


def test_a_new_learner_has_it_from_the_start(later: Office) -> None:
    later.enrol("eve")
    assert len(rules(later)) == 1
    assert "what next week will need" in shown(later.say("eve", "/reminders"))


def test_learners_get_it_a_few_at_a_time_and_once_however_often_the_program_begins_anew(
    office: Office, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new_kinds, "BATCH", 2)
    monkeypatch.setattr(new_kinds, "BATCHES", 1)
    for n in range(7):
        office.enrol(f"one{n}")
    later = updated(office.database, roadmaps)
    worker, known = later.worker(), []
    for _ in range(2):
        later.tick(worker)
        known.append(len(rules(later)))
    later.tick(*[later.worker() for _ in range(3)])  # begun anew, and several side by side
    assert len(rules(later)) >= 6  # more where one looked after another had written
    again = later.worker()
    for _ in range(4):
        later.tick(again)
    known.append(len(rules(later)))
    assert known == [2, 4, 7]
    assert len({line["learner"] for line in rules(later)}) == 7


def test_who_joins_through_an_older_process_gets_it_within_a_day(later: Office, roadmaps: dict[str, Roadmap]) -> None:
    worker = later.worker()
    later.tick(worker)
    updated(later.database, roadmaps, PROGRAM).enrol("eve")
    later.now += timedelta(minutes=5)
    later.tick(worker)
    assert len(rules(later)) == 1
    later.now += timedelta(days=1)
    later.tick(worker)
    assert len(rules(later)) == 2


def test_a_kind_that_is_taken_away_again_is_seen_and_heard_no_more(later: Office, roadmaps: dict[str, Roadmap]) -> None:
    later.tick()
    former = updated(later.database, roadmaps, PROGRAM)
    former.until(MONDAY + timedelta(weeks=1))
    assert len(former.box.sent) == 3  # what there was before
    assert {line["state"] for line in former.deliveries() if line["kind"] == "outlook"} == {"expired"}
    assert "next week" not in shown(former.say("ada", "/reminders"))


def test_its_command_is_typed_by_nobody(later: Office) -> None:
    assert MESSAGE not in shown(later.say("ada", "/outlook"))


@pytest.mark.parametrize("name", ["one_off", "a_very_long_name_indeed"])
def test_a_kind_needs_a_name_that_the_database_can_hold(name: str) -> None:
    def compose(ctx: Context) -> Reply:
        """Hear something."""
        return reply(Text("Something."))

    compose.__name__ = name
    with pytest.raises(ValueError, match=name):
        reminder_kinds([command(hidden=True, reminder=outlook.reminder)(compose)])
