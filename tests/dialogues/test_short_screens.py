"""What a learner reads on a phone is short, on every platform, in both languages, for the whole built-in roadmap."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.discord import render as discord
from bot.adapters.telegram import render as telegram
from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal import render as terminal
from bot.adapters.terminal.chats import Chats
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Reply
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY
from tests.dialogues.plain_track import ENGLISH, steps
from tests.platforms.telegram.markup import parse_html

STEP, WEEK = 600, 900
"""Characters of a message with the next step, and of one about a week."""


@dataclass
class Heard(Chats):
    """Keeps the replies as they are before a platform draws them."""

    replies: list[Reply] = field(default_factory=list)
    delivered: list[Reply] = field(default_factory=list)

    def answered(self, request: Request, answer: Answer, pressed_on: terminal.Rendered | None = None) -> None:
        self.replies += [answer.reply] if answer.reply else []
        super().answered(request, answer, pressed_on)

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        self.delivered += [answer.reply] if answer.reply else []
        return await super().send(to, answer, key)


def heard(database: SqlDatabase, files: Path, lines: list[str]) -> Heard:
    """All that a script brings."""
    clock = ScriptClock(MONDAY)
    chats = Heard(lambda _: None, clock, iter(map(str, range(10**6))).__next__, files)
    application = wire(database, {PLATFORM: chats}, clock=clock)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    asyncio.run(player.play(list(parse("\n".join(lines)))))
    return chats


def texts(reply: Reply, locale: str) -> Iterator[tuple[str, str]]:
    """A reply as each platform shows it, without what its buttons say."""
    rows = terminal.render(reply, locale).rows
    yield "terminal", "\n".join(row.text for row in rows if row.style != "link")
    for message in telegram.render(reply, locale):
        yield "telegram", parse_html(message.html).text
    for shown in discord.render(reply, locale):
        yield "discord", shown.text


def addresses(reply: Reply, locale: str) -> Iterator[tuple[str, set[str]]]:
    """The addresses that can be opened from a reply's links, by platform."""
    yield "terminal", {url for _, url in terminal.render(reply, locale).links}
    yield "telegram", {url for _, url in telegram.render(reply, locale)[-1].links}
    yield "discord", {url for _, url in discord.render(reply, locale)[-1].links}


def too_long(replies: list[Reply], locale: str, limit: int) -> list[str]:
    return [
        f"{len(text)} on {platform}: {text}"
        for reply in replies
        for platform, text in texts(reply, locale)
        if len(text) > limit
    ]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_next_step_is_short_wherever_a_learner_is(sqlite: SqlDatabase, tmp_path: Path, locale: str) -> None:
    lines = ["u1: /start 8", "u1: [UTC]", f"u1: /language {locale}"]
    plan = steps(locale)
    for step in plan:
        lines += ["u1: /today", f"u1: /log {step.minutes}m", "+1d"]
    days = heard(sqlite, tmp_path, lines).replies[3::2]
    assert len(days) == len(plan)
    assert too_long(days, locale, STEP) == []
    for step, reply in zip(plan, days, strict=True):
        assert step.do in dict(texts(reply, locale))["terminal"]
        for platform, shown in addresses(reply, locale):
            missing = [wanted for wanted in step.addresses if not any(url.startswith(wanted) for url in shown)]
            assert not missing, f"{missing} on {platform}: {step.do}"


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_first_message_and_the_first_step_are_short_for_every_module(
    sqlite: SqlDatabase, tmp_path: Path, locale: str
) -> None:
    lines = []
    for number, _ in enumerate(ENGLISH["modules"], start=1):
        who = f"u{number}"
        lines += [f"{who}: /language {locale}", f"{who}: /start", f"{who}: /start 8", f"{who}: berlin"]
        lines += [f"{who}: /module {number}", *([f"{who}: [{_BEGIN[locale]}]"] if number > 1 else [])]
    firsts = heard(sqlite, tmp_path, lines).replies
    beginnings = [
        reply for reply in firsts if any(button.command == "focus" for row in reply.buttons for button in row)
    ]
    assert len(beginnings) == 2 * len(ENGLISH["modules"]) - 1
    assert too_long(beginnings, locale, STEP) == []
    hellos = [reply for reply in firsts if any("needs" in button.args for row in reply.buttons for button in row)]
    assert hellos
    assert too_long(hellos, locale, STEP) == []


_BEGIN = {"en": "Begin with this module", "de": "Mit diesem Modul beginnen"}


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("hours", [8, 16])
def test_every_week_is_announced_in_a_short_message(
    sqlite: SqlDatabase, tmp_path: Path, locale: str, hours: int
) -> None:
    lines = [f"u1: /start {hours}", "u1: [UTC]", f"u1: /language {locale}", "u1@cafe: /group create"]
    weeks = ENGLISH["weeks"] * 8 // hours
    for week in range(weeks):
        tuesday = MONDAY + timedelta(weeks=week, days=1, hours=4)
        lines += [f"={tuesday.isoformat()}", f"u1: /log {hours}h"]
    delivered = heard(sqlite, tmp_path, lines).delivered
    asks = ("feeling", "week")
    announced = [
        reply
        for reply in delivered
        if reply.buttons and not any(name in button.args for row in reply.buttons for button in row for name in asks)
    ]
    assert len(announced) >= 2 * weeks - 1  # the learner's own and the group's
    assert too_long(announced, locale, WEEK) == []
