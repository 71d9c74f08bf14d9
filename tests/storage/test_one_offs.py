"""One-off messages: each is sent once a day to a recipient, and none replaces another."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from bot.core.ids import LearnerId
from bot.ports.deliveries import Settlement
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from bot.storage.tables import delivery
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.storage.frontend import frontend
from tests.storage.stored_rows import lines


def enrolled(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> LearnerId:
    """A learner's id."""
    frontend(database, roadmaps).enrol("ada")
    return LearnerId(int(str(lines(database, "learner")[0]["id"])))


def one_offs(database: SqlDatabase) -> list[tuple[str, str]]:
    """Every one-off message: what it asks for, and its state."""
    with database.engine.connect() as connection:
        rows = connection.execute(
            select(delivery.c.request, delivery.c.state).where(delivery.c.kind == "one_off").order_by(delivery.c.id)
        )
        return [(row.request, row.state) for row in rows]


def test_one_off_messages_of_one_day_are_all_kept(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    ada = enrolled(database, roadmaps)

    def post(uow: UnitOfWork) -> None:
        for request in ("1.focus?timer=1", "1.reviewed?review=1", "1.focus?timer=1"):
            uow.deliveries.post(request, MONDAY, learner=ada)

    asyncio.run(database.run(post))
    assert one_offs(database) == [("1.focus?timer=1", "pending"), ("1.reviewed?review=1", "pending")]


def test_what_was_withdrawn_can_be_posted_anew_and_what_was_sent_is_not_sent_again(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    ada = enrolled(database, roadmaps)
    later = MONDAY + timedelta(hours=1)

    def work(uow: UnitOfWork) -> None:
        uow.deliveries.post("1.focus?timer=1", MONDAY, learner=ada)
        uow.deliveries.withdraw("1.focus?timer=1")
        uow.deliveries.post("1.focus?timer=1", MONDAY, learner=ada)

    asyncio.run(database.run(work))
    assert one_offs(database) == [("1.focus?timer=1", "pending")]

    def send(uow: UnitOfWork) -> None:
        (taken,) = uow.deliveries.claim("terminal", "me", later, later + timedelta(minutes=1), 5)
        assert uow.deliveries.settle([Settlement(taken.id, "me", "sent", later)]) == 1
        uow.deliveries.post("1.focus?timer=1", MONDAY, learner=ada)

    asyncio.run(database.run(send))
    assert one_offs(database) == [("1.focus?timer=1", "sent")]
    with database.engine.connect() as connection:
        assert connection.execute(select(func.count()).where(delivery.c.state == "pending")).scalar_one() == 0
