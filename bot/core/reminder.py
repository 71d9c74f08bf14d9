"""Reminder rules, the occasions on which they apply, and the deliveries that come of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, instant, local_date
from bot.core.ids import DeliveryId, GroupId, LearnerId, PlaceId

ONE_OFF = "one_off"
"""The kind of a delivery that no rule asks for: a saved request that is sent once, such as the end of a timer. The
word is stored."""
STUDY_TIME = "studytime"
"""The kind of the rules for a learner's own study times, of which they may have several or none."""
ONE_OFF_LATE_AFTER = timedelta(days=2)
"""How late a one-off message may still come."""

BESIDE = timedelta(minutes=10)
"""A study time comes beside another message that is due at the same instant, unless both are later than this."""
SILENCE = 3
"""After this many check-ins without a sign of life the bot says once that it will be quiet, and is."""
SILENCE_AFTER = timedelta(days=1)
"""A check-in counts as unanswered after this time."""


@dataclass(frozen=True)
class ReminderKind:
    """A kind of reminder as far as the schedule needs it. What it says is declared with the command that composes it.

    It comes on `weekday` (0 is Monday) at the local time `at` until the learner says otherwise, and not at all where it
    would come more than `late_after` after that: it would be about something that is over, or wake people for nothing.
    """

    name: str
    weekday: int
    at: time
    late_after: timedelta
    usual: bool = True
    """Whether everybody has it; else only who chose times for it."""


@dataclass(frozen=True)
class Rule:
    """A reminder: kind, weekday (0 is Monday), local time. `due` is its next instant, None while it is muted.

    It is a learner's, or else a group's. A learner may ask for it on several days: `further` are those besides
    `weekday`, which is the first of them.

    A learner has one of each kind, and of `STUDY_TIME` as many as they like: each has its `slot`
    (`bot.core.study_time.slot_number`) and `minutes`, and is silent before the local date `since`.
    """

    id: int
    learner: LearnerId | None
    kind: str
    weekday: int
    at: time
    zone: ZoneInfo
    due: datetime | None
    group: GroupId | None = None
    further: tuple[int, ...] = ()
    slot: int = 0
    minutes: int = 0
    since: date | None = None

    @property
    def weekdays(self) -> tuple[int, ...]:
        """Every day of the week on which it comes, Monday first."""
        return (self.weekday, *self.further)


@dataclass(frozen=True)
class Occasion:
    """One time a rule applies: the learner's local date it is for, and the instant."""

    day: date
    due: datetime


@dataclass(frozen=True)
class Delivery:
    """One occasion of a rule, or a one-off message, for a learner or for a place of a group.

    `state` is pending until it is settled; `nothing_to_send` where composing it raised `NothingToSend` or a `Refusal`,
    and where it was withdrawn.

    `platform` is where it goes: its worker alone takes it. The kind of a one-off message is `ONE_OFF`.
    """

    id: DeliveryId
    kind: str
    learner: LearnerId | None
    occasion: date
    due: datetime
    state: Literal["pending", "sent", "nothing_to_send", "expired", "unreachable"]
    attempts: int = 0
    settled_at: datetime | None = None
    reason: str | None = None
    place: PlaceId | None = None
    platform: str | None = None
    request: str | None = None
    """What a one-off message says: a saved request."""
    slot: int = 0
    """Of a study time: which one."""


def after(weekday: int | Collection[int], at: time, zone: ZoneInfo, now: datetime) -> Occasion:
    """The first occasion of a weekly local time, on one weekday or on several, strictly after `now`."""
    weekdays = {weekday} if isinstance(weekday, int) else weekday
    today = local_date(now, zone)
    # A day back and a week ahead: near a change of the clocks the instant of a date may lie on the next one.
    for n in range(-1, 9):
        day = today + n * DAY
        if day.weekday() in weekdays and (due := instant(day, at, zone)) > now:
            return Occasion(day, due)
    raise AssertionError("a week has every weekday")


class Occasions(NamedTuple):
    """The newest occasion up to an instant, and the one that follows it."""

    newest: Occasion
    following: Occasion


def newest(rule: Rule, now: datetime) -> Occasions:
    """Of a rule whose time has come: the newest occasion up to `now`, and the one that follows it.

    After an outage the older occasions in between are passed over on purpose: one message, not a burst.
    """
    return _around(rule.weekdays, rule.at, rule.zone, now)


@lru_cache(maxsize=512)  # most of the rules that are due at once are at the same time of the same zone
def _around(weekdays: tuple[int, ...], at: time, zone: ZoneInfo, now: datetime) -> Occasions:
    """The newest occasion of a weekly local time up to `now`, and the one that follows it."""
    coming = after(weekdays, at, zone, now)
    # The newest that has passed lies in the week before the coming one.
    last = after(weekdays, at, zone, coming.due - timedelta(days=7, hours=12))
    while (later := after(weekdays, at, zone, last.due)).due < coming.due:
        last = later
    return Occasions(last, coming)


def beside(kind: str, due: datetime, other: str, other_due: datetime, now: datetime) -> bool:
    """Whether two messages for one person are both sent though they are due at the same instant: one is for a study
    time, and none is late."""
    return due == other_due and (kind == STUDY_TIME) != (other == STUDY_TIME) and now - due <= BESIDE


def late_limits(kinds: Iterable[ReminderKind]) -> dict[str, timedelta]:
    """How late a message may still come, for each of these kinds and for one-off messages."""
    return {kind.name: kind.late_after for kind in kinds} | {ONE_OFF: ONE_OFF_LATE_AFTER}


def expired(kind: str, due: datetime, now: datetime, limits: Mapping[str, timedelta]) -> bool:
    """Whether a message would come too late now; one of a kind that does not exist any more always would."""
    return kind not in limits or now - due > limits[kind]


def missing_rules(rules: Collection[Rule], kinds: Iterable[ReminderKind]) -> list[ReminderKind]:
    """The kinds of which a learner with these rules has none yet."""
    return [kind for kind in kinds if kind.usual and not any(rule.kind == kind.name for rule in rules)]


def all_muted(rules: Collection[Rule]) -> bool:
    """Whether somebody has reminders and wants none of them."""
    return bool(rules) and not any(rule.due for rule in rules)


def quiet(unanswered: int) -> bool:
    """Whether so many unanswered check-ins are enough to stop asking."""
    return unanswered >= SILENCE


def retry_delay(attempts: int) -> timedelta:
    """How long to wait after the n-th failed attempt: 10 s, 20 s, 40 s … at most 15 minutes."""
    return min(timedelta(seconds=10 * 2 ** min(attempts - 1, 10)), timedelta(minutes=15))
