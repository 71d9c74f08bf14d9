"""One-time codes: short enough to type, too many to guess while they are valid.

A code opens one thing, once, for whoever enters it first. After several invalid ones no more are accepted for a
while.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from bot.core.group import Place
from bot.core.ids import GroupId, LearnerId
from bot.core.learner import Account

Kind = Literal["link", "group", "place", "return"]
"""What a code is for: to make two accounts one person's, to invite a person, to add a chat to a group, or to let its
own maker, who has just left a group, return to it."""

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which look alike. Eight of them are 40 bits: with a thousand guesses a second one in ten
minutes succeeds once in 58,000 years."""
HOLDS: dict[Kind, timedelta] = {
    "link": timedelta(minutes=10),
    "group": timedelta(hours=24),
    "place": timedelta(hours=24),
    "return": timedelta(hours=24),
}
TRIES = 5
"""So many different codes that are not good may come from one account within `TRIES_WITHIN`."""
TRIES_IN_A_CHAT = 20
"""So many from one chat, by whomever."""
TRIES_WITHIN = timedelta(minutes=30)

_CODE = re.compile(rf"\s*([{LETTERS}]{{4}})[\s-]?([{LETTERS}]{{4}})\s*", re.IGNORECASE)

_LIKE = re.compile(r"\s*(?=\S*\d)[A-Z0-9]{2,6}-[A-Z0-9]{2,6}\s*")


@dataclass(frozen=True)
class Entry:
    """Who entered a code: the account, its learner if any, and the chat, unless it was entered in private."""

    account: Account
    place: Place | None
    at: datetime
    learner: LearnerId | None = None


@dataclass(frozen=True)
class Code:
    """An unused code. `learner` made it; `group` is set if it is about a group."""

    id: int
    kind: Kind
    learner: LearnerId
    group: GroupId | None
    entry: Entry | None = None


def new_code() -> str:
    """A new random code."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def read_code(words: str) -> str | None:
    """The code in what somebody typed, in its usual spelling; None if there is none."""
    match = _CODE.fullmatch(words)
    return f"{match[1]}-{match[2]}".upper() if match else None


def like_code(words: str) -> bool:
    """Whether words look like a code without being one: capitals and digits around a hyphen."""
    return read_code(words) is None and _LIKE.fullmatch(words) is not None


def digest(code: str) -> str:
    """What is stored in place of a code, so that nobody who reads the database can use it."""
    return sha256(code.encode()).hexdigest()
