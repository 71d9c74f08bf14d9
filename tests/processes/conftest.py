"""A database of its own on a PostgreSQL server for each test."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import URL

from tests.conftest import fresh_postgresql


@pytest.fixture
def url(postgresql: URL, migrated_postgresql: URL) -> Iterator[URL]:
    """A PostgreSQL database with the newest schema."""
    with fresh_postgresql(postgresql, migrated_postgresql) as fresh:
        yield fresh
