"""What was entered more than a day from its day is marked, by the clock of whoever entered it."""

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


@pytest.mark.parametrize("begin", [0, 360])
@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_mark_follows_the_learners_own_clock(database: SqlDatabase, zone: str, begin: int) -> None:
    begins = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    instants = [begins + timedelta(minutes=30 * n + shift) for n in range(-100, 160) for shift in (0, -1)]
    with database.engine.begin() as connection:
        expected = {}
        for instant in instants:
            who = {"locale": "en", "zone": zone, "created_at": MONDAY, "seen_at": MONDAY, "day_begins": begin}
            id_ = connection.execute(insert(learner).values(who).returning(learner.c.id)).scalar_one()
            values = {"learner": id_, "roadmap": "r", "version": "1", "start": DAY, "chosen_at": MONDAY}
            of = connection.execute(insert(enrollment).values(values).returning(enrollment.c.id)).scalar_one()
            line = {"enrollment": of, "item": "i", "day": DAY, "minutes": 30, "kind": "study", "recorded_at": instant}
            connection.execute(insert(entry).values(line))
            expected[id_] = abs(local_date(instant, ZoneInfo(zone), begin) - DAY) > LATE
        members = [Member(id_, str(id_)) for id_ in expected]
        results = studied(connection, members, DAY, DAY)
    assert {result.member.learner: result.late for result in results} == expected
    assert {result.minutes for result in results} == {30}
    assert set(expected.values()) == {True, False}
