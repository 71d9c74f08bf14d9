"""A number that says whether anything about a learner's plan and hours has changed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    """Add the column: nobody has changed anything since."""
    op.add_column("learner", sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
