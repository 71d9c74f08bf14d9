"""Beginning again, and with another module: credited hours never move or vanish, and every way back is one."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.study import Study
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
START = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
MODULES = [module.id for module in TRACK.modules]

lines = st.one_of(
    st.tuples(st.just("study"), st.sampled_from(list(TRACK.items)), st.integers(1, 900)),
    st.tuples(st.just("done"), st.sampled_from(list(TRACK.items)), st.just(0)),
    st.tuples(st.just("first"), st.sampled_from(MODULES), st.just(0)),
)


def study(entries: list[Entry]) -> Study:
    return Study(
        EnrollmentId(1),
        TRACK,
        START,
        Commitments((Commitment(START, 480),)),
        tuple(entries),
        versions={TRACK.version: TRACK},
    )


def ledger(history: list[tuple[str, str, int]]) -> list[Entry]:
    return [Entry(n, item, START, minutes, kind, NOW) for n, (kind, item, minutes) in enumerate(history, start=1)]  # type: ignore[arg-type]


def credit(study: Study) -> dict[str, int]:
    return {item: study.position.credited_to(item) for item in TRACK.items}


@given(st.lists(lines, max_size=12), st.sampled_from(MODULES))
def test_a_module_that_comes_first_moves_no_credited_hour(history: list[tuple[str, str, int]], module: str) -> None:
    before = study(ledger(history))
    after = study(ledger([*history, ("first", module, 0)]))
    assert credit(after) == credit(before)
    assert after.position.left == before.position.left
    assert after.finish(START) == before.finish(START)
    assert sorted(covered.part.week for covered in after.position.parts) == sorted(part.week for part in TRACK.parts)
    left = sum(after.position.left_of(item.id) for m in TRACK.modules if m.id == module for item in m.items)
    if left:
        assert after.module.id == module
    else:
        assert after.position.current == before.position.current
    back = [
        *ledger([*history, ("first", module, 0)]),
        Entry(EntryId(99), module, START, 0, "reversal", NOW, EntryId(len(history) + 1)),
    ]
    assert study(back).position == before.position


@given(st.lists(lines, max_size=8), st.lists(lines, max_size=8))
def test_beginning_again_begins_at_nothing_and_loses_nothing(
    history: list[tuple[str, str, int]], then: list[tuple[str, str, int]]
) -> None:
    every = ledger([*history, ("again", TRACK.version, 0), *then])
    again = study(every)
    assert again.position == study(ledger(then)).position
    assert again.logged == sum(minutes for _, _, minutes in (*history, *then))
    assert again.summary.before == sum(minutes for _, _, minutes in history)
    assert again.week(START).logged == again.logged
    back = [*every, Entry(EntryId(99), TRACK.version, START, 0, "reversal", NOW, EntryId(len(history) + 1))]
    assert study(back).position == study(ledger([*history, *then])).position


@given(st.lists(lines, max_size=8), st.integers(0, 40), st.integers(0, 60))
def test_a_new_beginning_owes_nothing_from_before_it(
    history: list[tuple[str, str, int]], days: int, later: int
) -> None:
    day = START + timedelta(days=days)
    begun = Entry(EntryId(len(history) + 1), TRACK.version, day, 0, "again", NOW)
    again = study([*ledger(history), begun])
    today = day + timedelta(days=later)
    weeks = (today - timedelta(days=today.weekday()) - (day - timedelta(days=day.weekday()))).days // 7
    assert 0 <= -again.balance(today) <= 480 * weeks
    assert again.balance(day) == 0
    assert again.week_number(day) == 1


def test_what_quiz_asks_follows_the_order_of_modules() -> None:
    fresh = study(ledger([("first", "python-for-ml", 0)]))
    assert fresh.roadmap_weeks == {7}
    python = next(module for module in TRACK.modules if module.id == "python-for-ml")
    minutes = {item.id: item.minutes for item in python.items}
    done = study(ledger([("first", "python-for-ml", 0), *(("study", item, m) for item, m in minutes.items())]))
    assert done.roadmap_weeks == {1, 7, 8}
    assert study([]).roadmap_weeks == {1}
