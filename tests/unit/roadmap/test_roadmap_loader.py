"""What the loader promises: all mistakes at once, exact lines, nothing converted behind the author's back."""

from pathlib import Path

import pytest

from roadmap import loader
from roadmap.loader import Problem, RoadmapErrors

SMALL = Path(__file__).with_name("small.yaml").read_text(encoding="utf-8")

KINDS = "modules[leaves].items[kinds]"
CUP = "modules[leaves].items[first-cup]"


def problems(text: str | bytes) -> tuple[Problem, ...]:
    with pytest.raises(RoadmapErrors) as caught:
        loader.loads(text, "tea.yaml")
    return caught.value.problems


def test_a_track_without_mistakes_becomes_a_roadmap_in_minutes() -> None:
    roadmap = loader.loads(SMALL, "tea.yaml")
    assert (roadmap.weeks, roadmap.minutes_per_week, roadmap.minutes) == (3, 120, 360)
    assert roadmap.modules[0].weeks == (1, 2)
    assert roadmap.modules[1].weeks == (3, 3)
    assert [(p.item, p.week, p.minutes) for p in roadmap.parts] == [
        ("kinds", 1, 90),
        ("first-cup", 1, 30),
        ("kinds", 2, 30),
        ("first-cup", 2, 90),
        ("hardness", 3, 120),
    ]
    assert roadmap.parts[3].milestone == "A first cup."
    assert [part.reaches for part in roadmap.parts] == [(), (), (), ("drunk",), ()]
    assert roadmap.items["first-cup"].start_with[0].url == ""
    assert roadmap.retired[0].replaced_by == "first-cup"


def test_bytes_text_and_a_byte_order_mark_make_no_difference() -> None:
    expected = loader.loads(SMALL, "tea.yaml")
    assert loader.loads(SMALL.encode(), "tea.yaml") == expected
    assert loader.loads(b"\xef\xbb\xbf" + SMALL.encode(), "tea.yaml") == expected
    assert loader.loads(SMALL.replace("\n", "\r\n"), "tea.yaml") == expected


@pytest.mark.parametrize(
    "old",
    [
        "title: Leaves",
        "assumes:\n  - A kettle.",
        "since: 2.0.0",
        "verdict: renamed",
        "reaches: [drunk]",
        "id: drunk",
        "kind: project",
        "done_when:\n          - id: drunk\n            check: self\n            text: The cup is empty.",
    ],
)
def test_one_broken_value_is_one_problem_without_an_avalanche(old: str) -> None:
    assert SMALL.count(old) == 1
    broken = old.split(":")[0] + ": {}"
    assert len(problems(SMALL.replace(old, broken))) == 1


def test_a_text_stays_what_was_typed() -> None:
    for typed in ("no", "18:30", "0x1F", "1_000", "true", "2026-11-23", "1e3"):
        roadmap = loader.loads(SMALL.replace("title: Leaves", f"title: {typed}"), "tea.yaml")
        assert roadmap.modules[0].title == typed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Leaves", f"title: {'x' * 100}"),
        ("id: tea\n", f"id: {'t' * 24}\n"),
        ("id: green-or-black", f"id: {'g' * 32}"),
        ("title: The kettle you have", 'title: The kettle you have\n            url: ""'),
        ("inside: kinds\n        hours: 1", "inside: kinds\n        hours: 2"),
        ("https://tea.example/water", "https://tea.example/" + "x" * 480),
        ("https://tea.example/water", "http://127.0.0.1:8080?a=b#c"),
        ("    weeks: 3", "    weeks: 3-3"),
        ("[Brew a cup worth drinking.]", "[Brew., Brew.]"),
        ("summary: From the leaf to the cup.", "summary: |\n  From the leaf\n\n  to the cup."),
        ("since: 2.0.0", "since: 2.1.0"),
    ],
)
def test_a_value_at_its_limit_is_taken(old: str, new: str) -> None:
    assert SMALL.count(old) == 1
    assert loader.loads(SMALL.replace(old, new), "tea.yaml").id.startswith("t")


def test_every_line_with_a_direction_override_is_told_once() -> None:
    text = SMALL.replace("title: Leaves", "title: Lea\u202eves") + "# \u202e\u202e\n# harmless\n# \u2066\n"
    last = text.count("\n")
    assert [(p.line, p.key) for p in problems(text)] == [
        (19, "modules[leaves].title"),
        (last - 2, "(file)"),
        (last, "(file)"),
    ]


def test_a_title_is_one_line_and_says_so() -> None:
    mistakes = problems(SMALL.replace("title: Leaves", "title: |\n      Leaves\n      and more"))
    assert [p.message for p in mistakes] == ["has a line break; expected visible text on one line"]


def test_a_problem_reads_as_file_line_key_and_message() -> None:
    assert str(Problem("tea.yaml", 7, "hours", "is 7 h")) == "tea.yaml:7: hours: is 7 h"
    with pytest.raises(RoadmapErrors, match=r"^tea\.yaml:1: id: is 'Tea'; expected small letters"):
        loader.loads(SMALL.replace("id: tea\n", "id: Tea\n"), "tea.yaml")


def test_all_mistakes_of_all_modules_are_told_in_one_run() -> None:
    text = (
        SMALL.replace("version: 2.1.0", "version: two")
        .replace("title: Leaves", "titel: Leaves")
        .replace("kind: project", "kind: projekt")
        .replace("week: 3\n            hours: 2", "week: three\n            hours: 2h")
        .replace("      - leaves\n", "      - leafs\n")
        .replace("A kettle.", "&a A kettle.")
        .replace("answer: Oxidation.", "answer: *a")
    )
    assert {p.key for p in problems(text)} == {
        "version",
        "modules[leaves].titel",
        "modules[leaves].title",
        f"{CUP}.kind",
        "modules[water].items[hardness].parts[1].week",
        "modules[water].items[hardness].parts[1].hours",
        "modules[water].requires",
        "(file)",
    }
    assert [p.line for p in problems(text)] == sorted(p.line for p in problems(text))


def test_sums_next_to_a_broken_value_are_not_judged() -> None:
    mistakes = problems(SMALL.replace("week: 2\n            hours: 0.5", "week: 2\n            hours: half"))
    assert [(p.key, "expected hours" in p.message) for p in mistakes] == [(f"{KINDS}.parts[2].hours", True)]


def test_beyond_fifty_problems_the_rest_is_counted() -> None:
    text = SMALL + "".join(f"key{n}: x\n" for n in range(80))
    with pytest.raises(RoadmapErrors) as caught:
        loader.loads(text, "tea.yaml")
    assert len(caught.value.problems) == 50
    assert caught.value.more == 30
    assert str(caught.value).endswith("... and at least 30 more")


def test_what_an_author_typed_cannot_move_the_terminals_cursor() -> None:
    message = str(problems(SMALL.replace("locale: en", 'locale: "\\e[2J\\u202e"'))[0])
    assert message.isprintable()


def test_a_file_that_is_none_is_refused_as_one(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.yaml", tmp_path, tmp_path / "\0"):
        with pytest.raises(RoadmapErrors) as caught:
            loader.load(path)
        assert caught.value.problems[0].file == str(path)


def test_a_file_of_1_mib_is_read_and_one_byte_more_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    padding = 1024 * 1024 - len(SMALL.encode())
    path.write_text(SMALL + "#" * padding, encoding="utf-8")
    assert loader.load(path).id == "tea"
    path.write_text(SMALL + "#" * (padding + 1), encoding="utf-8")
    with pytest.raises(RoadmapErrors, match="is larger than 1 MiB"):
        loader.load(path)


def test_a_file_is_told_by_the_path_it_was_asked_by(tmp_path: Path) -> None:
    path = tmp_path / "tea.yaml"
    path.write_text(SMALL.replace("id: tea\n", "id: Tea\n"), encoding="utf-8")
    with pytest.raises(RoadmapErrors) as caught:
        loader.load(path)
    assert str(caught.value).startswith(f"{path}:1: id: ")


def test_every_built_in_track_is_listed_loads_and_is_called_after_its_file() -> None:
    assert "ml-researcher" in loader.tracks()
    for track in loader.tracks():
        assert loader.builtin(track).id == track
        assert loader.builtin(track) is loader.builtin(track)


def test_an_unknown_track_is_told_with_those_there_are() -> None:
    with pytest.raises(LookupError, match=r"no roadmap 'tea'; there are: .*ml-researcher"):
        loader.builtin("tea")
