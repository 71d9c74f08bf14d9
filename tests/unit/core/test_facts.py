"""Facts are values: nobody changes one that somebody else has read, and the words for their kinds are stored."""

from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, get_args, get_type_hints

import pytest

from bot import core
from bot.commands import COMMANDS
from bot.core import checkin, code, group, ledger, reminder
from bot.core.ids import DeliveryId, EntryId, LearnerId
from bot.core.ledger import Entry
from bot.core.reminder import Delivery
from bot.dialogue.reminder import reminder_kinds
from tests.kinds import KNOWN

MODULES = sorted(module.name for module in walk_packages(core.__path__, f"{core.__name__}."))
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


@pytest.mark.parametrize("name", MODULES)
def test_every_fact_is_frozen(name: str) -> None:
    module: Any = import_module(name)
    for fact in vars(module).values():
        if isinstance(fact, type) and is_dataclass(fact) and fact.__module__ == name:
            assert vars(fact)["__dataclass_params__"].frozen, fact


def test_the_words_that_are_stored_stay_what_they_are() -> None:
    assert get_args(ledger.Kind) == ("study", "done", "trim", "version", "reversal", "again", "first")
    assert set(KNOWN) <= set(reminder_kinds(COMMANDS))
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
