"""Tables of reminder rules and deliveries."""

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, Text, Time, UniqueConstraint

from bot.storage.tables.base import Instant, metadata, of_group, owner

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    owner(nullable=True),
    of_group(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("due", Instant, nullable=True, index=True),
    Column("further", String(16), nullable=True),
    Column("slot", Integer, nullable=False, server_default="0"),
    Column("minutes", Integer, nullable=False, server_default="0"),
    Column("since", Date, nullable=True),
    UniqueConstraint("learner", "kind", "slot"),
    UniqueConstraint("study_group", "kind"),
)
"""`slot`, `minutes` and `since` are those of `bot.core.reminder.Rule`: only study times have them."""

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    owner(nullable=True),
    Column("place", ForeignKey("place.id", ondelete="CASCADE"), nullable=True),
    Column("platform", String(16), nullable=True),
    Column("occasion", Date, nullable=False),
    Column("due", Instant, nullable=False),
    Column("state", String(16), nullable=False),
    Column("send_at", Instant, nullable=True),
    Column("attempts", Integer, nullable=False),
    Column("claim", String(40), nullable=True),
    Column("claimed_until", Instant, nullable=True),
    Column("settled_at", Instant, nullable=True),
    Column("reason", String(200), nullable=True),
    Column("subject", Integer, nullable=False, server_default="0"),
    Column("request", Text, nullable=True),
    UniqueConstraint("kind", "learner", "occasion", "subject"),
    UniqueConstraint("kind", "place", "occasion", "subject"),
    Index("ix_delivery_learner_state", "learner", "state"),
    Index("ix_delivery_place", "place"),
    Index("ix_delivery_platform_send_at", "platform", "send_at"),
)
