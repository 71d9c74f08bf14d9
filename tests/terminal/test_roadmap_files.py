"""`studybuddy roadmap …`: files are checked, shown and compared."""

import json
import re
from pathlib import Path

import pytest

from roadmap.loader import tracks
from tests.terminal.test_program import ROADMAP, studybuddy
from tests.unit.roadmap.test_roadmap_teaching import DISORDER, TEA


def test_where_a_track_does_not_teach_in_order_is_said_and_fails(tmp_path: Path) -> None:
    track = tmp_path / "ml-researcher.yaml"
    track.write_text(ROADMAP.read_text(encoding="utf-8").replace("reaches: [runs-from-readme]", "uses: [1]"), "utf-8")
    outcome = studybuddy("roadmap", "check", track)
    assert outcome.exit_code == 1
    assert "'runs-from-readme' is reached by no step" in outcome.stderr
    assert "1 note on how it teaches; learners can follow it all the same." in outcome.stderr


@pytest.mark.parametrize(("old", "new", "key", "message"), DISORDER)
def test_each_rule_of_teaching_in_order_has_a_file_that_breaks_it(
    tmp_path: Path, old: str, new: str, key: str, message: str
) -> None:
    track = tmp_path / "tea.yaml"
    track.write_text(TEA, "utf-8")
    assert studybuddy("roadmap", "check", track).exit_code == 0
    track.write_text(TEA.replace(old, new), "utf-8")
    outcome = studybuddy("roadmap", "check", track)
    assert outcome.exit_code == 1
    assert re.search(
        rf"^{re.escape(str(track))}:\d+: {re.escape(key)}: .*{re.escape(message)}", outcome.stderr, re.MULTILINE
    )


def test_translations_beside_a_track_are_checked(tmp_path: Path) -> None:
    track, german = tmp_path / "ml-researcher.yaml", tmp_path / "ml-researcher.de.yaml"
    track.write_bytes(ROADMAP.read_bytes())
    german.write_text("translates: ml-researcher\nlocale: de\nroadmap:\n  title: Auf dem Weg\n", "utf-8")
    outcome = studybuddy("roadmap", "check", track)
    assert outcome.exit_code == 0, outcome.stderr
    assert re.search(r"ml-researcher\.de\.yaml: \d+ missing", outcome.stdout)
    assert "\n  roadmap.summary\n" in outcome.stdout
    assert re.search(r"\n  and \d+ more\n", outcome.stdout)
    assert outcome.stdout.count("\n  ") == 6
    german.write_text("translates: ml-researcher\nlocale: de\nroadmap:\n  titel: Auf dem Weg\n", "utf-8")
    outcome = studybuddy("roadmap", "check", track)
    assert outcome.exit_code == 1
    assert "ml-researcher.de.yaml:4:" in outcome.stderr


def test_a_roadmap_file_is_checked() -> None:
    outcome = studybuddy("roadmap", "check", ROADMAP)
    assert outcome.exit_code == 0
    assert "ml-researcher 1.1.0: 11 modules, 24 weeks, 192 h" in outcome.stdout


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\nid: y\ncolour: red\n", encoding="utf-8")
    outcome = studybuddy("roadmap", "check", bad, ROADMAP, tmp_path / "none.yaml")
    assert outcome.exit_code == 1
    assert "bad.yaml:2: id: repeats the key of line 1" in outcome.stderr
    assert "bad.yaml:3: colour:" in outcome.stderr
    assert "none.yaml:1:" in outcome.stderr
    assert "11 modules" in outcome.stdout


def test_a_roadmap_is_shown_as_text_and_as_json() -> None:
    text = studybuddy("roadmap", "show", "ml-researcher")
    assert "Natural Language Processing" in text.stdout
    data = json.loads(studybuddy("roadmap", "show", "ml-researcher", "--json").stdout)
    assert data["minutes"] == 192 * 60
    assert len(data["modules"]) == 11
    unknown = studybuddy("roadmap", "show", "nope")
    assert unknown.exit_code == 1
    assert "There are: ml-researcher." in unknown.stderr


def test_the_schema_is_json() -> None:
    assert json.loads(studybuddy("roadmap", "schema").stdout)["type"] == "object"


def test_two_versions_of_a_roadmap_are_compared(tmp_path: Path) -> None:
    old = tracks()["ml-researcher"]
    new = tmp_path / "new.yaml"
    new.write_text(
        old.read_text("utf-8").replace("version: 1.1.0", "version: 1.2.0").replace("level: extra", "level: core")
    )
    outcome = studybuddy("roadmap", "diff", str(old), str(new))
    assert outcome.exit_code == 0, outcome.stderr
    assert "ml-researcher 1.1.0 → ml-researcher 1.2.0" in outcome.stdout
    assert "” belongs to the core now." in outcome.stdout
    assert "whoever is on the old version decides" in outcome.stdout
    assert json.loads(studybuddy("roadmap", "diff", str(old), str(old), "--json").stdout)["differences"] == []
    assert "no-such.yaml" in studybuddy("roadmap", "diff", str(old), str(tmp_path / "no-such.yaml")).stderr
