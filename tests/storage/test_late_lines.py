"""What was entered more than a day after its day is marked, by the clock of whoever entered it."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from bot.core.calendar import local_date
from bot.core.group import LATE, Member
from bot.storage.database import SqlDatabase
from bot.storage.studied import studied
from bot.storage.tables import enrollment, entry, learner
from tests.conftest import MONDAY

DAY = date(2026, 3, 29)
"""On which Europe's clocks change."""


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_mark_follows_the_learners_own_clock(database: SqlDatabase, zone: str) -> None:
    begins = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    instants = [begins + timedelta(minutes=30 * n + shift) for n in range(-60, 160) for shift in (0, -1)]
    with database.engine.begin() as connection:
        expected = {}
        for instant in instants:
            who = {"locale": "en", "zone": zone, "created_at": MONDAY, "seen_at": MONDAY}
            id_ = connection.execute(insert(learner).values(who).returning(learner.c.id)).scalar_one()
            way = {"learner": id_, "roadmap": "r", "version": "1", "start": DAY, "chosen_at": MONDAY}
            of = connection.execute(insert(enrollment).values(way).returning(enrollment.c.id)).scalar_one()
            line = {"enrollment": of, "item": "i", "day": DAY, "minutes": 30, "kind": "study", "recorded_at": instant}
            connection.execute(insert(entry).values(line))
            expected[id_] = local_date(instant, ZoneInfo(zone)) - DAY > LATE
        members = [Member(id_, str(id_)) for id_ in expected]
        found = studied(connection, members, DAY, DAY)
    assert {one.member.learner: one.late for one in found} == expected
    assert {one.minutes for one in found} == {30}
    assert set(expected.values()) == {True, False}
