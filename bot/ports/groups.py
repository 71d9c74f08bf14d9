"""Study groups, their places and members."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.group import Group, GroupPlace, KnownPlace, Member, MemberPlace, Membership, Place, Role, Shown, Studied


class Groups(Protocol):
    """Study groups, their places and members."""

    named: set[int]
    """The groups whose members were read: an answer made from them may name them."""

    def at(self, place: Place) -> Group | None:
        """The group that meets in a place."""

    def get_or_create(self, place: Place, zone: ZoneInfo, now: datetime) -> Group:
        """The group of a place, made where there is none yet."""

    def set_roadmap(self, group: int, *, zone: ZoneInfo, locale: str, roadmap: str, start: date) -> None:
        """Say what a group follows, from when, in which zone and language."""

    def get_place(self, place: int) -> GroupPlace | None:
        """A place by its id, with its group; None where the bot is no longer in it."""

    def places_of_member(self, learner: int) -> Sequence[MemberPlace]:
        """The places of the groups in which the learner is shown, each with its group and the name they have there;
        none in which the bot cannot write."""

    def change_chat_id(self, platform: str, chat: str, to: str) -> None:
        """A chat with all its topics has another id from now on."""

    def mark_left(self, platform: str, chat: str, now: datetime) -> None:
        """The bot is no longer in a chat, nor in its topics."""

    def mark_returned(self, platform: str, chat: str) -> None:
        """The bot is in a chat again."""

    def get(self, group: int) -> Group | None:
        """A group by its id."""

    def create(self, title: str, zone: ZoneInfo, now: datetime) -> Group:
        """A group that has no place yet."""

    def assign_place(self, place: Place, group: int) -> int:
        """From now on this place is the group's; the place's id."""

    def places(self, group: int) -> Sequence[KnownPlace]:
        """The places of a group that the bot is in, with their ids."""

    def set_live(self, group: int, *, live: bool) -> None:
        """Whether a board stands in the group's places."""

    def of(self, learner: int) -> Sequence[Membership]:
        """The groups a learner is in, as what they are there."""

    def was_removed(self, group: int, learner: int) -> bool:
        """Whether an organiser has taken this learner out of the group."""

    def member(self, group: int, learner: int) -> Member | None:
        """What a learner is in a group; None where they are not in it."""

    def members(self, group: int) -> Sequence[Member]:
        """Everybody in a group, the hidden ones too: those are for nobody else's eyes."""

    def studied(self, group: int, first: date, last: date) -> Sequence[Studied]:
        """What each member who is shown studied on these local dates."""

    def join(self, group: int, learner: int, name: str, shown: Shown, now: datetime) -> None:
        """Become a member, or be shown otherwise from now on; who comes back is what they were."""

    def set_role(self, group: int, learner: int, role: Role) -> None:
        """Give a member another role."""

    def leave(self, group: int, learner: int, now: datetime) -> bool:
        """End a membership; False where there was none."""

    def lock(self, groups: Iterable[int]) -> None:
        """From here to the end of the transaction nobody else who holds one of these groups changes who is in it: two
        organisers who go at the same moment would each see the other stay."""

    def has_organiser(self, group: int) -> bool:
        """Whether the group has an organiser."""

    def ensure_organiser(self, group: int) -> Member | None:
        """Where the group has members and no organiser, one becomes it: of those who are shown who came first, else of
        the others. Who that is; None where nothing had to change."""
