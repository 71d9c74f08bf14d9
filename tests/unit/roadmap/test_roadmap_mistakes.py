"""Each mistake an author can make is told with its line, its key and what was expected."""

from pathlib import Path

import pytest
import yaml

from roadmap import loader, reading
from tests.unit.roadmap.mistakes_of_content import MISTAKES_OF_CONTENT
from tests.unit.roadmap.mistakes_of_form import MISTAKES_OF_FORM

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")


@pytest.fixture(params=["C", "pure"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both of PyYAML's parsers: which one is there depends on how it was installed."""
    if request.param == "C" and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML is installed without libyaml")
    monkeypatch.setattr(reading, "_LOADER", yaml.SafeLoader if request.param == "pure" else yaml.CSafeLoader)


def problems(text: str | bytes) -> tuple[loader.Problem, ...]:
    with pytest.raises(loader.RoadmapErrors) as caught:
        loader.loads(text, "tea.yaml")
    return caught.value.problems


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize(("old", "new", "line_of", "key", "message"), [*MISTAKES_OF_FORM, *MISTAKES_OF_CONTENT])
def test_a_mistake_is_told_with_its_line_its_key_and_what_was_expected(
    old: str, new: str, line_of: str, key: str, message: str
) -> None:
    assert SMALL.count(old) == 1, "the mutation must hit one place"
    text = SMALL.replace(old, new)
    line = text.count("\n", 0, text.index(line_of)) + 1
    places = [(p.line, p.key) for p in problems(text) if message in p.message]
    assert places == [(line, key)], "\n".join(map(str, problems(text)))
