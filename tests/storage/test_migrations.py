"""From any revision to the newest, with every row kept (promise 15)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Lock

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, insert, text
from sqlalchemy.engine import URL

import migrations
from bot.storage import schema
from bot.storage.database import SqlDatabase, opened
from bot.storage.schema import SchemaTooNew, Upgrade
from bot.storage.tables import metadata
from tests.conftest import MONDAY
from tests.storage.filling import ROWS, fill, structure
from tests.storage.stored_rows import hashes, lines, rows

REVISIONS = [
    script.revision for script in reversed(list(ScriptDirectory(Path(migrations.__file__).parent).walk_revisions()))
]
"""The oldest first."""
EARLIER, HEAD = REVISIONS[:-1], REVISIONS[-1]


@pytest.fixture
def empty(empty_url: URL, backups: Path) -> Iterator[SqlDatabase]:
    """A database of each kind with nothing in it."""
    with opened(empty_url) as without_tables:
        yield without_tables


def test_an_empty_database_gets_the_newest_schema_and_no_backup(empty: SqlDatabase) -> None:
    assert schema.status(empty).revision is None
    assert schema.upgrade(empty, MONDAY) == Upgrade(None, HEAD, None)
    assert schema.status(empty).current
    assert set(rows(empty)) == set(metadata.tables) | {"alembic_version"}


def test_a_second_upgrade_has_nothing_to_do(empty: SqlDatabase, backups: Path) -> None:
    schema.upgrade(empty, MONDAY)
    fill(empty)
    before = rows(empty), structure(empty)
    assert schema.upgrade(empty, MONDAY) == Upgrade(HEAD, HEAD, None)
    assert (rows(empty), structure(empty)) == before
    assert list(backups.iterdir()) == []


def test_the_newest_revision_is_the_schema_the_program_works_with(empty: SqlDatabase) -> None:
    schema.upgrade(empty, MONDAY)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "target_metadata": metadata})
        assert compare_metadata(context, metadata) == []


@pytest.mark.parametrize("revision", EARLIER)
def test_every_row_of_an_earlier_revision_is_kept(empty: SqlDatabase, revision: str) -> None:
    schema.upgrade(empty, MONDAY, revision)
    filled = fill(empty)
    before = rows(empty)
    assert all(len(before[name]) == ROWS for name in filled)
    upgrade = schema.upgrade(empty, MONDAY)
    assert (upgrade.before, upgrade.after) == (revision, HEAD)
    # Columns that a later revision adds stand behind those that were there.
    after = {
        name: sorted((row[: len(before[name][0])] for row in content), key=repr) if name in filled else content
        for name, content in rows(empty).items()
    }
    assert {name: hashes(after)[name] for name in filled} == {name: hashes(before)[name] for name in filled}


@pytest.mark.slow
@pytest.mark.parametrize("revision", [*EARLIER, HEAD])
def test_step_by_step_gives_the_same_schema_as_at_once(empty: SqlDatabase, empty_url: URL, revision: str) -> None:
    for step in REVISIONS[: REVISIONS.index(revision) + 1]:
        schema.upgrade(empty, MONDAY + timedelta(seconds=int(step)), step)
    assert schema.status(empty).revision == revision
    schema.upgrade(empty, MONDAY)
    stepwise = structure(empty)
    with empty.engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE alembic_version"))
    schema.upgrade(empty, MONDAY)
    assert structure(empty) == stepwise


def test_a_schema_from_the_future_is_refused_and_left_alone(empty: SqlDatabase, backups: Path) -> None:
    schema.upgrade(empty, MONDAY)
    fill(empty)
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = rows(empty), structure(empty)
    with pytest.raises(SchemaTooNew, match="9999"):
        schema.upgrade(empty, MONDAY)
    assert (rows(empty), structure(empty)) == before
    assert list(backups.iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize("revision", [None, *EARLIER])
def test_two_that_upgrade_at_once_both_succeed(empty_url: URL, backups: Path, revision: str | None) -> None:
    if revision:
        with opened(empty_url) as database:
            schema.upgrade(database, MONDAY, revision)
            fill(database)
    opening, ready = Lock(), Barrier(4)

    def upgrade(_: int) -> Upgrade:
        with opened(empty_url) as database:
            with opening:  # once in a file's life SQLite's switch to WAL, and that does not wait for others
                schema.status(database)
            ready.wait()
            return schema.upgrade(database, MONDAY)

    with ThreadPoolExecutor(4) as threads:
        upgrades = list(threads.map(upgrade, range(4)))
    assert {upgrade.after for upgrade in upgrades} == {HEAD}
    assert sorted(upgrade.before or "" for upgrade in upgrades) == [revision or "", HEAD, HEAD, HEAD]
    assert len(list(backups.iterdir())) == (1 if revision else 0)


def test_a_roadmap_left_for_another_rests_since_then(empty: SqlDatabase) -> None:
    schema.upgrade(empty, MONDAY, "0004")
    tables = MetaData()
    with empty.engine.begin() as connection:
        tables.reflect(connection, only=["learner", "enrollment"])
        people = {"locale": "en", "zone": "UTC", "created_at": MONDAY, "seen_at": MONDAY}
        for number in (1, 2):
            connection.execute(insert(tables.tables["learner"]).values(people | {"id": number}))
        for id_, learner, roadmap, days in ((1, 1, "a", 0), (2, 1, "b", 15), (3, 2, "a", 2)):
            way = {"id": id_, "learner": learner, "roadmap": roadmap, "version": "1.0.0", "start": MONDAY.date()}
            chosen = MONDAY + timedelta(days=days)
            connection.execute(insert(tables.tables["enrollment"]).values(way | {"chosen_at": chosen}))
    schema.upgrade(empty, MONDAY)
    assert [(line["enrollment"], str(line["since"]), line["minutes"]) for line in lines(empty, "commitment")] == [
        (1, "2026-01-20", 0)
    ]


def test_stored_words_become_those_of_the_glossary(empty: SqlDatabase) -> None:
    schema.upgrade(empty, MONDAY, "0015")
    fill(empty)
    former = {
        "delivery": {"kind": ("errand", "nudge", "errand"), "state": ("moot", "moot", "pending")},
        "membership": {"role": ("put out", "member", "organiser")},
        "code": {"kind": ("way", "link", "way")},
    }
    with empty.engine.begin() as connection:
        for table, columns in former.items():
            for column, words in columns.items():
                for number, word in enumerate(words, start=1):
                    statement = text(f"UPDATE {table} SET {column} = :word WHERE id = :id")  # noqa: S608
                    connection.execute(statement, {"word": word, "id": number})
    before = rows(empty)
    schema.upgrade(empty, MONDAY)

    def stored(table: str, column: str) -> list[str]:
        return [line[column] for line in sorted(lines(empty, table), key=lambda line: line["id"])]

    assert stored("delivery", "kind") == ["one_off", "nudge", "one_off"]
    assert stored("delivery", "state") == ["nothing_to_send", "nothing_to_send", "pending"]
    assert stored("membership", "role") == ["removed", "member", "organiser"]
    assert stored("code", "kind") == ["return", "link", "return"]
    unchanged = set(metadata.tables) - set(former)
    assert {name: rows(empty)[name] for name in unchanged} == {name: before[name] for name in unchanged}
