"""Limits are kept wherever between our two clocks a platform counts, and nearly all of them is used."""

import asyncio
import heapq
import random
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.pacing import Pacer, Urgency
from bot.adapters.rates import HELD, Window


class Time:
    """Time that passes only when everybody waits."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (self.now + seconds, next(self._numbers), woken))
        await woken

    async def run(self, *work: Coroutine[Any, Any, None]) -> None:
        tasks = [asyncio.create_task(story) for story in work]
        while not all(task.done() for task in tasks):
            for _ in range(6):
                await asyncio.sleep(0)
            if self._waiting:
                self.now, _, woken = heapq.heappop(self._waiting)
                woken.set_result(None)
        await asyncio.gather(*tasks)


def paced(time: Time, overall: int = 30, chat: Sequence[tuple[int, float]] = ()) -> Pacer:
    return Pacer(Window(overall, 1), lambda _: [Window(*window) for window in chat], lambda: time.now, time.sleep)


def most_in(instants: Sequence[float], seconds: float) -> int:
    ordered = sorted(instants)
    return max(sum(start <= other < start + seconds for other in ordered) for start in ordered)


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 8), st.floats(0, 1.5))
def test_a_limit_is_kept_however_long_a_message_travels(dice: random.Random, limit: int, slowest: float) -> None:
    time, counted = Time(), list[float]()
    pacer = paced(time, overall=limit)

    async def send(chat: int) -> None:
        await time.sleep(dice.random() * 2)
        async with pacer.turn(chat, Urgency.REPLY if dice.random() < 0.5 else Urgency.BULK):
            there, back = dice.random() * slowest, dice.random() * slowest
            await time.sleep(there)
            counted.append(time.now)
            await time.sleep(back)

    asyncio.run(time.run(*(send(chat) for chat in range(25))))
    assert len(counted) == 25
    assert most_in(counted, 1) <= limit


@pytest.mark.parametrize("limit", [25, 40])
def test_nearly_all_of_a_limit_is_used(limit: int) -> None:
    time, sent = Time(), list[float]()
    pacer = paced(time, overall=limit)

    async def send(chat: int) -> None:
        async with pacer.turn(chat, Urgency.BULK):
            sent.append(time.now)

    asyncio.run(time.run(*(send(chat) for chat in range(limit * 11))))
    assert (len(sent) - 1) / max(sent) >= 0.95 * limit


@settings(max_examples=10, deadline=None)
@given(st.integers(), st.sampled_from([30, 50]), st.floats(0, 0.1), st.floats(0, 0.06))
def test_a_limit_is_kept_and_used_though_messages_travel(seed: int, limit: int, least: float, more: float) -> None:
    """The time that each message takes at least is not lost."""
    dice, time, counted = random.Random(seed), Time(), list[float]()  # noqa: S311 - nothing is secret here
    pacer = paced(time, overall=limit)

    async def send(chat: int) -> None:
        async with pacer.turn(chat, Urgency.BULK):
            await time.sleep(least + dice.random() * more)
            counted.append(time.now)
            await time.sleep(least + dice.random() * more)

    asyncio.run(time.run(*(send(chat) for chat in range(400))))
    assert most_in(counted, 1) <= limit
    settled = sorted(counted)[100:]
    assert len(settled) / (settled[-1] - settled[0]) >= limit * 0.97 / (1 + 2 * more)


def test_an_answer_passes_everything_nobody_waits_for() -> None:
    time, waited = Time(), list[float]()
    pacer = paced(time)

    async def post(chat: int) -> None:
        async with pacer.turn(chat, Urgency.BULK):
            pass

    async def answer(chat: int, at: float) -> None:
        await time.sleep(at)
        async with pacer.turn(chat, Urgency.REPLY):
            waited.append(time.now - at)

    posts = [post(chat) for chat in range(500)]
    asyncio.run(time.run(*posts, *(answer(1000 + n, n * 0.21) for n in range(50))))
    assert max(waited) < 0.1


def test_answers_have_all_of_the_limit_when_there_are_many() -> None:
    time, answered, posted = Time(), list[float](), list[float]()
    pacer = paced(time)

    async def send(chat: int, done: list[float], urgency: Urgency) -> None:
        async with pacer.turn(chat, urgency):
            done.append(time.now)

    posts = [send(chat, posted, Urgency.BULK) for chat in range(100)]
    answers = [send(1000 + chat, answered, Urgency.REPLY) for chat in range(300)]
    asyncio.run(time.run(*answers, *posts))
    assert max(answered) < 10
    assert sum(at < max(answered) - 1 for at in posted) <= 1


def test_a_chat_has_its_own_limit_and_holds_no_other_up() -> None:
    time, mine, others = Time(), list[float](), list[float]()
    pacer = paced(time, chat=[(20, 60)])

    async def send(chat: int, done: list[float]) -> None:
        async with pacer.turn(chat, Urgency.BULK):
            done.append(time.now)

    asyncio.run(time.run(*(send(-1, mine) for _ in range(41)), *(send(chat, others) for chat in range(20))))
    assert most_in(mine, 60) == 20
    assert max(others) < 3
    assert max(mine) < 130


def test_a_pause_holds_for_the_chat_it_was_asked_for() -> None:
    time, sent = Time(), dict[int, float]()
    pacer = paced(time)
    pacer.pause(1, 7)
    pacer.pause(2, 0.5)  # ends no other

    async def send(chat: int) -> None:
        async with pacer.turn(chat, Urgency.REPLY if chat % 2 else Urgency.BULK):
            sent[chat] = time.now

    asyncio.run(time.run(*map(send, range(4))))
    assert sent[1] == pytest.approx(7)
    assert max(sent[0], sent[2], sent[3]) < 1


def test_a_pause_for_everybody_holds_for_everybody() -> None:
    time, sent = Time(), list[float]()
    pacer = paced(time)
    pacer.pause(None, 3)

    async def send(chat: int) -> None:
        async with pacer.turn(chat, Urgency.REPLY):
            sent.append(time.now)

    asyncio.run(time.run(*map(send, range(4))))
    assert min(sent) == pytest.approx(3)


def test_what_failed_is_counted_too() -> None:
    time, sent = Time(), list[float]()
    pacer = paced(time, overall=1)

    async def send(chat: int) -> None:
        try:
            async with pacer.turn(chat, Urgency.BULK):
                sent.append(time.now)
                raise ConnectionError
        except ConnectionError:
            pass

    asyncio.run(time.run(*map(send, range(5))))
    assert all(later - earlier >= 1 for earlier, later in pairwise(sorted(sent)))


def test_after_a_burst_of_answers_there_is_room_for_the_next() -> None:
    time, waited = Time(), dict[int, float]()
    pacer = paced(time)

    async def post(chat: int) -> None:
        async with pacer.turn(chat, Urgency.BULK):
            pass

    async def answer(chat: int, at: float) -> None:
        await time.sleep(at)
        async with pacer.turn(chat, Urgency.REPLY):
            waited[chat] = time.now - at

    answers = [answer(1000 * burst + n, 3 * burst) for burst in range(1, 6) for n in range(15)]
    asyncio.run(time.run(*(post(chat) for chat in range(600)), *answers))
    slowest = [max(waited[1000 * burst + n] for n in range(15)) for burst in range(1, 6)]
    assert max(slowest[1:]) < 0.4 < slowest[0]


def test_what_goes_aside_of_answers_waits_for_them_and_not_for_bulk() -> None:
    time, sent = Time(), list[Urgency]()
    pacer = paced(time, overall=1)

    async def send(chat: int, urgency: Urgency) -> None:
        async with pacer.turn(chat, urgency):
            sent.append(urgency)

    kinds = [Urgency.BULK, Urgency.BULK, Urgency.ASIDE, Urgency.REPLY, Urgency.ASIDE, Urgency.REPLY]
    asyncio.run(time.run(*(send(n, urgency) for n, urgency in enumerate(kinds))))
    assert sent == [Urgency.BULK, Urgency.REPLY, Urgency.REPLY, Urgency.ASIDE, Urgency.ASIDE, Urgency.BULK]


def test_many_answers_of_one_flow_delay_that_of_another_by_one() -> None:
    time, sent = Time(), list[str]()
    pacer = paced(time, overall=10)

    async def answer(chat: int, flow: str, at: float) -> None:
        await time.sleep(at)
        async with pacer.turn(chat, Urgency.REPLY, flow=flow):
            sent.append(flow)

    crowd = [answer(chat, "cafe", 0) for chat in range(200)]
    asyncio.run(time.run(*crowd, answer(1000, "ada", 2.5), answer(1001, "bob", 4.5)))
    assert sent.index("ada") <= 31
    assert sent.index("bob") <= 51


def test_who_gives_up_waiting_leaves_no_hole() -> None:
    async def story() -> list[int]:
        pacer, sent = Pacer(Window(1, 0.05)), list[int]()

        async def send(chat: int) -> None:
            async with pacer.turn(chat, Urgency.REPLY):
                sent.append(chat)

        tasks = [asyncio.create_task(send(chat)) for chat in range(6)]
        await asyncio.sleep(0)
        for task in tasks[1:5]:
            task.cancel()
        await asyncio.wait(tasks)
        return sent

    assert asyncio.run(story()) == [0, 5]


def test_what_hangs_holds_its_place_for_seconds_only() -> None:
    time, sent = Time(), list[float]()
    pacer = paced(time)

    async def hang(chat: int) -> None:
        async with pacer.turn(chat, Urgency.ASIDE):
            await time.sleep(100)

    async def answer() -> None:
        await time.sleep(0.1)
        for chat in range(60):
            async with pacer.turn(1000 + chat, Urgency.REPLY):
                sent.append(time.now)

    asyncio.run(time.run(*(hang(chat) for chat in range(30)), answer()))
    assert min(sent) < HELD + 1.1
    assert max(sent) < HELD + 4


def test_what_fails_at_once_says_nothing_of_how_long_an_answer_takes() -> None:
    """Where nothing can be connected to, the next request is not taken to be faster than it is."""
    time, counted = Time(), list[float]()
    pacer = paced(time)

    async def send(chat: int) -> None:
        with suppress(ConnectionError):
            async with pacer.turn(chat, Urgency.BULK):
                if chat % 10 == 5:
                    raise ConnectionError
                await time.sleep(0.1)
                counted.append(time.now)
                await time.sleep(0.1)

    asyncio.run(time.run(*(send(chat) for chat in range(600))))
    assert most_in(counted, 1) <= 30
    settled = sorted(counted)[100:]
    assert len(settled) / (settled[-1] - settled[0]) > 0.9 * 0.95 * 30
