"""Sums and snapshots of ledgers, and names by which boards are ordered."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_SUMS = (("studied", sa.Integer()), ("late", sa.Integer()), ("last_day", sa.Date()), ("last_entry", sa.Integer()))


def upgrade() -> None:
    """Add tables and columns. Sums and snapshots stay empty: they are made when a learner is next heard of, or by the
    running program, so that nobody waits for an upgrade that reads every entry."""
    for name, kind in _SUMS:
        op.add_column("enrollment", sa.Column(name, kind, nullable=True))
    op.create_table(
        "studied_day",
        sa.Column("enrollment", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        _of("studied_day", "enrollment"),
        sa.PrimaryKeyConstraint("enrollment", "day", name=op.f("pk_studied_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "snapshot",
        sa.Column("enrollment", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        _of("snapshot", "enrollment"),
        sa.PrimaryKeyConstraint("enrollment", name=op.f("pk_snapshot")),
    )
    op.create_table(
        "owed_stretch",
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("since", sa.Integer(), nullable=False),
        sa.Column("until", sa.Integer(), nullable=False),
        sa.Column("committed", sa.Integer(), nullable=False),
        sa.Column("owes", sa.Integer(), nullable=False),
        _of("owed_stretch", "learner"),
        sa.PrimaryKeyConstraint("learner", "since", name=op.f("pk_owed_stretch")),
        sqlite_with_rowid=False,
    )
    op.add_column("membership", sa.Column("folded", sa.String(length=256), nullable=True))
    _fold()
    op.create_index("ix_membership_study_group_folded", "membership", ["study_group", "folded"])


def _of(table: str, owner: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{owner}_{owner}")
    return sa.ForeignKeyConstraint([owner], [f"{owner}.id"], name=name, ondelete="CASCADE")


def _fold() -> None:
    connection = op.get_bind()
    membership = sa.table("membership", *map(sa.column, ("id", "name", "folded")))
    folded = [
        {"which": row.id, "as": " ".join(unicodedata.normalize("NFKC", row.name).casefold().split())[:256]}
        for row in connection.execute(sa.select(membership.c.id, membership.c.name))
    ]
    if folded:
        named = sa.update(membership).where(membership.c.id == sa.bindparam("which"))
        connection.execute(named.values(folded=sa.bindparam("as")), folded)
