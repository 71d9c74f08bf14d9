"""Tells processes that deliver, as soon as this transaction is committed, that something is due at once.

On PostgreSQL only (NOTIFY). What is due later is found by the ticks: a transaction that notifies waits for a lock that
all such transactions share, so hours that are logged must not notify.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Update, bindparam, exists, func, literal_column, select

from bot.storage.tables import Instant

CHANNEL = "studybuddy_due"
_SOON = timedelta(seconds=2)
"""Our clock and the server's may differ by so much; who is woken too early finds it with the next tick."""
_TELL = select(func.pg_notify(CHANNEL, ""))


def tell(connection: Connection, due: datetime) -> None:
    """Tell that something is due, if it is due by now."""
    if connection.dialect.name == "postgresql":
        connection.execute(_TELL.where(_by_now("due")), {"due": due})


def change_and_tell(connection: Connection, change: Update, values: dict[str, object], due: str) -> None:
    """Execute an UPDATE, and tell if it changed anything that is due by now; `due` names its parameter with that
    instant. One statement, for many an hour that is logged comes this way."""
    if connection.dialect.name == "postgresql":
        changed = change.returning(literal_column("1").label("one")).cte("changed")
        connection.execute(_TELL.where(exists(select(changed.c.one)), _by_now(due)), values)
    else:
        connection.execute(change, values)


def _by_now(due: str) -> ColumnElement[bool]:
    return bindparam(due, type_=Instant) <= func.now() + _SOON
