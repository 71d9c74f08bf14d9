"""The roles of a process: receiving from a platform and answering there, delivering what is due, or serving the bot's
pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import platforms
from bot.adapters.plugin import Configured
from bot.settings import BadSetting, Settings

DELIVERY = "delivery"
"""The role that sends reminders and keeps live messages up to date, on all platforms."""
WEB = "web"
"""The role that serves the bot's pages."""


def names() -> tuple[str, ...]:
    """Every role there is: one for each platform, delivery, and the pages."""
    return (*(plugin.name for plugin in platforms.PLATFORMS), DELIVERY, WEB)


@dataclass(frozen=True)
class Roles:
    """What one process does: the names of the platforms that it receives from, and whether it delivers."""

    receives: frozenset[str]
    delivers: bool
    chosen: bool
    """Whether the host has named roles; otherwise the process does everything."""
    serves_pages: bool = False
    """Whether it serves the bot's pages."""

    def builds(self, platform: Configured[Any]) -> bool:
        """Whether this process needs a platform: to receive from it, or to send to it."""
        return platform.served and (self.delivers or platform.plugin.name in self.receives)

    def __str__(self) -> str:
        return " ".join(
            [*sorted(self.receives), *([DELIVERY] if self.delivers else []), *([WEB] if self.serves_pages else [])]
        )


def of(named: Iterable[str], host: Settings) -> Roles:
    """The roles that were named; all where none was. Raises `BadSetting` where one cannot be played."""
    wanted = frozenset(named)
    for platform in host.platforms:
        if platform.plugin.name in wanted and not platform.served:
            raise BadSetting(
                f"the role {platform.plugin.name} needs {platform.plugin.needed.variable}, which is not set"
            )
    if WEB in wanted and host.public_url is None:
        raise BadSetting(f"the role {WEB} needs STUDYBUDDY_PUBLIC_URL, which is not set")
    if not host.served:
        needed = listed([platform.plugin.needed.variable for platform in host.platforms], "or")
        raise BadSetting(
            f"no token is set. Set {needed} (one or more); the README says how to get them. "
            "Without any, “studybuddy chat” talks in the terminal"
        )
    if not wanted:
        return all_roles(host)
    return Roles(wanted - {DELIVERY, WEB}, delivers=DELIVERY in wanted, chosen=True, serves_pages=WEB in wanted)


def all_roles(host: Settings) -> Roles:
    """The roles of a process that does everything."""
    platforms_served = frozenset(platform.plugin.name for platform in host.served)
    return Roles(platforms_served, delivers=True, chosen=False, serves_pages=host.public_url is not None)


def check(roles: Roles, url: str | None) -> None:
    """Raise `BadSetting` where roles were named and the database is one that several processes cannot share."""
    if roles.chosen and not (url or "").startswith("postgres"):
        raise BadSetting(
            "--role needs PostgreSQL, because several processes cannot share an SQLite file. Leave --role out, or "
            "set STUDYBUDDY_DATABASE_URL to postgresql://USER:PASSWORD@HOST/NAME"
        )


def listed(items: Sequence[str], last: str) -> str:
    """Names as a sentence has them: “A, B and C”."""
    return f" {last} ".join(filter(None, (", ".join(items[:-1]), items[-1])))
