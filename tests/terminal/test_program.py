"""The program as its host meets it: `studybuddy …`."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from roadmap.loader import tracks
from tests.unit.roadmap.test_roadmap_teaching import DISORDER, TEA

ROADMAP = Path(__file__).parents[2] / "roadmap" / "tracks" / "ml-researcher.yaml"
FIRST_WEEK = Path(__file__).parents[1] / "dialogues" / "first_week.txt"


def studybuddy(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed, prog_name="studybuddy")


@pytest.fixture(autouse=True)
def quiet_alembic() -> Iterator[None]:
    level = logging.getLogger("alembic").level
    yield
    logging.getLogger("alembic").setLevel(level)


COMMANDS = ["", "chat", "run", "doctor", "db", "roadmap"]
COMMANDS += [f"db {name}" for name in ("upgrade", "status", "backup", "restore", "verify")]
COMMANDS += [f"roadmap {name}" for name in ("check", "diff", "schema", "show")]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("columns", [200, 80, 40])
def test_help_fits_the_terminal_and_leaves_nothing_out(command: str, columns: int) -> None:
    done = CliRunner().invoke(main, [*command.split(), "--help"], prog_name="studybuddy", env={"COLUMNS": str(columns)})
    assert done.exit_code == 0
    assert done.output.startswith(f"Usage: studybuddy {command}".rstrip())
    assert max(map(len, done.output.splitlines())) <= min(100, columns)
    assert "..." not in re.sub(r"\[?(ARGS|FILES)\]?\.\.\.", "", done.output)


@pytest.mark.parametrize("group", ["", "db", "roadmap"])
def test_each_sub_command_is_one_line_of_a_usual_terminal(group: str) -> None:
    done = CliRunner().invoke(main, [*group.split(), "--help"], env={"COLUMNS": "80"})
    commands = done.output.partition("Commands:\n")[2].splitlines()
    assert commands
    assert all(re.fullmatch(r"  [a-z]+ +[A-Z].*\.", line) for line in commands)


def test_a_script_prints_one_json_object_for_each_message() -> None:
    done = studybuddy("chat", "--script", FIRST_WEEK, "--json")
    assert done.exit_code == 0, done.output
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(list(message) == ["at", "to", "kind", "text", "buttons", "image"] for message in messages)
    assert {message["kind"] for message in messages} == {"reply", "edit", "delivery"}
    assert messages[0]["at"] == "2026-01-05T08:00:00Z"
    assert messages[0]["to"] == "u1"
    assert "8 h a week" in messages[0]["buttons"]
    assert all(message["image"] is None for message in messages)


def test_a_script_without_a_database_leaves_nothing_behind(tmp_path: Path) -> None:
    one, two = (studybuddy("chat", "--script", FIRST_WEEK, "--json") for _ in range(2))
    assert one.stdout == two.stdout
    assert not list(tmp_path.rglob("*.db"))


def test_now_says_when_a_script_begins_and_db_where_it_is_kept(tmp_path: Path) -> None:
    books = tmp_path / "books.db"
    begun = studybuddy(
        "chat", "--script", "-", "--db", books, "--now", "2026-03-02T07:00+01:00", "--json", typed="a: /start\na: 8h\n"
    )
    assert json.loads(begun.stdout.splitlines()[0])["at"] == "2026-03-02T06:00:00Z"
    later = studybuddy("chat", "--script", "-", "--db", books, "--now", "2026-03-09T12:00", typed="a: /start\n")
    assert "everything is still here" in later.stdout
    assert "Week 2" in later.stdout  # one message for what fell due meanwhile
    assert later.stdout.count("→ a (") == 1


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("a: /start\nnonsense", "line 2: expected"),
        ("a: [No such button]", "line 1: no button [No such button] in a; there is none"),
        ("a: /start\na: [8 h]", "there is [8 h a week], [4 h a week]"),
        ("+3x", "line 1: expected a time"),
        ("=tomorrow", "line 1: expected an instant"),
        ("+1d\n=2020-01-01", "cannot run back"),
        ("[8 h a week]", "line 1: expected"),
    ],
)
def test_a_script_that_cannot_be_played_names_the_line(script: str, problem: str) -> None:
    done = studybuddy("chat", "--script", "-", typed=script)
    assert done.exit_code == 1
    assert problem in done.stderr


def test_where_a_track_does_not_teach_in_order_is_said_and_fails(tmp_path: Path) -> None:
    track = tmp_path / "ml-researcher.yaml"
    track.write_text(ROADMAP.read_text(encoding="utf-8").replace("reaches: [runs-from-readme]", "uses: [1]"), "utf-8")
    done = studybuddy("roadmap", "check", track)
    assert done.exit_code == 1
    assert "'runs-from-readme' is reached by no step" in done.stderr
    assert "1 note on how it teaches; learners can follow it all the same." in done.stderr


@pytest.mark.parametrize(("old", "new", "key", "message"), DISORDER)
def test_each_rule_of_teaching_in_order_has_a_file_that_breaks_it(
    tmp_path: Path, old: str, new: str, key: str, message: str
) -> None:
    track = tmp_path / "tea.yaml"
    track.write_text(TEA, "utf-8")
    assert studybuddy("roadmap", "check", track).exit_code == 0
    track.write_text(TEA.replace(old, new), "utf-8")
    done = studybuddy("roadmap", "check", track)
    assert done.exit_code == 1
    assert re.search(
        rf"^{re.escape(str(track))}:\d+: {re.escape(key)}: .*{re.escape(message)}", done.stderr, re.MULTILINE
    )


def test_translations_beside_a_track_are_checked(tmp_path: Path) -> None:
    track, german = tmp_path / "ml-researcher.yaml", tmp_path / "ml-researcher.de.yaml"
    track.write_bytes(ROADMAP.read_bytes())
    german.write_text("translates: ml-researcher\nlocale: de\nroadmap:\n  title: Auf dem Weg\n", "utf-8")
    done = studybuddy("roadmap", "check", track)
    assert done.exit_code == 0, done.stderr
    assert re.search(r"ml-researcher\.de\.yaml: \d+ missing", done.stdout)
    assert "\n  roadmap.summary\n" in done.stdout
    assert re.search(r"\n  and \d+ more\n", done.stdout)
    assert done.stdout.count("\n  ") == 6
    german.write_text("translates: ml-researcher\nlocale: de\nroadmap:\n  titel: Auf dem Weg\n", "utf-8")
    done = studybuddy("roadmap", "check", track)
    assert done.exit_code == 1
    assert "ml-researcher.de.yaml:4:" in done.stderr


def test_a_roadmap_file_is_checked() -> None:
    done = studybuddy("roadmap", "check", ROADMAP)
    assert done.exit_code == 0
    assert "ml-researcher 1.1.0: 11 modules, 24 weeks, 192 h" in done.stdout


def test_every_mistake_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("id: x\nid: y\ncolour: red\n", encoding="utf-8")
    done = studybuddy("roadmap", "check", bad, ROADMAP, tmp_path / "none.yaml")
    assert done.exit_code == 1
    assert "bad.yaml:2: id: repeats the key of line 1" in done.stderr
    assert "bad.yaml:3: colour:" in done.stderr
    assert "none.yaml:1:" in done.stderr
    assert "11 modules" in done.stdout


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


def test_roadmaps_of_the_host_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = ROADMAP.read_text(encoding="utf-8").replace("id: ml-researcher\n", "id: my-own\n", 1)
    (tmp_path / "own.yaml").write_text(own, encoding="utf-8")
    monkeypatch.setenv("STUDYBUDDY_ROADMAP_DIR", str(tmp_path))
    assert studybuddy("roadmap", "show", "my-own").exit_code == 0
    talk = studybuddy("chat", "--script", "-", typed="a: /start\n")
    assert "Which roadmap do you want to follow?" in talk.stdout
    chosen = "a: /start\na: my-own\na: [6 h a week]\na: /start\n"
    assert "Follow “" in studybuddy("chat", "--script", "-", typed=chosen).stdout
    (tmp_path / "broken.yaml").write_text("id: x", encoding="utf-8")
    broken = studybuddy("doctor", "--db", tmp_path / "x.db")
    assert broken.exit_code == 1
    assert "broken.yaml" in broken.stdout


def test_the_database_is_brought_up_to_date_looked_at_and_saved(tmp_path: Path) -> None:
    books = tmp_path / "deep" / "books.db"
    assert "It is not there yet" in studybuddy("db", "status", "--db", books).stdout
    assert not books.exists()
    newest = max(file.name[1:5] for file in (ROADMAP.parents[2] / "migrations" / "versions").glob("r*.py"))
    assert f"The schema is now {newest}" in studybuddy("db", "upgrade", "--db", books).stderr
    assert f"up to date ({newest})" in studybuddy("db", "upgrade", "--db", books).stdout
    assert f"{newest}, newest {newest}" in studybuddy("db", "status", "--db", books).stdout
    saved = tmp_path / "saved.db"
    assert studybuddy("db", "backup", saved, "--db", books).exit_code == 0
    assert saved.exists()
    again = studybuddy("db", "backup", saved, "--db", books)
    assert again.exit_code == 1
    assert "is there already" in again.stderr


def test_the_environment_names_the_database_also_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "url"
    secret.write_text(f"sqlite:///{tmp_path}/named.db\n", encoding="utf-8")
    monkeypatch.setenv("STUDYBUDDY_DATABASE_URL_FILE", str(secret))
    assert studybuddy("db", "upgrade").exit_code == 0
    assert (tmp_path / "named.db").exists()


def test_doctor_is_content_with_a_new_host_and_writes_nothing(tmp_path: Path) -> None:
    before = sorted(tmp_path.rglob("*"))
    done = studybuddy("doctor")
    assert done.exit_code == 0
    assert all(line.startswith("ok") for line in done.stdout.splitlines())
    assert sorted(tmp_path.rglob("*")) == before


def test_doctor_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    books = tmp_path / "books.db"
    studybuddy("chat", "--script", "-", "--db", books, "--now", "2999-01-04", typed="a: /start\n")
    clock = studybuddy("doctor", "--db", books, "--thorough")
    assert clock.exit_code == 1
    assert "set this machine's clock" in clock.stdout
    (tmp_path / "damaged.db").write_bytes(b"SQLite format 3\x00" + b"x" * 4096)
    assert studybuddy("doctor", "--db", tmp_path / "damaged.db").exit_code == 1
    gone = studybuddy("doctor", "--db", "postgresql://bot:canary@127.0.0.1:1/x")
    assert gone.exit_code == 1
    assert "does not answer" in gone.stdout
    assert "canary" not in gone.output


@pytest.mark.parametrize("url", ["mysql://u:canary@h/x", "postgresql://u:canary@127.0.0.1:1/x", "://canary"])
def test_a_database_that_cannot_be_used_is_one_line_and_no_password(url: str) -> None:
    done = studybuddy("chat", "--db", url)
    assert done.exit_code in {1, 78}
    assert len(done.stderr.splitlines()) == 1
    assert "canary" not in done.output


def test_run_says_that_this_version_speaks_in_the_terminal() -> None:
    done = studybuddy("run")
    assert done.exit_code == 78
    assert "studybuddy chat" in done.stderr


@pytest.mark.parametrize("arguments", [["--now", "2026-01-05"], ["--json"], ["--script", "-", "--now", "soon"]])
def test_options_that_make_no_sense_are_explained(arguments: list[str]) -> None:
    done = studybuddy("chat", *arguments)
    assert done.exit_code == 2
    assert "--now" in done.stderr


def test_two_versions_of_a_roadmap_are_compared(tmp_path: Path) -> None:
    old = tracks()["ml-researcher"]
    new = tmp_path / "new.yaml"
    new.write_text(
        old.read_text("utf-8").replace("version: 1.1.0", "version: 1.2.0").replace("level: extra", "level: core")
    )
    told = studybuddy("roadmap", "diff", str(old), str(new))
    assert told.exit_code == 0, told.stderr
    assert "ml-researcher 1.1.0 → ml-researcher 1.2.0" in told.stdout
    assert "” belongs to the core now." in told.stdout
    assert "whoever is on the old version decides" in told.stdout
    assert json.loads(studybuddy("roadmap", "diff", str(old), str(old), "--json").stdout)["differences"] == []
    assert "no-such.yaml" in studybuddy("roadmap", "diff", str(old), str(tmp_path / "no-such.yaml")).stderr


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("DATABASE_URL", "mysql://u:canary@h/x", "STUDYBUDDY_DATABASE_URL: expected sqlite:///PATH or postgresql"),
        ("DATABASE_URL", "sqlite:///{folder}", "STUDYBUDDY_DATABASE_URL: expected a file; {folder} is a folder"),
        ("DATABASE_URL_FILE", "{folder}/none", "STUDYBUDDY_DATABASE_URL_FILE: expected the path of a text file"),
        ("PUBLIC_URL", "https://", "STUDYBUDDY_PUBLIC_URL: expected an address such as https://example.org"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_expected(
    variable: str, value: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"STUDYBUDDY_{variable}", value.format(folder=tmp_path))
    done = studybuddy("db", "status")
    assert done.exit_code == 78
    assert done.stderr.startswith(f"Error: {said.format(folder=tmp_path)}")
    assert len(done.stderr.splitlines()) == 1


def test_doctor_notices_settings_that_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBUDDY_TELEGRAM_TOKN", "1:canary")
    monkeypatch.setenv("STUDYBUDDY_IMAGE_OF_OURS", "x")
    monkeypatch.setenv("STUDYBUDDY_ROADMAP_DIR", str(tmp_path / "none"))
    done = studybuddy("doctor")
    assert done.exit_code == 1
    assert "!!  settings: STUDYBUDDY_TELEGRAM_TOKN is not one and does nothing → did you mean" in done.stdout
    assert "ok  settings: STUDYBUDDY_IMAGE_OF_OURS is not one and does nothing\n" in done.stdout
    assert f"!!  roadmaps: STUDYBUDDY_ROADMAP_DIR names {tmp_path / 'none'}, which is no folder → make" in done.stdout
    assert "canary" not in done.output


def test_doctor_draws_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok  pictures: can be drawn\n" in studybuddy("doctor").stdout
    monkeypatch.setattr("bot.doctor._PICTURE", "no picture")
    assert "!!  pictures: cannot be drawn: this picture cannot be rendered → install" in studybuddy("doctor").stdout
