"""Databases full of learners: one is enrolled and studies by the bot's own commands, the others are copies of their
rows, so that a file with a hundred thousand is there in seconds, whatever tables there are."""

import asyncio
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from sqlalchemy import Column, Connection, Integer, Table, func, insert, select, text, update
from sqlalchemy.engine import URL

from bot.app import Application, library, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.apology import sorry
from bot.dialogue.request import Request
from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from bot.storage.tables import account, entry, learner, metadata, reminder
from roadmap.model import Roadmap
from tests.conftest import MONDAY

FIRST = 1000
"""The id that the first learner has on Telegram; the others follow."""
PLATFORM = "telegram"
CHAT = Place(PLATFORM, "-5000", "Study hall")
DERIVED = {"snapshot": (), "studied_day": (), "enrollment": ("studied", "late", "last_day", "last_entry")}
"""What only holds what can be computed from entries: whole tables, or some of their columns. It is emptied when entries
are put in past the program, which then computes it anew. A table or column that is not there is no mistake."""
IDS = {("snapshot", "last"): entry, ("enrollment", "last_entry"): entry}
"""Columns with ids of another table that are no foreign keys. Ids inside a copied snapshot's JSON stay those of the
first learner; only the question whether something was logged twice looks at them."""
NINE = MONDAY + timedelta(weeks=1, hours=1)
"""When the announcement is due that all copies wait for."""

_requests = map("bench:{}".format, count())


class GaveUp(Exception):
    """The program has answered that it could not do it, such as after seven seconds."""


@cache
def roadmaps() -> dict[str, Roadmap]:
    """The built-in roadmaps."""
    return library()


def person(number: int = 0) -> Account:
    """The account of a learner by their number, the first is 0."""
    return Account(PLATFORM, str(FIRST + number), "Ada")


def distinct_requests(prefix: str) -> None:
    """Begin the ids of requests anew, with a prefix that no other process uses."""
    global _requests
    _requests = map(f"{prefix}:{{}}".format, count())


def application(database: SqlDatabase, now: datetime = MONDAY) -> Application:
    """The program around a database, without platforms, its clock stopped."""
    return wire(database, {}, roadmaps=roadmaps(), clock=lambda: now)


async def ask(
    app: Application, number: int, command: str, now: datetime = MONDAY, place: Place | None = None, **args: str
) -> Answer:
    """A learner's command, as a platform hands it in; committed when this returns. Raises `GaveUp`."""
    request = Request(
        next(_requests),
        person(number),
        command,
        args,
        place=place,
        pressed=bool(args),
        organiser=True if place else None,
    )
    answer = await app.dispatcher.handle(request, now)
    assert answer.reply is not None, command
    if answer.reply == sorry(request):
        raise GaveUp(command)
    return answer


@contextmanager
def file_of(
    path: Path, *, learners: int = 1, entries: int = 10, since: timedelta = timedelta(0)
) -> Iterator[SqlDatabase]:
    """An SQLite file with some learners of so many entries each, who began `since` before MONDAY."""
    with opened(f"sqlite:///{path}") as database:
        fill(database, learners=learners, entries=entries, since=since)
        yield database


def fill(database: SqlDatabase, *, learners: int = 1, entries: int = 10, since: timedelta = timedelta(0)) -> None:
    """Fill an empty database as `file_of` says."""
    begin = MONDAY - max(since, timedelta(weeks=2))
    schema.upgrade(database, begin)
    app = application(database, begin)
    asyncio.run(ask(app, 0, "start", begin, hours="8h", zone="UTC"))
    with database.engine.begin() as connection:
        _study(connection, entries, begin)
    asyncio.run(_settled(app))
    with database.engine.begin() as connection:
        _only_announcement(connection)
    multiply(database, learners)


async def _settled(app: Application) -> None:
    """Let the program compute what it keeps of the entries, in reading and in writing."""
    await ask(app, 0, "today")
    await ask(app, 0, "log", spent="1m", again="1")
    await ask(app, 0, "undo")


def _study(connection: Connection, entries: int, begin: datetime) -> None:
    """Entries past the program, evenly over the time until MONDAY, along the roadmap."""
    items = [(item.id, item.minutes) for module in next(iter(roadmaps().values())).modules for item in module.items]
    minutes = min(30, max(1, 10_000 // max(1, entries)))
    rows, done = [], 0
    for number in range(entries):
        while len(items) > 1 and done >= items[0][1]:
            done -= items.pop(0)[1]
        at = begin + (MONDAY - begin) * number / entries
        rows.append({"enrollment": 1, "item": items[0][0], "day": at.date(), "minutes": minutes, "recorded_at": at})
        done += minutes
    if rows:
        connection.execute(insert(entry).values(kind="study"), rows)
    for name, columns in DERIVED.items():
        table = metadata.tables.get(name)
        if table is not None and not columns:
            connection.execute(table.delete())
        elif table is not None and set(columns) <= set(table.c.keys()):
            connection.execute(table.update().values(dict.fromkeys(columns)))


def _only_announcement(connection: Connection) -> None:
    """Of the reminders only the announcement comes, at NINE."""
    connection.execute(update(reminder).values(due=None))
    connection.execute(update(reminder).where(reminder.c.kind == "announcement").values(due=NINE))


def multiply(database: SqlDatabase, learners: int) -> None:
    """Copy the only learner, with all that is theirs, until there are so many."""
    if learners <= 1:
        return
    with database.engine.begin() as connection:
        theirs: dict[Table, int] = {}
        for table in metadata.sorted_tables:
            if table is learner or any(key.column.table in theirs for key in table.foreign_keys):
                theirs[table] = _highest(connection, table)
        for table in theirs:
            _copy(connection, table, theirs, learners - 1)
        connection.execute(text("ANALYZE"))


def _highest(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.max(table.c.id))).scalar_one() or 0) if "id" in table.c else 0


def _copy(connection: Connection, table: Table, theirs: dict[Table, int], copies: int) -> None:
    """Copy the rows of one table, all ids in them moved on by a learner's worth for each copy."""

    def value(column: Column[object]) -> str:
        name = f'"{column.name}"'
        keys = (key.column.table for key in column.foreign_keys if key.column.table in theirs)
        target = next(keys, IDS.get((table.name, column.name)))
        if target is not None or (column.name == "id" and isinstance(column.type, Integer)):
            return f"t.{name} + n * {theirs[target if target is not None else table]}"
        if table is account and column.name == "external_id":
            return f"CAST(CAST(t.{name} AS INTEGER) + n AS VARCHAR(64))"
        return f"t.{name} || ' ' || n" if column.name == "name" else f"t.{name}"

    names = ", ".join(f'"{column.name}"' for column in table.columns)
    values = ", ".join(value(column) for column in table.columns)
    series = "WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < :copies)"
    rows = f'SELECT {values} FROM "{table.name}" AS t, series'  # noqa: S608 - our own names
    if connection.dialect.name == "postgresql":
        connection.execute(text(f'INSERT INTO "{table.name}" ({names}) {series} {rows}'), {"copies": copies})
        if "id" in table.c:
            sequence = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
            connection.execute(text(f'SELECT setval({sequence}, (SELECT MAX(id) + 1 FROM "{table.name}"))'))  # noqa: S608
    else:
        connection.execute(text(f'{series} INSERT INTO "{table.name}" ({names}) {rows}'), {"copies": copies})


def join_all(database: SqlDatabase, members: int) -> int:
    """Make CHAT the place of a group with a live board, whose members the first so many learners are; its id."""
    app = application(database)

    async def found_and_join() -> None:
        await ask(app, 0, "group.create", place=CHAT)
        await ask(app, 0, "group.join", place=CHAT, shown="name")

    asyncio.run(found_and_join())
    membership = metadata.tables["membership"]
    with database.engine.begin() as connection:
        first = dict(connection.execute(select(membership)).mappings().one())
        ids = connection.execute(select(learner.c.id).order_by(learner.c.id).limit(members)).scalars().all()
        rows = []
        for number, id_ in enumerate(ids[1:], start=1):
            row = {"id": first["id"] + number, "learner": id_, "name": f"Ada {number}", "role": "member"}
            folded = {"folded": f"ada {number}"} if "folded" in first else {}
            rows.append(first | row | folded)
        if rows:
            connection.execute(insert(membership), rows)
    return int(first["study_group"])


def copied(database: SqlDatabase, to: Path) -> URL:
    """A copy of an SQLite file that nobody writes to now."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert database.file is not None
    shutil.copy(database.file, to)
    return database.url.set(database=str(to))


def move_to(database: SqlDatabase, platform: str, ids: Sequence[int]) -> None:
    """Give the first learners these ids on a platform, on which all of them are from now on."""
    with database.engine.begin() as connection:
        connection.execute(update(account).values(platform=platform))
        for learner_id, id_ in enumerate(ids, start=1):
            connection.execute(update(account).where(account.c.learner == learner_id).values(external_id=str(id_)))


def mute_all_but(database: SqlDatabase, due: int) -> None:
    """Leave the announcement to the first so many learners only."""
    with database.engine.begin() as connection:
        connection.execute(update(reminder).where(reminder.c.learner > due).values(due=None))


def postpone_all_but(database: SqlDatabase, due: int) -> None:
    """Let all other reminders of all learners come in another week, so that they all wait."""
    with database.engine.begin() as connection:
        connection.execute(update(reminder).values(due=NINE + timedelta(weeks=1)))
    due_again(database, due)


def due_again(database: SqlDatabase, due: int) -> None:
    """Let the announcement be due to the first so many learners at NINE, as if it had not come yet."""
    with database.engine.begin() as connection:
        connection.execute(metadata.tables["delivery"].delete())
        announcements = (reminder.c.kind == "announcement") & (reminder.c.learner <= due)
        connection.execute(update(reminder).where(announcements).values(due=NINE))
