"""Versions that learners declined, files of groups that are in use, timers that were logged."""

from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the columns; nothing was kept of versions so far. Roadmaps left for another one rest from then on."""
    _rest()
    with op.batch_alter_table("enrollment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("declined", sa.String(length=32), nullable=True))
    with op.batch_alter_table("roadmap_version", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("entry", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_timer_entry_entry"), "entry", ["entry"], ["id"], ondelete="SET NULL")


def _rest() -> None:
    """A pause for each roadmap but the one chosen last, from the day on which the next was chosen."""
    connection = op.get_bind()
    enrollment = sa.table("enrollment", *map(sa.column, ("id", "learner")), sa.column("chosen_at", sa.DateTime(True)))
    commitment = sa.table(
        "commitment",
        *map(sa.column, ("enrollment", "minutes")),
        sa.column("since", sa.Date()),
        sa.column("recorded_at", sa.DateTime(True)),
    )
    chosen = sa.select(enrollment).order_by(enrollment.c.learner, enrollment.c.chosen_at, enrollment.c.id)
    for before, after in pairwise(connection.execute(chosen).all()):
        if before.learner == after.learner:
            rests = {"enrollment": before.id, "since": after.chosen_at.date(), "minutes": 0}
            connection.execute(sa.insert(commitment).values(rests | {"recorded_at": after.chosen_at}))
