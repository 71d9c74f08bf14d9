"""The tables. What a learner did is only ever added to; what is due and what is asked may change.

Columns named `learner` say whose a row is: `privacy` finds everything about a person by them.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the books")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """One function for both steps: every command reads hundreds of these."""
        stored = self.impl_instance.result_processor(dialect, coltype)

        def read(value: Any) -> datetime | None:
            if value is None:
                return None
            found = stored(value) if stored else value
            assert isinstance(found, datetime)  # noqa: S101 - the column holds nothing else
            return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)

        return read


def _owner(name: str = "learner", *, nullable: bool = False, index: bool = False) -> Column[Any]:
    return Column(name, ForeignKey("learner.id", ondelete="CASCADE"), nullable=nullable, index=index)


def _of_group(*, nullable: bool = False) -> Column[Any]:
    return Column("study_group", ForeignKey("study_group.id", ondelete="CASCADE"), nullable=nullable)


def _of_enrollment() -> Column[Any]:
    return Column("enrollment", ForeignKey("enrollment.id", ondelete="CASCADE"), nullable=False, index=True)


learner = Table(
    "learner",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("locale", String(16), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)

account = Table(
    "account",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(index=True),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("name", String(128), nullable=False),
    Column("unreachable_since", Instant, nullable=True),
    UniqueConstraint("platform", "external_id"),
)

enrollment = Table(
    "enrollment",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("roadmap", String(64), nullable=False),
    Column("version", String(32), nullable=False),
    Column("start", Date, nullable=False),
    Column("chosen_at", Instant, nullable=False),
    UniqueConstraint("learner", "roadmap"),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_enrollment(),
    Column("since", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("recorded_at", Instant, nullable=False),
)

entry = Table(
    "entry",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_enrollment(),
    Column("item", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("reverses", ForeignKey("entry.id", ondelete="CASCADE"), nullable=True, unique=True),
    Column("note", Text, nullable=True),
    Column("part_of", ForeignKey("entry.id", ondelete="CASCADE"), nullable=True),
    Column("recorded_at", Instant, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(nullable=True),
    _of_group(nullable=True),
    Column("kind", String(16), nullable=False),
    Column("weekday", Integer, nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("due", Instant, nullable=True, index=True),
    UniqueConstraint("learner", "kind"),
    UniqueConstraint("study_group", "kind"),
)

delivery = Table(
    "delivery",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    _owner(nullable=True),
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
    UniqueConstraint("kind", "learner", "occasion"),
    UniqueConstraint("kind", "place", "occasion"),
    Index("ix_delivery_learner_state", "learner", "state"),
    Index("ix_delivery_place", "place"),
    Index("ix_delivery_platform_send_at", "platform", "send_at"),
)

checkin = Table(
    "checkin",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(),
    Column("monday", Date, nullable=False),
    Column("feeling", String(16), nullable=False),
    Column("answered_at", Instant, nullable=False),
    UniqueConstraint("learner", "monday"),
)

quiz_try = Table(
    "quiz_try",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(index=True),
    Column("question", String(64), nullable=False),
    Column("knew", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

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
)

place = Table(
    "place",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_group(),
    Column("platform", String(16), nullable=False),
    Column("external_id", String(64), nullable=False),
    Column("title", String(128), nullable=True),
    Column("gone_at", Instant, nullable=True),
    UniqueConstraint("platform", "external_id"),
)

membership = Table(
    "membership",
    metadata,
    Column("id", Integer, primary_key=True),
    _of_group(),
    _owner(index=True),
    Column("name", String(64), nullable=False),
    Column("joined_at", Instant, nullable=False),
    Column("left_at", Instant, nullable=True),
    UniqueConstraint("study_group", "learner"),
)

question = Table(
    "question",
    metadata,
    Column("platform", String(16), primary_key=True),
    Column("external_id", String(64), primary_key=True),
    Column("place", String(64), primary_key=True),
    Column("asked", Text, nullable=False),
)

kept_request = Table(
    "kept_request",
    metadata,
    Column("id", Integer, primary_key=True),
    _owner(nullable=True, index=True),
    Column("request", Text, nullable=False),
    Column("kept_at", Instant, nullable=False, index=True),
)

request = Table(
    "request",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("who", String(64), nullable=True, index=True),
    Column("answer", Text, nullable=True),
    Column("handled_at", Instant, nullable=False, index=True),
)
