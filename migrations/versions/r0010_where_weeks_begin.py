"""Where a learner's weeks begin."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column: everybody's weeks begin on Mondays so far."""
    op.add_column("learner", sa.Column("weeks_since", sa.Text(), server_default="", nullable=False))
