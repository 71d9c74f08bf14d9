"""Tables of study groups, their places and members, calls for help and live messages."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.tables.base import Instant, metadata, of_group, owner

study_group = Table(
    "study_group",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(128), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("locale", String(16), nullable=True),
    Column("roadmap", String(64), nullable=True),
    Column("start", Date, nullable=True),
    Column("live", Integer, nullable=False, server_default="1"),
)

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    of_group(),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("title", String(128), nullable=True),
    Column("gone_at", Instant, nullable=True),
    Column("unwritable_since", Instant, nullable=True),
    Column("unwritable_why", String(16), nullable=True),
    Column("retry_at", Instant, nullable=True),
    Column("told_at", Instant, nullable=True),
    UniqueConstraint("platform", "external_id"),
)

membership = Table(
    "membership",
    metadata,
    Column("id", Integer, primary_key=True),
    of_group(),
    owner(index=True),
    Column("name", String(64), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant, nullable=True),
    Column("role", String(16), nullable=False, server_default="member"),
    Column("shown", String(16), nullable=False, server_default="name"),
    Column("folded", String(256), nullable=True),
    UniqueConstraint("study_group", "learner"),
    Index("ix_membership_study_group_folded", "study_group", "folded"),
)
"""`folded` is `bot.core.name.folded` of the name, by which boards list equal shares."""

call = Table(
    "call",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(index=True),
    of_group(),
    Column("module", String(64), nullable=False),
    Column("note", Text, nullable=True),
    Column("called_at", Instant, nullable=False),
)

live_message = Table(
    "live_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", ForeignKey("place.id", ondelete="CASCADE"), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("occasion", Date, nullable=True),
    Column("message", String(64), nullable=True),
    Column("digest", String(64), nullable=True),
    Column("refresh_at", Instant, nullable=True, index=True),
    Column("claimed_until", Instant, nullable=True),
    Column("claim", String(40), nullable=True),
    Column("held", Integer, nullable=False, server_default="0"),
    Column("subject", Integer, nullable=False, server_default="0"),
    Column("event", String(64), nullable=True),
    UniqueConstraint("place", "kind", "subject"),
)
"""`subject` is the study session that the message is about; 0 for what a place has once. `event` is the platform's id
of the event in its calendar that stands beside the message, if any."""
