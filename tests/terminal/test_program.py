"""The program as its host meets it: `studybuddy …`."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main

ROADMAP = Path(__file__).parents[2] / "roadmap" / "tracks" / "ml-researcher.yaml"
FIRST_WEEK = Path(__file__).parents[1] / "dialogues" / "first_week.txt"


def studybuddy(*arguments: object, typed: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed, prog_name="studybuddy")


@pytest.fixture(autouse=True)
def quiet_alembic() -> Iterator[None]:
    level = logging.getLogger("alembic").level
    yield
    logging.getLogger("alembic").setLevel(level)


def test_a_script_prints_one_json_object_for_each_message() -> None:
    outcome = studybuddy("chat", "--script", FIRST_WEEK, "--json")
    assert outcome.exit_code == 0, outcome.output
    messages = [json.loads(line) for line in outcome.stdout.splitlines()]
    assert all(list(message) == ["at", "to", "kind", "text", "buttons", "image"] for message in messages)
    assert {message["kind"] for message in messages} == {"reply", "edit", "delivery"}
    assert messages[0]["at"] == "2026-01-05T08:00:00Z"
    assert messages[0]["to"] == "u1"
    assert "8 h a week" in messages[0]["buttons"]
    assert all(message["image"] is None for message in messages)


def test_a_script_without_a_database_leaves_nothing_behind(tmp_path: Path) -> None:
    first, second = (studybuddy("chat", "--script", FIRST_WEEK, "--json") for _ in range(2))
    assert first.stdout == second.stdout
    assert not list(tmp_path.rglob("*.db"))


def test_now_says_when_a_script_begins_and_db_where_it_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "study.db"
    begun = studybuddy(
        "chat", "--script", "-", "--db", file, "--now", "2026-03-02T07:00+01:00", "--json", typed="a: /start\na: 8h\n"
    )
    assert json.loads(begun.stdout.splitlines()[0])["at"] == "2026-03-02T06:00:00Z"
    later = studybuddy("chat", "--script", "-", "--db", file, "--now", "2026-03-09T12:00", typed="a: /start\n")
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
    outcome = studybuddy("chat", "--script", "-", typed=script)
    assert outcome.exit_code == 1
    assert problem in outcome.stderr


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
    file = tmp_path / "deep" / "study.db"
    assert "It is not there yet" in studybuddy("db", "status", "--db", file).stdout
    assert not file.exists()
    newest = max(file.name[1:5] for file in (ROADMAP.parents[2] / "migrations" / "versions").glob("r*.py"))
    assert f"The schema is now {newest}" in studybuddy("db", "upgrade", "--db", file).stderr
    assert f"up to date ({newest})" in studybuddy("db", "upgrade", "--db", file).stdout
    assert f"{newest}, newest {newest}" in studybuddy("db", "status", "--db", file).stdout
    saved = tmp_path / "saved.db"
    assert studybuddy("db", "backup", saved, "--db", file).exit_code == 0
    assert saved.exists()
    again = studybuddy("db", "backup", saved, "--db", file)
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
    outcome = studybuddy("doctor")
    assert outcome.exit_code == 0
    assert all(line.startswith("ok") for line in outcome.stdout.splitlines())
    assert sorted(tmp_path.rglob("*")) == before


def test_doctor_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "study.db"
    studybuddy("chat", "--script", "-", "--db", file, "--now", "2999-01-04", typed="a: /start\n")
    clock = studybuddy("doctor", "--db", file, "--thorough")
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
    outcome = studybuddy("chat", "--db", url)
    assert outcome.exit_code in {1, 78}
    assert len(outcome.stderr.splitlines()) == 1
    assert "canary" not in outcome.output


def test_run_says_that_this_version_speaks_in_the_terminal() -> None:
    outcome = studybuddy("run")
    assert outcome.exit_code == 78
    assert "studybuddy chat" in outcome.stderr


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["chatt"], "There is no command chatt. Did you mean chat? There are: chat, run, doctor, roadmap, db."),
        (["db", "x"], "There is no command x. There are: backup, restore, status, upgrade, verify."),
        (["chat", "--as", " "], "--as: expected a name."),
    ],
)
def test_what_is_typed_wrong_is_answered_with_what_there_is(arguments: list[str], error: str) -> None:
    outcome = studybuddy(*arguments)
    assert outcome.exit_code == 2
    assert outcome.stderr.endswith(f"Error: {error}\n")


def test_a_database_that_is_not_there_is_not_verified(tmp_path: Path) -> None:
    outcome = studybuddy("db", "verify", "--db", tmp_path / "none.db")
    assert outcome.exit_code == 1
    assert outcome.stderr == f"Error: There is no database at {tmp_path / 'none.db'}.\n"


@pytest.mark.parametrize("arguments", [["--now", "2026-01-05"], ["--json"], ["--script", "-", "--now", "soon"]])
def test_options_that_make_no_sense_are_explained(arguments: list[str]) -> None:
    outcome = studybuddy("chat", *arguments)
    assert outcome.exit_code == 2
    assert "--now" in outcome.stderr


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("DATABASE_URL", "mysql://u:canary@h/x", "STUDYBUDDY_DATABASE_URL: expected sqlite:///PATH or postgresql"),
        ("DATABASE_URL", "sqlite:///{folder}", "STUDYBUDDY_DATABASE_URL: expected a file; {folder} is a folder"),
        ("DATABASE_URL_FILE", "{folder}/none", "STUDYBUDDY_DATABASE_URL_FILE: expected the path of a text file"),
        ("PUBLIC_URL", "https://", "STUDYBUDDY_PUBLIC_URL: expected an address such as https://example.org"),
    ],
)
def test_a_wrong_setting_is_named_with_what_was_expected(
    variable: str, value: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"STUDYBUDDY_{variable}", value.format(folder=tmp_path))
    outcome = studybuddy("db", "status")
    assert outcome.exit_code == 78
    assert outcome.stderr.startswith(f"Error: {message.format(folder=tmp_path)}")
    assert len(outcome.stderr.splitlines()) == 1


def test_doctor_notices_settings_that_do_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBUDDY_TELEGRAM_TOKN", "1:canary")
    monkeypatch.setenv("STUDYBUDDY_IMAGE_OF_OURS", "x")
    monkeypatch.setenv("STUDYBUDDY_ROADMAP_DIR", str(tmp_path / "none"))
    outcome = studybuddy("doctor")
    assert outcome.exit_code == 1
    assert "!!  settings: STUDYBUDDY_TELEGRAM_TOKN is not one and does nothing → did you mean" in outcome.stdout
    assert "ok  settings: STUDYBUDDY_IMAGE_OF_OURS is not one and does nothing\n" in outcome.stdout
    assert (
        f"!!  roadmaps: STUDYBUDDY_ROADMAP_DIR names {tmp_path / 'none'}, which is no folder → make" in outcome.stdout
    )
    assert "canary" not in outcome.output


def test_doctor_draws_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "ok  pictures: can be drawn\n" in studybuddy("doctor").stdout
    monkeypatch.setattr("bot.doctor._PICTURE", "no picture")
    assert "!!  pictures: cannot be drawn: this picture cannot be rendered → install" in studybuddy("doctor").stdout
