"""The phases of a study session, and whose minutes count."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.ids import GroupId, LearnerId, SessionId
from bot.core.session import Presence, Rhythm, Series, StudySession

EIGHT = datetime(2026, 1, 5, 20, tzinfo=UTC)
ADA = LearnerId(1)


def session(minutes: int = 90, study: int = 50, rest: int = 10) -> StudySession:
    return StudySession(SessionId(1), GroupId(1), ADA, EIGHT, minutes, Rhythm(study, rest), None, announced_at=EIGHT)


def at(minutes: float) -> datetime:
    """So many minutes after it began."""
    return EIGHT + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "study", "rest", "lengths"),
    [
        (90, 50, 10, [50, 10, 30]),
        (60, 50, 10, [60]),  # no study would follow the break
        (69, 50, 10, [69]),
        (70, 50, 10, [50, 10, 10]),
        (120, 50, 10, [50, 10, 60]),
        (60, 25, 5, [25, 5, 30]),
        (15, 50, 10, [15]),
    ],
)
def test_a_break_is_taken_only_where_as_much_study_follows_it(
    minutes: int, study: int, rest: int, lengths: list[int]
) -> None:
    phases = session(minutes, study, rest).phases
    assert [(phase.ends - phase.begins) // timedelta(minutes=1) for phase in phases] == lengths
    assert [phase.kind for phase in phases] == [("study", "rest")[n % 2] for n in range(len(lengths))]
    assert (phases[0].begins, phases[-1].ends) == (EIGHT, at(minutes))


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([(0, None)], 80),
        ([(0, 55)], 50),
        ([(52, 58)], 0),
        ([(10, 20), (65, None)], 35),
        ([(30.5, 31.4)], 0),
        ([], 0),
    ],
)
def test_minutes_of_study_count_and_breaks_do_not(spans: list[tuple[float, float | None]], minutes: int) -> None:
    presences = [Presence(ADA, at(since), None if until is None else at(until)) for since, until in spans]
    assert session().studied(presences, at(500)) == minutes


def test_something_happens_at_each_phase_and_never_after_the_end() -> None:
    moments, now = [], EIGHT - timedelta(days=2)
    while (change := session().next_change(now)) is not None:
        moments.append((change - EIGHT) // timedelta(minutes=1))
        now = change
    assert moments == [0, 50, 60, 90]


def test_a_series_keeps_its_local_time_over_a_change_of_the_clocks() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    series = Series(1, GroupId(1), ADA, (1, 5), time(20), berlin, 60, Rhythm(), None)
    slot, slots = datetime(2026, 3, 24, tzinfo=UTC), []
    for _ in range(3):
        slot = series.next(slot)
        slots.append(slot.astimezone(berlin))
    assert [(s.weekday(), s.hour) for s in slots] == [(1, 20), (5, 20), (1, 20)]
    assert slots[0].utcoffset() != slots[2].utcoffset()
