"""One-time codes: short enough to be typed, too many to be guessed while they hold."""

import re
import secrets
from datetime import timedelta
from hashlib import sha256
from typing import Literal

Kind = Literal["link", "group", "way"]
"""What a code is for: to make two accounts one person's, to invite, or to lead its own maker into a group."""

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0, 1, I and O, which look alike. Eight of them are 40 bits: with a thousand guesses a second one in ten
minutes succeeds once in 58,000 years."""
HOLDS: dict[Kind, timedelta] = {"link": timedelta(minutes=10), "group": timedelta(hours=24), "way": timedelta(hours=24)}

_CODE = re.compile(rf"\s*([{LETTERS}]{{4}})[\s-]?([{LETTERS}]{{4}})\s*", re.IGNORECASE)


def new_code() -> str:
    """A code nobody can foresee."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


def read_code(words: str) -> str | None:
    """The code somebody typed, as it was made; None where it is none."""
    match = _CODE.fullmatch(words)
    return f"{match[1]}-{match[2]}".upper() if match else None


def digest(code: str) -> str:
    """What is kept of a code: nobody who reads the books can use it."""
    return sha256(code.encode()).hexdigest()
