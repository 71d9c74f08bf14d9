"""What every platform's checks for `studybuddy doctor` share: findings, and HTTP requests to the platform."""

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
    """One result of a check: what was checked, its state, and what to do about it (None where nothing needs doing)."""

    what: str
    state: str
    remedy: str | None = None


@dataclass(frozen=True)
class Response:
    """A platform's HTTP response: the status, the JSON (None where there is none), and the time from its `Date`
    header."""

    status: int
    json: Any
    date: datetime | None


@asynccontextmanager
async def asking(headers: dict[str, str] | None = None) -> AsyncIterator[aiohttp.ClientSession]:
    """An HTTP session for checks, with a timeout of 10 seconds. A proxy is taken from the environment, as the
    platforms' libraries do."""
    async with aiohttp.ClientSession(headers=headers, timeout=_PATIENCE, trust_env=True) as session:
        yield session


async def ask(session: aiohttp.ClientSession, url: str) -> Response:
    """Get a JSON answer. Raises `aiohttp.ClientError`, `OSError` or `TimeoutError` where there is none."""
    async with session.get(url) as response:
        try:
            answer = await response.json(content_type=None)
        except ValueError:
            answer = None
        date = response.headers.get("Date")
        return Response(response.status, answer, parsedate_to_datetime(date).astimezone(UTC) if date else None)


def clock(platform: str, reported: datetime | None, now: datetime) -> Finding | None:
    """Compare the platform's clock with ours, both aware UTC; None where the platform reported no time."""
    if reported is None:
        return None
    off = abs(reported - now)
    if off <= _SLACK:
        return Finding(f"{platform} clock", "the same as ours")
    return Finding(f"{platform} clock", f"{off.total_seconds():.0f} s from ours", "set this machine's clock (NTP)")


def unreachable(platform: str, error: Exception, setting: str) -> Finding:
    """The finding for a platform that did not respond; `setting` names the variable with its address."""
    why = "no answer in 10 s" if isinstance(error, TimeoutError) else type(error).__name__
    return Finding(platform, f"cannot be reached: {why}", f"check this machine's network, or {setting} if you set it")
