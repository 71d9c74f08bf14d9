"""What shows a few entries reads a few, however long the ledger is."""

import sys

import pytest

from bot.core.ids import EnrollmentId
from bot.core.ledger import Entry, history
from bot.storage.database import SqlDatabase
from bot.storage.ledger import Ledger
from bot.storage.unit_of_work import SqlUnitOfWork
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, account, forged, frontend, shown


@pytest.fixture
def here(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> Frontend:
    here = frontend(database, roadmaps)
    here.enrol("ada")
    for minutes in range(10, 20):
        here.say("ada", f"/log {minutes}m")
    here.press("ada", here.press("ada", here.say("ada", "/history"), "Change 3"), "Another item")
    here.say("ada", "/move calculus", "/undo")
    return here


def test_history_and_why_read_no_whole_ledger(here: Frontend, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = [here.pressed("ada", forged("history", page=page)) for page in ("2", "9")]

    def asked() -> list[str]:
        answers = [here.say("ada", words) for words in ("/history", "/why", "/why hours")]
        return [shown(answer) for answer in (*answers, *here.handle(*pages))]

    before = asked()
    assert before[0].startswith("10 entries")
    assert before[3] != before[0]
    assert before[4] == before[3]  # the last page in place of one behind it
    monkeypatch.setattr(Ledger, "entries", None)
    assert asked() == before


def test_undo_reads_the_ledger_once_for_the_new_sums(here: Frontend, monkeypatch: pytest.MonkeyPatch) -> None:
    read, entries = list[EnrollmentId](), Ledger.entries

    def counted(ledger: Ledger, of: EnrollmentId) -> tuple[Entry, ...]:
        read.append(of)
        return entries(ledger, of)

    monkeypatch.setattr(Ledger, "entries", counted)
    assert "Took back" in shown(here.say("ada", "/undo"))
    assert len(read) == 1


def test_undo_finds_what_counts_behind_much_that_does_not(here: Frontend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["bot.commands.undo"], "_LOOKED_AT", 2)
    answers = [shown(here.say("ada", "/undo")) for _ in range(12)]
    assert all(answer.startswith(("Took back", "It is where")) for answer in answers[:9])
    assert answers[-1].startswith("There is nothing to take back: everything")


def test_the_newest_are_those_of_the_whole_history(here: Frontend, database: SqlDatabase) -> None:
    with database.engine.connect() as connection:
        uow = SqlUnitOfWork(connection)
        learner = uow.learners.find(account("ada"))
        assert learner
        enrollment = uow.enrollments.current(learner.id)
        assert enrollment
        whole = history(uow.ledger.entries(enrollment.id))
        for skip in range(0, len(whole) + 2, 5):
            originals, total, lines = uow.ledger.newest(enrollment.id, skip, 5)
            assert total == len(whole)
            assert list(originals) == list(reversed(whole))[skip : skip + 5]
            some = history(lines)
            assert [some[id_] for id_ in originals] == [whole[id_] for id_ in originals]
