"""Reminders on several days of the week, and days without study that are declared ahead."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the columns: a reminder so far has its one weekday, an absence so far was an illness."""
    op.add_column("reminder", sa.Column("further", sa.String(length=16), nullable=True))
    op.add_column("absence", sa.Column("kind", sa.String(length=16), nullable=False, server_default="illness"))
