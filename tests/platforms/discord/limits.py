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
PER_ANSWER = Window(5, 2)


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

    `overall` holds for everything but answers to interactions, `per_channel` for the new messages in one channel and,
    counted by themselves, for the edits there, `per_answer` for the messages that follow the answer to one interaction.
    """

    overall: Window | None = OVERALL
    per_channel: Window | None = PER_CHANNEL
    per_answer: Window | None = PER_ANSWER
    _passed: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait(self, call: Call) -> Wait | None:
        """What the bot must wait for before this call; None lets it through and counts it."""
        overall = None if call.route.startswith(WITHOUT_TOKEN) else self.overall
        bucket, window = self._bucket(call)
        if overall and (seconds := self._wait("", overall, call.at)) > 0:
            return Wait(round(seconds, 3), True)
        if window and (seconds := self._wait(bucket, window, call.at)) > 0:
            return Wait(round(seconds, 3), False)
        if overall:
            self._passed[""].append(call.at)
        if window:
            self._passed[bucket].append(call.at)
        return None

    def _bucket(self, call: Call) -> tuple[str, Window | None]:
        """What a call is counted together with, and the limit of that; None where it has none of its own."""
        match call.method, call.route:
            case ("POST", "/channels/{channel_id}/messages") | (
                "PATCH",
                "/channels/{channel_id}/messages/{message_id}",
            ):
                return f"{call.method} {call.ids['channel_id']}", self.per_channel
            case "POST", "/webhooks/{webhook_id}/{webhook_token}":
                return f"{call.method} {call.ids['webhook_token']}", self.per_answer
        return "", None

    def left(self, call: Call) -> tuple[int, int, float]:
        """Limit, remaining calls and seconds until there are more, for a call that was let through."""
        bucket, window = self._bucket(call)
        if window is None:
            return PLENTY
        passed = self._passed[bucket]
        until = passed[0] + window.seconds - call.at if passed else 0.0
        return window.calls, max(0, window.calls - len(passed)), max(0.0, until)

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
