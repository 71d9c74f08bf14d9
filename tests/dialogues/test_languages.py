"""Whatever is shown can be said in another language.

All scripts are played in a made-up language: every sentence of the source is in ⟦brackets⟧, every value in it in
⟪others⟫, and dates are Greek. Latin letters outside the brackets are words that no translator can reach.
"""

import asyncio
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest
from babel.messages.catalog import Catalog

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.render import Rendered, render
from bot.adapters.terminal.script import Speech, parse
from bot.app import wire
from bot.commands import COMMANDS
from bot.core.code import read_code
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue import wording
from bot.dialogue.all_commands import with_subs
from bot.dialogue.answer import Answer
from bot.dialogue.request import Request
from bot.locales.extract import speaks, texts, written
from bot.storage.database import SqlDatabase
from roadmap.loader import RoadmapErrors, advice, load
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE

BRACKETED = "el"
"""The made-up language borrows the dates and plurals of Greek, which has no Latin letters."""

SCRIPTS = [
    path
    for path in sorted(Path(__file__).parent.glob("*.txt"))
    if not path.stem.startswith("german") and path.stem != "language_first"
]

HELP = "\n".join(f"u1: /help {command.typed}" for command in with_subs(COMMANDS) if not command.hidden)
LAST = f"u1: /start\nu1: [8 h a week]\n{HELP}" + "\nu1: /done" * 40 + "\nu1: /log 1h " + "x" * 600
"""What would be long in a script: help for every command, every item done, a note that is too long."""

SAME_EVERYWHERE = {
    *("1h30", "45m", "25m", "/log 1h30", "/log 90", "/today 15m", "/today 25m", "/pace 6", "/pace 2,5h", "/module 3"),
    *("/done calculus", "/module probability", "/timezone berlin", "/timezone America/New_York", "/language en"),
    *("/catchup pace 6", "/group join", "/group leave", '/group join "…"', '/group join "Ada L."', "/help log"),
    *("/focus 50", "/focus 45m calculus", "/link 7KQM-2XWD", "/project linear-regression", "/export csv"),
    *("/before 30h", "30h", "/export page"),
    "studybuddy roadmap check",
}
"""Exceptions: what is typed alike in every language, beside the commands' names."""
NAMES = {
    "Terminal",
    "https://example.org/my-project",
    "announcement",
    "csv",
    "hours.csv",
    "checkin",
    "nudge",
    "ml-researcher",
    "done",
    "yes",
    "join",
    "Ada L.",
    "log",
    "en",
    "calculus",
}
"""Exceptions: examples of what may be typed that are understood in every language: what buttons carry, names."""


def bracketed(sentence: str) -> str:
    """A sentence in the made-up language."""
    marked = re.sub(r"\{\w+\}", r"⟪\g<0>⟫", sentence)
    return f"⟦{marked}⟧" if speaks(sentence) else marked


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A catalogue in which every text of the source is bracketed, beside the real ones.

    Words of every language are understood, by patterns that are made once in a process: no other test may meet ones
    without German.
    """
    catalog = Catalog(locale=BRACKETED, fuzzy=False)
    for text in texts():
        if isinstance(text.message, str):
            catalog.add(text.message, bracketed(text.message))
        else:
            catalog.add(text.message, tuple(map(bracketed, text.message)))
    locales = tmp_path_factory.mktemp("made_up") / "locales"
    shutil.copytree(wording.CATALOGUES, locales, ignore=shutil.ignore_patterns("__pycache__", "*.py", "*.pot"))
    path = locales / BRACKETED / "LC_MESSAGES" / "studybuddy.po"
    path.parent.mkdir(parents=True)
    path.write_text(written(catalog), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wording, "CATALOGUES", locales)
        wording.catalogue.cache_clear()
        yield
    wording.catalogue.cache_clear()


@dataclass
class BracketedChats(Chats):
    """Shows the made-up language; its buttons are pressed by their English labels."""

    english: dict[str, set[str]] = field(default_factory=dict)

    def answered(self, request: Request, answer: Answer, pressed_on: Rendered | None = None) -> None:
        """Remember the labels, show the answer."""
        self._remember(answer)
        super().answered(request, answer, pressed_on)

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Remember the labels, show what the schedule says."""
        self._remember(answer)
        return await super().send(to, answer, key)

    def find_button(self, chat: str, label: str) -> tuple[str, Rendered] | None:
        """The newest button with this label in English."""
        for message in reversed(self.recent.get(chat, ())):
            for _, token in message.buttons:
                if label.casefold() in self.english[token]:
                    return token, message
        return None

    def _remember(self, answer: Answer) -> None:
        for label, token in render(answer.reply, wording.SOURCE).buttons if answer.reply else ():
            self.english.setdefault(token, set()).add(label.casefold())


def play(database: SqlDatabase, script: str, roadmaps: Mapping[str, Roadmap], files: Path) -> list[Message]:
    """All messages that a script brings, in the made-up language."""
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    ids = count()
    chats = BracketedChats(sent.append, clock, lambda: f"language:{next(ids)}", files, locale=BRACKETED)
    application = wire(database, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock, site=SITE)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    asyncio.run(player.play(list(parse(script))))
    return sent


def outside(line: str) -> Iterator[str]:
    """The parts of a line that are no text of the source: values, and what is outside all brackets."""
    open_: list[tuple[str, list[str]]] = [("", [])]
    for sign in line:
        if sign in "⟦⟪":
            open_.append((sign, []))
        elif sign in "⟧⟫":
            kind, inner = open_.pop()
            assert kind + sign in {"⟦⟧", "⟪⟫"}, line
            if kind == "⟪":
                yield "".join(inner).strip()
        else:
            open_[-1][1].append(sign)
    assert len(open_) == 1, line
    yield "".join(open_[0][1]).strip()


def content(value: Any) -> Iterator[str]:
    """All strings of a roadmap."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif is_dataclass(value):
        for part in fields(value):
            yield from content(getattr(value, part.name))
    elif isinstance(value, Mapping):
        yield from content(tuple(value.items()))
    elif isinstance(value, tuple):
        for item in value:
            yield from content(item)


def brought(file: Path) -> Iterator[str]:
    """What somebody's own file says, or what is wrong with it: keys, and sentences about the English format."""
    try:
        yield from content(load(file))
        for note in advice(file):
            yield from (note.key, note.message)
    except RoadmapErrors as errors:
        for problem in errors.problems:
            yield from (problem.key, problem.message)


@dataclass
class Values:
    """What may be shown in any language as it is."""

    known: frozenset[str]
    typed: list[str]
    files: Path

    def has(self, shown: str) -> bool:
        """Whether this is a value: nothing to read, content of the roadmap, something to type, learners' own words."""
        if not re.search(r"[A-Za-z]", shown) or shown in self.known or shown.startswith(str(self.files)):
            return True
        if shown.endswith("…") and any(value.startswith(shown[:-1]) for value in self.known):
            return True  # a title cut for a button
        if read_code(shown) or shown.strip("<>").startswith(SITE.url):
            return True
        if link := re.fullmatch(r"(.*) <(https?://\S+)>", shown):
            return {link[1], link[2]} <= self.known or any(link[2].casefold() in words for words in self.typed)
        if shown.startswith("/") and " " in shown:
            return all(map(self.has, shown.split()))
        if " / " in shown:
            return all(map(self.has, shown.split(" / ")))
        own = shown.strip("…").casefold()
        if any(own in words for words in self.typed):
            return True
        listed = shown.split(", ")  # several people's names
        return len(listed) > 1 and all(map(self.has, listed))


@pytest.fixture(scope="module")
def known(made_up: None, roadmaps: dict[str, Roadmap]) -> frozenset[str]:
    """What any script may show: content of roadmaps and files, names of zones and languages, what is typed."""
    allowed = {*SAME_EVERYWHERE, *NAMES, *available_timezones(), *wording.languages().values()}
    allowed |= {text for roadmap in roadmaps.values() for text in content(roadmap)}
    for file in (Path(__file__).parent / "files").glob("*.csv"):
        allowed |= {file.name, *re.split(r"[,;\n]", file.read_text(encoding="utf-8"))}
    for file in (Path(__file__).parent / "files").glob("*.yaml"):
        allowed |= {*brought(file), file.name}
    for command in with_subs(COMMANDS):
        # The names of commands are the same in every language, as they are on the platforms.
        allowed |= {f"/{command.name}", command.last_name, re.sub(r"{\w+}", "", command.usage.message)}
    return frozenset(allowed)


def values(script: str, known: frozenset[str], files: Path) -> Values:
    """What may be shown untranslated while this script is played."""
    spoken = [step for step in parse(script) if isinstance(step, Speech)]
    own = {step.what.casefold() for step in spoken} | {step.group or "" for step in spoken} | {s.who for s in spoken}
    return Values(known, sorted(own), files)


def lines(message: Message) -> list[str]:
    """The lines and button labels of a message."""
    shown = message.shown
    rows = [row.text for row in shown.rows if row.style != "link"]
    return [*"\n".join(rows).splitlines(), *(label for label, _ in (*shown.links, *shown.buttons))]


_TO_GERMAN = re.compile(r"^\w+: (?:/language )?(?:de|deutsch)$\n", re.MULTILINE | re.IGNORECASE)
"""Who says so would not be spoken to in the made-up language any more."""


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("script", [*SCRIPTS, LAST], ids=lambda s: getattr(s, "stem", "last"))
def test_every_word_shown_can_be_translated(
    script: Path | str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], known: frozenset[str], tmp_path: Path
) -> None:
    text = _TO_GERMAN.sub("", script if isinstance(script, str) else script.read_text(encoding="utf-8"))
    allowed = values(text, known, tmp_path)
    shown = [line for message in play(sqlite, text, roadmaps, tmp_path) for line in lines(message)]
    assert any("⟦" in line for line in shown)
    wrong = {f"{words} – in: {line}" for line in shown for words in outside(line) if not allowed.has(words)}
    assert not wrong, "\n".join(sorted(wrong))


def test_the_scripts_speak_every_command() -> None:
    spoken = "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    for command in (command for command in COMMANDS if not command.hidden):
        assert re.search(rf": /{command.name}\b", spoken), command.name


@pytest.mark.usefixtures("made_up")
def test_the_schedule_says_everything_it_can(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path) -> None:
    sent = play(sqlite, "u1: /start 8\nu1: [UTC]\n+4w", roadmaps, tmp_path)
    deliveries = "\n".join(m.shown.text for m in sent if m.kind == "delivery")
    for sentence in ("⟦Week ⟪1⟫ of ", "⟦Check-in, ", "⟦The week is still young. ", "⟦I have asked three times"):
        assert sentence in deliveries


def test_the_check_sees_what_cannot_be_translated() -> None:
    roadmap = Values(frozenset({"Calculus"}), ["mine"], Path("/nowhere"))

    def wrong(line: str) -> list[str]:
        return [words for words in outside(line) if not roadmap.has(words)]

    assert not wrong("███░ ⟦Logged ⟪⟦⟪1⟫ h⟧⟫ on “⟪Calculus⟫”, ⟪Δευ 5 Ιαν 2026⟫.⟧")
    assert not wrong("⟪mine⟫: ⟪Calculus / Calculus⟫")
    assert wrong("⟦Logged ⟪1 h⟫.⟧") == ["1 h"]
    assert wrong("⟦Today⟧ is Monday") == ["is Monday"]
    assert wrong("⟦Logged on ⟪Mon, 5 Jan 2026⟫⟧") == ["Mon, 5 Jan 2026"]
