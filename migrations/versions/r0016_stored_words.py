"""The words of the glossary in stored rows: states and kinds of deliveries, roles of members, kinds of codes."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_RENAMED = (
    ("delivery", "kind", "errand", "one_off"),
    ("delivery", "state", "moot", "nothing_to_send"),
    ("membership", "role", "put out", "removed"),
    ("code", "kind", "way", "return"),
)


def upgrade() -> None:
    """Rename the values. No row changes its meaning."""
    for table, column, before, after in _RENAMED:
        rows = sa.table(table, sa.column(column))
        op.execute(sa.update(rows).where(rows.c[column] == before).values({column: after}))
