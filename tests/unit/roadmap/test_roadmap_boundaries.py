"""One past the end is past it, and versions are numbers: 2.10 comes after 2.9."""

from pathlib import Path

import pytest

from roadmap import loader
from roadmap.problems import RoadmapErrors

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")


def problems(text: str) -> list[str]:
    """What is wrong with a file."""
    try:
        loader.loads(text, "tea.yaml")
    except RoadmapErrors as errors:
        return [f"{problem.key}: {problem.message}" for problem in errors.problems]
    return []


def test_a_question_a_week_past_its_module_is_outside_of_it() -> None:
    before, question, rest = SMALL.partition("        week: 1\n")
    assert question
    (problem,) = problems(f"{before}        week: 3\n{rest}")
    assert "is 3, outside the module; expected 1 to 2" in problem


@pytest.mark.parametrize(
    ("version", "since", "later"),
    [("2.9.0", "2.10.0", True), ("9.0.0", "10.0.0", True), ("2.10.0", "2.9.0", False), ("10.0.0", "9.0.0", False)],
)
def test_versions_are_compared_as_numbers(version: str, since: str, later: bool) -> None:
    text = SMALL.replace("version: 2.1.0", f"version: {version}").replace("since: 2.0.0", f"since: {since}")
    assert any("later than this version" in problem for problem in problems(text)) is later
