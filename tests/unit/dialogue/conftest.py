"""What parameters ask of a context, without a database: the learner, their day and their roadmap."""

from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.core.calendar import instant
from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId, LearnerId
from bot.core.learner import Account, Enrollment, Learner
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.request import Request
from bot.ports.changes import Changes
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.roadmap_catalog import RoadmapCatalog
from roadmap.loader import builtin, loads

START, TODAY = date(2026, 1, 5), date(2026, 3, 4)
TRACK = builtin("ml-researcher")


def _context(today: date = TODAY, locale: str = "en", studied: int = 0) -> Context:
    zone = ZoneInfo("Europe/Berlin")
    now = instant(today, time(22), zone)  # what was studied today is over
    learner = Learner(LearnerId(1), locale, zone, now, now)
    request = Request("1", Account("terminal", "u1", "u1"), "log")
    catalog = RoadmapCatalog({TRACK.id: TRACK}, loads)
    uow = cast("UnitOfWork", SimpleNamespace(changes=Changes()))
    ctx = Context(uow, request, now, learner, catalog, {}, lambda: "2345-6789")
    entries = (Entry(EntryId(1), TRACK.parts[0].item, START, studied, "study", now),) if studied else ()
    study = Study(EnrollmentId(1), TRACK, START, Commitments((Commitment(START, 480),)), entries)
    ctx._loaded = Enrollment(EnrollmentId(1), learner.id, TRACK.id, TRACK.version, START), study
    return ctx


@pytest.fixture(scope="session")
def context() -> Callable[..., Context]:
    """Make a context: Wednesday, 4 March 2026 unless `today` says otherwise; `studied` minutes behind the learner."""
    return _context
