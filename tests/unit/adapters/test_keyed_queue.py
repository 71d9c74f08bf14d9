"""One person's requests keep their order, different people's go side by side, and nothing is kept of who is done."""

import asyncio
import gc
import weakref
from collections.abc import Awaitable, Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.keyed_queue import KeyedQueue


class Person:
    """A lane that can be seen to be forgotten."""


def waits(gate: asyncio.Event, done: list[str], name: str) -> Callable[[], Awaitable[None]]:
    async def work() -> None:
        await gate.wait()
        done.append(name)

    return work


async def turns(count: int = 5) -> None:
    """Let everything that can go on go on."""
    for _ in range(count):
        await asyncio.sleep(0)


def test_work_of_one_lane_is_done_in_its_order_and_never_at_once() -> None:
    async def story() -> None:
        queue, gates, done = KeyedQueue(), [asyncio.Event() for _ in range(3)], list[str]()
        for name, gate in zip("abc", gates, strict=True):
            queue.put("ada", waits(gate, done, name))
        gates[2].set()
        gates[1].set()
        await turns()
        assert done == []
        gates[0].set()
        assert await queue.drain(1)
        assert done == ["a", "b", "c"]

    asyncio.run(story())


def test_lanes_go_side_by_side() -> None:
    async def story() -> None:
        queue, slow, fast, done = KeyedQueue(), asyncio.Event(), asyncio.Event(), list[str]()
        queue.put("ada", waits(slow, done, "ada"))
        fast.set()
        queue.put("bob", waits(fast, done, "bob"))
        await turns()
        assert done == ["bob"]
        assert queue.busy == 1
        slow.set()
        assert await queue.drain(1)
        assert queue.busy == 0

    asyncio.run(story())


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=30))
@settings(max_examples=50, deadline=None)
def test_however_long_each_takes_every_lane_keeps_its_order(given: list[tuple[int, int]]) -> None:
    async def story() -> None:
        queue, done, at_work = KeyedQueue(), list[tuple[int, int]](), set[int]()

        def work(number: int, key: int, long: int) -> Callable[[], Awaitable[None]]:
            async def do() -> None:
                assert key not in at_work
                at_work.add(key)
                await turns(long)
                at_work.remove(key)
                done.append((key, number))

            return do

        tasks = [queue.put(key, work(number, key, long)) for number, (key, long) in enumerate(given)]
        assert await queue.drain(5)
        for task in tasks:
            task.result()
        assert sorted(done) == sorted((key, number) for number, (key, _) in enumerate(given))
        for lane in range(4):
            numbers = [number for key, number in done if key == lane]
            assert numbers == sorted(numbers)

    asyncio.run(story())


def test_a_lane_whose_work_is_done_is_forgotten() -> None:
    async def story() -> None:
        queue, gate, person = KeyedQueue(), asyncio.Event(), Person()
        known = weakref.ref(person)
        for name in "ab":
            queue.put(person, waits(gate, [], name))
        del person
        await turns()
        assert known() is not None
        gate.set()
        assert await queue.drain(1)
        await turns()
        gc.collect()
        assert known() is None

    asyncio.run(story())


def test_a_lane_can_be_taken_again() -> None:
    async def story() -> None:
        queue, gate, done = KeyedQueue(), asyncio.Event(), list[str]()
        gate.set()
        for name in "ab":
            queue.put("ada", waits(gate, done, name))
            assert await queue.drain(1)
        assert done == ["a", "b"]

    asyncio.run(story())


def test_work_that_is_broken_off_holds_up_nobody_behind_it() -> None:
    async def story() -> None:
        queue, never, gate, done = KeyedQueue(), asyncio.Event(), asyncio.Event(), list[str]()
        first = queue.put("ada", waits(never, done, "a"))
        gate.set()
        queue.put("ada", waits(gate, done, "b"))
        await turns()
        first.cancel()
        assert await queue.drain(1)
        assert done == ["b"]

    asyncio.run(story())


def test_with_nothing_to_do_draining_is_done_at_once() -> None:
    assert asyncio.run(KeyedQueue().drain(0))


def test_draining_in_time_loses_nothing() -> None:
    async def story() -> None:
        queue, gate, done = KeyedQueue(), asyncio.Event(), list[str]()
        for name in "abc":
            queue.put("ada", waits(gate, done, name))
        drained = asyncio.create_task(queue.drain(5))
        await turns()
        assert not drained.done()
        gate.set()
        assert await drained
        assert done == ["a", "b", "c"]

    asyncio.run(story())


def test_draining_says_what_was_too_late_and_breaks_it_off() -> None:
    async def story() -> None:
        queue, never, gate, done = KeyedQueue(), asyncio.Event(), asyncio.Event(), list[str]()
        gate.set()
        late = [queue.put("ada", waits(never, done, "a")), queue.put("ada", waits(gate, done, "b"))]
        queue.put("bob", waits(gate, done, "bob"))
        assert not await queue.drain(0.01)
        await turns()
        assert all(task.cancelled() for task in late)
        assert done == ["bob"]
        assert queue.busy == 0

    asyncio.run(story())
