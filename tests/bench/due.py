"""Learners whose announcement is due at `learners.NINE`, and a platform that takes their messages."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.app import Application, spare_garbage_collection, wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.storage.database import SqlDatabase, opened
from tests.bench import learners


class Chat:
    """A platform that takes every message at once."""

    ready = True

    def __init__(self) -> None:
        self.sent = self.edited = 0

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Taken; its key is its id."""
        self.sent += 1
        return key

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Taken."""
        self.edited += 1
        return True


def with_chat(database: SqlDatabase, chat: Chat) -> Application:
    """The program with that platform, at the time when the announcement is due."""
    app = wire(database, {learners.PLATFORM: chat}, roadmaps=learners.roadmaps(), clock=lambda: learners.NINE)
    spare_garbage_collection()
    return app


@contextmanager
def copy_of(template: SqlDatabase, path: Path) -> Iterator[SqlDatabase]:
    """A copy of a file, deleted afterwards."""
    with opened(learners.copied(template, path)) as database:
        yield database
    path.unlink()
