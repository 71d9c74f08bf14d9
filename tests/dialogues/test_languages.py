"""Whatever is shown can be said in another language; and whoever writes German gets what English would have given.

The first half plays scripts in a made-up language: every sentence of the source stands in ⟦brackets⟧, every value in it
in ⟪others⟫, and dates are Greek. Latin letters outside the brackets are words that no translator can reach.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
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
from bot.app import house
from bot.commands import COMMANDS
from bot.core.learner import Account
from bot.core.store import Store
from bot.dialogue import wording
from bot.dialogue.dispatcher import Answer
from bot.dialogue.request import Request
from bot.locales.extract import speaks, texts, written
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY, Talk

BRACKETED = "el"
"""The made-up language borrows the dates and plurals of Greek, which has no Latin letters."""

SCRIPTS = [
    path for path in sorted(Path(__file__).parent.glob("*.txt")) if "/language de" not in path.read_text("utf-8")
]

EVERYTHING = """
# What no other script says: answers to the check-in, the end of the roadmap, help, refusals, mistakes.
u1: good evening
u1: /today
u1: /start 8
u1: [UTC]
=2026-01-11T18:00
u1: [It was hard]
u1: [15 minutes today]
u1: /checkin
u1: [Change my answer]
u1: [Life got in the way]
u1: [Pause]
u1: [1 week]
u1: /settings
u1: /reminders
u1: /resume
u1: /checkin on sunday
u1: /log 1h 3/2
u1: /log 3h yesterday calculus
u1: /quiz
u1: "half an answer"
u1: [I knew it]
u1: /reminders checkin
u1: [Mute]
u1: /reminders checkin on
u1: /reminders nonsense
u1: /history
u1: [Undo 3 h, 10 Jan]
u1: /undo 99999
u1: /why
u1: /help start
u1: /help pause
u1: /help reminders
u1: /help leaderboard
u1: /nothing
u1: /leaderboard
u1@library: /leaderboard join
u1@library: [Leave the board]
u1@library: /leaderboard leave
u1: /timezone london
u1: /language english please
u1: /plan
u1: /done
u1: /done nonsense
u1: /roadmap
u1: /module 5
u1: /pace
u1: 5
u1: /pause yesterday
u1: /pause
u1: /today
u1: /pace 20
u1: /privacy
u1: /export
=2026-01-15T10:00
u1: /log 23h yesterday
u1: /log 23h wednesday calculus
+1w
u1: /log 24h monday
u1: /log 24h sunday
u1: /log 24h saturday
u1: /log 24h friday
u1: /log 24h thursday
u1: /log 24h tuesday
u1: /log 20h wednesday
u1: /today
u1: /progress
u1: /plan
u1: /checkin
u1: /quiz
u1: /done calculus
u1: /deleteme
u1: [Delete everything]
u2: /start
u2: [4 h a week]
=2026-03-01T12:00
"""

SAME_EVERYWHERE = {"/log 1h30", "/log 90", "/today 15m", "/leaderboard leave", '/leaderboard join "…"', "45m"}
"""Exceptions: what is typed alike in every language, beside the commands' names."""
NAMES = {"announcement", "checkin", "nudge", "ml-researcher", "good", "yes", "join", "log", "en", "calculus", "1h30"}
"""Exceptions: the words that buttons carry, as examples of what may be typed; they are understood in every language."""


def bracketed(sentence: str) -> str:
    marked = re.sub(r"\{\w+\}", r"⟪\g<0>⟫", sentence)
    return f"⟦{marked}⟧" if speaks(sentence) else marked


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue in which every text of the source is bracketed."""
    catalog = Catalog(locale=BRACKETED, fuzzy=False)
    for text in texts():
        if isinstance(text.message, str):
            catalog.add(text.message, bracketed(text.message))
        else:
            catalog.add(text.message, tuple(map(bracketed, text.message)))
    path = tmp_path / "locales" / BRACKETED / "LC_MESSAGES" / "studybuddy.po"
    path.parent.mkdir(parents=True)
    path.write_text(written(catalog), encoding="utf-8")
    monkeypatch.setattr(wording, "CATALOGUES", tmp_path / "locales")
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

    async def send(self, account: Account, answer: Answer, delivery: int) -> None:
        """Remember the labels, show what the schedule says."""
        self._remember(answer)
        await super().send(account, answer, delivery)

    def find_button(self, chat: str, label: str) -> tuple[str, Rendered] | None:
        """The newest button with this label in English."""
        for message in reversed(self.standing.get(chat, ())):
            for _, token in message.buttons:
                if label.casefold() in self.english[token]:
                    return token, message
        return None

    def _remember(self, answer: Answer) -> None:
        for label, token in render(answer.reply, wording.SOURCE).buttons if answer.reply else ():
            self.english.setdefault(token, set()).add(label.casefold())


def play(database: SqlDatabase, script: str, roadmaps: Mapping[str, Roadmap], files: Path) -> list[Message]:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    ids = count()
    chats = BracketedChats(sent.append, clock, lambda: f"language:{next(ids)}", files, locale=BRACKETED)
    rooms = house(database, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock)
    player = Player(rooms.dispatcher, rooms.courier.tick, rooms.courier.next, chats, clock)
    asyncio.run(player.play(list(parse(script))))
    return sent


def outside(line: str) -> Iterator[str]:
    """What of a line is no text of the source: values, and what stands around all brackets."""
    open_: list[tuple[str, list[str]]] = [("", [])]
    for sign in line:
        if sign in "⟦⟪":
            open_.append((sign, []))
        elif sign in "⟧⟫":
            kind, said = open_.pop()
            assert kind + sign in {"⟦⟧", "⟪⟫"}, line
            if kind == "⟪":
                yield "".join(said).strip()
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


@dataclass
class Values:
    """What may be shown in any language as it is."""

    known: set[str]
    said: list[str]
    files: Path

    def has(self, shown: str) -> bool:
        """Whether this is a value: nothing to read, content of the roadmap, something to type, learners' own words."""
        if not re.search(r"[A-Za-z]", shown) or shown in self.known or shown.startswith(str(self.files)):
            return True
        if link := re.fullmatch(r"(.*) <(https?://\S+)>", shown):
            return {link[1], link[2]} <= self.known
        if " / " in shown:
            return all(map(self.has, shown.split(" / ")))
        own = shown.strip("…").casefold()
        return any(own in said for said in self.said)


def values(script: str, roadmaps: Mapping[str, Roadmap], files: Path) -> Values:
    known = {*SAME_EVERYWHERE, *NAMES, *available_timezones(), *wording.languages().values()}
    known |= {text for roadmap in roadmaps.values() for text in content(roadmap)}
    for command in COMMANDS:
        # The names of commands and options are the same in every language, as they are on the platforms.
        known |= {f"/{command.name}", command.usage, *(option.name for option in command.options)}
        known |= {example for example in command.examples if isinstance(example, str)}
        known |= {o.parameter.example for o in command.options if isinstance(o.parameter.example, str)}
    spoken = [step for step in parse(script) if isinstance(step, Speech)]
    own = {step.what.casefold() for step in spoken} | {step.group or "" for step in spoken} | {s.who for s in spoken}
    return Values(known, sorted(own), files)


def lines(message: Message) -> list[str]:
    return [*message.shown.text.splitlines(), *(label for label, _ in message.shown.buttons)]


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize("script", [*SCRIPTS, EVERYTHING], ids=lambda s: getattr(s, "stem", "everything"))
def test_every_word_shown_can_be_translated(
    script: Path | str, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path
) -> None:
    said = script if isinstance(script, str) else script.read_text(encoding="utf-8")
    allowed = values(said, roadmaps, tmp_path)
    shown = [line for message in play(sqlite, said, roadmaps, tmp_path) for line in lines(message)]
    assert any("⟦" in line for line in shown)
    wrong = {f"{found} – in: {line}" for line in shown for found in outside(line) if not allowed.has(found)}
    assert not wrong, "\n".join(sorted(wrong))


def test_the_scripts_speak_every_command() -> None:
    spoken = EVERYTHING + "".join(path.read_text(encoding="utf-8") for path in SCRIPTS)
    for command in (command for command in COMMANDS if not command.hidden):
        assert re.search(rf": /{command.name}\b", spoken), command.name


@pytest.mark.usefixtures("made_up")
def test_the_schedule_says_everything_it_can(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path) -> None:
    sent = play(sqlite, "u1: /start 8\nu1: [UTC]\n+4w", roadmaps, tmp_path)
    told = "\n".join(m.shown.text for m in sent if m.kind == "delivery")
    for sentence in ("⟦Week ⟪1⟫ of ", "⟦Check-in, ", "⟦The week is still young. ", "⟦I have asked three times"):
        assert sentence in told


def test_the_check_sees_what_cannot_be_translated() -> None:
    roadmap = Values({"Calculus"}, ["mine"], Path("/nowhere"))

    def wrong(line: str) -> list[str]:
        return [found for found in outside(line) if not roadmap.has(found)]

    assert not wrong("███░ ⟦Logged ⟪⟦⟪1⟫ h⟧⟫ on “⟪Calculus⟫”, ⟪Δευ 5 Ιαν 2026⟫.⟧")
    assert not wrong("⟪mine⟫: ⟪Calculus / Calculus⟫")
    assert wrong("⟦Logged ⟪1 h⟫.⟧") == ["1 h"]
    assert wrong("⟦Today⟧ is Monday") == ["is Monday"]
    assert wrong("⟦Logged on ⟪Mon, 5 Jan 2026⟫⟧") == ["Mon, 5 Jan 2026"]


SAME_THINGS = [
    ("/log 1 Std 30 gestern", "/log 1h30 yesterday"),
    ("/log 1 Std. 20 am Montag", "/log 1h20 monday"),
    ("/log 45 Minuten am Montag", "/log 45 minutes on monday"),
    ("/log 2 Stunden am 3. März", "/log 2 hours on 3 March"),
    ("/log 25min 3.März", "/log 25min 3 March"),
    ("/log 2,5 Stunden 2.3. calculus „Kapitel 3“", "/log 2.5 hours 2 March calculus “Kapitel 3”"),
    ("/log 1 Stunde und 15 Minuten für calculus", "/log 1 hour and 15 minutes for calculus"),
    ("/log anderthalb Stunden vorgestern", "/log one and a half hours the day before yesterday"),
    ("/log eine halbe Stunde vor 3 Tagen", "/log half an hour 3 days ago"),
    ("/log eine Stunde vor einer Woche", "/log an hour a week ago"),
    ("/log 50 min letzten Freitag", "/log 50 min last friday"),
    ("/log 1h am 20. Februar Kettenregel", "/log 1h on 20 February Kettenregel"),
    ("/log heute 35m", "/log today 35m"),
    ("/pace 5 Stunden pro Woche", "/pace 5 hours a week"),
    ("/pause 2 Wochen", "/pause 2 weeks"),
    ("/pause in 10 Tagen", "/pause in 10 days"),
    ("/pause bis nächsten Montag", "/pause until next monday"),
    ("/pause bis zum 3. April", "/pause until 3 April"),
    ("/reminders aus", "/reminders off"),
    ("/reminders an", "/reminders on"),
    ("/reminders checkin freitag 17:00", "/reminders checkin friday 17:00"),
    ("/reminders woche am Dienstag um 8 Uhr", "/reminders week on tuesday at 8 o'clock"),
    ("/reminders stups aus", "/reminders nudge off"),
    ("/checkin Lief gut", "/checkin It went well"),
]


def facts(store: Store, who: str, now: datetime) -> list[list[tuple[Any, ...]]]:
    """What the books hold of somebody, without numbers and the names of languages."""
    learner = store.learners.find(Account(PLATFORM, who, who))
    assert learner
    enrollment = store.enrollments.current(learner.id)
    assert enrollment
    checkin = store.checkins.of(learner.id, MONDAY.date())
    return [
        [(e.item, e.day, e.minutes, e.kind, e.note) for e in store.ledger.entries(enrollment.id)],
        [(now.date(), store.enrollments.commitments(enrollment.id).changes)],
        [(rule.kind, rule.weekday, rule.at, rule.due) for rule in store.reminders.rules(learner.id)],
        [(checkin.feeling if checkin else None,)],
    ]


def test_german_and_english_give_the_same_facts(talk: Talk, sqlite: SqlDatabase) -> None:
    begin = "\n".join(f"{who}: /start\n{who}: [8 h a week]\n{who}: berlin" for who in ("de", "en"))
    talk(f"{begin}\nde: /language de\n+1h")
    now = datetime.fromisoformat("2026-03-04T11:00+00:00")
    seen: list[Any] = []
    for german, english in SAME_THINGS:
        talk(f"de: {german}\nen: {english}", now=now)
        ours, theirs = (asyncio.run(sqlite.run(lambda store, who=who: facts(store, who, now))) for who in ("de", "en"))
        assert ours == theirs, german
        assert ours != seen, f"nothing came of it: {german}"
        seen = ours


def test_german_examples_are_understood(talk: Talk) -> None:
    """What the help suggests in German works in German."""
    german = wording.Wording("de")
    begin = "u1: /start\nu1: [8 h a week]\nu1: [UTC]\nu1: /reminders off\nu1: /language de\n=2026-03-05T12:00"
    talk(begin)
    for command in COMMANDS:
        for example in command.examples:
            said = example if isinstance(example, str) else german.say(example)
            sent = talk(f"u1: {said}", now=datetime.fromisoformat("2026-03-05T12:00+00:00"))
            text = "\n".join(message.shown.text for message in sent)
            assert not re.search("habe ich nicht verstanden|kenne ich nicht|Notiz: (?!Kapitel 3)", text), (
                f"{said}: {text}"
            )


def test_every_platform_locale_of_german_starts_in_german(sqlite: SqlDatabase, tmp_path: Path) -> None:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    chats = Chats(sent.append, clock, iter(map(str, count())).__next__, tmp_path, locale="de-AT", zone="Europe/Vienna")
    rooms = house(sqlite, {PLATFORM: chats}, clock=clock)
    player = Player(rooms.dispatcher, rooms.courier.tick, rooms.courier.next, chats, clock)
    asyncio.run(player.play(parse("u1: /start\nu1: [8 h pro Woche]")))
    assert "Hallo, ich bin dein Lernbuddy." in sent[0].shown.text
    assert "In diesem Tempo bist du am So., 21. Juni 2026 fertig." in sent[1].shown.text
    assert "Ich tippe auf Europe/Vienna" in sent[1].shown.text
