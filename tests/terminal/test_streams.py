"""The program runs in any terminal: of any encoding, without colours, with streams that are closed or hold anything."""

import io
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.adapters.legible import legible
from bot.adapters.terminal.chats import Message
from bot.adapters.terminal.conversation import Conversation
from bot.adapters.terminal.render import render
from bot.cli import main
from bot.cli.streams import prepare
from bot.dialogue.reply import Bar, Heading, reply
from bot.dialogue.text import words

FIRST_WEEK = Path(__file__).parents[1] / "dialogues" / "first_week.txt"


def studybuddy(*arguments: object, charset: str = "utf-8", typed: bytes = b"") -> Result:
    return CliRunner(charset=charset).invoke(main, [str(argument) for argument in arguments], input=typed)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp437"])
def test_characters_that_a_terminal_lacks_are_written_with_others(encoding: str, tmp_path: Path) -> None:
    told = studybuddy("chat", "--db", tmp_path / "x.db", charset=encoding, typed=b"8\nutc\n/progress\n")
    assert told.exit_code == 0, told.output
    assert "0 min of 192 h" in told.stdout
    helped = studybuddy("chat", "--help", charset=encoding)
    assert "@cafe /leaderboard" in helped.stdout


def test_words_stay_legible_in_ascii() -> None:
    assert legible("“Übung” – █░ 50 % → ✓…", "ascii") == '"Uebung" - #. 50 % -> *...'
    assert legible("Café 机器", "ascii") == "Cafe ??"
    assert legible("Größe – ½", "latin-1") == "Größe - ½"


def test_json_is_utf_8_whatever_the_terminal_has() -> None:
    done = studybuddy("chat", "--script", FIRST_WEEK, "--json", charset="latin-1")
    first = json.loads(done.stdout_bytes.decode("utf-8").splitlines()[0])
    assert "“Python Programming for Machine Learning”" in first["text"]
    shown = studybuddy("roadmap", "show", "ml-researcher", "--json", charset="latin-1")
    assert json.loads(shown.stdout_bytes.decode("utf-8"))["id"] == "ml-researcher"


def test_bytes_that_are_no_text_are_one_unknown_word(tmp_path: Path) -> None:
    told = studybuddy("chat", "--db", tmp_path / "x.db", typed=b"8\nutc\n\xff\xfe\n/progress\n")
    assert told.exit_code == 0, told.output
    assert "0 min of 192 h" in told.stdout


def test_a_script_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "script").write_bytes(b"a: \xff\n")
    done = studybuddy("chat", "--script", tmp_path / "script")
    assert done.exit_code == 1
    assert done.stderr == f"Error: {tmp_path / 'script'}: expected text in UTF-8.\n"


def test_closed_streams_are_empty_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    prepare()
    assert sys.stdin.read() == ""
    for stream in (sys.stdout, sys.stderr):
        stream.write("words")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.close()


def test_a_terminal_that_knows_no_colours_gets_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tty(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr(sys, "stdin", Tty())
    monkeypatch.setattr(sys, "stdout", written := Tty())
    shown = render(reply(Heading(words("Plan")), Bar(0.5, words("half"))), "en", 40)
    Conversation("you", tmp_path / "history").show(Message(datetime.now(UTC), "you", "reply", shown))
    assert written.getvalue() == f"Plan\n{'█' * 12}{'░' * 12} half\n\n"


def test_the_folder_for_files_is_made(tmp_path: Path) -> None:
    talk = b"8\nutc\n/export\n"
    files = tmp_path / "new" / "folder"
    assert f"Saved as {files}" in studybuddy("chat", "--db", tmp_path / "x.db", "--files", files, typed=talk).stdout
    assert len(list(files.glob("studybuddy-*.json"))) == 1
    (tmp_path / "file").touch()
    refused = studybuddy("chat", "--db", tmp_path / "x.db", "--files", tmp_path / "file" / "folder", typed=talk)
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: {tmp_path / 'file' / 'folder'}: Not a directory\n"


def test_a_file_that_cannot_be_saved_ends_no_conversation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("bot.adapters.terminal.chats.save", full)
    talk = b"8\nutc\n/export\n/plan\n"
    told = studybuddy("chat", "--db", tmp_path / "x.db", "--files", tmp_path, typed=talk)
    assert f"The file could not be saved in {tmp_path}." in told.stdout
    assert "Your weeks" in told.stdout
