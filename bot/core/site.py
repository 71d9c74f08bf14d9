"""The bot's own pages on the web: their addresses, and the secrets in them."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.core.web_key import KeyKind


@dataclass(frozen=True)
class Site:
    """Where people reach the bot's pages: the public address, without a slash at its end."""

    url: str
    secret: bytes = field(repr=False)
    apps: frozenset[str] = frozenset()
    """The platforms that open the page inside their app and tell who opens it."""

    @property
    def url_path(self) -> str:
        """What every path of the pages begins with: empty, or such as "/study"."""
        return urlsplit(self.url).path

    def feed(self, secret: str) -> str:
        """The address of a calendar feed."""
        return f"{self.url}/feed/{secret}.ics"

    def link(self, secret: str) -> str:
        """The address that opens a learner's page once."""
        return f"{self.url}/in/{secret}"

    def board(self, secret: str) -> str:
        """The address of a group's board."""
        return f"{self.url}/board/{secret}"

    def app(self, platform: str) -> str:
        """The page inside a platform's app."""
        return f"{self.url}/app/{platform}"

    def secret_of(self, kind: KeyKind, salt: str) -> str:
        """The secret that belongs to a salt: the same each time, so that an address can be shown again though only its
        digest is stored. Neither the database nor the host's secret gives it away alone."""
        digest = hmac.digest(self.secret, f"{kind}:{salt}".encode(), "sha256")
        return urlsafe_b64encode(digest).rstrip(b"=").decode()
