"""A pause planned ahead owes nothing, whatever is committed meanwhile, and leaves every other day as it was."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.commitment import Absent, Commitment, Commitments

MONDAY = date(2026, 1, 5)
days = st.integers(0, 60).map(lambda n: MONDAY + timedelta(days=n))
made = st.lists(st.builds(Commitment, days, st.sampled_from([0, 120, 480, 600])), max_size=5)
spans = st.lists(st.tuples(days, days).map(lambda two: (min(two), max(two))), max_size=4)


@given(made, spans, st.builds(Commitment, days, st.sampled_from([120, 480])))
def test_a_planned_pause_stays_whatever_is_committed_later(
    before: list[Commitment], pauses: list[tuple[date, date]], pace: Commitment
) -> None:
    start = Commitment(MONDAY, 480)
    plain = Commitments((start, *before, pace))
    paused = Commitments((start, *before, pace), (), tuple(Absent(*span) for span in pauses))
    for n in range(70):
        day = MONDAY + timedelta(days=n)
        inside = any(first <= day <= last for first, last in pauses)
        assert paused.on(day) == (0 if inside else plain.on(day))
        assert (paused.idle(day) == "pause") == ((inside or plain.on(day) == 0) and paused.idle(day) != "before")
        if paused.on(day) == 0 and (back := paused.returns(day)):
            assert paused.on(back) > 0
            assert not any(paused.on(day + timedelta(days=k)) for k in range((back - day).days))
    assert paused.usual() == plain.usual()
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    if len({paused.on(day) for day in week}) > 1:
        assert paused.target(MONDAY) == (sum(map(paused.on, week)) + 3) // 7


@given(made, spans)
def test_an_illness_is_no_pause(before: list[Commitment], ill: list[tuple[date, date]]) -> None:
    start = Commitment(MONDAY, 480)
    plain, sick = Commitments((start, *before)), Commitments((start, *before), tuple(Absent(*span) for span in ill))
    for n in range(70):
        day = MONDAY + timedelta(days=n)
        assert (sick.idle(day) == "pause") == (plain.idle(day) == "pause")
