"""A due message is never lost and is sent once, whoever dies or is slow (promises 6 and 7)."""

import asyncio
import logging
from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest

from bot.core.reminder import Delivery
from bot.delivery.live_messages import LEASE
from bot.delivery.planner import plan
from bot.delivery.worker import BATCH
from bot.ports.deliveries import Settlement
from bot.ports.unit_of_work import UnitOfWork
from tests.delivery.post import NINE, Box, Killed, Office, crowd
from tests.faults.interrupt import Injected, failing_at, failing_commits
from tests.storage.frontend import PLATFORM

MOMENT = timedelta(seconds=1)


def start(office: Office, *people: str) -> None:
    """Learners who only get the announcement; it is due now."""
    for who in people:
        office.enrol(who)
        office.say(who, "/reminders checkin off", "/reminders nudge off")
    office.now = NINE


def test_workers_that_run_at_the_same_time_send_each_delivery_once(office: Office) -> None:
    crowd(office.database, 25, office.roadmap)
    workers = [office.worker() for _ in range(4)]
    for week in range(2):
        office.now = NINE + timedelta(weeks=week)
        office.tick(*workers)
        assert office.messages() == {f"one{n}": week + 1 for n in range(25)}
    assert Counter(office.states()) == {"sent": 50}


def test_a_kill_between_claim_and_send_loses_nothing_and_repeats_nothing(office: Office) -> None:
    start(office, "ada")
    office.box.failures["ada"] = [Killed()]
    with pytest.raises(Killed):
        office.tick()
    office.now += LEASE - MOMENT
    office.tick()
    assert office.messages() == {}
    for _ in range(3):
        office.now += MOMENT + LEASE
        office.tick()
    assert office.messages() == {"ada": 1}


def test_a_kill_between_send_and_settle_repeats_only_what_was_in_flight(office: Office) -> None:
    start(office, "ada", "bob", "eve")
    office.box.dies_after = {"bob"}
    with pytest.raises(Killed):
        office.tick()
    in_flight = office.messages()
    assert in_flight["bob"] == 1
    for _ in range(3):
        office.now += LEASE
        office.tick()
    got = office.messages()
    assert got["bob"] == 2
    assert all(1 <= got[who] <= 1 + in_flight[who] for who in ("ada", "eve"))
    # The same delivery, by whose id a platform may know that it has it already.
    assert len({sent.key for sent in office.box.sent if sent.to == "bob"}) == 1
    assert office.states() == ["sent"] * 3


def test_a_claim_that_has_run_out_is_taken_over_and_settles_nothing_any_more(office: Office) -> None:
    start(office, "ada")
    office.database.transact(lambda uow: plan(uow, NINE))
    (claimed,) = claim(office, "first")
    assert claim(office, "second") == []
    office.now += LEASE
    (same,) = claim(office, "second")
    assert (same.id, same.attempts) == (claimed.id, claimed.attempts + 1)
    assert not settle(office, claimed, "first")
    office.database.transact(lambda uow: uow.deliveries.retry(claimed.id, "first", office.now))
    assert claim(office, "third") == []
    assert office.states() == ["pending"]
    assert settle(office, claimed, "second")
    assert not settle(office, claimed, "second")
    assert office.states() == ["sent"]


def test_who_is_too_slow_leaves_the_rest_to_who_takes_over(office: Office) -> None:
    people = ["ada", "bob", "eve", "joe", "mia"]
    start(office, *people)
    quick_box = Box(office)
    quick = office.worker(terminal=quick_box)

    async def dawdle() -> None:
        office.box.meanwhile = quick.tick
        office.now += LEASE * 0.6

    office.box.meanwhile = dawdle
    office.tick()
    for _ in range(5):
        office.now += LEASE
        office.tick(quick)
    assert Counter(sent.to for sent in office.box.sent + quick_box.sent) == dict.fromkeys(people, 1)


def two_for(office: Office, who: str) -> None:
    """Two messages for one person are due now: the week's, and the end of a timer."""
    start(office, who)
    office.now = NINE - timedelta(minutes=30)
    office.say(who, "/focus 30m")
    office.now = NINE


def test_what_waits_behind_a_slow_message_is_left_to_who_takes_over(office: Office) -> None:
    two_for(office, "ada")
    quick_box = Box(office)
    quick = office.worker(terminal=quick_box)

    async def dawdle() -> None:
        office.box.meanwhile = Box(office).meanwhile
        office.now += LEASE * 1.5
        await quick.tick()

    office.box.meanwhile = dawdle
    office.tick()
    sent = Counter(message.key for message in office.box.sent + quick_box.sent)
    assert (len(sent), sent.most_common(1)[0][1], len(office.box.sent)) == (2, 1, 1)


def test_what_waits_behind_a_message_is_not_begun_when_half_the_claim_is_over(office: Office) -> None:
    two_for(office, "ada")

    async def dawdle() -> None:
        office.box.meanwhile = Box(office).meanwhile
        office.now += LEASE * 0.6

    office.box.meanwhile = dawdle
    office.tick()
    assert len(office.box.sent) == 1
    office.tick()  # it was given back, and waits for no claim to run out
    assert len(office.box.sent) == 2


def test_a_stop_lets_the_message_arrive_that_is_under_way_and_begins_none_behind_it(office: Office) -> None:
    two_for(office, "ada")
    worker = office.worker()
    stopping: list[asyncio.Task[None]] = []

    async def stop() -> None:
        office.box.meanwhile = Box(office).meanwhile
        stopping.append(asyncio.create_task(worker.stop(5)))
        await asyncio.sleep(0)

    office.box.meanwhile = stop
    office.tick(worker)
    assert len(office.box.sent) == 1
    assert sorted(office.states()) == ["pending", "sent"]
    office.now += LEASE
    office.tick()
    assert sorted(office.states()) == ["sent", "sent"]


def test_what_a_stop_finds_composed_and_not_begun_is_another_workers_at_once(office: Office) -> None:
    start(office, "ada", "bob", "eve")
    worker = office.worker()
    office.box.meanwhile = lambda: worker.stop(0)
    office.tick(worker)
    assert len(office.box.sent) == 1
    office.box.meanwhile = Box(office).meanwhile
    office.tick()
    assert office.messages() == {"ada": 1, "bob": 1, "eve": 1}


def test_after_a_stop_nothing_more_is_claimed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.worker.BATCH", 1)
    two_for(office, "ada")
    worker = office.worker()
    stopping: list[asyncio.Task[None]] = []

    async def stop() -> None:
        office.box.meanwhile = Box(office).meanwhile
        stopping.append(asyncio.create_task(worker.stop(5)))
        await asyncio.sleep(0)

    office.box.meanwhile = stop
    office.tick(worker)
    assert sorted(office.states()) == ["pending", "sent"]
    office.tick()  # the next process need not wait for the end of a lease
    assert sorted(office.states()) == ["sent", "sent"]


def test_what_comes_next_is_known_while_a_claim_is_held(office: Office) -> None:
    start(office, "ada")
    office.box.failures["ada"] = [Killed()]
    with pytest.raises(Killed):
        office.tick()
    end = NINE + timedelta(hours=1)
    office.until(end)  # would never come to an end if the claimed delivery were always the next
    assert office.messages() == {"ada": 1}
    assert office.box.sent[0].at == NINE + LEASE


def test_a_failure_at_any_statement_loses_nothing_and_repeats_only_what_was_in_flight(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    people = ["ada", "bob"]
    start(office, *people)
    statement, repeated = 0, 0
    while True:
        office.now, office.box.sent = NINE + timedelta(weeks=statement), []
        with failing_at(office.database, statement) as interrupter, suppress(Injected):
            office.tick()
        for _ in range(3):
            office.now += LEASE
            office.tick()
        got = office.messages()
        assert set(got) == set(people), interrupter.hit
        # Both may be in flight when it happens, and what is cut off between send and settle comes again.
        assert max(got.values()) <= 2, interrupter.hit
        repeated += sum(got.values()) - len(people)
        if interrupter.hit is None:
            break
        statement += 1
    assert statement > 20
    assert repeated <= 5 * len(people)  # the statements that settle both together, and no others


def test_a_commit_that_fails_loses_nothing(office: Office) -> None:
    start(office, "ada", "bob")
    with failing_commits(office.database.engine), pytest.raises(Injected):
        office.tick()
    assert office.messages() == {}
    office.tick()
    assert office.messages() == {"ada": 1, "bob": 1}


def claim(office: Office, name: str) -> list[Delivery]:
    """Claim what is due now under a name."""
    now = office.now
    return list(office.database.transact(lambda uow: uow.deliveries.claim(PLATFORM, name, now, now + LEASE, 50)))


def settle(office: Office, delivery: Delivery, name: str) -> bool:
    """Settle under a name."""

    def work(uow: UnitOfWork) -> bool:
        return uow.deliveries.settle([Settlement(delivery.id, name, "sent", office.now)]) == 1

    return office.database.transact(work)


def test_what_a_stop_leaves_unsent_is_another_workers_at_once(office: Office) -> None:
    crowd(office.database, BATCH, office.roadmap)
    office.now = NINE
    worker = office.worker()
    stopping: list[asyncio.Task[None]] = []

    async def stop() -> None:
        if not stopping:
            stopping.append(asyncio.create_task(worker.stop(5)))
            await asyncio.sleep(0)

    async def story() -> None:
        office.box.meanwhile = stop
        await worker.tick()
        await asyncio.gather(*stopping)

    asyncio.run(story())
    sent = len(office.box.sent)
    assert 0 < sent < BATCH
    office.tick()  # no time has passed in which a claim could have run out
    assert len(office.box.sent) == BATCH
    assert set(office.messages().values()) == {1}
