"""What `studybuddy roadmap check` says of a track that is free of mistakes and does not teach in order."""

from pathlib import Path

import pytest

from roadmap.loader import RoadmapErrors, advice, load, loads

TEA = """
id: tea
version: 1.0.0
title: Tea
summary: From the leaf to the cup.
locale: en
weeks: 2
hours_per_week: 2
hours: 4
modules:
  - id: leaves
    title: Leaves
    weeks: 1-2
    hours: 4
    outcomes:
      - Tell green from black tea.
      - Brew a cup that you like.
    items:
      - id: kinds
        kind: topic
        title: Kinds of tea
        hours: 2
        resource:
          title: All about Tea
          url: https://tea.example/kinds
          provider: Tea house
          cost: free
          bridge:
            - title: Water Guide, chapter 2
              url: https://tea.example/water
        parts:
          - week: 1
            hours: 1
            do: Read All about Tea, chapters 1-2.
            teaches: [1, 2]
          - week: 2
            hours: 1
            do: Read the Water Guide.
            practice: tasting
            links:
              - title: Water Guide, chapter 2
                url: https://tea.example/water
      - id: cup
        kind: project
        title: A first cup
        hours: 2
        alone: Put the cup away for a day and taste it again.
        paths:
          - id: green
            title: A green tea
          - id: black
            title: A black tea
        start_with:
          - title: The kettle you have
        done_when:
          - id: drunk
            check: peer
            text: Somebody else has drunk it.
          - id: cooled
            check: self
            text: The water was at 80 degrees.
            path: green
        parts:
          - week: 1
            hours: 1
            do: Boil water.
            reaches: [cooled]
          - week: 2
            hours: 1
            do: Brew three cups.
            uses: [2]
            reaches: [drunk]
    practice:
      - id: tasting
        title: Tasting
        inside: kinds
        hours: 1
        text: Taste three teas.
    questions:
      - id: black
        week: 1
        question: What makes black tea black?
        answer: Oxidation.
        about: 1
"""

DISORDER = [
    ("teaches: [1, 2]", "teaches: [2]", "modules[leaves].outcomes", "expected a step that teaches it"),
    ("            teaches: [1, 2]\n", "", "modules[leaves].outcomes", "are taught by no step"),
    (
        "            teaches: [1, 2]\n          - week: 2\n            hours: 1\n",
        "            teaches: [1]\n          - week: 2\n            hours: 1\n            uses: [2]\n",
        "modules[leaves].items[kinds].parts[2].uses",
        "before any step has taught it",
    ),
    ("        about: 1\n", "", "modules[leaves].questions[black].about", "is missing"),
    (
        "            teaches: [1, 2]\n          - week: 2\n",
        "            teaches: [2]\n          - week: 2\n            teaches: [1]\n",
        "modules[leaves].questions[black].about",
        "no step up to week 1 teaches",
    ),
    ("            practice: tasting\n", "", "modules[leaves].practice[tasting].hours", "have 0 h for it"),
    (
        "        hours: 1\n        text: Taste",
        "        hours: 1.5\n        text: Taste",
        "modules[leaves].practice[tasting].hours",
        "is 1.5 h; the steps that name it have 1 h",
    ),
    ("            reaches: [cooled]\n", "", "modules[leaves].items[cup].done_when[cooled].id", "is reached by no step"),
    (
        "            reaches: [drunk]",
        "            reaches: [drunk, cooled]",
        "modules[leaves].items[cup].done_when[cooled].id",
        "is reached by 2 steps",
    ),
    (
        "do: Brew three cups.",
        "do: Brew three cups, see lesson 4.",
        "modules[leaves].items[cup].parts[2].do",
        "names 'lesson 4' of what it does not link",
    ),
    (
        "do: Boil water.",
        "do: Boil water as chapter 3 says.",
        "modules[leaves].items[cup].parts[1].do",
        "names 'chapter 3' of what it does not link",
    ),
    (
        "        alone: Put the cup away for a day and taste it again.\n",
        "",
        "modules[leaves].items[cup].alone",
        "for who studies alone",
    ),
    (
        "do: Boil water.",
        "do: Boil water as the Water Guide says.",
        "modules[leaves].items[cup].parts[1].do",
        "names 'Water Guide'",
    ),
    (
        "do: Boil water.",
        "do: Boil water (tea.example.org/boil).",
        "modules[leaves].items[cup].parts[1].do",
        "has the address 'tea.example.org/boil'",
    ),
]


@pytest.fixture
def track(tmp_path: Path) -> Path:
    """A track that teaches in order."""
    path = tmp_path / "tea.yaml"
    path.write_text(TEA, encoding="utf-8")
    return path


def test_a_track_that_teaches_in_order_has_nothing_to_be_told(track: Path) -> None:
    assert advice(track) == ()


@pytest.mark.parametrize(("old", "new", "key", "message"), DISORDER)
def test_what_does_not_teach_in_order_is_told_and_still_loads(
    track: Path, old: str, new: str, key: str, message: str
) -> None:
    assert TEA.count(old) == 1, "the change must hit one place"
    track.write_text(TEA.replace(old, new), encoding="utf-8")
    advised = [(problem.key, message in problem.message) for problem in advice(track)]
    assert (key, True) in advised
    assert load(track).modules


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("path: green", "path: white", "which is no path of this item"),
        ("teaches: [1, 2]", "teaches: [1, 3]", "names an outcome that is not there"),
        ("uses: [2]", "uses: [9]", "names an outcome that is not there"),
        ("about: 1", "about: 3", "names an outcome that is not there"),
        ("practice: tasting", "practice: testing", "which is no practice of this module"),
        ("inside: kinds", "inside: cup", "which is inside of another item"),
    ],
)
def test_what_names_something_that_is_not_there_is_refused(old: str, new: str, message: str) -> None:
    assert TEA.count(old) == 1
    with pytest.raises(RoadmapErrors, match=message):
        loads(TEA.replace(old, new), "tea.yaml")
