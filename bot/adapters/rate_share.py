"""How much of a platform's rate limit for one token this process may use.

The platform counts per token, so the processes that send with one token share its limit. One of them at a time sends
what nobody waits for (it fills the limit by itself, and messages to one person keep their order); it has a fixed share
of the limit while others answer people, and those divide the rest among themselves. Who is there is known from the
database, so nobody has to be told how many there are, and the share of a process that ends is free again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.ports.processes import Processes

GUEST = 0.02
"""The share of a process that neither answers nor delivers: it logs in, and waits until another ends."""
_MOST_FOR_GUESTS = 0.2


class RateShare:
    """The share of one process in the limit of one token; `bulk` is the part for what nobody waits for."""

    def __init__(self, processes: Processes, token: str, bulk: float) -> None:
        self._processes = processes
        self._bulk = bulk
        self._answers, self._delivers, self._waits = (
            f"{token}: {purpose}" for purpose in ("answers", "delivers", "waits")
        )
        self._delivery = processes.lock(f"{token}: delivery")
        self._mine: set[str] = set()

    @property
    def delivering(self) -> bool:
        """Whether this process is the one that sends what nobody waits for."""
        return self._delivery.confirmed

    @contextmanager
    def take_part(self, *, delivers: bool) -> Iterator[None]:
        """For the length of a block use the token; with `delivers` be the process that delivers as soon as no other
        is."""
        if delivers:
            self._delivery.want()
        try:
            with self._counted(self._delivers if delivers else self._waits):
                yield
        finally:
            self._delivery.release()

    @contextmanager
    def answer(self) -> Iterator[None]:
        """For the length of a block answer people."""
        waited = self._waits in self._mine
        if waited:
            self._leave(self._waits)
        try:
            with self._counted(self._answers):
                yield
        finally:
            if waited:
                self._join(self._waits)

    def __call__(self) -> float:
        """From 0 (wait for the others to notice this process) to 1 (nobody else sends)."""
        groups = (self._answers, self._delivers, self._waits)
        answering, delivering, waiting = map(self._processes.count, groups)
        if answering + delivering + waiting <= len(self._mine):
            return 1.0
        if not all(map(self._processes.known, self._mine)):
            return 0.0
        share = 0.0
        if self._answers in self._mine:
            share += (1 - self._bulk if delivering else 1.0) / max(answering, 1)
        if self.delivering:
            share += self._bulk if answering else 1.0
        guests = waiting + max(delivering - 1, 0)
        return share * (1 - min(guests * GUEST, _MOST_FOR_GUESTS)) or GUEST

    @contextmanager
    def _counted(self, group: str) -> Iterator[None]:
        self._join(group)
        try:
            yield
        finally:
            self._leave(group)

    def _join(self, group: str) -> None:
        self._mine.add(group)
        self._processes.join(group)

    def _leave(self, group: str) -> None:
        self._processes.leave(group)
        self._mine.discard(group)
