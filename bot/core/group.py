"""Study groups: people who learn together, and the chats in which the bot speaks for them."""

from dataclasses import dataclass
from datetime import date, datetime
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


@dataclass(frozen=True)
class Member:
    """A learner in a group who said yes to its board, under the name they are shown by."""

    learner: int
    name: str


@dataclass(frozen=True)
class MemberWeek:
    """What a member studied in one week, in minutes over all their roadmaps, and what they mean to study."""

    name: str
    minutes: int
    commitments: Commitments
