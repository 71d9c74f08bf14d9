"""The roles of a process: receiving from a platform and answering there, or delivering what is due."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot import platforms
from bot.adapters.plugin import Configured
from bot.settings import BadSetting, Settings

DELIVERY = "delivery"
"""The role that sends reminders and keeps live messages up to date, on all platforms."""


def names() -> tuple[str, ...]:
    """Every role there is: one for each platform, and delivery."""
    return (*(plugin.name for plugin in platforms.PLATFORMS), DELIVERY)


@dataclass(frozen=True)
class Roles:
    """What one process does: the names of the platforms that it receives from, and whether it delivers."""

    receives: frozenset[str]
    delivers: bool
    chosen: bool
    """Whether the host has named roles; otherwise the process does everything."""

    def builds(self, platform: Configured[Any]) -> bool:
        """Whether this process needs a platform: to receive from it, or to send to it."""
        return platform.served and (self.delivers or platform.plugin.name in self.receives)

    def __str__(self) -> str:
        return " ".join([*sorted(self.receives), *([DELIVERY] if self.delivers else [])])


def of(named: Iterable[str], host: Settings) -> Roles:
    """The roles that were named; all where none was. Raises `BadSetting` where one cannot be played."""
    wanted = frozenset(named)
    for platform in host.platforms:
        if platform.plugin.name in wanted and not platform.served:
            raise BadSetting(
                f"the role {platform.plugin.name} needs {platform.plugin.needed.variable}, which is not set"
            )
    if not host.served:
        needed = listed([platform.plugin.needed.variable for platform in host.platforms], "or")
        raise BadSetting(
            f"no token is set. Set {needed} (one or more); the README says how to get them. "
            "Without any, “studybuddy chat” talks in the terminal"
        )
    if not wanted:
        return all_roles(host)
    return Roles(wanted - {DELIVERY}, delivers=DELIVERY in wanted, chosen=True)


def all_roles(host: Settings) -> Roles:
    """The roles of a process that does everything."""
    return Roles(frozenset(platform.plugin.name for platform in host.served), delivers=True, chosen=False)


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
