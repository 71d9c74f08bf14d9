"""Which question comes next: a new one first, then what was forgotten, the newest first."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.position import position
from bot.core.quiz import Try, due_at, reached, taught, this_week, waiting
from roadmap.loader import builtin, load
from roadmap.model import Question

TRACK = builtin("ml-researcher")
A, B, C = (Question(id_, 1, f"{id_}?", f"{id_}!") for id_ in "abc")
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def tries(outcomes: str) -> list[Try]:
    """One try a minute: "a+" knew it, "a-" did not."""
    words = outcomes.split()
    return [Try(word[0], word[1] == "+", START + timedelta(minutes=n)) for n, word in enumerate(words)]


@pytest.mark.parametrize(
    ("outcomes", "coming"),
    [
        ("", A),
        ("a+", B),
        ("a- b+", C),
        ("b- c-", A),
        # All tried: the one missed last.
        ("a+ b- c+", B),
        ("a- b- c+", B),
        ("b- a- c+", A),
        ("a- b- c- a-", A),
        ("a- b- a- b- c-", C),
        # Known at the last try is known, missed at the last try is not.
        ("a- b+ c+ a+", None),
        ("a+ b+ c+ a-", A),
        ("a+ b+ c+", None),
        # Other weeks' questions are none of this week's business.
        ("x- a+ b+ c+", None),
        ("x+", A),
    ],
)
def test_the_next_question(outcomes: str, coming: Question | None) -> None:
    assert next(iter(waiting([A, B, C], 1, tries(outcomes), START + timedelta(hours=1))), None) == coming


@pytest.mark.parametrize(
    ("outcomes", "coming"), [("a- b- c+", A), ("b- a- c+", B), ("a- b- c- a-", B), ("a- b- a- b- c-", A)]
)
def test_what_was_missed_in_this_sitting_comes_last_and_the_first_one_first(outcomes: str, coming: Question) -> None:
    assert waiting([A, B, C], 1, tries(outcomes), START + timedelta(minutes=20))[0] == coming


def test_a_question_that_was_missed_comes_back_once() -> None:
    again = waiting([A, B, C], 1, tries("a- b+ c-"), START + timedelta(days=30))
    assert sorted(question.id for question in again) == sorted(question.id for question in (A, B, C))


def test_without_questions_there_is_none() -> None:
    assert waiting([], 1, tries("a-"), START) == []


def test_a_week_has_its_own_questions_in_the_files_order() -> None:
    for week in range(1, TRACK.weeks + 1):
        module = next(m for m in TRACK.modules if m.weeks[0] <= week <= m.weeks[1])
        questions = this_week(TRACK, week)
        assert [question.week for question in questions] == [week] * len(questions)
        assert questions == [question for question in module.questions if question in questions]
    assert [question.id for question in this_week(TRACK, 1)] == [
        "regression-vs-classification",
        *[question.id for question in TRACK.modules[0].questions[1:5]],
    ]


def test_every_question_of_the_roadmap_comes_in_its_week() -> None:
    asked = [question for week in range(1, TRACK.weeks + 1) for question in this_week(TRACK, week)]
    everything = [question for module in TRACK.modules for question in module.questions]
    assert sorted(asked, key=lambda question: question.id) == sorted(everything, key=lambda question: question.id)


def test_what_was_known_comes_back_after_days_that_grow() -> None:
    waits, at, known = [], START, list[Try]()
    for _ in range(5):
        known.append(Try("a", True, at))
        back = due_at(known)["a"]
        waits.append((back - at).days)
        at = back
    assert waits[0] >= 1
    assert waits == sorted(set(waits))


def test_what_was_missed_comes_back_sooner() -> None:
    later = START + timedelta(days=30)
    known = [Try("a", True, START), Try("b", True, START)]
    back = due_at([*known, Try("a", True, later), Try("b", False, later)])
    assert back["b"] < back["a"]


def test_what_is_due_of_weeks_before_comes_after_what_is_new_and_the_newest_first() -> None:
    new = Question("n", 2, "n?", "n!")
    known, later = tries("a+ b+ c+"), START + timedelta(days=60)
    assert waiting([A, B, C], 2, known, START + timedelta(hours=1)) == []
    assert waiting([A, B, C], 2, known, later) == [C, B, A]
    assert waiting([A, B, C, new], 2, known, later) == [new, C, B, A]
    assert waiting([A, B, C, new], 2, [*known, Try("n", True, later)], later) == [C, B, A]


def test_a_new_question_of_a_week_before_is_not_lost() -> None:
    new = Question("n", 2, "n?", "n!")
    assert waiting([A, B, C, new], 2, tries("a+"), START) == [new, B, C]


def test_a_question_waits_for_the_step_that_teaches_what_it_is_about() -> None:
    every = reached(TRACK, {1, 2})
    assert taught(every, TRACK, position(TRACK.parts, ())) == []
    videos = Entry(EntryId(1), "ng-supervised-ml", START.date(), 180, "study", START)
    assert {q.about for q in taught(every, TRACK, position(TRACK.parts, (videos,)))} == {1, 2}


def test_a_question_of_a_track_that_says_not_what_it_teaches_belongs_to_its_week_alone() -> None:
    old = load(Path(__file__).parents[1] / "roadmap" / "files" / "ml-researcher-1.0.0.yaml")
    assert taught(reached(old, {1, 2}), old, position(old.parts, ())) == reached(old, {1, 2})


def test_the_weeks_that_were_reached() -> None:
    assert [q.id for q in reached(TRACK, {1, 2})] == [q.id for week in (1, 2) for q in this_week(TRACK, week)]
