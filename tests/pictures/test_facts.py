"""What pictures show follows from what the words say."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.commands.views.pictures import WEEKS, closing_picture, heat_weeks, progress_picture, weeks_text
from bot.commands.views.progress import finish_text, pace_text
from bot.core.commitment import Commitment, Commitments
from bot.core.ids import EnrollmentId, EntryId
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.dialogue import codec
from bot.dialogue.facts import ClosingFacts, ProgressFacts
from bot.dialogue.reply import reply
from bot.dialogue.wording import Wording
from bot.pictures.drawing import draw
from roadmap.loader import builtin

TRACK = builtin("ml-researcher")
ITEM = next(iter(TRACK.items))
MONDAY = date(2026, 1, 5)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)


def line(id_: int, day: date, minutes: int, kind: str = "study", item: str = ITEM) -> Entry:
    return Entry(EntryId(id_), item, day, minutes, kind, NOW + timedelta(hours=id_))  # type: ignore[arg-type]


def studying(*hours: tuple[int, int], pause: tuple[int, int] | None = None, start: date = MONDAY) -> Study:
    """Eight hours a week; minutes with their day after the first Monday, and a pause between two days."""
    commitments = [Commitment(MONDAY, 480)]
    if pause:
        commitments += [Commitment(MONDAY + pause[0] * DAY, 0), Commitment(MONDAY + pause[1] * DAY, 480)]
    entries = tuple(line(n, MONDAY + day * DAY, minutes) for n, (day, minutes) in enumerate(hours, start=1))
    return Study(EnrollmentId(1), TRACK, start, Commitments(tuple(commitments)), entries)


def facts(study: Study, day: int) -> ProgressFacts:
    picture = progress_picture(study, MONDAY + day * DAY)
    assert picture
    assert isinstance(picture.facts, ProgressFacts)
    return picture.facts


def test_each_week_is_judged_by_the_commitment_then_in_force() -> None:
    study = studying((0, 480), (7, 479), (28, 480), (35, 60), pause=(14, 28))
    marks = [week.mark for week in heat_weeks(study, MONDAY + 51 * DAY)]
    assert marks == ["met", "partly", "paused", "paused", "met", "partly", "missed", "open"]
    more = replace(study, commitments=Commitments((*study.commitments.made, Commitment(MONDAY + 49 * DAY, 1200))))
    assert [week.mark for week in heat_weeks(more, MONDAY + 51 * DAY)] == marks


def test_the_week_that_runs_shows_its_days_so_far_and_is_met_at_once() -> None:
    weeks = heat_weeks(studying((0, 60), (2, 30)), MONDAY + 2 * DAY)
    assert [(week.mark, week.minutes) for week in weeks] == [("open", (60, 0, 30))]
    (week,) = heat_weeks(studying((0, 480)), MONDAY)
    assert week.mark == "met"


def test_half_a_year_is_shown_at_most() -> None:
    weeks = heat_weeks(studying(), MONDAY + 40 * WEEK)
    assert len(weeks) == WEEKS
    assert weeks[-1].first == MONDAY + 40 * WEEK


def test_hours_on_other_roadmaps_count_for_days_as_they_do_for_weeks() -> None:
    study = studying((0, 60))
    beside = replace(studying((0, 420), (1, 30)), enrollment=EnrollmentId(2), commitments=Commitments(()))
    (week,) = heat_weeks(replace(study, beside=(beside,)), MONDAY + DAY)
    assert week.minutes == (480, 30)
    assert week.mark == "met"


STUDIES = {
    "nothing": (studying(), 30),
    "on plan": (studying((0, 480), (7, 480)), 14),
    "behind": (studying((0, 60), (9, 100)), 30),
    "ahead": (studying((0, 900), (9, 900)), 16),
    "paused": (studying((0, 480), pause=(7, 60)), 20),
    "first day": (studying((0, 45)), 0),
    "hours from before": (studying((-20, 300), (2, 60)), 9),
    "finished": (studying(*((day, 960) for day in range(14))), 20),
    "years": (studying(*((day, 60) for day in range(0, 1500, 9))), 1500),
}


@pytest.mark.parametrize(("study", "day"), STUDIES.values(), ids=STUDIES)
def test_the_picture_agrees_with_the_words(study: Study, day: int) -> None:
    shown, today = facts(study, day), MONDAY + day * DAY
    assert shown.studied[-1] == (day + 1, study.logged)
    assert shown.goal == study.logged + study.position.left
    assert (shown.covered, shown.total, shown.percent) == (
        study.position.covered,
        study.position.total,
        study.position.percent,
    )
    behind = -min(0, study.balance(today))
    before = [minutes for after, minutes in shown.due if after <= day]
    if behind:
        assert before[-1] - shown.studied[-1][1] == behind
    if not study.position.finished:
        assert shown.planned == study.finish(today)
        sentence = Wording().say(pace_text(study, today))
        assert (shown.at_pace is None) == (study.finish_at_pace(today) is None or day < 7)
        assert shown.at_pace is not None or sentence == Wording().say(shown.pace_open)
        assert Wording().say(finish_text(study, today)) == Wording().say(shown.planned_open)
    for curve in (shown.studied, shown.due):
        assert list(curve) == sorted(curve)
        assert len(curve) <= 62
        assert all(0 <= minutes <= max(shown.goal, study.logged) for _, minutes in curve)
    assert draw(shown, "en")


def test_what_was_left_out_and_relieved_is_not_due() -> None:
    study = studying((0, 60))
    items = list(TRACK.items)
    out = study.plus(line(9, MONDAY + 9 * DAY, 0, "trim", items[-1]))
    for changed in (replace(out, relieved=200), out, study.plus(line(9, MONDAY + 9 * DAY, 0, "done", items[0]))):
        shown = facts(changed, 14)
        assert shown.due[-2][1] - shown.studied[-1][1] == -changed.balance(MONDAY + 14 * DAY)


def test_who_begins_anew_begins_at_zero() -> None:
    study = studying((0, 480), (7, 480))
    anew = study.plus(line(9, MONDAY + 15 * DAY, 0, "again", TRACK.version)).plus(line(10, MONDAY + 16 * DAY, 90))
    shown = facts(replace(anew, versions={TRACK.version: TRACK}), 17)
    assert (shown.first, shown.studied[0], shown.studied[-1][1]) == (MONDAY + 15 * DAY, (0, 0), 90)


def test_before_the_first_day_there_is_no_picture() -> None:
    assert progress_picture(studying(start=MONDAY + WEEK), MONDAY) is None


def test_a_first_week_that_runs_has_nothing_to_count() -> None:
    assert weeks_text(heat_weeks(studying(), MONDAY)) is None


def test_the_closing_picture_has_the_whole_of_it() -> None:
    study = studying(*((day, 960) for day in range(12)))
    shown = closing_picture(study, MONDAY + 30 * DAY).facts
    assert shown == ClosingFacts(TRACK.title, MONDAY, MONDAY + 11 * DAY, 192 * 60, 2, 2)


def test_what_is_stored_of_a_picture_is_small() -> None:
    picture = progress_picture(studying(*((day, 60) for day in range(0, 1500, 9))), MONDAY + 1500 * DAY)
    assert picture
    stored = codec.dump(reply(picture))
    assert len(stored) < 6_000
    assert codec.load(stored).blocks == (picture,)
