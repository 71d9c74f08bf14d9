"""How fast the bot may send (https://discord.com/developers/docs/topics/rate-limits)."""

import hashlib
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import NamedTuple

from .calls import Call, Json
from .routes import WITHOUT_TOKEN


class Window(NamedTuple):
    """At most so many calls in any stretch of so many seconds."""

    calls: int
    seconds: float


OVERALL = Window(50, 1)
PER_CHANNEL = Window(5, 5)


class Wait(NamedTuple):
    """How long the bot must wait, and whether with everything."""

    seconds: float
    everywhere: bool

    def answer(self) -> Json:
        """The body of the 429."""
        return {"message": "You are being rate limited.", "retry_after": self.seconds, "global": self.everywhere}

    def headers(self) -> dict[str, str]:
        """The headers of the 429; the library tries again only where there is a Via."""
        scope = "global" if self.everywhere else "user"
        shown = {"Retry-After": str(max(1, round(self.seconds))), "Via": "1.1 google", "X-RateLimit-Scope": scope}
        return shown | ({"X-RateLimit-Global": "true"} if self.everywhere else {})


@dataclass
class Limits:
    """Strict sliding windows over what was let through; None lifts one.

    `overall` holds for everything but answers to interactions, `per_channel` for new messages in one channel.
    """

    overall: Window | None = OVERALL
    per_channel: Window | None = PER_CHANNEL
    _passed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, call: Call) -> Wait | None:
        """What the bot must wait for before this call; None lets it through and counts it."""
        overall = None if call.route.startswith(WITHOUT_TOKEN) else self.overall
        channel = self.channel(call)
        if overall and (seconds := self._wait("", overall, call.at)) > 0:
            return Wait(round(seconds, 3), True)
        if channel and self.per_channel and (seconds := self._wait(channel, self.per_channel, call.at)) > 0:
            return Wait(round(seconds, 3), False)
        if overall:
            self._passed[""].append(call.at)
        if channel:
            self._passed[channel].append(call.at)
        return None

    @staticmethod
    def channel(call: Call) -> str:
        """The channel in which a call makes a message; empty where it makes none."""
        made = (call.method, call.route) == ("POST", "/channels/{channel_id}/messages")
        return call.ids["channel_id"] if made else ""

    def left(self, call: Call) -> tuple[int, int, float]:
        """Limit, remaining calls and seconds until there are more, for a call that was let through."""
        channel = self.channel(call)
        if not channel or self.per_channel is None:
            return PLENTY
        passed = self._passed[channel]
        until = passed[0] + self.per_channel.seconds - call.at if passed else 0.0
        return self.per_channel.calls, max(0, self.per_channel.calls - len(passed)), max(0.0, until)

    def _wait(self, name: str, window: Window, now: float) -> float:
        passed = self._passed[name]
        while passed and passed[0] <= now - window.seconds:
            passed.popleft()
        return passed[0] + window.seconds - now if len(passed) >= window.calls else 0.0


PLENTY = (1000, 999, 1.0)


def headers(call: Call, limits: Limits | None, now: float) -> dict[str, str]:
    """The rate limit headers of an answer."""
    most, left, after = PLENTY if limits is None else limits.left(call)
    bucket = hashlib.sha256(f"{call.method} {call.route}".encode()).hexdigest()[:32]
    shown = {"Limit": most, "Remaining": left, "Reset": f"{now + after:.3f}", "Reset-After": f"{after:.3f}"}
    return {f"X-RateLimit-{name}": str(value) for name, value in shown.items()} | {"X-RateLimit-Bucket": bucket}
