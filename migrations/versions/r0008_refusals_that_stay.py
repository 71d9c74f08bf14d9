"""Places that refuse messages, the ids of private chats, and claims of standing messages by name."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns; nothing was known of any of it so far. What was claimed is claimed by nobody known."""
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("chat", sa.String(length=64), nullable=True))
    with op.batch_alter_table("place", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unwritable_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unwritable_why", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("retry_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("live_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("claim", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("held", sa.Integer(), nullable=False, server_default="0"))
