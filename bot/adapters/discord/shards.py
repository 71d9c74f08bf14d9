"""Which shards of the gateway a process connects: each gets the events of a part of the servers."""

import re
from dataclasses import dataclass

from bot.adapters.setting import Expected

_WRITTEN = re.compile(r"(?:(\d{1,5})(?:-(\d{1,5}))?/)?(\d{1,5})")


@dataclass(frozen=True)
class Shards:
    """The numbers of the shards of one process, and how many shards there are in all processes."""

    ids: tuple[int, ...]
    count: int

    @classmethod
    def read(cls, written: str) -> "Shards":
        """Read `0-3/8`, `5/8` or `8` (all of them). Raises `Expected`."""
        match = _WRITTEN.fullmatch(written.replace(" ", ""))
        if match:
            first, last, count = match[1], match[2], int(match[3])
            ids = range(int(first), int(last or first) + 1) if first else range(count)
            if ids and ids[-1] < count:
                return cls(tuple(ids), count)
        raise Expected("FIRST-LAST/COUNT, such as 0-3/8; NUMBER/COUNT, or COUNT for all")

    @classmethod
    def all(cls, count: int) -> "Shards":
        """All of so many shards."""
        return cls(tuple(range(count)), count)

    @property
    def whole(self) -> bool:
        """Whether these are all shards there are."""
        return len(self.ids) == self.count

    def __str__(self) -> str:
        return f"{self.ids[0]}-{self.ids[-1]}/{self.count}" if len(self.ids) > 1 else f"{self.ids[0]}/{self.count}"
