"""A live message ends up true whichever process dies or is slow, edited as often as the platform allows."""

import asyncio
from datetime import timedelta

import pytest

from bot.delivery.live_messages import BATCH, LEASE
from bot.delivery.worker import DeliveryWorker
from bot.dialogue.sending import RetryAfter, TemporaryFailure, Unreachable
from bot.ports.unit_of_work import UnitOfWork
from tests.delivery.post import Box, Killed, Office
from tests.storage.frontend import PLATFORM
from tests.storage.stored_rows import lines

MOMENT = timedelta(seconds=1)
SOON = timedelta(minutes=1, seconds=1)
"""After so long hours that were logged are shown."""


@pytest.fixture
def cafe(office: Office) -> Office:
    """A group's place with a live board that shows ada."""
    office.enrol("ada")
    office.make_group("ada")
    office.say("ada", "/reminders off")
    office.press_in("cafe", "ada", "group", change="stop")  # the board stays
    office.now += SOON
    office.tick()
    office.now += timedelta(hours=1)
    assert [sent.to for sent in office.box.sent] == ["cafe"]
    return office


def log(office: Office, minutes: int = 30) -> None:
    """Ada logs time, and the board is due."""
    office.say("ada", f"/log {minutes}m")
    office.now += SOON


def board(office: Office) -> str:
    """The text of the live board in the cafe."""
    (live,) = (line for line in lines(office.database, "live_message") if line["kind"] == "board")
    return office.box.shown.get(live["message"], "")


def test_a_board_claimed_by_a_process_that_died_is_shown_by_another_one(cafe: Office) -> None:
    log(cafe)
    cafe.box.failures["cafe"] = [Killed()]
    with pytest.raises(Killed):
        cafe.tick()
    cafe.now += LEASE - MOMENT
    cafe.tick()
    assert cafe.box.edited == []
    cafe.now += MOMENT
    cafe.tick()
    assert "30 min" in board(cafe)
    for _ in range(3):
        cafe.now += LEASE
        cafe.tick()
    assert len(cafe.box.edited) == 1
    assert [line["refresh_at"] for line in lines(cafe.database, "live_message")] == [None]


@pytest.mark.parametrize("later", [timedelta(0), MOMENT, timedelta(minutes=1), LEASE])
def test_hours_logged_while_the_board_is_shown_are_on_it_in_the_end(cafe: Office, later: timedelta) -> None:
    log(cafe)

    async def meanwhile() -> None:
        cafe.box.meanwhile = Box(cafe).meanwhile
        cafe.now += later
        request = cafe.frontend.typed("ada", "/log 2h")
        await cafe.frontend.dispatcher.handle(request, cafe.now)

    cafe.box.meanwhile = meanwhile
    cafe.tick()
    cafe.until(cafe.now + LEASE)
    assert "2 h 30 min" in board(cafe)


def test_what_is_touched_at_the_very_instant_at_which_it_was_due_stays_due(cafe: Office) -> None:
    log(cafe)

    async def meanwhile() -> None:
        cafe.box.meanwhile = Box(cafe).meanwhile
        group = lines(cafe.database, "study_group")[0]["id"]
        await cafe.database.run(lambda uow: uow.live_messages.touch(group, "board", cafe.now))

    cafe.box.meanwhile = meanwhile
    cafe.tick()
    (live,) = lines(cafe.database, "live_message")
    assert live["refresh_at"] is not None


def test_a_pause_the_platform_asks_for_is_kept_though_more_is_logged(cafe: Office) -> None:
    log(cafe)
    begun = cafe.now
    cafe.box.failures["cafe"] = [RetryAfter(600)]
    cafe.tick()
    for _ in range(8):
        log(cafe)
        cafe.tick()
    assert cafe.now < begun + timedelta(seconds=600)
    assert (cafe.box.edited, cafe.box.failures) == ([], {"cafe": []})
    cafe.now = begun + timedelta(seconds=600)
    cafe.tick()
    assert "4 h 30 min" in board(cafe)
    assert len(cafe.box.edited) == 1


def test_a_pause_is_kept_for_what_is_logged_while_the_platform_asks_for_it(cafe: Office) -> None:
    log(cafe)
    begun = cafe.now

    async def meanwhile() -> None:
        cafe.box.meanwhile = Box(cafe).meanwhile
        await cafe.frontend.dispatcher.handle(cafe.frontend.typed("ada", "/log 2h"), cafe.now)

    cafe.box.meanwhile = meanwhile
    cafe.box.failures["cafe"] = [RetryAfter(600)]
    cafe.tick()
    cafe.until(begun + timedelta(seconds=599))
    assert cafe.box.edited == []
    cafe.until(begun + timedelta(seconds=601))
    assert "2 h 30 min" in board(cafe)


def test_a_board_that_says_the_same_as_before_is_not_sent_again(cafe: Office) -> None:
    log(cafe)
    cafe.tick()
    assert len(cafe.box.edited) == 1
    log(cafe)
    cafe.say("ada", "/undo")
    cafe.now += SOON
    cafe.tick()
    assert len(cafe.box.edited) == 1


def test_a_failure_that_passes_is_tried_again(cafe: Office) -> None:
    log(cafe)
    cafe.box.failures["cafe"] = [TemporaryFailure(), TemporaryFailure()]
    cafe.until(cafe.now + 3 * LEASE)
    assert "30 min" in board(cafe)
    assert len(cafe.box.edited) == 1


def test_of_several_workers_one_shows_a_board_at_a_time(cafe: Office) -> None:
    under_way = most = 0

    async def meanwhile() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.01)
        under_way -= 1

    cafe.box.meanwhile = meanwhile
    workers = [cafe.worker() for _ in range(4)]
    for n in range(5):
        log(cafe, 10 + n)
        cafe.tick(*workers)
    assert (len(cafe.box.edited), most) == (5, 1)


def test_who_was_too_slow_overwrites_nothing_of_who_took_over(cafe: Office) -> None:
    log(cafe)
    quick = cafe.worker(terminal=Box(cafe))

    async def dawdle() -> None:
        cafe.box.meanwhile = Box(cafe).meanwhile
        cafe.now += LEASE
        await quick.tick()  # takes over, and shows it
        await cafe.frontend.dispatcher.handle(cafe.frontend.typed("ada", "/log 2h"), cafe.now)
        cafe.now += SOON
        (held,) = await cafe.database.run(
            lambda uow: uow.live_messages.claim(PLATFORM, "a third", cafe.now, cafe.now + LEASE, BATCH)
        )
        assert held.message

    cafe.box.meanwhile = dawdle
    cafe.tick()
    # The third still holds it: nobody else shows it beside them.
    (live,) = lines(cafe.database, "live_message")
    assert live["claim"] == "a third"
    cafe.until(cafe.now + 2 * LEASE)
    assert "2 h 30 min" in board(cafe)


def test_a_check_in_that_comes_while_the_old_one_is_shown_is_the_one_that_stands(cafe: Office) -> None:
    place = lines(cafe.database, "place")[0]["id"]
    day = cafe.now.date()
    cafe.database.transact(lambda uow: uow.live_messages.record(place, "checkin", day, "old"))
    group = lines(cafe.database, "study_group")[0]["id"]
    cafe.database.transact(lambda uow: uow.live_messages.touch(group, "checkin", cafe.now))

    def work(uow: UnitOfWork) -> bool:
        (held,) = uow.live_messages.claim(PLATFORM, "mine", cafe.now, cafe.now + LEASE, BATCH)
        uow.live_messages.record(place, "checkin", day + timedelta(days=7), "new")
        return uow.live_messages.settle(held, "mine", "old", "digest", None)

    assert cafe.database.transact(work) is False
    (live,) = (line for line in lines(cafe.database, "live_message") if line["kind"] == "checkin")
    assert (live["message"], live["digest"]) == ("new", None)


def test_many_boards_are_shown_and_none_twice(little_office: Office) -> None:
    office = little_office
    office.enrol("ada")
    chats = [f"chat {n}" for n in range(2 * BATCH + 3)]
    for chat in chats:
        office.make_group("ada", chat=chat)
    office.now += SOON
    workers: list[DeliveryWorker] = [office.worker(), office.worker()]
    office.tick(*workers)
    assert sorted(sent.to for sent in office.box.sent) == sorted(chats)


def test_a_stop_leaves_the_boards_that_are_not_under_way(little_office: Office) -> None:
    office = little_office
    office.enrol("ada")
    for n in range(3 * BATCH):
        office.make_group("ada", chat=f"chat {n}")
    office.now += SOON
    worker = office.worker()
    stopping: list[asyncio.Task[None]] = []

    async def stop() -> None:
        if not stopping:
            stopping.append(asyncio.create_task(worker.stop(5)))
        await asyncio.sleep(0)

    office.box.meanwhile = stop
    office.tick(worker)
    assert len(office.box.sent) == BATCH


def test_what_a_group_was_told_of_a_finish_is_not_said_again_where_it_was_deleted(cafe: Office) -> None:
    for hours in (96, 95, 1):
        cafe.say("ada", f"/before {hours}h")
    cafe.now += timedelta(minutes=11)
    cafe.tick()
    (announced,) = (sent for sent in cafe.box.sent if "has finished" in sent.text)
    (live,) = (line for line in lines(cafe.database, "live_message") if line["kind"] == "finish")
    cafe.box.deleted.add(live["message"])
    before = len(cafe.box.sent)
    cafe.say_in("cafe", "ada", "/group join hidden")
    cafe.now += SOON
    cafe.tick()
    assert announced.to == "cafe"
    assert not any("not shown" in sent.text or "has finished" in sent.text for sent in cafe.box.sent[before:])
    (live,) = (line for line in lines(cafe.database, "live_message") if line["kind"] == "finish")
    assert (live["message"], live["refresh_at"]) == (None, None)


def test_a_board_that_need_not_be_sent_says_nothing_of_whether_it_could_be(cafe: Office) -> None:
    log(cafe)
    cafe.tick()
    cafe.box.failures["cafe"] = [Unreachable("rights")]
    log(cafe)
    cafe.tick()
    cafe.say("ada", "/undo")  # it says again what it said when it was last shown
    cafe.until(cafe.now + timedelta(days=2))
    assert len(cafe.box.edited) == 1
    (place,) = lines(cafe.database, "place")
    assert place["unwritable_since"] is not None
