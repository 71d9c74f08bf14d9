"""Queues of answers to be sent: in order within a chat, chats at the same time, at most as many as people can read.

Taking requests in never waits for sending answers: `put` returns at once. Where more answers wait for a chat than its
limit, the rest are left out until those are sent; then one message says from where on.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed
from bot.dialogue.wording import nearest

ROOM = 15
"""Answers that wait for one chat, at about one a second."""
SHARE = 3
"""Of these, answers to one person in a chat of many."""
OVERALL = 3000
"""Answers that wait altogether, at about 30 a second; then nothing is taken in. From half of it on chats have less."""
_LAST = 2
"""Answers for one chat that a stop still waits for; there is time for no more."""
_NAMED = 10
"""People named in one note."""
_WORDS = 40

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Asked:
    """The request that an answer belongs to: the account's id and name, the words typed (shortened), whether it was
    asked in a group chat, and the language of the answer."""

    account: str
    name: str
    words: str
    public: bool
    locale: str


def asked(request: Request, locale: str | None = None) -> Asked:
    """Describe a request for a note; `locale` is the language of its answer, by default the nearest to the
    platform's."""
    words = f"/{request.command} {request.rest}" if request.command else request.rest
    short = words.strip() if len(words) <= _WORDS else f"{words[:_WORDS].strip()}…"
    account_id, name = (request.sender.external_id, request.sender.name) if request.sender else ("", "")
    return Asked(account_id, name, short, request.place is not None, locale or nearest(request.locale))


@dataclass
class Note:
    """One message about a chat in which too much was asked: the first request whose answer was left out, and by account
    the first request that was not carried out."""

    left_out: Asked | None = None
    refused: dict[str, Asked] = field(default_factory=dict)
    locale: str = ""

    def __bool__(self) -> bool:
        return bool(self.left_out or self.refused)

    def reply(self) -> Reply:
        """The note as a reply to be sent."""
        lines = [Text("That was a lot at once.")]
        if self.left_out:
            lines.append(_left_out(self.left_out))
        lines += [_refused(asked) for asked in list(self.refused.values())[:_NAMED]]
        if len(self.refused) > _NAMED:
            lines.append(Text("The same goes for others who have written here since."))
        return reply(*lines)


def _left_out(asked: Asked) -> Text:
    if asked.public:
        return Text(
            "I left out answers here, from “{words}” by {name} on. In private I answer sooner.",
            words=asked.words,
            name=asked.name,
        )
    return Text(
        "I left out answers, from “{words}” on; {history} shows what I have logged.",
        words=asked.words,
        history=Typed("/history"),
    )


def _refused(asked: Asked) -> Text:
    if asked.public:
        return Text(
            "{name}: I logged nothing from “{words}” on. Please wait a minute, then send it again.",
            name=asked.name,
            words=asked.words,
        )
    return Text(
        "I logged nothing from “{words}” on. Please wait a minute, then send it again.",
        words=asked.words,
    )


@dataclass
class _Queue:
    """What waits for one chat."""

    waiting: deque[tuple[Asked, Callable[[], Awaitable[None]]]] = field(default_factory=deque)
    by: Counter[str] = field(default_factory=Counter)
    note: Note = field(default_factory=Note)


class Outbox(Generic[K]):
    """Sends answers, chat by chat; `say` sends a note. The coroutines that are put in must not raise."""

    def __init__(self, say: Callable[[K, Note], Awaitable[None]], room: int = ROOM, overall: int = OVERALL) -> None:
        self._say = say
        self._room = room
        self._overall = overall
        self._queues: dict[K, _Queue] = {}
        self._workers: dict[K, asyncio.Task[None]] = {}
        self._waiting = 0

    @property
    def busy(self) -> int:
        """How many chats have answers being sent or waiting."""
        return len(self._workers)

    @property
    def full(self) -> bool:
        """Whether so many answers wait that no more requests should be taken in."""
        return self._waiting >= self._overall

    def waiting(self, chat: K) -> int:
        """How many answers wait for a chat."""
        return len(self._queues[chat].waiting) if chat in self._queues else 0

    def put(self, chat: K, question: Asked, give: Callable[[], Awaitable[None]]) -> bool:
        """Queue an answer behind the chat's others. False where the limit is reached: the answer is left out, which one
        note will say."""
        queue = self._queue(chat)
        queue.note.locale = question.locale
        room = self._room if self._waiting < self._overall // 2 else SHARE
        if (
            queue.note.left_out
            or len(queue.waiting) >= room
            or (question.public and queue.by[question.account] >= SHARE)
        ):
            queue.note.left_out = queue.note.left_out or question
            return False
        queue.waiting.append((question, give))
        queue.by[question.account] += 1
        self._waiting += 1
        return True

    def refuse(self, chat: K, question: Asked) -> None:
        """Queue a note, behind the answers that wait, that from this request on nothing was carried out."""
        note = self._queue(chat).note
        note.locale = note.locale or question.locale
        note.refused.setdefault(question.account, question)

    async def drain(self, seconds: float) -> bool:
        """Send what waits, for at most so many seconds; of many answers to a chat only the first, and a note about the
        others. False where sending was cut off."""
        for queue in self._queues.values():
            cut = list(queue.waiting)[_LAST:]
            for question, _ in cut:
                queue.waiting.pop()
                queue.by[question.account] -= 1
            self._waiting -= len(cut)
            if cut:
                queue.note.left_out = cut[0][0]
        if not self._workers:
            return True
        _, late = await asyncio.wait(set(self._workers.values()), timeout=seconds)
        for task in late:
            task.cancel()
        return not late

    def _queue(self, chat: K) -> _Queue:
        if chat not in self._queues:
            self._queues[chat] = _Queue()
            self._workers[chat] = asyncio.create_task(self._work(chat, self._queues[chat]))
        return self._queues[chat]

    async def _work(self, chat: K, queue: _Queue) -> None:
        try:
            while queue.waiting or queue.note:
                if queue.waiting:
                    question, give = queue.waiting.popleft()
                    queue.by[question.account] -= 1
                    self._waiting -= 1
                    await give()
                else:
                    note, queue.note = queue.note, Note(locale=queue.note.locale)
                    await self._say(chat, note)
        finally:
            self._waiting -= len(queue.waiting)
            del self._queues[chat], self._workers[chat]
