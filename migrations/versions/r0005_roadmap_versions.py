"""Which version of a roadmap a learner has declined, and since when a group's own file is in use."""

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
