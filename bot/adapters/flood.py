"""How much one person and one chat may ask for at once. Counted in memory before anything is opened or written."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.dialogue.request import Request

PER_PERSON, PER_PLACE = 60, 600
"""Requests in `SECONDS` whose answers were not waited for; settings say otherwise."""
SECONDS = 60.0
"""The length of a count, and of the pause that follows when it was too much."""
FEW = 5
"""Whoever waits for no more answers than this in a chat is heard there, however much others ask for."""


class Verdict(Enum):
    """What becomes of a request."""

    TAKEN = auto()
    REFUSED = auto()
    """It is not carried out, and that must be said where it was asked."""
    SAID = auto()
    """It is not carried out, and it was said there that from then on nothing is, for a minute."""


@dataclass
class _Count:
    """What was asked for since `begun`: which requests, which of them have no answer yet, by whom, and where a refusal
    was said."""

    begun: float
    requests: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    by: Counter[str] = field(default_factory=Counter)
    said: set[tuple[str, str]] = field(default_factory=set)
    paused: bool = False


class Flood:
    """Counts the requests of a process, each once however often a platform brings it. A restart forgets the counts."""

    def __init__(
        self,
        per_person: int = PER_PERSON,
        per_place: int = PER_PLACE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_person = per_person
        self._per_place = per_place
        self._clock = clock
        self._persons: dict[tuple[str, str], _Count] = {}
        self._places: dict[tuple[str, str], _Count] = {}
        self._swept = clock()

    def judge(self, request: Request) -> Verdict:
        """Count a request. A person who has asked for too much is heard again after a pause of `SECONDS`; in a chat in
        which too much is asked for only those are refused who wait for more than a `FEW` answers there."""
        now = self._clock()
        who, place = _person(request), request.place
        self._sweep(now)
        mine = _of(self._persons, who, now)
        here = _of(self._places, (place.platform, place.external_id), now) if place else None
        if request.id in mine.requests:
            return Verdict.TAKEN
        at = place.external_id if place else who[1]
        if request.sender and (mine.paused or len(mine.open) >= self._per_person):
            if not mine.paused:
                mine.paused, mine.begun = True, now
            return _refused(mine, (at, ""))
        if here:
            by = here.by[who[1]]
            if by >= FEW and here.by.total() >= self._per_place:
                return _refused(here, (at, who[1]))
            here.by[who[1]] += 1
        mine.requests.add(request.id)
        mine.open.add(request.id)
        return Verdict.TAKEN

    def answered(self, request: Request) -> None:
        """The answer was given: whoever waits for each is never refused, however fast they are."""
        who, place = _person(request), request.place
        mine = self._persons.get(who)
        if mine is None or request.id not in mine.open:
            return
        mine.open.discard(request.id)
        here = self._places.get((place.platform, place.external_id)) if place else None
        if here and here.by[who[1]] > 0:
            here.by[who[1]] -= 1

    def _sweep(self, now: float) -> None:
        """Forget the counts that are over, once in a while."""
        if now - self._swept > SECONDS:
            self._swept = now
            for counts in (self._persons, self._places):
                for key in [key for key, count in counts.items() if now - count.begun > SECONDS]:
                    del counts[key]


def _person(request: Request) -> tuple[str, str]:
    """Platform and id of who asks; without an id what a chat itself tells."""
    if request.sender:
        return request.sender.platform, request.sender.external_id
    return (request.place.platform if request.place else ""), ""


def _of(counts: dict[tuple[str, str], _Count], key: tuple[str, str], now: float) -> _Count:
    """The running count of somebody; a new one where theirs is over."""
    count = counts.get(key)
    if count is None or now - count.begun > SECONDS:
        count = counts[key] = _Count(now)
    return count


def _refused(count: _Count, where: tuple[str, str]) -> Verdict:
    if where in count.said:
        return Verdict.SAID
    count.said.add(where)
    return Verdict.REFUSED
