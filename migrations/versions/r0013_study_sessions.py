"""Study sessions of groups, and live messages that are about one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables. The live messages there are stay the only ones of their kind in their places."""
    _series()
    _sessions()
    _attendance()
    with op.batch_alter_table("live_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("subject", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("event", sa.String(length=64), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_live_message_place_kind"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_live_message_place_kind_subject"), ["place", "kind", "subject"]
        )


def _series() -> None:
    op.create_table(
        "session_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=True),
        sa.Column("weekdays", sa.String(length=16), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("study", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=128), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.Column("empty", sa.Integer(), nullable=False, server_default="0"),
        _of("session_series", "study_group"),
        _of("session_series", "learner"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_series")),
    )
    op.create_index(op.f("ix_session_series_learner"), "session_series", ["learner"])
    op.create_index("ix_session_series_study_group", "session_series", ["study_group"])


def _sessions() -> None:
    op.create_table(
        "study_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=True),
        sa.Column("series", sa.Integer(), nullable=True),
        sa.Column("slot", _INSTANT, nullable=True),
        sa.Column("starts_at", _INSTANT, nullable=False),
        sa.Column("ends_at", _INSTANT, nullable=False),
        sa.Column("study", sa.Integer(), nullable=False),
        sa.Column("rest", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=128), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("announced_at", _INSTANT, nullable=True),
        sa.Column("cancelled_at", _INSTANT, nullable=True),
        sa.Column("moves", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("due", _INSTANT, nullable=True),
        _of("study_session", "study_group"),
        _of("study_session", "learner"),
        sa.ForeignKeyConstraint(
            ["series"], ["session_series.id"], name=op.f("fk_study_session_series_session_series"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_session")),
        sa.UniqueConstraint("series", "slot", name=op.f("uq_study_session_series_slot")),
    )
    op.create_index(op.f("ix_study_session_learner"), "study_session", ["learner"])
    op.create_index(op.f("ix_study_session_due"), "study_session", ["due"])
    op.create_index("ix_study_session_study_group_ends_at", "study_session", ["study_group", "ends_at"])


def _attendance() -> None:
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("said_at", _INSTANT, nullable=False),
        _of("attendance", "session", "study_session"),
        _of("attendance", "learner"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("session", "learner", name=op.f("uq_attendance_session_learner")),
    )
    op.create_index(op.f("ix_attendance_learner"), "attendance", ["learner"])
    op.create_table(
        "presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session", sa.Integer(), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("until", _INSTANT, nullable=True),
        _of("presence", "session", "study_session"),
        _of("presence", "learner"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_learner"), "presence", ["learner"])
    op.create_index("ix_presence_session", "presence", ["session"])


def _of(table: str, column: str, owner: str | None = None) -> sa.ForeignKeyConstraint:
    to = owner or column
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE")
