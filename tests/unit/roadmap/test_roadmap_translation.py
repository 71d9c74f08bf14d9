"""A track's texts in another language: by id, each for itself, and nothing but texts."""

from dataclasses import replace
from pathlib import Path

import pytest

from roadmap import translation
from roadmap.diff import differences, only_corrections
from roadmap.loader import builtin, loads, tracks, translations
from roadmap.problems import RoadmapErrors
from tests.unit.roadmap.test_roadmap_teaching import TEA

TRACK = builtin("ml-researcher")
GERMAN = translation.load(translations(tracks()["ml-researcher"])["de"], TRACK)
SMALL = loads(TEA, "tea.yaml")
HEAD = "translates: tea\nlocale: de\n"


def read(tmp_path: Path, text: str) -> translation.Translation:
    path = tmp_path / "tea.de.yaml"
    path.write_text(text, encoding="utf-8")
    return translation.load(path, SMALL)


def test_the_german_texts_of_the_built_in_track_are_complete() -> None:
    assert translation.missing(GERMAN, TRACK) == []
    same = [key for key, text in translation.texts(TRACK) if GERMAN.texts[key] == text]
    # Names and formulas are the same in both languages.
    allowed = {"title", "answer", "why", "start_with"}
    assert [key for key in same if not allowed & set(key)] == []


def test_a_translation_changes_texts_and_nothing_else() -> None:
    german = translation.translated(TRACK, GERMAN)
    assert only_corrections(differences(TRACK, german))
    assert [(part.item, part.week, part.minutes, part.reaches) for part in german.parts] == [
        (part.item, part.week, part.minutes, part.reaches) for part in TRACK.parts
    ]
    assert [[(link.title, link.url) for link in part.links] for part in german.parts] == [
        [(link.title, link.url) for link in part.links] for part in TRACK.parts
    ]
    back = translation.Translation(TRACK.id, "en", dict(translation.texts(TRACK)))
    there_and_back = translation.translated(german, back)
    assert list(translation.texts(there_and_back)) == list(translation.texts(TRACK))
    # A title stays a name by which its item is found, in either language.
    assert {item.id: TRACK.items[item.id].title in item.also for item in german.items.values()} == {
        item.id: item.title != TRACK.items[item.id].title for item in german.items.values()
    }


def test_what_has_no_text_stays_as_it_is_text_by_text(tmp_path: Path) -> None:
    partial = read(tmp_path, HEAD + "items:\n  kinds:\n    parts:\n      - Lies Kapitel 1-2.\n")
    german = translation.translated(SMALL, partial)
    assert [part.do for part in german.items["kinds"].parts] == ["Lies Kapitel 1-2.", "Read the Water Guide."]
    assert replace(german, modules=()) == replace(SMALL, modules=())
    assert ("items", "kinds", "parts", "2") in translation.missing(partial, SMALL)


WATER = """            - title: Water Guide, chapter 2
              url: https://tea.example/water
"""
REMARK = TEA.replace(WATER, WATER + "              why: without it no tea\n              checked: Page not opened\n")
"""The bridge with remarks; the step has the same link without."""


def test_what_is_said_of_a_link_is_translated_by_its_address_wherever_it_stands(tmp_path: Path) -> None:
    small = loads(
        REMARK.replace(
            "                url: https://tea.example/water\n",
            "                url: https://tea.example/water\n                checked: Page not opened\n",
        ),
        "tea.yaml",
    )
    at = ("items", "kinds", "links", "https://tea.example/water")
    assert [key for key, _ in translation.texts(small) if "links" in key] == [(*at, "why"), (*at, "checked")]
    text = HEAD + "items:\n  kinds:\n    links:\n      https://tea.example/water:\n        checked: Nicht geöffnet\n"
    path = tmp_path / "tea.de.yaml"
    path.write_text(text, encoding="utf-8")
    partial = translation.load(path, small)
    item = translation.translated(small, partial).items["kinds"]
    assert item.resource
    assert (item.resource.bridge[0].why, item.resource.bridge[0].checked) == ("without it no tea", "Nicht geöffnet")
    assert item.parts[1].links[0].checked == "Nicht geöffnet"
    assert (*at, "why") in translation.missing(partial, small)


def test_of_two_remarks_on_one_address_the_first_is_translated(tmp_path: Path) -> None:
    small = loads(
        REMARK.replace(
            "                url: https://tea.example/water\n",
            "                url: https://tea.example/water\n                checked: Read in May\n",
        ),
        "tea.yaml",
    )
    path = tmp_path / "tea.de.yaml"
    path.write_text(
        HEAD + "items:\n  kinds:\n    links:\n      https://tea.example/water:\n        checked: Nein\n",
        encoding="utf-8",
    )
    item = translation.translated(small, translation.load(path, small)).items["kinds"]
    assert item.resource
    assert (item.resource.bridge[0].checked, item.parts[1].links[0].checked) == ("Nein", "Read in May")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (HEAD + "items:\n  kinds:\n    links:\n      https://tea.example/pot:\n        why: a\n", 7, "names 'links'"),
        (HEAD + "items:\n  kind:\n    title: Sorten\n", 5, "names 'kind', which the track does not have there"),
        (HEAD + "items:\n  kinds:\n    parts: [a, b, c]\n", 5, "names '3'"),
        (HEAD + "items:\n  kinds:\n    parts:\n      do: a\n", 6, "names 'do'"),
        (HEAD + "items:\n  kinds: Sorten\n", 4, "is a text where the track has more"),
        (HEAD + "items:\n  kinds:\n    title: a\n    title: b\n", 6, "comes again"),
        (HEAD + "items:\n  kinds:\n    title: ''\n", 5, "is empty"),
        (HEAD + "questions:\n  black:\n    week: 2\n", 5, "names 'week'"),
        ("translates: coffee\nlocale: de\n", 1, "is not this track; expected tea"),
        ("translates: tea\nlocale: German!\n", 2, "expected a language"),
        ("translates: tea\n", 1, "is missing; expected the language"),
        ("- a\n- b\n", 1, "is not this track"),
        ("translates: tea\nlocale: de\nx: &a 1\ny: *a\n", 3, "has an anchor"),
        ("", 1, "is empty"),
    ],
)
def test_a_text_for_what_is_not_there_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(RoadmapErrors) as caught:
        read(tmp_path, text)
    assert any(problem.line == line and message in problem.message for problem in caught.value.problems), str(
        caught.value
    )


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(RoadmapErrors, match="cannot be opened"):
        translation.load(Path("nowhere.de.yaml"), SMALL)


def test_a_translation_is_no_track_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(TEA, encoding="utf-8")
    (tmp_path / "tea.de.yaml").write_text(HEAD, encoding="utf-8")
    assert list(tracks(tmp_path)) == ["tea"]
    assert translations(tmp_path / "tea.yaml") == {"de": tmp_path / "tea.de.yaml"}
