"""What all tests of the adapters share."""

from typing import Any

import pytest
from discord.state import ConnectionState

from bot.adapters.rates import Window
from bot.adapters.telegram import limits, polling

GUILDS_COME = 0.05
"""Seconds within which discord.py waits for the next server the bot is in; it takes 2 where nothing is said."""


@pytest.fixture(autouse=True)
def soon_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    """discord.py does not wait two seconds at each start for servers that our Discord has told at once."""
    begin = ConnectionState.__init__

    def begin_soon_ready(self: ConnectionState[Any], **options: Any) -> None:
        begin(self, **{"guild_ready_timeout": GUILDS_COME} | options)

    monkeypatch.setattr(ConnectionState, "__init__", begin_soon_ready)


@pytest.fixture(autouse=True)
def quick_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Telegram a chat's fourth message waits for a tenth second, not for three, and so does asking again for news.

    The test of the limits puts them back.
    """
    monkeypatch.setattr(limits, "_windows", lambda _: (Window(3, 0.1),))
    monkeypatch.setattr(polling, "FIRST_PAUSE", 0.1)
