"""What every talk with the local Discord needs."""

import asyncio
from typing import Any

import discord
import pytest
import yarl

from tests.platforms.discord import (
    Spec,
    spec_or_none,
)
from tests.platforms.selftests.discord.talking import (
    POLL,
    REAL_SLEEP,
)


@pytest.fixture(autouse=True)
def library_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the library's addresses back after each test, and let nothing of it wait for seconds."""
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("ws://127.0.0.1:1"))

    async def sleep(delay: float, result: Any = None) -> Any:
        return await REAL_SLEEP(min(delay, POLL), result)

    monkeypatch.setattr(asyncio, "sleep", sleep)


@pytest.fixture
def spec() -> Spec:
    """Discord's own description; a checkout may lack it."""
    loaded = spec_or_none()
    if loaded is None:
        pytest.skip("../shared/specs/discord/openapi.json is not here")
    return loaded
