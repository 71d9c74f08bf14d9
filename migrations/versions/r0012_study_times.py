"""Study times: rules of one kind of which a learner has several, each with its length."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the columns, and let the key of a rule hold its slot. Nobody has study times yet."""
    op.add_column("learner", sa.Column("times_asked_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("reminder") as reminder:
        reminder.add_column(sa.Column("slot", sa.Integer(), server_default="0", nullable=False))
        reminder.add_column(sa.Column("minutes", sa.Integer(), server_default="0", nullable=False))
        reminder.add_column(sa.Column("since", sa.Date(), nullable=True))
        reminder.drop_constraint(op.f("uq_reminder_learner_kind"), type_="unique")
        reminder.create_unique_constraint(op.f("uq_reminder_learner_kind_slot"), ["learner", "kind", "slot"])
