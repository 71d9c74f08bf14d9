"""`python -m bot.locales.extract` writes the template of all texts, `… LANGUAGE` brings a translation up to date.

Texts are found in the source (`Text`, `Plural`); the summaries of commands are their functions' docstrings. Remarks for
translators stand above a text as `# note: …`.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.commands import COMMANDS

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "studybuddy.pot"
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the header: the file changes when a text does, and only then."""
_KEYWORDS = {"Text": None, "Plural": (1, 2), "_": None}
_METHODS = [("dialogue/codec.py", "ignore"), ("**.py", "python")]
"""The codec makes texts out of what was stored, and has none of its own."""
_MOVING = re.compile(r'^"(?:Generated-By|Last-Translator|Language-Team|PO-Revision-Date|Report-Msgid-Bugs-To):.*\n', re.M)
"""What a header says of programs and people, not of texts."""


@dataclass(frozen=True)
class Found:
    """A text, where it stands and what translators should know; a pair where it has a plural."""

    message: str | tuple[str, str]
    file: str
    notes: tuple[str, ...] = ()


def texts() -> Iterator[Found]:
    """All texts of the program as they stand in the source."""
    source = FOLDER.parent
    found = extract_from_dir(source, _METHODS, keywords=_KEYWORDS, comment_tags=["note:"], strip_comment_tags=True)
    for file, _, message, notes, _ in found:
        yield Found(message if isinstance(message, str) else (message[0], message[1]), f"bot/{file}", tuple(notes))
    for command in COMMANDS:
        if not command.hidden:
            module = inspect.getmodule(command.run)
            assert module is not None  # noqa: S101 - every command stands in a file
            yield Found(command.summary.message, module.__name__.replace(".", "/") + ".py")


def speaks(message: str) -> bool:
    """Whether there is anything to translate beside the values: a letter, or a quotation mark."""
    return bool(re.search(r"[^\W\d_]|[“”]", re.sub(r"\{\w+\}", "", message)))


def template() -> Catalog:
    """What there is to translate."""
    catalog = Catalog(project="studybuddy", charset="utf-8", header_comment="# The study buddy's texts.")
    catalog.creation_date = _DATE
    for text in texts():
        if speaks(text.message if isinstance(text.message, str) else text.message[0]):
            catalog.add(text.message, locations=[(text.file, 0)], auto_comments=text.notes)
    return catalog


def written(catalog: Catalog) -> str:
    """A catalogue as the text of its file, in the same order every time."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_by_file=True, include_lineno=False)
    return _MOVING.sub("", buffer.getvalue().decode())


def update(language: str) -> Path:
    """Bring a translation up to date; what is new in it is empty, what is gone is dropped."""
    path = FOLDER / language / "LC_MESSAGES" / "studybuddy.po"
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale=language)
        catalog.update(template(), no_fuzzy_matching=True, update_header_comment=False)
        catalog.obsolete.clear()
    else:
        catalog = Catalog(locale=language, project="studybuddy", charset="utf-8", header_comment="#", fuzzy=False)
        catalog.update(template(), update_header_comment=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written(catalog), encoding="utf-8")
    return path


if __name__ == "__main__":
    TEMPLATE.write_text(written(template()), encoding="utf-8")
    for language in sys.argv[1:]:
        update(language)
