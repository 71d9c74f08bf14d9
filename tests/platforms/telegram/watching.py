"""What a test may look at and wait for."""

import json
from collections.abc import Callable
from typing import Any

from tests.platforms.signals import PATIENCE

from .bodies import Call, Json
from .chats import Chat, Topic
from .people import Person
from .sent import Press, Seen, Sent
from .updates import Update
from .world import World


class Watched(World):
    """A Telegram that keeps every call and every problem, and tells when something has happened."""

    def __init__(self, token: str, username: str, clock: Callable[[], float], wall: Callable[[], float]) -> None:
        """Start with nothing seen."""
        super().__init__(token, username, clock, wall)
        self.calls: list[Call] = []
        self.problems: list[str] = []

    @property
    def callback_answers(self) -> list[Json]:
        """The parameters of every answerCallbackQuery that was taken, in order."""
        return [call.params for call in self.called("answerCallbackQuery") if call.done]

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [call for call in self.calls if call.method == method]

    async def until(self, predicate: Callable[[], object], timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Return once this is true. Raises NotSeen, which tells what happened instead, after `timeout` seconds."""
        await self.signal.until(predicate, timeout, self._report)

    async def handled(self, update: Update, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Return once the bot has confirmed this update. Raises NotSeen."""
        assert update.delivered, "the bot does not get this update"
        await self.until(lambda: update.handled, timeout)

    async def answered(self, update: Update, timeout: float = PATIENCE) -> Press:  # noqa: ASYNC109
        """The press behind this update, once its button stopped spinning. Raises NotSeen."""
        press = update.press
        assert press is not None, "no button was pressed"
        await self.until(lambda: press.answered, timeout)
        return press

    async def hears(
        self,
        where: Chat | Topic | Person,
        text: str,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        after: int | None = None,
    ) -> Sent:
        """The message that was sent or edited there to contain this text.

        Looks from the last thing that a person did in that chat, or from `after`, a length of `seen`. Raises NotSeen.
        """
        topic = where if isinstance(where, Topic) else None
        chat = topic.chat if topic else where.chat if isinstance(where, Person) else where
        assert isinstance(chat, Chat)
        begin = chat.mark if after is None else after
        events: list[Seen] = []

        def fits(event: Seen) -> bool:
            there = event.chat is chat and (topic is None or (event.sent is not None and event.sent.topic is topic))
            return there and event.kind in {"reply", "edit"} and text in event.text

        def look() -> bool:
            events[:] = [event for event in self.seen[begin:] if fits(event)]
            return bool(events)

        await self.until(look, timeout)
        assert events[0].sent is not None
        return chat.history.get(events[0].sent.id, events[0].sent)

    def _report(self) -> str:
        """What happened, for a test that waited in vain."""
        calls = [f"{call.method} -> {call.refused or call.status}" for call in self.calls[-12:]]
        waiting = [entry.update.json() for entry in self.queue.entries][:3]
        facts: dict[str, Any] = {
            "people saw": self.seen[-12:],
            "last calls": calls,
            "unconfirmed updates": json.dumps(waiting)[:600],
            "problems": self.problems,
        }
        return "; ".join(f"{name}: {value}" for name, value in facts.items())
