"""What a group's visible members have studied, for its boards and summaries."""

from datetime import date
from typing import Protocol

from bot.core.group import MetWeeks
from bot.core.ids import GroupId, LearnerId
from bot.core.leaderboard import Board, Order


class Boards(Protocol):
    """What a group's visible members have studied, for its boards and summaries."""

    def board(self, group: GroupId, first: date | None, last: date, by: Order, viewer: LearnerId | None) -> Board:
        """The board of the visible members from `first` (None: from the beginning) to `last`, both included."""

    def together(self, group: GroupId, first: date, last: date) -> int:
        """The minutes of all visible members from `first` to `last`, both included."""

    def met(self, group: GroupId, monday: date, most: int) -> MetWeeks:
        """The visible members who studied in a week what they had committed to, at most `most` of them by name."""

    def somebody_met(self, group: GroupId, monday: date) -> bool:
        """Whether a visible member studied in a week what they had committed to."""
