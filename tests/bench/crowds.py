"""The doubles of both platforms with people who talk: each says the next thing when they are answered."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from tests.platforms import discord, telegram

Says = Callable[[], Awaitable[object]]


class Talk:
    """What people say, in turn with what they are shown; every answer must contain `expected`."""

    def __init__(self, expected: str) -> None:
        self._expected = expected
        self._says: dict[int, Says] = {}
        self._begun: dict[int, float] = {}
        self._to_come = self._to_answer = 0
        self._done = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.waited: list[float] = []
        """How many seconds each answer took."""
        self.wrong = ""

    async def of(self, people: dict[int, Says], count: int) -> None:
        """Return when so many sayings of these people, by their ids, are answered. Raises `AssertionError` for an
        answer that is not expected."""
        self._says = people
        self._to_come = self._to_answer = count
        self._done.clear()
        for person in people:
            self._next(person)
        await self._done.wait()
        assert not self.wrong, self.wrong

    def answered(self, person: int, words: str) -> None:
        """Somebody was shown something."""
        begun = self._begun.pop(person, None)
        if begun is None:
            return
        self.waited.append(time.perf_counter() - begun)
        if self._expected not in words:
            self.wrong = words
        self._to_answer -= 1
        if self.wrong or not self._to_answer:
            self._done.set()
        else:
            self._next(person)

    def _next(self, person: int) -> None:
        if self._to_come <= 0:
            return
        self._to_come -= 1
        self._begun[person] = time.perf_counter()
        task = asyncio.create_task(self._say(person))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _say(self, person: int) -> None:
        try:
            await self._says[person]()
        except Exception as error:
            self.wrong = str(error)
            self._done.set()


class TelegramCrowd(telegram.TelegramServer):
    """A local Telegram. What people see is not kept, for there will be much of it."""

    def __init__(self, people: int, expected: str) -> None:
        super().__init__()
        self.talk = Talk(expected)
        self.crowd = [self.person(f"one{number}", started=True) for number in range(people)]

    def show(self, kind: Any, sent: Any) -> None:
        """People see a message come, change or go."""
        self.signal.fire()
        if kind in {"reply", "edit"} and sent.chat.person:
            self.talk.answered(sent.chat.person.id, sent.text)

    async def say(self, words: str, people: Sequence[telegram.Person], count: int) -> None:
        """These people say something, again and again, until there were so many answers."""
        await self.talk.of({person.id: lambda person=person: person.says(words) for person in people}, count)  # type: ignore[misc]


class DiscordCrowd(discord.DiscordServer):
    """A local Discord. What people see is not kept, for there will be much of it."""

    def __init__(self, people: int, expected: str) -> None:
        super().__init__()
        self.talk = Talk(expected)
        self.crowd = [self.person(f"one{number}", interacted=True) for number in range(people)]

    def show(self, kind: Any, sent: Any) -> None:
        """People see a message come, change or go."""
        self.signal.fire()
        if kind in {"reply", "edit"} and sent.channel.person:
            self.talk.answered(sent.channel.person.id, sent.plain)

    async def say(self, words: str, people: Sequence[discord.Person], count: int) -> None:
        """These people use a slash command, again and again, until there were so many answers."""
        name = words.removeprefix("/")
        await self.talk.of({person.id: lambda person=person: person.slash(name) for person in people}, count)  # type: ignore[misc]
