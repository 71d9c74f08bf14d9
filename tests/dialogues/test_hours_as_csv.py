"""`/export csv` is opened by spreadsheets, holds no formula, and is read back by `/import`, in every language."""

import csv
import re
from io import StringIO
from pathlib import Path

import pytest

from bot.adapters.terminal.chats import Message
from tests.conftest import Talk

LOGGED = """
ada: /start
ada: [8 h a week]
ada: [UTC]
ada: /log 1h30 calculus
ada: /log 40m linear regression “=HYPERLINK(1)”
ada: /log 20m “@ chapter; 3, twice”
ada: /log 3h
ada: [Undo]
"""


def exported(messages: list[Message]) -> bytes:
    """The file that was saved last."""
    text = " ".join(message.shown.text for message in messages)
    *_, path = re.findall(r"(\S+studybuddy-[0-9-]+(?:-[0-9]+)?\.csv)", text)
    return Path(path).read_bytes()


@pytest.mark.parametrize(
    ("language", "delimiter", "header", "hours"),
    [
        ("english", ",", ["Day", "Minutes", "Hours", "Item", "Module", "Note", "Recorded at"], "1.50"),
        ("deutsch", ";", ["Tag", "Minuten", "Stunden", "Baustein", "Modul", "Notiz", "Eingetragen am"], "1,50"),
    ],
)
def test_the_hours_open_in_a_spreadsheet_of_the_language(
    talk: Talk, language: str, delimiter: str, header: list[str], hours: str
) -> None:
    content = exported(talk(f"{LOGGED}ada: /language {language}\nada: /export csv"))
    assert content.startswith(b"\xef\xbb\xbf")
    first, *rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert first == header
    assert [row[:3] for row in rows][:1] == [["2026-01-05", "90", hours]]
    assert sum(int(row[1]) for row in rows) == 150
    assert [row[5] for row in rows if row[5]] == ["'=HYPERLINK(1)", "'@ chapter; 3, twice"]
    assert rows[0][6] == "2026-01-05 08:00"
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


@pytest.mark.parametrize("language", ["english", "deutsch"])
def test_the_exported_hours_are_read_back(talk: Talk, language: str, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_bytes(exported(talk(f"{LOGGED}ada: /language {language}\nada: /export csv")))

    (known,) = talk(f"ada: /language english\nada: /import {file}")[1:]
    assert "Left out: 3 entries (2 h 30 min) look like being logged already" in known.shown.text

    begin = f"ben: /start\nben: [8 h a week]\nben: [UTC]\nben: /import {file}\nben: [Log these]\n"
    copied = exported(talk(f"{begin}ben: /language {language}\nben: /export csv"))
    assert _without_instants(copied) == _without_instants(file.read_bytes())


def _without_instants(content: bytes) -> list[str]:
    return [re.split("[;,]20[0-9-]+ [0-9:]+$", line)[0] for line in content.decode("utf-8-sig").splitlines()]
