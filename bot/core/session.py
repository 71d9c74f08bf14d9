"""Study sessions: a group sits down together at an agreed time, with breaks that begin for all at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.ids import GroupId, LearnerId, SessionId
from bot.core.reminder import after

SHORTEST, USUAL, LONGEST = 15, 90, 8 * 60
"""Minutes of a session: the fewest, those of one for which nobody said how many, and the most."""
FARTHEST = timedelta(days=60)
"""So far ahead a session may be agreed on."""
MOST_AHEAD = 10
"""Sessions to come that a group has at most, one of each series included."""
MOST_MOVES = 5
"""How often one session may be moved: those who are coming are told each time."""
REMIND_BEFORE = timedelta(minutes=10)
"""Those who are coming are reminded so long before it begins."""
ANNOUNCE_BEFORE = timedelta(days=1)
"""A session of a series is announced so long before it begins; the first one at once."""
EMPTY_IN_A_ROW = 3
"""A series ends by itself after so many sessions to which nobody came."""
LONGEST_TOPIC = 120
"""Characters of what a session is about."""


@dataclass(frozen=True)
class Rhythm:
    """Minutes of study, then minutes of rest, in turn."""

    study: int = 50
    rest: int = 10

    @property
    def possible(self) -> bool:
        """Whether anybody would study like that."""
        return 10 <= self.study <= 180 and 1 <= self.rest <= min(60, self.study)


class Phase(NamedTuple):
    """A part of a session: study or rest, from one instant to another (aware UTC)."""

    kind: Literal["study", "rest"]
    begins: datetime
    ends: datetime


class Presence(NamedTuple):
    """A learner was there from an instant on; `until` is None while they are."""

    learner: LearnerId
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Series:
    """Sessions at a local time on weekdays (0 is Monday) of every week."""

    id: int
    group: GroupId
    made_by: LearnerId | None
    weekdays: tuple[int, ...]
    at: time
    zone: ZoneInfo
    minutes: int
    rhythm: Rhythm
    topic: str | None
    ended_at: datetime | None = None
    empty: int = 0
    """How many of the last sessions in a row nobody came to."""

    def next(self, slot: datetime) -> datetime:
        """The first slot of the series after the instant `slot`."""
        return after(self.weekdays, self.at, self.zone, slot).due


@dataclass(frozen=True)
class StudySession:
    """A session of a group. Instants are aware UTC.

    `made_by` is who proposed it, None where they have deleted their account. `series` is the series it belongs to, if
    any, and `slot` the instant the series has for it, which moving it leaves as it is. `moves` counts how often it was
    moved. `announced_at` is set once its message is in the group's places, or on its way there.
    """

    id: SessionId
    group: GroupId
    made_by: LearnerId | None
    starts_at: datetime
    minutes: int
    rhythm: Rhythm
    topic: str | None
    series: int | None = None
    slot: datetime | None = None
    moves: int = 0
    announced_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def phases(self) -> tuple[Phase, ...]:
        """Study and rest in turn. A break is taken only where at least as much study follows it."""
        return tuple(self._phases())

    def _phases(self) -> Iterator[Phase]:
        begins, left = self.starts_at, self.minutes
        while left > self.rhythm.study + 2 * self.rhythm.rest - 1:
            rests = begins + timedelta(minutes=self.rhythm.study)
            goes_on = rests + timedelta(minutes=self.rhythm.rest)
            yield Phase("study", begins, rests)
            yield Phase("rest", rests, goes_on)
            begins, left = goes_on, left - self.rhythm.study - self.rhythm.rest
        yield Phase("study", begins, self.ends_at)

    def phase(self, now: datetime) -> Phase | None:
        """What it is at now; None before its beginning and after its end."""
        return next((phase for phase in self.phases if phase.begins <= now < phase.ends), None)

    def begun(self, now: datetime) -> bool:
        """Whether its time has come, be it over or not."""
        return now >= self.starts_at

    def over(self, now: datetime) -> bool:
        """Whether its time is over, or it is off."""
        return self.cancelled_at is not None or now >= self.ends_at

    def runs(self, now: datetime) -> bool:
        """Whether it goes on now."""
        return self.begun(now) and not self.over(now)

    @property
    def announce_at(self) -> datetime:
        """When its message is due in the group's places, where it was not announced at once."""
        return self.starts_at - ANNOUNCE_BEFORE

    def next_change(self, now: datetime) -> datetime | None:
        """The first instant after `now` at which something has to happen; None where nothing will. An announcement that
        is late is due at once."""
        if self.cancelled_at:
            return None
        moments = [self.starts_at, *(phase.ends for phase in self.phases)]
        if self.announced_at is None:
            if self.announce_at <= now < self.ends_at:
                return now
            moments.append(self.announce_at)
        return min((moment for moment in moments if moment > now), default=None)

    def studied(self, presences: Iterable[Presence], now: datetime) -> int:
        """Whole minutes of study, breaks left out, in which somebody was there until `now`."""
        seconds = sum(
            max(0.0, (min(until or now, phase.ends, now) - max(since, phase.begins)).total_seconds())
            for _, since, until in presences
            for phase in self.phases
            if phase.kind == "study"
        )
        return int(seconds) // 60
