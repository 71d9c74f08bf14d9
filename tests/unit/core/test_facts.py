"""Facts are values: nobody changes one that somebody else has read, and the words for their kinds are stored."""

from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from types import ModuleType
from typing import Any, get_args, get_type_hints

import pytest

from bot.core import (
    checkin,
    code,
    commitment,
    group,
    leaderboard,
    learner,
    ledger,
    position,
    quiz,
    reminder,
    streak,
    study,
)
from bot.core.ids import DeliveryId, EntryId, LearnerId
from bot.core.ledger import Entry
from bot.core.reminder import Delivery
from roadmap import model, schedule
from tests.kinds import KINDS

ROOMS = [
    checkin,
    code,
    commitment,
    group,
    leaderboard,
    learner,
    ledger,
    position,
    quiz,
    reminder,
    streak,
    study,
    model,
    schedule,
]
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def facts(room: ModuleType) -> list[Any]:
    return [thing for thing in vars(room).values() if isinstance(thing, type) and is_dataclass(thing)]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__)
def test_every_fact_is_frozen(room: ModuleType) -> None:
    for fact in (fact for fact in facts(room) if fact.__module__.startswith("bot.")):
        assert fact.__dataclass_params__.frozen, fact


def test_the_words_that_are_stored_stay_what_they_are() -> None:
    assert get_args(ledger.Kind) == ("study", "done", "trim", "version", "reversal", "again", "first")
    assert {"announcement", "checkin", "nudge"} == set(KINDS)
    assert reminder.STUDY_TIME == "studytime"
    assert reminder.ONE_OFF == "one_off"
    states = get_args(get_type_hints(Delivery)["state"])
    assert states == ("pending", "sent", "nothing_to_send", "expired", "unreachable")
    assert get_args(code.Kind) == ("link", "group", "place", "return")
    assert get_args(group.Role) == ("organiser", "member", "removed")
    assert get_args(checkin.Feeling) == ("done", "partly", "stuck", "away")


def test_an_entry_has_only_what_was_said() -> None:
    entry = Entry(EntryId(1), "calculus", date(2026, 1, 5), 60, "study", NOW)
    assert (entry.reverses, entry.note, entry.part_of) == (None, None, None)


def test_a_new_delivery_was_never_tried() -> None:
    delivery = Delivery(DeliveryId(1), "nudge", LearnerId(1), date(2026, 1, 7), NOW, "pending")
    assert (delivery.attempts, delivery.settled_at, delivery.reason) == (0, None, None)
