"""Tables of study sessions, their series, who is coming, and who was there."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Time, UniqueConstraint

from bot.storage.tables.base import Instant, metadata, of_group, owner

session_series = Table(
    "session_series",
    metadata,
    Column("id", Integer, primary_key=True),
    of_group(),
    owner(nullable=True, index=True),
    Column("weekdays", String(16), nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("study", Integer, nullable=False),
    Column("rest", Integer, nullable=False),
    Column("topic", String(128), nullable=True),
    Column("made_at", Instant, nullable=False),
    Column("ended_at", Instant, nullable=True),
    Column("empty", Integer, nullable=False, server_default="0"),
    Index("ix_session_series_study_group", "study_group"),
)

study_session = Table(
    "study_session",
    metadata,
    Column("id", Integer, primary_key=True),
    of_group(),
    owner(nullable=True, index=True),
    Column("series", ForeignKey("session_series.id", ondelete="SET NULL"), nullable=True),
    Column("slot", Instant, nullable=True),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("study", Integer, nullable=False),
    Column("rest", Integer, nullable=False),
    Column("topic", String(128), nullable=True),
    Column("made_at", Instant, nullable=False),
    Column("announced_at", Instant, nullable=True),
    Column("cancelled_at", Instant, nullable=True),
    Column("moves", Integer, nullable=False, server_default="0"),
    Column("due", Instant, nullable=True, index=True),
    UniqueConstraint("series", "slot"),
    Index("ix_study_session_study_group_ends_at", "study_group", "ends_at"),
)
"""`due` is the next instant at which something changes: it is announced, a phase begins, it is over."""

attendance = Table(
    "attendance",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", ForeignKey("study_session.id", ondelete="CASCADE"), nullable=False),
    owner(index=True),
    Column("said_at", Instant, nullable=False),
    UniqueConstraint("session", "learner"),
)
"""Who has said that they are coming."""

presence = Table(
    "presence",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("session", ForeignKey("study_session.id", ondelete="CASCADE"), nullable=False),
    owner(index=True),
    Column("since", Instant, nullable=False),
    Column("until", Instant, nullable=True),
    Index("ix_presence_session", "session"),
)
"""Who was there, from when to when; `until` is empty for who was there to the end, or still is."""
