"""How fast the bot may send (https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this)."""

import math
from collections import defaultdict, deque
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


@dataclass
class Limits:
    """Strict sliding windows over what was let through; None lifts one.

    `per_chat` is one a second with a burst of three and holds for every chat, `per_group` for groups besides. Only
    messages count, and edits where `edits` says so.
    """

    overall: Window | None = OVERALL
    per_chat: Window | None = PER_CHAT
    per_group: Window | None = PER_GROUP
    edits: bool = False
    _passed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, call: Call) -> int:
        """Whole seconds that the bot must wait before this call; 0 lets it through and counts it."""
        if not self._counts(call):
            return 0
        chat = str(call.params.get("chat_id"))
        windows = {"overall": self.overall, f"chat {chat}": self.per_chat}
        if chat.startswith("-"):
            windows[f"group {chat}"] = self.per_group
        longest = max((self._wait(name, window, call.at) for name, window in windows.items() if window), default=0.0)
        if longest > 0:
            return max(1, math.ceil(longest))
        for name in windows:
            self._passed[name].append(call.at)
        return 0

    def _counts(self, call: Call) -> bool:
        if call.method.startswith("edit"):
            return self.edits
        return call.method.startswith(("send", "copy", "forward")) and call.method != "sendChatAction"

    def _wait(self, name: str, window: Window, now: float) -> float:
        passed = self._passed[name]
        while passed and passed[0] <= now - window.seconds:
            passed.popleft()
        return passed[0] + window.seconds - now if len(passed) >= window.calls else 0.0
