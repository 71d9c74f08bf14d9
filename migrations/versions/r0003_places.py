"""Groups have homes: what the schedule says there, who cannot be reached, and where each delivery goes."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_PLATFORM = """
    UPDATE delivery SET platform = (
        SELECT account.platform FROM account WHERE account.learner = delivery.learner ORDER BY account.id LIMIT 1
    )
"""


def upgrade() -> None:
    """Let reminders belong to groups, deliveries go to places, and note who is out of reach."""
    op.add_column("account", sa.Column("unreachable_since", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("study_group") as study_group:
        study_group.add_column(sa.Column("locale", sa.String(length=16), nullable=True))
        study_group.add_column(sa.Column("roadmap", sa.String(length=64), nullable=True))
        study_group.add_column(sa.Column("start", sa.Date(), nullable=True))
    with op.batch_alter_table("place") as place:
        place.add_column(sa.Column("title", sa.String(length=128), nullable=True))
        place.add_column(sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("reminder") as reminder:
        reminder.alter_column("learner", existing_type=sa.Integer(), nullable=True)
        reminder.add_column(sa.Column("study_group", sa.Integer(), nullable=True))
        reminder.create_foreign_key(
            op.f("fk_reminder_study_group_study_group"), "study_group", ["study_group"], ["id"], ondelete="CASCADE"
        )
        reminder.create_unique_constraint(op.f("uq_reminder_study_group_kind"), ["study_group", "kind"])
    with op.batch_alter_table("delivery") as delivery:
        delivery.alter_column("learner", existing_type=sa.Integer(), nullable=True)
        delivery.add_column(sa.Column("place", sa.Integer(), nullable=True))
        delivery.add_column(sa.Column("platform", sa.String(length=16), nullable=True))
        delivery.create_foreign_key(op.f("fk_delivery_place_place"), "place", ["place"], ["id"], ondelete="CASCADE")
        delivery.create_unique_constraint(op.f("uq_delivery_kind_place_occasion"), ["kind", "place", "occasion"])
        delivery.drop_index("ix_delivery_send_at")
        delivery.create_index("ix_delivery_place", ["place"])
        delivery.create_index("ix_delivery_platform_send_at", ["platform", "send_at"])
    op.execute(_PLATFORM)
