"""What tests of use cases begin with."""

from collections.abc import Iterator

import pytest

from bot.storage.database import SqlDatabase
from bot.storage.unit_of_work import SqlUnitOfWork
from roadmap.model import Roadmap
from tests.usecases.learning import Learning


@pytest.fixture
def learning(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Iterator[Learning]:
    """Nobody yet, on a database of their own, inside one unit of work."""
    with sqlite.engine.begin() as connection:
        yield Learning(SqlUnitOfWork(connection), next(iter(roadmaps.values())))
