"""Which question comes next: a new one first, then the one missed longest ago."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.quiz import Try, due, due_at, next_question, reached, this_week
from roadmap.loader import builtin
from roadmap.model import Question

TRACK = builtin("ml-researcher")
A, B, C = (Question(id_, 1, f"{id_}?", f"{id_}!") for id_ in "abc")
START = datetime(2026, 1, 5, 8, tzinfo=UTC)


def tries(said: str) -> list[Try]:
    """One try a minute: "a+" knew it, "a-" did not."""
    words = said.split()
    return [Try(word[0], word[1] == "+", START + timedelta(minutes=n)) for n, word in enumerate(words)]


@pytest.mark.parametrize(
    ("said", "coming"),
    [
        ("", A),
        ("a+", B),
        ("a- b+", C),
        ("b- c-", A),
        # All tried: the one missed longest ago.
        ("a+ b- c+", B),
        ("a- b- c+", A),
        ("b- a- c+", B),
        # Missed again moves it to the end.
        ("a- b- c- a-", B),
        ("a- b- a- b- c-", A),
        # Known at the last try is known, missed at the last try is not.
        ("a- b+ c+ a+", None),
        ("a+ b+ c+ a-", A),
        ("a+ b+ c+", None),
        # Other weeks' questions are none of this week's business.
        ("x- a+ b+ c+", None),
        ("x+", A),
    ],
)
def test_the_next_question(said: str, coming: Question | None) -> None:
    assert next_question([A, B, C], 1, tries(said), START + timedelta(hours=1)) == coming


def test_a_question_that_was_missed_comes_back_once() -> None:
    assert due([A, B, C], tries("a- b+ c-"), START + timedelta(days=30)) == [B, A, C]


def test_without_questions_there_is_none() -> None:
    assert next_question([], 1, tries("a-"), START) is None


def test_a_week_has_its_own_questions_in_the_files_order() -> None:
    for week in range(1, TRACK.weeks + 1):
        module = TRACK.module_in_week(week)
        found = this_week(TRACK, week)
        assert [question.week for question in found] == [week] * len(found)
        assert found == [question for question in module.questions if question in found]
    assert [question.id for question in this_week(TRACK, 1)] == [
        "regression-vs-classification",
        *[question.id for question in TRACK.modules[0].questions[1:3]],
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


def test_what_is_due_of_weeks_before_comes_after_what_is_new() -> None:
    new = Question("n", 2, "n?", "n!")
    known, later = tries("a+ b+ c+"), START + timedelta(days=60)
    assert due([A, B, C], known, START + timedelta(hours=1)) == []
    assert due([A, B, C], known, later) == [A, B, C]
    assert next_question([A, B, C, new], 2, known, later) == new
    assert next_question([A, B, C, new], 2, [*known, Try("n", True, later)], later) == A


def test_the_weeks_that_were_reached() -> None:
    assert [q.id for q in reached(TRACK, {1, 2})] == [q.id for week in (1, 2) for q in this_week(TRACK, week)]
