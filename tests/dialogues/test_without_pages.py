"""Where the installation has no address on the web, nothing offers what needs one; who types it is told why."""

import pytest

from bot.adapters.discord.menu import slash_commands
from bot.adapters.telegram.menu import menu_of
from bot.commands import COMMANDS
from bot.dialogue.all_commands import by_name
from bot.dialogue.command import listed
from tests.conftest import Talk


@pytest.mark.parametrize("asked", ["/help", "/help plan", "/help you", "/help groups", "/help group"])
def test_help_leaves_out_what_needs_pages(asked: str, talk: Talk) -> None:
    answer = talk(f"u1: {asked}")[-1].shown.text
    assert not any(needing in answer for needing in ("/calendar", "/page", "/group page", "| page"))


@pytest.mark.parametrize("typed", ["/calendar", "calendar", "/page", "/page close"])
def test_the_command_itself_says_why_it_cannot(typed: str, talk: Talk) -> None:
    answer = talk(f"u1: /start 8\nu1: [UTC]\nu1: {typed}")[-1].shown.text
    assert "This bot has no web address" in answer


@pytest.mark.parametrize("web", [True, False])
def test_menus_have_what_works_here(web: bool) -> None:
    known = by_name(COMMANDS, web=web)

    async def run(*_: object) -> None: ...

    telegram = {command.command for command in menu_of(listed(known), "en")}
    discord = {slash.name: slash for slash in slash_commands(known, run)}
    subs = {sub.name for sub in discord["group"].commands}  # type: ignore[union-attr]
    assert [{"calendar", "page"} <= telegram, {"calendar", "page"} <= discord.keys(), "page" in subs] == [web] * 3
