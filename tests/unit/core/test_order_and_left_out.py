"""Beginning again, or with another module, beside items that were left out of the plan."""

from datetime import UTC, date, datetime, timedelta

from bot.core.catchup import trims
from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.quiz import reached
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
MONDAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
EXTRAS = [item.id for item in TRACK.items.values() if not item.core]


def study(*lines: tuple[str, str, int], day: date = MONDAY) -> Study:
    entries = [Entry(n, item, day, minutes, kind, NOW) for n, (kind, item, minutes) in enumerate(lines, start=1)]  # type: ignore[arg-type]
    meant = Commitments((Commitment(MONDAY, 480),))
    return Study(EnrollmentId(1), TRACK, MONDAY, meant, tuple(entries), versions={TRACK.version: TRACK})


def test_a_new_beginning_brings_back_what_was_left_out() -> None:
    left_out = [("trim", item, 0) for item in EXTRAS]
    before = study(("study", "calculus", 60), *left_out)
    assert before.position.total < TRACK.minutes
    again = study(("study", "calculus", 60), *left_out, ("again", TRACK.version, 0))
    assert (again.position.total, again.position.left_out, again.position.covered) == (TRACK.minutes, 0, 0)
    assert again.trimmed == ()
    assert again.modules_left_out == frozenset()
    assert again.balance(MONDAY + WEEK) == -(480 - 60)  # no more than was left of its week


def test_what_is_left_out_after_a_new_beginning_makes_up_for_what_is_open_since() -> None:
    item = TRACK.items[EXTRAS[-1]]
    again = study(("again", TRACK.version, 0), ("trim", item.id, 0))
    assert again.position.left_out == item.minutes
    assert [entry.item for entry in again.trimmed] == [item.id]
    assert again.debt(MONDAY + WEEK) == max(0, 480 - item.minutes)
    assert again.balance(MONDAY + WEEK) == min(0, item.minutes - 480)


def test_a_module_that_comes_first_stays_left_out_where_it_was() -> None:
    extra = next(TRACK.items[id_] for id_ in reversed(EXTRAS) if any(item.core for item in TRACK.module_of[id_].items))
    module = TRACK.module_of[extra.id]
    before = study(("trim", extra.id, 0))
    after = study(("trim", extra.id, 0), ("first", module.id, 0))
    assert after.position.left_out == before.position.left_out == extra.minutes
    assert after.position.total == before.position.total
    assert after.position.left_of(extra.id) == 0
    assert after.module == module


def test_a_module_wholly_left_out_that_comes_first_is_passed_over() -> None:
    module = TRACK.modules[-1]
    gone = [("trim", item.id, 0) for item in module.items]
    after = study(*gone, ("first", module.id, 0))
    assert after.modules_left_out == {module.id}
    assert after.module == TRACK.modules[0]
    asked = reached(TRACK, after.roadmap_weeks, after.modules_left_out)
    assert asked
    assert not {question.id for question in module.questions} & {question.id for question in asked}


def test_a_module_that_comes_first_is_trimmed_last() -> None:
    """The extras that are left out are the last ones in the learner's own order."""
    module = TRACK.module_of[EXTRAS[-1]]
    others = [id_ for id_ in EXTRAS if TRACK.module_of[id_] != module]
    gone = trims(study(("first", module.id, 0)), 1)
    assert [item.id for item in gone] == [others[-1]]
    assert [item.id for item in trims(study(), 1)] == [EXTRAS[-1]]


def test_an_entry_moved_after_a_new_beginning_stays_before_it() -> None:
    calculus, again = ("study", "calculus", 60), ("again", TRACK.version, 0)
    restarted = study(calculus, again)
    moved = (
        *restarted.entries,
        Entry(EntryId(3), "calculus", MONDAY, -60, "reversal", NOW, reverses=EntryId(1)),
        Entry(EntryId(4), "calculus", MONDAY + DAY, 60, "study", NOW, moves=EntryId(1)),
    )
    after = Study(EnrollmentId(1), TRACK, MONDAY, restarted.commitments, moved, versions={TRACK.version: TRACK})
    assert after.summary.before == restarted.summary.before == 60
    assert after.position.covered == 0
    assert after.left_when_begun == restarted.left_when_begun == 420
