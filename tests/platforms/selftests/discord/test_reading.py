"""What tests read of the messages that people see."""

import warnings

import pytest

from tests.platforms.discord import (
    TOKEN,
    DiscordServer,
    NotSeen,
)
from tests.platforms.discord import texts as markdown
from tests.platforms.selftests.discord.talking import POLL, Bot, talk

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**bold** *it* __under__ ~~no~~ ||hid||", "bold it under no hid"),
        ("1\\. a\\_b \\*c\\*", "1. a_b *c*"),
        ("## Head\n-# small\n> quote", "Head\nsmall\nquote"),
        ("`code` and ```py\nblock```", "code and block"),
        ("[site](https://example.org) snake_case _it_", "site snake_case it"),
        ("2 * 3 * 4 <t:5:R>", "2 * 3 * 4 <t:5:R>"),
    ],
)
def test_plain_is_what_people_read(written: str, read: str) -> None:
    assert markdown.plain(written) == read


def test_waiting_in_vain_tells_what_happened_instead() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        with pytest.raises(NotSeen, match="noted") as missing:
            await server.hears(ada, "nothing of the kind", timeout=POLL)
        assert "callback -> 200" in str(missing.value)
        assert TOKEN not in str(missing.value)

    talk(work)


def test_old_messages_are_heard_only_when_asked_for() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h"})
        sent = await server.hears(ada, "1h")
        await server.answered(await ada.slash("log", {"spent": "2h"}))
        with pytest.raises(NotSeen):
            await server.hears(ada, "1h", timeout=0)
        assert await server.hears(ada, "1h", after=0) is sent

    talk(work)


def test_no_warning_of_the_library_is_about_us() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        with warnings.catch_warnings(record=True) as warned:
            await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))
        assert warned == []

    talk(work)
