"""A process in which many learners log at once, for tests that kill it."""

import asyncio
import os
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import count
from multiprocessing.connection import Connection

from sqlalchemy import event

from bot.roadmaps import library
from bot.storage import schema
from bot.storage.database import opened
from tests.conftest import MONDAY
from tests.storage.frontend import Frontend, frontend, shown

LEARNERS = 16
"""So many requests may be on their way when the process is killed."""


def log_for_ever(file: str, life: int, out: Connection) -> None:
    """Log hours for learners side by side, and write to `out` a line for each: its note, and the commits so far."""
    with opened(f"sqlite:///{file}") as database:
        schema.upgrade(database, MONDAY)
        here = frontend(database, library(), MONDAY + timedelta(hours=12 * life))
        people = [f"u{n}" for n in range(LEARNERS)]
        if life == 0:
            for who in people:
                here.enrol(who)
        commits: list[object] = []
        event.listen(database.engine, "commit", commits.append)
        asyncio.run(_all(here, people, life, lambda note: os.write(out.fileno(), f"{note}:{len(commits)}\n".encode())))


async def _all(here: Frontend, people: Sequence[str], life: int, logged: Callable[[str], object]) -> None:
    await asyncio.gather(*(_log(here, who, life, logged) for who in people))


async def _log(here: Frontend, who: str, life: int, logged: Callable[[str], object]) -> None:
    for n in count():
        note = f"{who} life {life} line {n}"
        request = here.typed(who, f'/log 1m "{note}"', id_=note)
        answer = shown(await here.dispatcher.handle(request, here.now + timedelta(minutes=2 * n)))
        assert answer.startswith("Logged 1 min"), answer
        logged(note)
