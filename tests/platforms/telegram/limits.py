"""How fast the bot may send (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import math
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from .bodies import Call


class Window(NamedTuple):
    """At most so many calls in any stretch of so many seconds."""

    calls: int
    seconds: float


OVERALL = Window(30, 1)
PER_CHAT = Window(3, 3)
PER_GROUP = Window(20, 60)
IN_A_CHAT = ("send", "copy", "forward", "edit")
"""How the methods begin that put something into a chat."""


@dataclass
class Limits:
    """Strict sliding windows over what was let through; None lifts one.

    `overall` holds for every request but the question for updates. `per_chat` is one a second with a burst of three,
    for messages and edits in every chat, `per_group` for those in groups besides.
    """

    overall: Window | None = OVERALL
    per_chat: Window | None = PER_CHAT
    per_group: Window | None = PER_GROUP
    _passed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, call: Call) -> int:
        """Whole seconds that the bot must wait before this call; 0 lets it through and counts it."""
        windows = {name: window for name, window in self._windows(call) if window}
        longest = max((self._wait(name, window, call.at) for name, window in windows.items()), default=0.0)
        if longest > 0:
            return max(1, math.ceil(longest))
        for name in windows:
            self._passed[name].append(call.at)
        return 0

    def _windows(self, call: Call) -> Iterator[tuple[str, Window | None]]:
        """The limits that a call is counted against, each with its name."""
        if call.method == "getUpdates":
            return
        yield "overall", self.overall
        if call.method.startswith(IN_A_CHAT) and call.method != "sendChatAction":
            chat = str(call.params.get("chat_id"))
            yield f"chat {chat}", self.per_chat
            if chat.startswith("-"):
                yield f"group {chat}", self.per_group

    def _wait(self, name: str, window: Window, now: float) -> float:
        passed = self._passed[name]
        while passed and passed[0] <= now - window.seconds:
            passed.popleft()
        return passed[0] + window.seconds - now if len(passed) >= window.calls else 0.0
