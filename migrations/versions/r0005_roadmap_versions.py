"""Versions that learners declined, files of groups that are in use, timers that were logged."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; nothing was kept of versions so far."""
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined", sa.String(length=32), nullable=True))
    with op.batch_alter_table("roadmap_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entry", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_timer_entry_entry"), "entry", ["entry"], ["id"], ondelete="SET NULL")
