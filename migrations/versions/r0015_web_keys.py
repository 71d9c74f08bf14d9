"""What opens something on the web: calendar feeds, links to a page, sessions, and boards of groups."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add a table."""
    op.create_table(
        "web_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("learner", sa.Integer(), nullable=True),
        sa.Column("study_group", sa.Integer(), nullable=True),
        sa.Column("salt", sa.String(length=64), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        _of("learner"),
        _of("study_group"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_web_key")),
        sa.UniqueConstraint("digest", name=op.f("uq_web_key_digest")),
    )
    for column in ("learner", "study_group", "expires_at"):
        op.create_index(op.f(f"ix_web_key_{column}"), "web_key", [column])


def _of(owner: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_web_key_{owner}_{owner}")
    return sa.ForeignKeyConstraint([owner], [f"{owner}.id"], name=name, ondelete="CASCADE")
