"""Deep links: Start pressed with a request in it, which only the person it was made for can use.

Anybody can hand anybody a link. So the request in it is signed together with the person's id: a link that somebody else
made, or that was made for somebody else, is a plain Start.
"""

import base64
import binascii
import hmac

from bot.dialogue.request import read_token

_ROOM = 64
"""Characters of a start parameter (core.telegram.org/bots/features, "Deep linking"): letters, digits, _ and -."""
_SEAL = 8
_PLAIN = "hello"


class Links:
    """Makes and reads links of one bot."""

    def __init__(self, token: str, username: str) -> None:
        self._key = hmac.new(token.encode(), b"studybuddy deep links", "sha256").digest()
        self._username = username

    @property
    def bot(self) -> str:
        """The address of the private chat with the bot."""
        return f"https://t.me/{self._username}"

    def to(self, person: str, *tokens: str) -> str:
        """A link for a person to the first of these requests that fits into one; to a plain Start where none does."""
        for token in tokens:
            packed = base64.urlsafe_b64encode(self._seal(person, token) + token.encode()).decode().rstrip("=")
            if len(packed) <= _ROOM:
                return f"{self.bot}?start={packed}"
        return f"{self.bot}?start={_PLAIN}"

    def read(self, person: str, payload: str) -> str | None:
        """The request in a start parameter; None where it was not made for this person by us."""
        seal, token = _unpacked(payload)
        return token if hmac.compare_digest(seal, self._seal(person, token)) else None

    def is_one(self, payload: str) -> bool:
        """Whether it came from a link, whoever made it and for whom, and was not typed behind /start."""
        return payload == _PLAIN or read_token(_unpacked(payload)[1]) is not None

    def _seal(self, person: str, token: str) -> bytes:
        return hmac.new(self._key, f"{person}:{token}".encode(), "sha256").digest()[:_SEAL]


def _unpacked(payload: str) -> tuple[bytes, str]:
    try:
        packed = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return packed[:_SEAL], packed[_SEAL:].decode()
    except (binascii.Error, ValueError):
        return b"", ""
