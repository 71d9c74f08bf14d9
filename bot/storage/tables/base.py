"""What all tables share: the type of instants, and foreign keys to owners."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKey, MetaData, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


SECRET = {"secret": True}
"""Marks a column that is no fact about anybody and is not exported."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime on every database; naive ones are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """A function from instants to stored values; a single one, as in `result_processor`. It raises `ValueError` for
        a naive datetime."""
        to_store = self.impl_instance.bind_processor(dialect)
        naive = dialect.name == "sqlite"

        def write(value: datetime | None) -> Any:
            if value is None:
                return None
            if value.tzinfo is None:
                raise ValueError("a naive datetime cannot be stored")
            utc = value if value.tzinfo is UTC else value.astimezone(UTC)
            stored = utc.replace(tzinfo=None) if naive else utc
            return to_store(stored) if to_store else stored

        return write

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """A function from stored values to aware UTC datetimes; a single one, because every command reads hundreds."""
        stored = self.impl_instance.result_processor(dialect, coltype)

        def read(value: Any) -> datetime | None:
            if value is None:
                return None
            instant = stored(value) if stored else value
            assert isinstance(instant, datetime)  # noqa: S101 - the column holds nothing else
            return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)

        return read


def owner(name: str = "learner", *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """A foreign key to the learner that a row belongs to."""
    return Column(name, ForeignKey("learner.id", ondelete="CASCADE"), nullable=nullable, index=index)


def of_group(*, nullable: bool = False) -> Column[Any]:
    """A foreign key to the study group that a row belongs to."""
    return Column("study_group", ForeignKey("study_group.id", ondelete="CASCADE"), nullable=nullable)


def of_enrollment() -> Column[Any]:
    """A foreign key to the enrollment, and with it the learner, that a row belongs to."""
    return Column("enrollment", ForeignKey("enrollment.id", ondelete="CASCADE"), nullable=False, index=True)
