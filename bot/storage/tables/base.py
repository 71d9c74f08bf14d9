"""What all tables share: instants, and columns that say whose a row is."""

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


def owner(name: str = "learner", *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """Whose a row is."""
    return Column(name, ForeignKey("learner.id", ondelete="CASCADE"), nullable=nullable, index=index)


def of_group(*, nullable: bool = False) -> Column[Any]:
    """The study group of a row."""
    return Column("study_group", ForeignKey("study_group.id", ondelete="CASCADE"), nullable=nullable)


def of_enrollment() -> Column[Any]:
    """The enrollment of a row, and with it whose it is."""
    return Column("enrollment", ForeignKey("enrollment.id", ondelete="CASCADE"), nullable=False, index=True)
