"""Answers go out in order and side by side, never more wait than there is room for, and what is left out is said."""

import asyncio
from collections.abc import Awaitable, Callable

from bot.adapters.outbox import ROOM, SHARE, Asked, Note, Outbox
from bot.dialogue.wording import Wording

WAITING = 50


def words(note: Note) -> str:
    return "\n".join(Wording("en").say(block.text) for block in note.reply().blocks)  # type: ignore[union-attr]


class Desk:
    """An outbox whose answers take until the gate is open, and all that went out."""

    def __init__(self, **bounds: int) -> None:
        self.out: list[tuple[str, str]] = []
        self.gate = asyncio.Event()
        self.outbox: Outbox[str] = Outbox(self._say, **bounds)

    async def _say(self, chat: str, note: Note) -> None:
        self.out.append((chat, words(note)))

    def _give(self, chat: str, answer: str) -> Callable[[], Awaitable[None]]:
        async def give() -> None:
            await self.gate.wait()
            self.out.append((chat, answer))

        return give

    async def put(self, chat: str, *answers: str, who: str = "1", public: bool = False) -> list[bool]:
        taken = []
        for answer in answers:
            taken.append(self.outbox.put(chat, Asked(who, "Ada", answer, public, "en"), self._give(chat, answer)))
            await asyncio.sleep(0)
        return taken

    def of(self, chat: str) -> list[str]:
        return [text for receiver, text in self.out if receiver == chat]

    async def end(self) -> None:
        self.gate.set()
        await asyncio.gather(*self.outbox._workers.values())


def numbers(count: int) -> list[str]:
    return [f"/log {n}m" for n in range(1, count + 1)]


def test_a_chats_answers_keep_their_order_and_chats_go_side_by_side() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.put("ada", "1", "2", "3")
        never = asyncio.Event()

        async def hang() -> None:
            await never.wait()

        desk.outbox.put("bob", Asked("2", "Bob", "x", False, "en"), hang)
        desk.gate.set()
        for _ in range(20):
            await asyncio.sleep(0)
        assert desk.of("ada") == ["1", "2", "3"]
        never.set()
        await desk.end()

    asyncio.run(story())


def test_what_there_is_no_room_for_is_left_out_and_said_once_behind_the_rest() -> None:
    async def story() -> None:
        desk = Desk()
        taken = await desk.put("ada", *numbers(WAITING))
        kept = ROOM + 1  # one is on its way
        assert taken == [True] * kept + [False] * (WAITING - kept)
        await desk.end()
        *answers, note = desk.of("ada")
        assert answers == numbers(kept)
        assert f"I left out answers, from “/log {kept + 1}m” on" in note
        assert "/history" in note
        await desk.put("ada", "afterwards")
        await desk.end()
        assert desk.of("ada")[-1] == "afterwards"

    asyncio.run(story())


def test_once_something_is_left_out_all_is_until_that_was_said() -> None:
    async def story() -> None:
        desk = Desk(room=2)
        await desk.put("ada", *numbers(4))
        desk.gate.set()
        await desk.put("ada", "in between")
        await desk.end()
        assert desk.of("ada")[:3] == numbers(3)
        assert "from “/log 4m” on" in desk.of("ada")[3]
        assert len(desk.of("ada")) == 4

    asyncio.run(story())


def test_room_that_becomes_free_before_that_was_said_is_for_nothing_later() -> None:
    async def story() -> None:
        desk, gates = Desk(room=2), [asyncio.Event() for _ in range(3)]
        for n, gate in enumerate(gates):

            async def wait(gate: asyncio.Event = gate) -> None:
                await gate.wait()

            assert desk.outbox.put("ada", Asked("1", "Ada", str(n), False, "en"), wait)
            await asyncio.sleep(0)
        assert await desk.put("ada", "3") == [False]
        gates[0].set()
        await asyncio.sleep(0.01)
        assert desk.outbox.waiting("ada") == 1
        assert await desk.put("ada", "4") == [False]
        for gate in gates:
            gate.set()
        await desk.end()
        (note,) = desk.of("ada")
        assert "from “3” on" in note

    asyncio.run(story())


def test_left_out_and_refused_are_one_note_and_each_person_is_named_in_a_chat_of_many() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.put("ada", *numbers(20))
        desk.outbox.refuse("ada", Asked("1", "Ada", "/log 21m", False, "en"))
        desk.outbox.refuse("ada", Asked("1", "Ada", "/log 22m", False, "en"))
        for n in range(12):
            desk.outbox.refuse("cafe", Asked(str(n), f"p{n}", f"/log {n}h", True, "en"))
        await desk.end()
        note = desk.of("ada")[-1]
        assert sum("a lot at once" in text for text in desk.of("ada")) == 1
        assert "left out answers, from “/log 17m” on" in note
        assert "I logged nothing from “/log 21m” on" in note
        assert "22m" not in note
        (public,) = desk.of("cafe")
        assert "p3: I logged nothing from “/log 3h” on" in public
        assert "others who have written here" in public

    asyncio.run(story())


def test_one_person_does_not_take_all_of_a_groups_room() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.put("cafe", *numbers(SHARE + 1), who="1", public=True)
        assert await desk.put("cafe", "bob's", who="2", public=True) == [True]
        assert await desk.put("cafe", "ada's next", who="1", public=True) == [False]
        await desk.end()

    asyncio.run(story())


def test_the_whole_is_bounded_and_empties_again() -> None:
    async def story() -> None:
        desk = Desk(overall=100)
        for chat in range(40):
            await desk.put(str(chat), *numbers(20))
        full = desk.outbox.full
        assert full
        assert desk.outbox._waiting <= 100 + 40 * SHARE
        await desk.end()
        assert not desk.outbox.full
        assert desk.outbox._waiting == 0
        assert desk.outbox._queues == {}

    asyncio.run(story())


def test_a_stop_sends_the_first_answers_and_says_what_it_leaves_out() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.put("ada", *numbers(10))
        draining = asyncio.create_task(desk.outbox.drain(5))
        await asyncio.sleep(0)
        desk.gate.set()
        assert await draining
        assert desk.of("ada")[:3] == numbers(3)
        assert "from “/log 4m” on" in desk.of("ada")[3]
        assert desk.outbox._waiting == 0

    asyncio.run(story())


def test_a_stop_waits_no_longer_than_it_may() -> None:
    async def story() -> None:
        desk = Desk()
        await desk.put("ada", "1", "2")
        assert not await desk.outbox.drain(0.01)
        await asyncio.sleep(0)
        assert desk.outbox.busy == 0

    asyncio.run(story())
