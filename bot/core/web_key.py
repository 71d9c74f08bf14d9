"""What opens something on the web: the secret part of an address, or what a cookie holds. Only digests are stored."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from bot.core.ids import GroupId, LearnerId

KeyKind = Literal["feed", "link", "session", "board"]
"""A learner's calendar feed, a link that opens their page once, a browser in which it is open, or a group's board."""

HOLDS: Mapping[KeyKind, timedelta | None] = MappingProxyType(
    {"feed": None, "board": None, "link": timedelta(minutes=15), "session": timedelta(days=30)}
)
"""How long each is good for; None until it is revoked."""


@dataclass(frozen=True)
class WebKey:
    """A key that is good: neither expired nor revoked. `salt` is set where its address can be shown again."""

    id: int
    kind: KeyKind
    learner: LearnerId | None
    group: GroupId | None
    made_at: datetime
    expires_at: datetime | None
    salt: str | None


def new_secret() -> str:
    """A new secret that nobody can guess: 43 letters, digits, _ and - (256 bits)."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored in place of a secret, so that nobody who reads the database can use it."""
    return sha256(secret.encode()).hexdigest()
