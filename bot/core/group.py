"""Study groups: people who learn together, and the chats in which the bot speaks for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calendar import DAY, WEEK, monday_of
from bot.core.commitment import Commitments
from bot.core.ids import GroupId, LearnerId, PlaceId
from bot.core.learner import Account, Learner

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True)
class Place:
    """A chat of a platform in which a group meets."""

    platform: str
    external_id: str
    title: str


Why = Literal["access", "rights", "closed", "missing", "unknown"]
"""Why a platform takes no messages in a place: the bot cannot see it, may not write in it, it is closed (a topic, an
archived thread), it does not exist any more; or for a reason that the platform does not tell."""


@dataclass(frozen=True)
class Refused:
    """A place in which the platform refuses the bot's messages: its group, since when, and why.

    `told_at` is when an organiser was told of it.
    """

    place: Place
    group: GroupId
    since: datetime
    why: Why
    told_at: datetime | None


@dataclass(frozen=True)
class Group:
    """A study group. Its weeks begin on Monday in its zone.

    `roadmap`, `start` and `locale` are None until an organiser has set them: the roadmap that the group follows, its
    first day, and the language of messages to the whole group.
    """

    id: GroupId
    title: str
    zone: ZoneInfo
    locale: str | None = None
    roadmap: str | None = None
    start: date | None = None
    live: bool = True
    """Whether its places have a board that is kept up to date."""


FINISH = "finish"
"""The kind of the live messages that say that a member has finished a roadmap."""


@dataclass(frozen=True)
class LiveMessage:
    """A message in a place that is edited as what it says changes: a board, the count of a check-in's answers, a study
    session, what names a member who has finished.

    `message` is the platform's id, None until it was sent; `digest` is that of the text; `occasion` is the date it
    is for.
    """

    id: int
    place: PlaceId
    kind: str
    occasion: date | None
    message: str | None
    digest: str | None
    subject: int = 0
    """The id of the study session or of the finished enrollment that it is about; 0 where its place has one message of
    the kind, and below 0 where what it was about was deleted."""

    event: str | None = None
    """The platform's id of the event in its calendar that stands beside it, if any."""


NO_EVENT = "-"
"""In place of the id of an event, where the bot may make none."""
Role = Literal["organiser", "member", "removed"]
"""What somebody is, or was, in a group. Whom an organiser has removed comes back by an invitation alone."""
Shown = Literal["name", "alias", "hidden"]
"""How a member is shown on the board: under their own name, under another one, or not at all."""


@dataclass(frozen=True)
class Member:
    """A learner in a group, with the name shown there. Nobody else may learn that a hidden member exists."""

    learner: LearnerId
    name: str
    role: Role = "member"
    shown: Shown = "name"

    @property
    def hidden(self) -> bool:
        """Whether other members may not learn of this one."""
        return self.shown == "hidden"


class Membership(NamedTuple):
    """A group that a learner is in, and what they are there."""

    group: Group
    member: Member


class KnownPlace(NamedTuple):
    """A place with the number it is kept under."""

    id: PlaceId
    place: Place


class GroupPlace(NamedTuple):
    """A place with the group that meets there."""

    place: Place
    group: Group


class MemberPlace(NamedTuple):
    """A place of a group that a learner is shown in, and the name they have there."""

    place: Place
    group: Group
    name: str


@dataclass(frozen=True)
class Asker:
    """Somebody who wants something of a group: the account they use, and the learner behind it, if it is one's.

    `place` is the chat they are in, None in private; `manages` says whether the platform lets them manage that chat,
    None where it has not been asked yet.
    """

    account: Account
    learner: Learner | None
    place: Place | None = None
    manages: bool | None = None


@dataclass(frozen=True)
class Studied:
    """The minutes that a visible member studied in a period, on all their roadmaps.

    `plans` are the commitments on each of their roadmaps, `late` whether some of it was entered later than the day
    after, `zone` the zone in which their weeks begin.
    """

    member: Member
    minutes: int
    plans: tuple[Commitments, ...]
    late: bool = False
    zone: ZoneInfo = _UTC

    @property
    def start(self) -> date | None:
        """The first day with a commitment; None if there is none."""
        return min((commitment.since for plan in self.plans for commitment in plan.made), default=None)

    def owed(self, first: date, last: date) -> int:
        """Minutes committed for these days: of each week what was committed when it began, each day a seventh.

        For the week in which the member began it is the first commitment. What changes within a week (a pause, an
        illness, other hours) counts from the next week on, a pause that was planned before it from its first day on:
        docs/decisions/0022-met-weeks-and-boards.md.
        """
        sevenths, day = 0, first
        begun = {monday_of(commitment.since) for plan in self.plans for commitment in plan.made}
        for monday in sorted(begun.union(*(plan.pause_weeks(first, last) for plan in self.plans))):
            since, until = max(first, monday), min(last, monday + 6 * DAY)
            if since <= until:
                sevenths += self._unchanged(day, since - DAY)
                sevenths += sum(plan.sevenths(since, until) for plan in self.committed(monday))
                day = until + DAY
        return (sevenths + self._unchanged(day, last) + 3) // 7

    def _unchanged(self, first: date, last: date) -> int:
        """Minutes committed, times seven, for days of weeks in which nothing begins or pauses: the same on each."""
        return max(0, (last - first).days + 1) * sum(plan.committed.on(first) for plan in self.plans)

    def owes(self, first: date, last: date) -> bool:
        """Whether anything is owed on these days by the present commitments."""
        return any(plan.sevenths(first, last) for plan in self.plans)

    def met(self, monday: date) -> bool:
        """Whether they studied in a week at least what they had committed to when it began."""
        return 0 < self.owed(monday, monday + 6 * DAY) <= self.minutes

    def committed(self, monday: date) -> list[Commitments]:
        """What stood when the week began; for who began in it, what they said at the beginning."""
        if self.start is None or self.start >= monday + WEEK:
            return []
        if self.start < monday:
            return [plan.when_began(monday, self.zone) for plan in self.plans]
        first, *more = sorted((plan for plan in self.plans if plan.made), key=_said_at)
        return [first.at_first(), *(plan.at_first() for plan in more if plan.made[0].made_at is None)]


def _said_at(plan: Commitments) -> datetime:
    return plan.made[0].made_at or datetime.min.replace(tzinfo=UTC)


class MetWeeks(NamedTuple):
    """How many members met their week, and the names of the first of them."""

    members: int
    names: Sequence[str]


@dataclass(frozen=True)
class Call:
    """A call for help: a learner who is stuck in a module asks their group."""

    id: int
    learner: LearnerId
    group: GroupId
    module: str
    note: str | None


LATE = timedelta(days=1)
"""What is entered more than so long after the end of its day is marked on boards: a forgotten evening is not."""
