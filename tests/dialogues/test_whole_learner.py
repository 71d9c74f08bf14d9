"""A learner asks for every step of the whole roadmap, in English and in German, and reads everything that comes.

What must come is read from the track's files and from lists by hand (`plain_track`), not from the program.
"""

import asyncio
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY, Talk
from tests.dialogues.plain_track import ENGLISH, GERMAN, LESSON_FIRST, Step, first_steps, names, steps

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
    r"(?:Today|Heute): .*|[█░]{24} .*|Plan: .*|Stand: .*|→ .* <http.*>|"
    r".*(?:“About this|„Über diese).*"
)
"""What days and weeks begin and end with: the module's name, the check-in and its answer, the bar, the plan, links, and
what points to the page about an item."""
_PAGE = 1500
"""Characters of a module's page: two screens of a phone."""


def _script(language: str) -> str:
    """Every week: /today and /log for each of its steps on Tuesday, and the check-in's answer on Sunday evening."""
    done = {"en": "Done", "de": "Geschafft"}[language]
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]", f"u1: /language {language}"]
    for week in range(1, ENGLISH["weeks"] + 1):
        monday = MONDAY + timedelta(weeks=week - 1)
        for n, step in enumerate(step for step in steps(language) if step.week == week):
            at = monday + timedelta(days=1, hours=2 + n)
            lines += [f"={at.isoformat()}", f"u1: /today {step.minutes}m", f"u1: /log {step.minutes}m"]
        lines += [f"={(monday + timedelta(days=6, hours=12)).isoformat()}", f"u1: [{done}]"]
    return "\n".join([*lines, "u1: /today", "+4w"])


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    """The language in which the learner is spoken to."""
    return str(request.param)


@pytest.fixture
def sent(talk: Talk, language: str) -> list[Message]:
    """All that comes in 24 weeks, from the choice of the language on."""
    return talk(_script(language))[4:]


def _announced(sent: list[Message]) -> list[str]:
    announcements = [
        m.shown.text for m in sent if m.kind == "delivery" and re.match(r"(Week|Woche) \d+ ", m.shown.text)
    ]
    assert len(announcements) == ENGLISH["weeks"]
    return announcements


def test_24_weeks_come_in_order_linked_short_and_said_once(sent: list[Message], language: str) -> None:
    plan = steps(language)
    _steps_come_in_order(plan, sent)
    _lessons_come_first(plan, _announced(sent))
    assert _lessons_come_first(plan, [message.shown.text for message in sent]) == len(LESSON_FIRST)
    _everything_named_is_linked(plan, sent)
    assert [text for text in _announced(sent) if len(text) > 900] == []
    _first_steps_are_short(language, sent)
    _nothing_is_repeated(sent)
    if language == "de":
        _nothing_is_english(sent)


def _steps_come_in_order(plan: list[Step], sent: list[Message]) -> None:
    days = [m.shown.text for m in sent if m.shown.text.startswith(("Today:", "Heute:"))]
    assert [step.do for step, text in zip(plan, days, strict=True) if step.do not in text] == []


def _lessons_come_first(plan: list[Step], texts: list[str]) -> int:
    """Wherever a project's step is shown that needs a lesson, the lesson was shown before; how often that was so."""
    whole = "\n".join(texts)
    place = {step.english: whole.find(step.do) for step in plan}
    asked = 0
    for lesson, project in LESSON_FIRST:
        (before,) = (at for english, at in place.items() if lesson in english)
        (after,) = (at for english, at in place.items() if project in english)
        assert after < 0 or 0 <= before < after, f"“{project}” before “{lesson}”"
        asked += after >= 0
    return asked


def _everything_named_is_linked(plan: list[Step], sent: list[Message]) -> None:
    linked = 0
    for message in sent:
        text = message.shown.text
        for step in plan:
            if step.do in text:
                missing = [address for address in step.addresses if address not in text]
                assert not missing, f"{missing} in: {text}"
                linked += len(step.addresses)
    assert linked > len(plan)


def _first_steps_are_short(language: str, sent: list[Message]) -> None:
    """What is said of a step, without the day's heading and bar."""
    for message in sent:
        lines = message.shown.text.splitlines()
        positions = [n for n, line in enumerate(lines) if any(do in line for do in first_steps(language))]
        if message.kind == "reply" and positions:
            end = next(n for n, line in enumerate(lines) if line.startswith(("█", "░")))
            assert len("\n".join(lines[positions[0] : end])) <= 600, message.shown.text


def _nothing_is_repeated(sent: list[Message]) -> None:
    lines = Counter(line for message in sent for line in message.shown.text.splitlines() if line)
    often = {line: n for line, n in lines.items() if n > 3 and not _EVERY_WEEK.fullmatch(line)}
    assert not often


def _nothing_is_english(sent: list[Message]) -> None:
    keep = sorted({*names(), _OLD_COURSE}, key=len, reverse=True)
    for message in sent:
        for shown in (*message.shown.text.splitlines(), *(label for label, _ in message.shown.buttons)):
            line = shown
            for name in keep:
                line = line.replace(name, "")
            if shown.startswith("→ "):
                continue  # the title of something linked keeps its language, as the test of whole names shows
            assert not _ENGLISH.search(_NO_SENTENCE.sub("", line)), shown


@pytest.mark.slow
def test_pages_questions_and_projects_are_german_for_a_german(talk: Talk) -> None:
    lines = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]", "u1: /language de"]
    for number, module in enumerate(ENGLISH["modules"], start=1):
        for item in module["items"]:
            lines += [f"u1: /module {number}", f"u1: [Mehr: {GERMAN['items'][item['id']]['title']}]"]
            for part in item["parts"]:
                lines += [f"u1: /log {round(part['hours'] * 60)}m {item['id']}", "+1d"]
            lines += [f"u1: /project {item['id']}"] if item["kind"] == "project" else []
        lines += [
            f"+{7 * number}d",
            "u1: /quiz",
            "u1: [Antwort zeigen]",
            "u1: [Gewusst]",
            "u1: /roadmap",
            "u1: /why",
        ]
    sent = talk("\n".join([*lines, "u1: /today", "u1: /checkin", "u1: [Geschafft]"]))[4:]
    _nothing_is_english(sent)
    assert "8 Projekte haben offene Kriterien" in sent[-1].shown.text
    assert any(m.shown.text.startswith("Frage, Woche ") for m in sent)
    remarks = [
        remark
        for item in GERMAN["items"].values()
        for link in item.get("links", {}).values()
        for remark in link.values()
    ]
    whole = "\n".join(m.shown.text for m in sent)
    assert [remark for remark in remarks if f"({remark})" not in whole] == []


def test_a_modules_page_is_short_and_the_rest_is_a_tap_away(talk: Talk, language: str) -> None:
    more, original, done = {
        "en": ("More: ", "The original roadmap said", "Done when:"),
        "de": ("Mehr: ", "In der ursprünglichen Roadmap stand", "Fertig, wenn:"),
    }[language]
    hello = ["u1: /start", "u1: [8 h a week]", "u1: [UTC]", f"u1: /language {language}"]
    pages, taps = [], list[str]()
    for number, module in enumerate(ENGLISH["modules"], start=1):
        page = talk("\n".join([*(hello if number == 1 else ()), f"u1: /module {number}"]))[-1].shown
        pages.append(page.text)
        labels = [label for label, _ in page.buttons if label.startswith(more)]
        assert len(labels) == len(module["items"])
        taps += [talk(f"u1: /module {number}\nu1: [{label}]")[-1].shown.text for label in labels]
    assert [text for text in pages if len(text) > _PAGE or original in text or done in text] == []
    items = [item for module in ENGLISH["modules"] for item in module["items"]]
    for item, text in zip(items, taps, strict=True):
        assert (original in text) == (item["original"]["verdict"] != "correct")
        assert (done in text) == (item["kind"] == "project")


def test_a_german_reads_german_before_saying_a_word(sqlite: SqlDatabase, tmp_path: Path) -> None:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    chats = Chats(sent.append, clock, iter(map(str, range(9))).__next__, tmp_path)
    chats.locale = "de-AT"
    program = wire(sqlite, {PLATFORM: chats}, clock=clock)
    player = Player(program.dispatcher, program.worker.tick, program.worker.next, chats, clock)
    asyncio.run(player.play(list(parse("u1: /start\nu1: [Was du brauchst]\nu1: [8 h pro Woche]\nu1: [UTC]"))))
    hello, needs, _, first = (message.shown.text for message in sent)
    assert hello.startswith("Hallo, ich bin dein Lernbuddy.")
    assert "Das solltest du mitbringen:" in needs
    assert "Programmieren neu für dich ist" in needs
    assert "Beginne: Sieh dir die Videos von Kurswoche 1 an" in first
    assert "(auf Englisch)" in first
