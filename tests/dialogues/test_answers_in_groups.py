"""In a group, plain words that answer a message of the bot's call commands as they do in private; others call none."""

import asyncio
from datetime import UTC, datetime

import pytest

from bot.adapters.terminal import PLATFORM
from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import Talk

NOW = datetime(2026, 1, 14, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "to_bot", "answered"),
    [
        ("studied 2h of calculus yesterday", True, True),
        ("what should I do now?", True, True),
        ("today", True, True),
        ("studied 2h of calculus yesterday", False, False),
        ("today", False, False),
        ("I will study 2h tomorrow", True, False),
        ("thanks!", True, False),
        ("see you tomorrow", True, False),
    ],
)
def test_only_what_is_sure_and_answers_the_bot_is_answered(
    talk: Talk, sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], typed: str, *, to_bot: bool, answered: bool
) -> None:
    talk("u1: /start\nu1: [8 h a week]\nu1: [UTC]\nu1: /today")
    cafe = Place(PLATFORM, "cafe", "cafe")
    request = Request("1", Account(PLATFORM, "u1", "u1"), "", rest=typed, place=cafe, to_bot=to_bot)
    answer = asyncio.run(wire(sqlite, {}, roadmaps=roadmaps).dispatcher.handle(request, NOW))
    assert (answer.reply is not None) == answered
