"""What the host has decided: the environment, prefix `STUDYBUDDY_`, read once. Each may come from a file (`…_FILE`)."""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot import platforms
from bot.adapters import setting as declarations
from bot.adapters.plugin import Configured
from bot.adapters.setting import PREFIX, BadSetting, Expected, address, host_and_port, per_minute, setting
from bot.core.site import Site

__all__ = ["PREFIX", "BadSetting", "Settings", "data_dir", "load", "unknown"]

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _level(written: str) -> str:
    if written.upper() not in _LEVELS:
        raise Expected("debug, info, warning or error")
    return written.upper()


def _secret(written: str) -> str:
    if len(written) < 16:
        raise Expected("at least 16 letters or digits")
    return written


@dataclass(frozen=True)
class Settings:
    """What holds for all platforms, and each platform with what holds for it."""

    database_url: str | None = setting(
        "DATABASE_URL",
        "The database: sqlite:///PATH (four slashes for an absolute path) or postgresql://USER:PASSWORD@HOST/NAME. "
        "Not set: studybuddy.db in your data folder; in the container /data/studybuddy.db. `--db` on the command line "
        "wins.",
        str,
        None,
        example="sqlite:////data/studybuddy.db",
        file="/run/secrets/database_url",
    )
    roadmap_dir: Path | None = setting(
        "ROADMAP_DIR",
        "A folder with your own roadmaps (*.yaml, see docs/roadmap-format.md). They are added to the built-in ones; "
        "one with the id of a built-in one replaces it. Not set: only the built-in ones.",
        Path,
        None,
        example="/data/roadmaps",
        file="/run/secrets/roadmap_dir",
    )
    log_level: str = setting(
        "LOG_LEVEL",
        "How much the program writes about itself: debug, info, warning or error. Not set: info.",
        _level,
        "INFO",
        example="info",
    )
    flood_per_person: int = setting(
        "FLOOD_PER_PERSON",
        "How many requests (commands, words, buttons) a person may send in a minute without waiting for the answers. "
        "Requests above that are not carried out, and the person is told once; after a minute they can go on. "
        "Not set: 60.",
        per_minute(60),
        60,
        example="60",
    )
    flood_per_place: int = setting(
        "FLOOD_PER_PLACE",
        "The same for all people of one chat together. Above that, people who wait for at most five answers are still "
        "served. Not set: 600.",
        per_minute(600),
        600,
        example="600",
    )
    public_url: str | None = setting(
        "PUBLIC_URL",
        "The public https address of the bot's own pages: calendar feeds, a page for each learner, boards of groups. "
        "Put a proxy that serves https in front of STUDYBUDDY_WEB_LISTEN (docs/running.md). Not set: the bot has no "
        "pages and listens nowhere for them.",
        address("http"),
        None,
        example="https://study.example.org",
    )
    web_listen: tuple[str, int] = setting(
        "WEB_LISTEN",
        "Where the bot listens for its pages, behind that proxy. Not set: 127.0.0.1:8081.",
        host_and_port,
        ("127.0.0.1", 8081),
        example="0.0.0.0:8081",
    )
    secret: str | None = setting(
        "SECRET",
        "What the addresses of calendar feeds and boards are made with: at least 16 letters or digits, the same for "
        "all processes. When it changes, addresses go on working, but can no longer be shown. Not set: made from the "
        "platforms' tokens.",
        _secret,
        None,
        file="/run/secrets/studybuddy_secret",
        secret=True,
    )
    platforms: tuple[Configured[Any], ...] = ()

    @property
    def served(self) -> list[Configured[Any]]:
        """The platforms that the host wants served."""
        return [platform for platform in self.platforms if platform.served]

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not appear in any log."""
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            password = make_url(self.database_url).password if self.database_url else None
        except ArgumentError:
            password = self.database_url
        known_secrets = [*declarations.secrets(self), *self._platform_secrets]
        return (*known_secrets, password) if password else tuple(known_secrets)

    @property
    def _platform_secrets(self) -> list[str]:
        return [secret for platform in self.platforms for secret in declarations.secrets(platform.settings)]

    @property
    def site(self) -> Site | None:
        """Where the bot's pages are, if the host has given them an address."""
        if self.public_url is None:
            return None
        known = self.secret or "\n".join(sorted(self._platform_secrets)) or secrets.token_hex()
        opening = [platform.plugin.name for platform in self.served if platform.plugin.opens_page]
        apps = frozenset(opening if self.public_url.startswith("https://") else ())
        return Site(self.public_url, hmac.digest(known.encode(), b"studybuddy pages", "sha256"), apps)

    def __repr__(self) -> str:
        return "Settings(…)"  # tokens and passwords never reach a log


def load() -> Settings:
    """Read the environment once. Raises `BadSetting`."""
    from environs import EnvError, FileAwareEnv

    env = FileAwareEnv(prefix=PREFIX)

    def words(name: str) -> str | None:
        """A setting's words; an empty one is one that is not set."""
        try:
            return (env.str(name, None) or "").strip() or None
        except (EnvError, OSError, ValueError) as error:
            raise BadSetting(f"{PREFIX}{name}_FILE: expected the path of a text file; it cannot be read") from error

    configured = [Configured(plugin, declarations.read(plugin.settings, words)) for plugin in platforms.PLATFORMS]
    return replace(declarations.read(Settings, words), platforms=tuple(configured))


def unknown(names: Iterable[str]) -> dict[str, str | None]:
    """Which names of variables begin like settings and are none, each with the setting that was probably meant."""
    kinds: list[type] = [Settings, *(plugin.settings for plugin in platforms.PLATFORMS)]
    known = {declaration.variable for kind in kinds for declaration in declarations.declared(kind).values()}
    known |= {f"{name}_FILE" for name in known}
    wrong = sorted(name for name in names if name.startswith(PREFIX) and name not in known)
    return {name: next(iter(get_close_matches(name, known, 1, 0.8)), None) for name in wrong}


def data_dir() -> Path:
    """Where the platform keeps a user's data for us."""
    from platformdirs import user_data_path

    return user_data_path("studybuddy", appauthor=False)
