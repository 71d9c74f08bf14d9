"""Where the bot is: a place that was lost is there again as soon as anybody speaks to the bot in it."""

from datetime import timedelta

from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.storage.frontend import frontend
from tests.storage.stored_rows import lines


def gone(database: SqlDatabase) -> dict[str, bool]:
    """Every place: whether the bot is believed to be out of it."""
    return {line["external_id"]: line["gone_at"] is not None for line in lines(database, "place")}


def lose(uow: UnitOfWork) -> None:
    """Both places are lost."""
    for chat in ("cafe", "park"):
        uow.groups.mark_left("terminal", chat, MONDAY + timedelta(hours=1))


def test_whoever_speaks_to_the_bot_in_a_lost_place_brings_it_back_and_no_other(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    for chat in ("cafe", "park"):
        here.say("ada", "/group create", group=chat)
    database.transact(lose)
    assert gone(database) == {"cafe": True, "park": True}
    here.say("ada", "/leaderboard", group="cafe")
    assert gone(database) == {"cafe": False, "park": True}
