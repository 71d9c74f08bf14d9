"""Updates that wait for the bot, and the long poll that fetches them."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.platforms.signals import Signal

from .bodies import Json
from .refusals import Mistake, Refusal, conflict
from .sent import Press, Sent

BY_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
"""Kinds that are sent only to a bot that asks for them by name (https://core.telegram.org/bots/api#getupdates)."""

KINDS = BY_REQUEST | {
    *("message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "my_chat_member"),
    *("business_connection", "business_message", "edited_business_message", "deleted_business_messages"),
    *("guest_message", "inline_query", "chosen_inline_result", "shipping_query", "pre_checkout_query"),
    *("purchased_paid_media", "poll", "poll_answer", "chat_join_request", "chat_boost", "removed_chat_boost"),
    "managed_bot",
}
"""Every kind of update (https://core.telegram.org/bots/api#update)."""

OTHER_POLL = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_SET = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"


@dataclass(eq=False)
class Update:
    """Something that happened for the bot. `delivered` is False where Telegram keeps it from the bot: then `id` is 0.

    `handled` turns true when the bot confirmed it: the offset passed it, or the webhook answered 2xx.
    """

    id: int
    kind: str
    content: Json
    message: Sent | None = None
    press: Press | None = None
    handled: bool = False

    @property
    def delivered(self) -> bool:
        """Whether the bot gets to see it."""
        return self.id > 0

    @property
    def lane(self) -> int:
        """The chat whose order it keeps."""
        message = self.content.get("message", self.content)
        return int(message["chat"]["id"])

    def json(self) -> Json:
        """As Telegram sends it."""
        return {"update_id": self.id, self.kind: self.content}


@dataclass(eq=False)
class Entry:
    """An update's place in the queue. One that comes `again` is handed out whatever the offset, once."""

    update: Update
    again: bool = False
    out: bool = False


@dataclass(eq=False)
class Queue:
    """Unconfirmed updates in order, and at most one long poll that waits for more."""

    signal: Signal
    entries: deque[Entry] = field(default_factory=deque)
    made: list[Update] = field(default_factory=list)
    webhook: bool = False
    allowed: list[str] | None = None
    on_new: Callable[[], None] | None = None
    _ids: "count[int]" = field(default_factory=lambda: count(701_000_001))
    _poll: "asyncio.Future[str] | None" = None

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind, or gets it without asking."""
        return kind in self.allowed if self.allowed else kind not in BY_REQUEST

    def allow(self, kinds: Any) -> None:
        """Take a new `allowed_updates`; None leaves the old one, an empty list is the default.

        Raises Mistake for a kind that there is not: Telegram would just never send it.
        """
        if unknown := set(kinds or ()) - KINDS:
            raise Mistake("allowed_updates has an unknown kind", str(sorted(unknown)))
        if kinds is not None:
            self.allowed = list(kinds) or None

    def add(self, update: Update) -> None:
        """Queue what just happened, unless the bot does not want this kind."""
        if self.wants(update.kind):
            update.id = next(self._ids)
            self.made.append(update)
            self.entries.append(Entry(update))
            self.wake()

    def add_again(self, update: Update, times: int) -> None:
        """Queue an update once more, under its own id, confirmed or not."""
        assert update.delivered, "the bot never got this update"
        self.entries.extend(Entry(update, again=True) for _ in range(times))
        self.wake()

    def wake(self) -> None:
        """Tell whoever waits that there is something new."""
        self.end_poll("arrived")
        if self.on_new is not None:
            self.on_new()
        self.signal.fire()

    def end_poll(self, why: str) -> None:
        """Let the waiting poll, if any, return: with what there is, or with the conflict of this name."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(why)

    def confirm(self, entry: Entry) -> None:
        """The bot has this one."""
        if entry in self.entries:
            self.entries.remove(entry)
        entry.update.handled = True
        self.signal.fire()

    def forget(self) -> None:
        """Drop everything that waits, unhandled."""
        self.entries.clear()

    async def poll(self, offset: int, limit: int, timeout: int) -> list[Json]:  # noqa: ASYNC109
        """What getUpdates answers. Raises Refusal (409) where a webhook is set or another poll takes over."""
        if self.webhook:
            raise conflict(WEBHOOK_SET)
        self.end_poll(OTHER_POLL)
        self._confirm_before(offset)
        if not (batch := self._batch(offset, limit)) and timeout > 0:
            await self._wait(timeout)
            batch = self._batch(offset, limit)
        for entry in batch:
            entry.out = True
        return [entry.update.json() for entry in batch]

    async def _wait(self, seconds: int) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([poll], timeout=seconds)
        finally:
            if self._poll is poll:
                self._poll = None
        if poll.done() and poll.result() != "arrived":
            raise Refusal(409, f"Conflict: {poll.result()}")

    def _batch(self, offset: int, limit: int) -> list[Entry]:
        fitting = [entry for entry in self.entries if entry.again or entry.update.id >= offset]
        return fitting[:limit]

    def _confirm_before(self, offset: int) -> None:
        if offset < 0:
            gone = list(self.entries)[:offset]
        else:
            gone = [entry for entry in self.entries if (entry.out if entry.again else entry.update.id < offset)]
        for entry in gone:
            entry.update.handled = True
        if gone:
            dead = set(map(id, gone))
            self.entries = deque(entry for entry in self.entries if id(entry) not in dead)
            self.signal.fire()
