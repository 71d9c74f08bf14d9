"""Study groups, their places and members."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.group import Group, GroupPlace, KnownPlace, Member, MemberPlace, Membership, Place, Role, Shown
from bot.core.ids import GroupId, LearnerId, PlaceId


class Groups(Protocol):
    """Study groups, their places and members."""

    named: set[GroupId]
    """The groups whose members were read in this unit of work: an answer made from them may name them."""

    def at(self, place: Place) -> Group | None:
        """The group of a place; None if it has none."""

    def get_or_create(self, place: Place, zone: ZoneInfo, now: datetime) -> Group:
        """The group of a place, created if there is none."""

    def set_roadmap(self, group: GroupId, *, zone: ZoneInfo, locale: str, roadmap: str, start: date) -> None:
        """Set the roadmap that a group follows, its first day, its zone and its language."""

    def get_place(self, place: PlaceId) -> GroupPlace | None:
        """The place with this id and its group; None if the bot has left it."""

    def places_of_member(self, learner: LearnerId) -> Sequence[MemberPlace]:
        """The places of the groups in which the learner is visible, without those in which the bot cannot write."""

    def change_chat_id(self, platform: str, chat: str, to: str) -> None:
        """Record that the platform has given a chat, and its topics with it, the new id `to`."""

    def mark_left(self, platform: str, chat: str, now: datetime) -> None:
        """Record that the bot was removed from a chat and its topics."""

    def mark_returned(self, platform: str, chat: str) -> None:
        """Record that the bot is in a chat again."""

    def get(self, group: GroupId) -> Group | None:
        """A group by its id; None if there is none."""

    def create(self, title: str, zone: ZoneInfo, now: datetime) -> Group:
        """Create a group without a place."""

    def assign_place(self, place: Place, group: GroupId) -> PlaceId:
        """Make a place the group's, and return the place's id."""

    def places(self, group: GroupId, *, writable: bool = False) -> Sequence[KnownPlace]:
        """The places of a group that the bot is in, oldest first; `writable`: without those that take no messages."""

    def set_live(self, group: GroupId, *, live: bool) -> None:
        """Set whether the group's places have a live board."""

    def of(self, learner: LearnerId) -> Sequence[Membership]:
        """The memberships of a learner, oldest first."""

    def was_removed(self, group: GroupId, learner: LearnerId) -> bool:
        """Whether an organiser has removed this learner from the group."""

    def member(self, group: GroupId, learner: LearnerId) -> Member | None:
        """A learner as a member of a group; None if they are not in it."""

    def members(self, group: GroupId) -> Sequence[Member]:
        """All members of a group, hidden ones included; nobody but themselves may learn of those."""

    def join(self, group: GroupId, learner: LearnerId, name: str, shown: Shown, now: datetime) -> None:
        """Add a member, or change an existing member's name and visibility. A returning member keeps the role they
        had."""

    def set_role(self, group: GroupId, learner: LearnerId, role: Role) -> None:
        """Set the role of a member."""

    def leave(self, group: GroupId, learner: LearnerId, now: datetime) -> bool:
        """End a membership; False if there is none."""

    def lock(self, groups: Iterable[GroupId]) -> None:
        """Lock groups until the end of the transaction, so that their members change one transaction after the
        other.

        Without it two organisers who leave at the same moment would each see the other stay.
        """

    def has_organiser(self, group: GroupId) -> bool:
        """Whether the group has an organiser."""

    def ensure_organiser(self, group: GroupId) -> Member | None:
        """If a group has members but no organiser, make the visible member who joined first one, or else the hidden
        member who joined first. Returns the new organiser; None if nothing changed."""
