"""A learner asks for every step of the whole roadmap, in English and in German, and reads everything that comes."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import house
from bot.storage.database import SqlDatabase
from roadmap.loader import BUILT_IN
from roadmap.model import Link, Part, Roadmap
from roadmap.naming import links_of
from roadmap.translation import load, translated
from tests.conftest import MONDAY, Talk

_ENGLISH = re.compile(
    r"(?<!-)\b(the|and|of|to|is|are|your|you|with|for|what|it|that|this|from|not|there|have|has|one|week|step|done)\b",
    re.IGNORECASE,
)
_NO_SENTENCE = re.compile(r"<https?://[^>]*>|'[^']*'")
"""Addresses, and labels in quotation marks."""
_OLD_COURSE = "Deep Learning for Natural Language Processing"
"""What the original's CS224d was; it is no title of a link."""
_EVERY_WEEK = re.compile(
    r"How was your week\?|Wie war deine Woche\?|Good to hear\. On to the next one\.|Freut mich\. Auf zur nächsten\.|"
    r"(?:Today|Heute): .*|[█░]{24} .*|Plan: .*|Stand: .*"
)
"""What days and weeks begin and end with: the module's name, the check-in and its answer, the bar, the plan."""


def _script(track: Roadmap, language: str) -> str:
    """Every week: /today and /log for each of its steps on Tuesday, and the check-in's answer on Sunday evening."""
    done = {"en": "Done", "de": "Geschafft"}[language]
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]", f"u1: /language {language}"]
    for week in range(1, track.weeks + 1):
        parts = [part for part in track.parts if part.week == week]
        monday = MONDAY + timedelta(weeks=week - 1)
        for n, part in enumerate(parts):
            at = monday + timedelta(days=1, hours=2 + n)
            lines += [f"={at.isoformat()}", f"u1: /today {part.minutes}m", f"u1: /log {part.minutes}m"]
        lines += [f"={(monday + timedelta(days=6, hours=12)).isoformat()}", f"u1: [{done}]"]
    return "\n".join([*lines, "u1: /today", "+4w"])


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def track(roadmaps: dict[str, Roadmap], language: str) -> Roadmap:
    found = roadmaps["ml-researcher"]
    if language == "en":
        return found
    return translated(found, load(Path(BUILT_IN) / f"ml-researcher.{language}.yaml", found))


def test_the_whole_roadmap_is_read_in_order_linked_short_and_said_once(
    talk: Talk, track: Roadmap, language: str
) -> None:
    sent = talk(_script(track, language))[4:]
    _steps_come_in_order(track, [m for m in sent if m.shown.text.startswith(("Today:", "Heute:"))])
    for message in sent:
        _everything_named_is_linked(track, message.shown.text)
    announced = [m for m in sent if m.kind == "delivery" and re.match(r"(Week|Woche) \d+ ", m.shown.text)]
    assert len(announced) == track.weeks
    assert [m.shown.text for m in announced if len(m.shown.text) > 900] == []
    _first_steps_are_short(track, sent)
    _nothing_is_repeated(sent)
    if language != track.locale:
        _nothing_is_english(track, sent)


@pytest.mark.parametrize("language", ["de"], indirect=True)
def test_pages_questions_and_projects_are_german_for_a_german(talk: Talk, track: Roadmap, language: str) -> None:
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]", f"u1: /language {language}"]
    for number, module in enumerate(track.modules, start=1):
        lines.append(f"u1: /module {number}")
        for item in module.items:
            for part in item.parts:
                lines += [f"u1: /log {part.minutes}m {item.id}", "+1d"]
            lines += [f"u1: /project {item.id}"] if item.kind == "project" else []
        lines += [
            f"+{7 * number}d",
            "u1: /quiz",
            "u1: [Antwort zeigen]",
            "u1: [Gewusst]",
            "u1: /roadmap",
            "u1: /why",
        ]
    sent = talk("\n".join([*lines, "u1: /today", "u1: /checkin", "u1: [Geschafft]"]))[4:]
    _nothing_is_english(track, sent)
    assert "8 Projekte haben offene Kriterien" in sent[-1].shown.text
    assert any(m.shown.text.startswith("Frage, Woche ") for m in sent)


def _steps_come_in_order(track: Roadmap, told: list[Message]) -> None:
    for part, message in zip(track.parts, told, strict=False):
        assert part.do in message.shown.text


def _everything_named_is_linked(track: Roadmap, text: str) -> None:
    for part in track.parts:
        if part.do in text and not text.startswith(("Module ", "Modul ")):
            missing = [link.title for link in _needed(track, part) if link.url not in text]
            assert not missing, f"{missing} in: {text}"


def _needed(track: Roadmap, part: Part) -> tuple[Link, ...]:
    return links_of(track.items[part.item], part)


def _first_steps_are_short(track: Roadmap, sent: list[Message]) -> None:
    """What is said of a step, without the day's heading and bar."""
    first = {item.parts[0].do for item in track.items.values()}
    for message in sent:
        lines = message.shown.text.splitlines()
        said = [n for n, line in enumerate(lines) if any(do in line for do in first)]
        if message.kind == "reply" and said:
            end = next(n for n, line in enumerate(lines) if line.startswith(("█", "░")))
            assert len("\n".join(lines[said[0] : end])) <= 600, message.shown.text


def _nothing_is_repeated(sent: list[Message]) -> None:
    lines = Counter(line for message in sent for line in message.shown.text.splitlines() if line)
    often = {line: n for line, n in lines.items() if n > 3 and not _EVERY_WEEK.fullmatch(line)}
    assert not often


def _nothing_is_english(track: Roadmap, sent: list[Message]) -> None:
    keep = sorted(set(_kept(track)), key=len, reverse=True)
    for message in sent:
        for said in (*message.shown.text.splitlines(), *(label for label, _ in message.shown.buttons)):
            line = said
            for name in keep:
                line = line.replace(name, "")
            assert not _ENGLISH.search(_NO_SENTENCE.sub("", line)), said


def _kept(track: Roadmap) -> Iterator[str]:
    """What keeps its own language: names of resources and links, of who made them, and what the original said.

    Their parts, too: "Statistics and probability" of "Statistics and probability: Random variables".
    """
    yield _OLD_COURSE
    for item in track.items.values():
        named = [link.title for part in item.parts for link in part.links]
        if item.resource:
            named += [item.resource.title, item.resource.provider, *item.resource.instructors]
            named += [link.title for link in (*item.resource.alternatives, *item.resource.bridge)]
        named += [item.original.text] if item.original else []
        for name in named:
            parts = [*re.split(r"[:;(),]", name), *re.split(r"[:;(),]| and ", name)]
            yield from (name, *(part.strip() for part in parts if len(part.split()) > 1))


def test_a_german_reads_german_before_saying_a_word(sqlite: SqlDatabase, tmp_path: Path) -> None:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    chats = Chats(sent.append, clock, iter(map(str, range(9))).__next__, tmp_path)
    chats.locale = "de-AT"
    program = house(sqlite, {PLATFORM: chats}, clock=clock)
    player = Player(program.dispatcher, program.courier.tick, program.courier.next, chats, clock)
    asyncio.run(player.play(list(parse("u1: /start\nu1: [8 h pro Woche]\nu1: [UTC]"))))
    hello, _, first = (message.shown.text for message in sent)
    assert "Das solltest du mitbringen:" in hello
    assert "Programmieren neu für dich ist" in hello
    assert "Beginne: Sieh dir die Videos von Kurswoche 1 an" in first
    assert "(auf Englisch)" in first
