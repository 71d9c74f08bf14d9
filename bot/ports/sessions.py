"""Study sessions of groups, their series, who is coming, and who was there."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.ids import GroupId, LearnerId, SessionId
from bot.core.session import Presence, Rhythm, Series, StudySession


class Sessions(Protocol):
    """Study sessions of groups, their series, who is coming, and who was there."""

    def create(
        self,
        group: GroupId,
        made_by: LearnerId | None,
        *,
        starts_at: datetime,
        minutes: int,
        rhythm: Rhythm,
        topic: str | None,
        now: datetime,
    ) -> StudySession:
        """Create a session, which is announced at once."""

    def create_next(self, series: Series, slot: datetime, now: datetime) -> StudySession | None:
        """Create the session that a series has at the instant `slot`; None where there is one. It is announced when
        its time comes."""

    def get(self, session: SessionId) -> StudySession | None:
        """A session by its id; None if there is none."""

    def ahead(self, group: GroupId, now: datetime) -> Sequence[StudySession]:
        """The sessions of a group that are neither over nor off, earliest first; those that run are among them."""

    def due(self, now: datetime, limit: int) -> Sequence[StudySession]:
        """At most `limit` sessions with something to happen by now, earliest first. They are locked until the end of
        the transaction; those that somebody else has locked are left out."""

    def next_due(self) -> datetime | None:
        """The earliest instant at which something happens in a session; None if there is none."""

    def reschedule(self, session: StudySession, due: datetime | None) -> None:
        """Set the instant at which something happens next."""

    def repair_after_clock_change(self, now: datetime) -> None:
        """Look again at every session that is not over, after the system clock was set back."""

    def announce(self, session: StudySession, now: datetime) -> None:
        """Record that a session's message is on its way to the group's places."""

    def move(self, session: StudySession, starts_at: datetime, due: datetime | None) -> None:
        """Move a session to another beginning; it lasts as long as before, and who was early is not there any more."""

    def cancel(self, session: StudySession, now: datetime) -> bool:
        """Record that a session is off, or over before its time; False if it was before."""

    def attend(self, session: StudySession, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner is coming; False if they have said so before."""

    def stay_away(self, session: StudySession, learner: LearnerId) -> bool:
        """Record that a learner is not coming after all; False if they were not."""

    def coming(self, session: SessionId) -> Sequence[LearnerId]:
        """Who has said that they are coming, in the order in which they did; those who have left the group are among
        them."""

    def arrive(self, session: StudySession, learner: LearnerId, since: datetime) -> bool:
        """Record that a learner is there from an instant on; False if they are already."""

    def depart(self, session: StudySession, learner: LearnerId, now: datetime) -> bool:
        """Record that a learner is not there any more; False if they were not."""

    def presences(self, session: SessionId) -> Sequence[Presence]:
        """Who was there, from when to when, in the order of arrival."""

    def create_series(
        self,
        group: GroupId,
        made_by: LearnerId,
        *,
        weekdays: Sequence[int],
        at: time,
        zone: ZoneInfo,
        minutes: int,
        rhythm: Rhythm,
        topic: str | None,
        now: datetime,
    ) -> Series:
        """Create a series, without a session of it."""

    def get_series(self, series: int) -> Series | None:
        """A series by its id; None if there is none."""

    def series_of(self, group: GroupId) -> Sequence[Series]:
        """The series of a group that have not ended, oldest first."""

    def end_series(self, series: int, now: datetime) -> bool:
        """End a series; False if that was done before. The sessions that it has stay."""

    def set_empty(self, series: int, empty: int) -> None:
        """Set how many of the last sessions of a series in a row nobody came to."""
