"""How many requests one person and one chat may make at once. Counted in memory before the database is used."""

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
    SILENT = auto()
    """It is not carried out, and it was said there that from then on nothing is, for a minute."""


@dataclass
class _Count:
    """The requests counted since `begun`: their ids, those without an answer yet (`open`, and how many of them `by`
    whom), and in which chats a refusal was announced to whom."""

    begun: float
    requests: set[str] = field(default_factory=set)
    open: set[str] = field(default_factory=set)
    by: Counter[str] = field(default_factory=Counter)
    announced: set[tuple[str, str]] = field(default_factory=set)
    paused: bool = False


class Flood:
    """Counts the requests of this process, each once however often a platform brings it. The counts are lost at a
    restart."""

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
        """Count a request, and say whether to carry it out.

        Who has asked for too much is refused for `SECONDS`. In a chat in which all together ask for too much, only
        those are refused who wait for `FEW` answers there or more.
        """
        now = self._clock()
        person, place = _person(request), request.place
        self._sweep(now)
        person_count = _of(self._persons, person, now)
        chat_count = _of(self._places, (place.platform, place.external_id), now) if place else None
        if request.id in person_count.requests:
            return Verdict.TAKEN
        chat = place.external_id if place else person[1]
        if request.sender and (person_count.paused or len(person_count.open) >= self._per_person):
            if not person_count.paused:
                person_count.paused, person_count.begun = True, now
            return _refused(person_count, (chat, ""))
        if chat_count:
            unanswered = chat_count.by[person[1]]
            if unanswered >= FEW and chat_count.by.total() >= self._per_place:
                return _refused(chat_count, (chat, person[1]))
            chat_count.by[person[1]] += 1
        person_count.requests.add(request.id)
        person_count.open.add(request.id)
        return Verdict.TAKEN

    def answered(self, request: Request) -> None:
        """The answer was given. Whoever waits for each answer is never refused, however fast they ask."""
        person, place = _person(request), request.place
        person_count = self._persons.get(person)
        if person_count is None or request.id not in person_count.open:
            return
        person_count.open.discard(request.id)
        chat_count = self._places.get((place.platform, place.external_id)) if place else None
        if chat_count and chat_count.by[person[1]] > 0:
            chat_count.by[person[1]] -= 1

    def _sweep(self, now: float) -> None:
        """Drop the counts that are over, at most once in `SECONDS`."""
        if now - self._swept > SECONDS:
            self._swept = now
            for counts in (self._persons, self._places):
                for key in [key for key, count in counts.items() if now - count.begun > SECONDS]:
                    del counts[key]


def _person(request: Request) -> tuple[str, str]:
    """Platform and id of the sender; no id for an event, which has no sender."""
    if request.sender:
        return request.sender.platform, request.sender.external_id
    return (request.place.platform if request.place else ""), ""


def _of(counts: dict[tuple[str, str], _Count], key: tuple[str, str], now: float) -> _Count:
    """The running count of a person or chat; a new one where it is over."""
    count = counts.get(key)
    if count is None or now - count.begun > SECONDS:
        count = counts[key] = _Count(now)
    return count


def _refused(count: _Count, where: tuple[str, str]) -> Verdict:
    if where in count.announced:
        return Verdict.SILENT
    count.announced.add(where)
    return Verdict.REFUSED
