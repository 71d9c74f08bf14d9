"""Moved entries, the hour at which a learner's day begins, buttons that words may press, strangers' languages."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns and the table: nothing was moved so far, and every day begins at midnight."""
    # No foreign key: SQLite adds one by copying the table and dropping the old one, and with it all lines that refer to
    # others. A line and what it moves are of one enrollment, and go with it.
    op.add_column("entry", sa.Column("moves", sa.Integer(), nullable=True))
    with op.batch_alter_table("learner", schema=None) as batch_op:
        batch_op.add_column(sa.Column("day_begins", sa.Integer(), server_default="0", nullable=False))
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.alter_column("asked", existing_type=sa.Text(), nullable=True)
        batch_op.add_column(sa.Column("offered", sa.Text(), nullable=True))
    op.create_table(
        "preference",
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("platform", "external_id", name=op.f("pk_preference")),
    )
