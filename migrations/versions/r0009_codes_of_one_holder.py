"""Who entered a code, which codes were not good, whose names stand in stored answers; no group without an organiser."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables. A group that has members, no organiser, and not exactly one chat whose managers could decide for
    it, gets the member who is shown and came first, else the one who came first."""
    op.create_table(
        "code_entry",
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(length=128), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["code"], ["code.id"], name=op.f("fk_code_entry_code_code"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_code_entry")),
    )
    op.create_index("ix_code_entry_account", "code_entry", ["platform", "external_id"])
    op.create_table(
        "code_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("platform", sa.String(length=16), nullable=False),
        sa.Column("external_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_attempt")),
    )
    op.create_index(op.f("ix_code_attempt_tried_at"), "code_attempt", ["tried_at"])
    op.create_index("ix_code_attempt_account", "code_attempt", ["platform", "external_id"])
    op.create_table(
        "answer_group",
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("study_group", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request"], ["request.id"], name=op.f("fk_answer_group_request_request"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["study_group"],
            ["study_group.id"],
            name=op.f("fk_answer_group_study_group_study_group"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("request", "study_group", name=op.f("pk_answer_group")),
    )
    op.create_index(op.f("ix_answer_group_study_group"), "answer_group", ["study_group"])
    _organised()


def _organised() -> None:
    connection = op.get_bind()
    columns = ("id", "study_group", "role", "shown", "left_at")
    membership = sa.table("membership", *map(sa.column, columns))
    place = sa.table("place", *map(sa.column, ("study_group", "gone_at")))
    here = sa.select(membership).where(membership.c.left_at.is_(None))
    members: dict[int, list[sa.Row[tuple[object, ...]]]] = {}
    for row in connection.execute(here.order_by(membership.c.id)):
        members.setdefault(row.study_group, []).append(row)
    chats = sa.select(place.c.study_group, sa.func.count()).where(place.c.gone_at.is_(None))
    meets = {row[0]: row[1] for row in connection.execute(chats.group_by(place.c.study_group))}
    for group, some in members.items():
        if meets.get(group) == 1 or any(row.role == "organiser" for row in some):
            continue
        first = next((row for row in some if row.shown != "hidden"), some[0])
        connection.execute(sa.update(membership).where(membership.c.id == first.id).values(role="organiser"))
