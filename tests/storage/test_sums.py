"""Boards and studies from sums and snapshots say what a recomputation from all entries says (promises 11, 12, 32)."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Table, delete, func, update

from bot.commands.weekbegins import NAMES
from bot.core.calendar import local_date
from bot.core.ids import EnrollmentId
from bot.delivery.retention import Retention
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from bot.storage.ledger import Ledger
from bot.storage.tables import enrollment, owed_stretch, snapshot, studied_day
from bot.usecases.verify_sums import verify_sums
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, account, forged, frontend, shown
from tests.storage.oracle import GREEK
from tests.storage.stored_rows import lines
from tests.storage.sum_checks import check_boards, check_studies, check_sums
from tests.storage.test_links import merged

PEOPLE = ("ada", "bob", "cem", "Dörte", "eva", "fay", "gil", "hal", "ida", "joe", "kim", "lea", "max")
FOUNDERS = ("ada", "bob")
"""Those who become one learner and part again, which they must do as who they were."""
ZONES = ("UTC", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Berlin")


class Life:
    """People of one group who do whatever there is to do."""

    def __init__(self, database: SqlDatabase, roadmaps: dict[str, Roadmap], seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.database = database
        self.here = frontend(database, roadmaps)
        for who in PEOPLE:
            self.here.enrol(who, self.random.choice(ZONES), self.random.choice(("4", "8")))
        self.here.say("ada", "/group create", group="cafe")
        for who in PEOPLE:
            self.here.say(who, "/group join by my name", group="cafe")

    def step(self) -> str:
        """Somebody does something; what it was."""
        who, random = self.random.choice(PEOPLE), self.random
        self.here.now += timedelta(minutes=random.choice((2, 50, 400, 3000)))
        day = (self.here.now - timedelta(days=random.choice((0, 0, 0, 1, 2, 5)))).date().isoformat()
        entries = [str(line["id"]) for line in self.entries(who) if line["kind"] != "reversal"]
        entry = random.choice(entries) if entries else "0"
        until = (self.here.now + timedelta(days=random.randrange(1, 20))).date().isoformat()
        words = {
            "log": f"/log {random.randrange(10, 300)}m {day}",
            "log on": f"/log {random.randrange(10, 300)}m calculus {day}",
            "done": "/done",
            "undo": "/undo",
            "pace": f"/pace {random.randrange(2, 20)}",
            "pause": "/pause",
            "pause ahead": f"/pause {until}",
            "holiday": f"/pause from {until} to {(self.here.now + timedelta(days=25)).date().isoformat()}",
            "resume": "/resume",
            "sick": f"/sick {day}",
            "zone": f"/timezone {random.choice(ZONES)}",
        }
        pressed = {
            "take back": forged("undo", entry=entry),
            "put back": forged("undo", entry=entry, back="1"),
            "move": forged("move", entry=entry, day=day),
            "move to item": forged("move", entry=entry, item="calculus"),
            "weeks": forged("weekbegins", on=random.choice([*NAMES.values()])),
            "trim": forged("catchup.trim", take="1"),
            "shift": forged("catchup.shift", take="1"),
            "module": forged("module", number="1", begin="1"),
        }
        if random.randrange(25) == 0 and who not in FOUNDERS:
            return f"{who} {self.leave(who)}"
        act = random.choice([*words, *pressed, "log", "log", "log on", "version", "again", "day"])
        if act in words:
            answer = self.here.say(who, words[act])
        elif act in pressed:
            answer = self.here.handle(self.here.pressed(who, pressed[act]))[0]
        else:
            self.database.transact(lambda uow: self.write(uow, who, act))
            return f"{who} {act}"
        return f"{who} {act}: {shown(answer)[:70]}"

    def leave(self, who: str) -> str:
        """Somebody has everything deleted, and begins again as if they were new."""
        self.here.press(who, self.here.say(who, "/deleteme"), "Delete everything")
        self.here.enrol(who, self.random.choice(ZONES))
        self.here.say(who, "/group join by my name", group="cafe")
        return "deleted, and back"

    def write(self, uow: UnitOfWork, who: str, act: str) -> None:
        """Write what no command of one roadmap in one version does."""
        learner = uow.learners.find(account(who))
        assert learner
        enrollment = uow.enrollments.current(learner.id)
        assert enrollment
        today = local_date(self.here.now, learner.zone, learner.day_begins)
        if act == "day":
            uow.learners.set_day_begins(learner.id, self.random.choice((0, 120, 360)))
        elif act == "version":
            uow.ledger.add(enrollment.id, item="9", day=today, minutes=0, kind="version", now=self.here.now)
        else:
            uow.ledger.add(enrollment.id, item="9", day=today, minutes=0, kind="again", now=self.here.now)

    def entries(self, who: str) -> list[dict[str, object]]:
        """The lines of somebody's ledger."""
        learner = next(line["learner"] for line in lines(self.database, "account") if line["external_id"] == who)
        own = {line["id"] for line in lines(self.database, "enrollment") if line["learner"] == learner}
        return [line for line in lines(self.database, "entry") if line["enrollment"] in own]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_whatever_is_done_sums_and_snapshots_say_what_all_entries_say(
    database: SqlDatabase, roadmaps: dict[str, Roadmap], seed: int
) -> None:
    life = Life(database, roadmaps, seed)
    steps: list[str] = []
    for n in range(120 if database.sqlite else 60):
        steps.append(life.step())
        if n == 30:
            steps.append(life.leave("eva"))
        if n == 40:
            steps.append(merged(life.here))
        if n == 55:
            steps.append(shown(life.here.say("ada", "/link undo")))
        if n % 5 == 0 or n in {40, 55}:
            try:
                database.transact(lambda uow: check_studies(uow, life.here))
                database.transact(lambda uow: check_boards(uow, local_date(life.here.now, ZoneInfo("UTC"))))
                with pytest.raises(Undo):
                    database.transact(check_and_undo)
            except AssertionError:
                print("\n".join(steps[-12:]))  # noqa: T201
                raise


class Undo(Exception):
    """The end of a transaction that changes nothing."""


def check_and_undo(uow: UnitOfWork) -> None:
    """Sums are compared with what a recomputation makes, which is rolled back."""
    check_sums(uow)
    raise Undo


def test_what_was_never_summed_up_is_read_from_entries_and_summed_up_when_something_is_written(
    here: Frontend, database: SqlDatabase
) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.say("ada", "/log 2h", "/log 1h calculus")
    here.enrol("ben")
    here.say("ben", "/group join hidden", group="cafe")
    here.say("ben", "/log 3h")
    shown_before = [shown(here.say("ada", words)) for words in ("/today", "/progress", "/leaderboard all time")]
    assert "ben" not in shown_before[-1]
    before = [lines(database, name) for name in ("studied_day", "owed_stretch", "snapshot", "enrollment")]
    with database.engine.begin() as connection:
        for table in (studied_day, owed_stretch, snapshot):
            connection.execute(delete(table))
        connection.execute(update(enrollment).values(studied=None, late=None, last_day=None, last_entry=None))
    board_ = here.say("ada", "/leaderboard all time")
    assert [*(shown(here.say("ada", words)) for words in ("/today", "/progress")), shown(board_)] == shown_before
    here.say("ada", "/log 30m", "/undo", "/pace 9", "/today")
    here.say("ben", "/log 30m", "/undo")
    assert lines(database, "snapshot")
    assert lines(database, "studied_day") == before[0]
    assert lines(database, "owed_stretch")


def verified(here: Frontend, database: SqlDatabase, *, rebuild: bool = False) -> list[str]:
    """What `db verify` finds wrong."""
    wrong: list[str] = []
    after: EnrollmentId | None = EnrollmentId(0)
    while after is not None:
        page = database.transact(
            lambda uow, after=after: verify_sums(uow, here.dispatcher._catalog, after, rebuild=rebuild)  # type: ignore[misc]
        )
        wrong += page.wrong
        after = page.last
    return [line.partition(": ")[2] for line in wrong]


@pytest.mark.parametrize(
    ("table", "values", "finding"),
    [
        (studied_day, {"minutes": 7}, "sums of its entries"),
        (studied_day, {"late": 1}, "sums of its entries"),
        (enrollment, {"studied": 7}, "sums of its entries"),
        (enrollment, {"last_entry": 1}, "sums of its entries"),
        (snapshot, {"content": func.replace(snapshot.c.content, '"logged":', '"logged":1')}, "snapshot"),
        (snapshot, {"last": 1}, "snapshot"),
        (owed_stretch, {"committed": 7}, "what is owed on boards"),
    ],
)
def test_what_is_wrong_is_found_and_made_anew(
    here: Frontend, database: SqlDatabase, table: Table, values: dict[str, object], finding: str
) -> None:
    here.say("ada", "/log 2h", "/log 1h calculus", "/done", "/pace 9", "/today")
    assert verified(here, database) == []
    with database.engine.begin() as connection:
        connection.execute(update(table).values(values))
    assert set(verified(here, database)) == {finding}
    verified(here, database, rebuild=True)
    assert verified(here, database) == []


def test_what_an_older_database_has_is_summed_up_while_the_program_runs(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 2h", "/log 1h calculus", "/pace 9")
    before = [lines(database, name) for name in ("studied_day", "owed_stretch", "enrollment")]
    with database.engine.begin() as connection:
        for table in (studied_day, owed_stretch, snapshot):
            connection.execute(delete(table))
        connection.execute(update(enrollment).values(studied=None, late=None, last_day=None, last_entry=None))
    asyncio.run(Retention(database, lambda: here.now).when_due())
    assert [lines(database, name) for name in ("studied_day", "owed_stretch", "enrollment")] == before


@pytest.mark.parametrize("words", ["/today", "/log 1m", "/progress", "/plan", "/checkin done", "/pace 9", "/pause"])
def test_everyday_commands_read_no_whole_ledger(here: Frontend, words: str) -> None:
    here.say("ada", "/log 2h")
    all_entries = Ledger.entries
    reads: list[int] = []

    def watched(self: Ledger, enrollment_: EnrollmentId) -> object:
        reads.append(enrollment_)
        return all_entries(self, enrollment_)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "entries", watched)
        here.say("ada", words)
    assert reads == []


def test_what_is_put_back_late_was_entered_when_it_was_entered(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 1h")
    entry = str(lines(database, "entry")[0]["id"])
    here.now += timedelta(days=4)
    for back in ({}, {"back": "1"}):
        here.handle(here.pressed("ada", forged("undo", entry=entry, **back)))
    assert [(day["minutes"], day["late"]) for day in lines(database, "studied_day")] == [(60, 0)]


def test_a_snapshot_of_a_plan_that_was_corrected_since_is_made_anew(database: SqlDatabase) -> None:
    here = frontend(database, {"greek": GREEK})
    here.enrol("ada")
    here.say("ada", "/log 5h", "/log 1h")
    module = GREEK.modules[0]
    corrected = replace(GREEK, modules=(replace(module, items=tuple(reversed(module.items))),))
    here = frontend(database, {"greek": corrected}, here.now + timedelta(hours=1))
    here.ids = count(1000)
    said = [shown(here.say("ada", words)) for words in ("/progress", "/today", "/plan")]
    with database.engine.begin() as connection:
        connection.execute(delete(snapshot))
    assert [shown(here.say("ada", words)) for words in ("/progress", "/today", "/plan")] == said
