"""Many learners due at once: planned in batches, each once."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from bot.core.ids import LearnerId
from bot.delivery import planner, worker
from bot.delivery.live_messages import LEASE
from bot.delivery.planner import plan
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.tables import reminder
from tests.delivery.post import NINE, Office, crowd
from tests.storage.frontend import PLATFORM
from tests.storage.stored_rows import count, lines

CROWD = 225


def test_a_crowd_is_planned_in_batches_each_of_them_once(office: Office) -> None:
    crowd(office.database, CROWD, office.roadmap)
    planned = [0]
    more = True
    while more:
        more = office.database.transact(lambda uow: plan(uow, NINE))
        planned.append(count(office.database, "delivery"))
    assert [after - before for before, after in pairwise(planned)] == [planner.BATCH, planner.BATCH, 25]
    assert len({line["learner"] for line in office.deliveries()}) == CROWD
    assert office.database.transact(lambda uow: uow.reminders.next_due()) == NINE + timedelta(days=7)
    assert not office.database.transact(lambda uow: plan(uow, NINE))
    assert count(office.database, "delivery") == CROWD


def test_workers_plan_and_deliver_a_crowd_at_once_without_doubles_or_deadlocks(office: Office) -> None:
    crowd(office.database, CROWD, office.roadmap)
    workers = [office.worker() for _ in range(4)]
    office.now = NINE
    office.tick(*workers)
    assert office.messages() == {f"one{n}": 1 for n in range(CROWD)}
    assert Counter(line["attempts"] for line in office.deliveries()) == {1: CROWD}


def test_a_claim_takes_no_more_than_a_batch_and_the_oldest_first(office: Office) -> None:
    crowd(office.database, 120, office.roadmap)
    with office.database.engine.begin() as connection:
        some = (reminder.c.learner % 3 == 0, reminder.c.kind == "announcement")
        early = update(reminder).where(*some).values(due=NINE - timedelta(minutes=1))
        connection.execute(early)
    while office.database.transact(lambda uow: plan(uow, NINE)):
        pass

    def claim(uow: UnitOfWork) -> list[int | None]:
        taken = uow.deliveries.claim(PLATFORM, "mine", NINE, NINE + LEASE, worker.BATCH)
        return [delivery.learner for delivery in taken]

    first, second, third = (office.database.transact(claim) for _ in range(3))
    assert [len(first), len(second), len(third)] == [50, 50, 20]
    assert {line["id"] for line in lines(office.database, "learner") if line["id"] % 3 == 0} <= set(first)


@pytest.mark.parametrize("weeks", [1, 2, 40])
def test_a_rule_long_overdue_gives_its_newest_occasion_alone(office: Office, weeks: int) -> None:
    crowd(office.database, 1, office.roadmap)
    office.database.transact(lambda uow: plan(uow, NINE + timedelta(weeks=weeks, hours=1)))
    newest = (NINE + timedelta(weeks=weeks)).date().isoformat()
    assert [str(line["occasion"]) for line in office.deliveries()] == [newest]
    coming = office.database.transact(lambda uow: uow.reminders.next_due())
    assert coming == NINE + timedelta(weeks=weeks + 1)


def test_a_rule_changed_while_it_was_planned_keeps_the_change(office: Office) -> None:
    office.enrol("ada")
    (rule, *_) = office.database.transact(lambda uow: uow.reminders.due(NINE, 10))
    office.say("ada", "/reminders week friday 12:00")
    changed = office.database.transact(lambda uow: uow.reminders.rules(rule.learner or LearnerId(0)))
    office.database.transact(lambda uow: uow.reminders.reschedule([(rule, NINE + timedelta(days=7))]))
    assert office.database.transact(lambda uow: uow.reminders.rules(rule.learner or LearnerId(0))) == changed
