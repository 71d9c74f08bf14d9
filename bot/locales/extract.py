"""`python -m bot.locales.extract` writes the template of all texts, `… LANGUAGE` brings a translation up to date,
`… --all` every one there is. It says what is not translated yet, which is shown in English.

Texts are found in the source (`Text`, `Plural`); the summaries of commands are their functions' docstrings, the
names of options those of their parameters. Remarks for
translators stand above a text as `# note: …`.
"""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from bot.commands import COMMANDS
from bot.dialogue.all_commands import with_subs

FOLDER = Path(__file__).parent
TEMPLATE = FOLDER / "studybuddy.pot"
_DATE = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed date in the header: the file changes when a text does, and only then."""
_KEYWORDS = {"Text": 1, "Plural": 2, "_": 1}
"""What makes a text, and of how many strings."""
_NOTE = "# note:"
_OPTION = "the name of an option, as in “/log <spent>”: one word of small letters, digits and _, in its brackets"
_MOVING = re.compile(
    r'^"(?:Generated-By|Last-Translator|Language-Team|PO-Revision-Date|Report-Msgid-Bugs-To):.*\n', re.MULTILINE
)
"""What a header says of programs and people, not of texts."""


@dataclass(frozen=True)
class SourceText:
    """A text, the file it is in and what translators should know; a pair of strings where it has a plural."""

    message: str | tuple[str, str]
    file: str
    notes: tuple[str, ...] = ()


def texts() -> Iterator[SourceText]:
    """All texts of the program in the order of the source files."""
    source = FOLDER.parent
    for path in sorted(source.rglob("*.py")):
        yield from _in_file(path, path.relative_to(source.parent).as_posix())
    for command in with_subs(COMMANDS):
        if not command.hidden:
            module = inspect.getmodule(command.run)
            assert module is not None  # noqa: S101 - every command is in a file
            file = module.__name__.replace(".", "/") + ".py"
            yield SourceText(command.summary.message, file)
            for option in command.options:
                if option.parameter.typed:
                    yield SourceText(option.label.message, file, (_OPTION,))


def _in_file(path: Path, name: str) -> Iterator[SourceText]:
    """A file's texts in their order. Babel's own extractor would miss a text that is a value of another one."""
    lines = path.read_text(encoding="utf-8").splitlines()
    calls = [node for node in ast.walk(ast.parse("\n".join(lines))) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        count = _KEYWORDS.get(call.func.id, 0) if isinstance(call.func, ast.Name) else 0
        strings = [
            arg.value for arg in call.args[:count] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if strings and len(strings) == count:
            above = lines[call.lineno - 2].strip()
            notes = (above.removeprefix(_NOTE).strip(),) if above.startswith(_NOTE) else ()
            yield SourceText(strings[0] if count == 1 else (strings[0], strings[1]), name, notes)


def speaks(message: str) -> bool:
    """Whether there is anything to translate besides the values: a letter, or a quotation mark."""
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
    """A catalogue as the contents of its file, in the same order every time."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=100, sort_output=True, include_lineno=False)
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


def missing(language: str) -> list[str]:
    """The English sentences that a language has no translation for."""
    with (FOLDER / language / "LC_MESSAGES" / "studybuddy.po").open("rb") as file:
        catalog = read_po(file, locale=language)
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalog
        if message.id and not all([message.string] if isinstance(message.string, str) else message.string or [""])
    ]


def main(languages: list[str]) -> None:
    """Write the template and these languages' catalogues, and say what each of them lacks."""
    TEMPLATE.write_text(written(template()), encoding="utf-8")
    if languages == ["--all"]:
        languages = sorted(path.parts[-3] for path in FOLDER.glob("*/LC_MESSAGES/studybuddy.po"))
    for language in languages:
        update(language)
        for sentence in missing(language):
            sys.stdout.write(f"{language}: not translated yet, shown in English: {sentence}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
