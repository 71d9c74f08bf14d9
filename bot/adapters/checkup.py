"""What a look at something found, and how a platform is asked about itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

_PATIENCE = aiohttp.ClientTimeout(total=10)
_SLACK = timedelta(seconds=60)
"""A clock that is further off than this makes reminders late and deep links or sessions fail in odd ways."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do where it is not well (None where it is)."""

    what: str
    state: str
    remedy: str | None = None


@dataclass(frozen=True)
class Said:
    """What a platform answered: the status, the JSON, and its clock."""

    status: int
    json: Any
    date: datetime | None


@asynccontextmanager
async def asking(headers: dict[str, str] | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """A session for questions; a proxy is taken from the environment, as the platforms' libraries do."""
    async with aiohttp.ClientSession(headers=headers, timeout=_PATIENCE, trust_env=True) as session:
        yield session


async def ask(session: aiohttp.ClientSession, url: str) -> Said:
    """Get a JSON answer. Raises `aiohttp.ClientError`, `OSError` or `TimeoutError` where there is none."""
    async with session.get(url) as response:
        try:
            answer = await response.json(content_type=None)
        except ValueError:
            answer = None
        date = response.headers.get("Date")
        return Said(response.status, answer, parsedate_to_datetime(date).astimezone(UTC) if date else None)


def clock(platform: str, reported: datetime | None, now: datetime) -> Finding | None:
    """Whether our clock is the platform's; None where it has not said its own."""
    if reported is None:
        return None
    off = abs(reported - now)
    if off <= _SLACK:
        return Finding(f"{platform} clock", "the same as ours")
    return Finding(f"{platform} clock", f"{off.total_seconds():.0f} s from ours", "set this machine's clock (NTP)")


def unreachable(platform: str, error: Exception, setting: str) -> Finding:
    """Nobody answers there."""
    why = "no answer in 10 s" if isinstance(error, TimeoutError) else type(error).__name__
    return Finding(platform, f"cannot be reached: {why}", f"check this machine's network, or {setting} if you set it")
