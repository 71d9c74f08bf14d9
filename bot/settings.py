"""What the host has decided: the environment, prefix `STUDYBUDDY_`, read once. Each may come from a file (`…_FILE`)."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import platforms
from bot.adapters import setting as declarations
from bot.adapters.plugin import Configured
from bot.adapters.setting import PREFIX, BadSetting, Expected, per_minute, setting

__all__ = ["PREFIX", "BadSetting", "Settings", "data_dir", "load"]

_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


def _level(written: str) -> str:
    if written.upper() not in _LEVELS:
        raise Expected("debug, info, warning or error")
    return written.upper()


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
        platform_secrets = [secret for platform in self.platforms for secret in declarations.secrets(platform.settings)]
        return (*platform_secrets, password) if password else tuple(platform_secrets)

    def __repr__(self) -> str:
        return "Settings(…)"  # tokens and passwords never reach a log


def load() -> Settings:
    """Read the environment once. Raises `BadSetting`."""
    from environs import EnvError, FileAwareEnv

    env = FileAwareEnv(prefix=PREFIX)

    def words(name: str) -> str | None:
        """A setting's words; an empty one is one that is not set."""
        return (env.str(name, None) or "").strip() or None

    try:
        configured = [Configured(plugin, declarations.read(plugin.settings, words)) for plugin in platforms.PLATFORMS]
        return replace(declarations.read(Settings, words), platforms=tuple(configured))
    except (EnvError, OSError, ValueError) as error:
        raise BadSetting(f"a setting cannot be read: {error}") from error


def data_dir() -> Path:
    """Where the platform keeps a user's data for us."""
    from platformdirs import user_data_path

    return user_data_path("studybuddy", appauthor=False)
