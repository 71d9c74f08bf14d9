"""Congratulations to somebody who has finished a roadmap."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "congratulation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["finished"], ["enrollment.id"], name=op.f("fk_congratulation_finished_enrollment"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["learner"], ["learner.id"], name=op.f("fk_congratulation_learner_learner"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congratulation")),
        sa.UniqueConstraint("finished", "learner", name=op.f("uq_congratulation_finished_learner")),
    )
    op.create_index(op.f("ix_congratulation_learner"), "congratulation", ["learner"])
