"""Counts every request to Telegram against its limits: messages, edits, answers to buttons, questions about members.

Requests wait for their turn where they go over the wire. Only the question for updates is not counted: it waits at
Telegram's for what people write, and there is never more than one.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from bot.adapters.pacing import Pacer, Urgency
from bot.adapters.rates import Window

# core.telegram.org/bots/faq, "My bot is hitting limits": 30 a second, 1 a second to a chat with short bursts, 20 a
# minute to a group.
_OVERALL = 30
_INTO_A_CHAT = ("send", "edit", "copy", "forward")
_CHATS = 3
"""Chats that refuse within a second when not each of them has had too much, but all together."""


@dataclass(frozen=True)
class _Purpose:
    """How much a request is waited for, and the chat in which it was asked for, where that is another one."""

    urgency: Urgency = Urgency.REPLY
    flow: int | None = None


_A_REPLY = _Purpose()
_purpose: ContextVar[_Purpose] = ContextVar("purpose", default=_A_REPLY)


@contextmanager
def purpose(urgency: Urgency, flow: int | None = None) -> Iterator[None]:
    """Requests made inside are so urgent, and belong to what was asked in the chat `flow`: its share of the limit is
    used."""
    before = _purpose.set(_Purpose(urgency, flow))
    try:
        yield
    finally:
        _purpose.reset(before)


def _windows(chat: Hashable) -> Sequence[Window]:
    """The limits of a chat; none for what is put into no chat, which goes by its method's name."""
    if not isinstance(chat, int):
        return ()
    return (Window(3, 3), *((Window(20, 60),) if chat < 0 else ()))


class Limits:
    """Telegram's limits for one bot, of which `share` is the part that this process may use now."""

    def __init__(self, share: Callable[[], float] = lambda: 1.0) -> None:
        self._pacer = Pacer(Window(_OVERALL, 1, share), lambda chat: _windows(chat))
        self._refused: dict[int, float] = {}

    @asynccontextmanager
    async def turn(self, method: str, parameters: Mapping[str, Any]) -> AsyncIterator[None]:
        """Wait until a request may be made, and make it inside the context."""
        chat, purpose = _chat(method, parameters), _purpose.get()
        key = method if chat is None else chat
        flow = purpose.flow or parameters.get("chat_id")
        async with self._pacer.turn(key, purpose.urgency, flow=flow, kind=method):
            yield

    def refused(self, method: str, parameters: Mapping[str, Any], body: bytes) -> None:
        """Telegram answered that there were too many requests: keep the pause that it asks for in that chat.

        Whoever asked for something that belongs to no chat keeps the pause by themselves, and messages need not.
        """
        chat = _chat(method, parameters)
        if chat is None:
            return
        now = asyncio.get_running_loop().time()
        self._pacer.pause(chat, _seconds(body))
        self._refused = {known: at for known, at in self._refused.items() if at > now - 1} | {chat: now}
        if len(self._refused) >= _CHATS:
            self._pacer.slow_down()

    def paused(self, chat: int) -> float:
        """For how many more seconds Telegram wants nothing in a chat."""
        return self._pacer.paused(chat)


def _chat(method: str, parameters: Mapping[str, Any]) -> int | None:
    """The chat that something is put into; None for all other requests."""
    chat = parameters.get("chat_id")
    return chat if isinstance(chat, int) and method.startswith(_INTO_A_CHAT) else None


def _seconds(body: bytes) -> float:
    try:
        return float(json.loads(body)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
