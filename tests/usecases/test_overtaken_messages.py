"""What a change overtakes is withdrawn or counted anew, without anybody asking for it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.storage.database import SqlDatabase
from bot.storage.tables import delivery, live_message
from tests.conftest import MONDAY, Talk
from tests.usecases.board_examples import MEMBER

_REVIEW_ASKED = """
u1: /start 8
u1: [UTC]
u2: /start 8
u2: [UTC]
u1@cafe: /group create
u1@cafe: /group join by my name
u2@cafe: /group join by my name
u1: /project submit https://example.org/
u1: [Ask cafe for a look]
+1m
u2@cafe: [I'll look]
"""


def states(database: SqlDatabase, command: str) -> list[str]:
    """What became of the one-off messages of a command, by when they are due."""
    with database.engine.connect() as connection:
        rows = select(delivery.c.state).where(delivery.c.request.startswith(f"1.{command}?")).order_by(delivery.c.due)
        return list(connection.execute(rows).scalars())


def count_due(database: SqlDatabase) -> datetime | None:
    """When a group's count of check-ins is shown anew."""
    with database.engine.connect() as connection:
        rows = select(live_message.c.refresh_at).where(live_message.c.kind == "checkin")
        due: datetime | None = connection.execute(rows).scalar_one()
        return due


@pytest.mark.parametrize(("last", "state"), [("", "pending"), ("u1: [Stop]", "nothing_to_send")])
def test_nobody_asks_at_the_end_of_a_timer_that_was_stopped(
    last: str, state: str, talk: Talk, sqlite: SqlDatabase
) -> None:
    talk(f"u1: /start 8\nu1: [UTC]\nu1: /focus 25\n{last}")
    assert states(sqlite, "focus") == [state]


@pytest.mark.parametrize(
    ("last", "state"), [("", "pending"), ("u2: [Looks done]\nu2: I like your plots\nu2: [Send it]", "nothing_to_send")]
)
def test_no_group_is_asked_again_for_a_review_that_was_given(
    last: str, state: str, talk: Talk, sqlite: SqlDatabase
) -> None:
    talk(_REVIEW_ASKED + last)
    assert states(sqlite, "review") == ["sent", state]


@pytest.mark.parametrize(("shown", "counts"), [("By my name", True), ("Not shown", False)])
def test_a_count_of_check_ins_follows_the_answers_of_those_who_are_shown(
    shown: str, counts: bool, talk: Talk, sqlite: SqlDatabase
) -> None:
    talk(f"{MEMBER}u2: /start 8\nu2: [UTC]\nu2@cafe: /group join\nu2: [{shown}]\n=2026-01-11T20:00")
    assert count_due(sqlite) is None
    talk("u2: /checkin done", datetime(2026, 1, 11, 20, tzinfo=MONDAY.tzinfo))
    assert (count_due(sqlite) is not None) == counts
