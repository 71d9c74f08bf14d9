"""How often something may be done, counted in memory."""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

_KEYS = 10_000
"""So many keys are counted; with more all are forgotten, so that memory stays bounded."""


@dataclass
class Rate:
    """Allows `most` in `seconds` for each key."""

    most: int
    seconds: float
    clock: Callable[[], float] = time.monotonic
    _counts: dict[Hashable, tuple[float, int]] = field(default_factory=dict)

    def spent(self, key: Hashable) -> bool:
        """Whether nothing more is allowed for this key now."""
        begun, count = self._counts.get(key, (0.0, 0))
        return count >= self.most and self.clock() - begun < self.seconds

    def count(self, key: Hashable) -> None:
        """Note that it was done once."""
        now = self.clock()
        begun, count = self._counts.get(key, (now, 0))
        if now - begun >= self.seconds:
            begun, count = now, 0
        if len(self._counts) >= _KEYS:
            self._counts.clear()
        self._counts[key] = begun, count + 1
