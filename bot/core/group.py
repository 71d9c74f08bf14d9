"""Study groups: people who learn together, and the chats in which the bot speaks for them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.core.commitment import Commitments


@dataclass(frozen=True)
class Place:
    """A chat of a platform in which a group meets."""

    platform: str
    external_id: str
    title: str


@dataclass(frozen=True)
class Group:
    """A study group with the zone in which its week turns.

    Where an organiser has given it a home, `roadmap` is what it follows and `start` its first day; `locale` is the
    language the bot speaks to all of them at once.
    """

    id: int
    title: str
    zone: ZoneInfo
    locale: str | None = None
    roadmap: str | None = None
    start: date | None = None
    live: bool = True
    """Whether a board stands in its places and is kept up to date."""


@dataclass(frozen=True)
class LiveMessage:
    """A message that stands in a place and is edited as things change: a board, or a check-in's count.

    `message` is the platform's id, None until it was sent; `digest` of what it says; `occasion` the day it is for;
    `due` when it was to be shown anew.
    """

    id: int
    place: int
    kind: str
    occasion: date | None
    message: str | None
    digest: str | None
    due: datetime


Role = Literal["organiser", "member", "put out"]
Shown = Literal["name", "alias", "hidden"]
"""How a member stands on the board: under their own name, under another one, or not at all."""


@dataclass(frozen=True)
class Member:
    """A learner in a group, and the name they are shown by. Whoever is hidden exists for nobody but themselves."""

    learner: int
    name: str
    role: Role = "member"
    shown: Shown = "name"

    @property
    def hidden(self) -> bool:
        """Whether nobody else may know of this member."""
        return self.shown == "hidden"


@dataclass(frozen=True)
class Studied:
    """What a member who is shown studied from one day to another, over all their roadmaps, in minutes.

    `plans` are what they mean to study on each of their roadmaps. `late`: some of it was entered later than the day
    after.
    """

    member: Member
    minutes: int
    plans: tuple[Commitments, ...]
    late: bool = False

    @property
    def start(self) -> date | None:
        """The first day on which they meant to study."""
        return min((plan.made[0].since for plan in self.plans if plan.made), default=None)

    def owed(self, first: date, last: date) -> int:
        """Minutes this member means to study in these days: of whole weeks their targets, else each day a seventh."""
        if first.weekday() == 0 and (last - first).days == 6:
            return sum(plan.target(first) for plan in self.plans)
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        return sum(plan.on(day) for plan in self.plans for day in days) // 7


@dataclass(frozen=True)
class Call:
    """Somebody stuck in a module has asked their group."""

    id: int
    learner: int
    group: int
    module: str
    note: str | None


LATE = timedelta(days=1)
"""What is entered more than so long after the end of its day is marked on boards: a forgotten evening is not."""
