"""Settings: the environment, prefix `STUDYBUDDY_`, as one frozen value. Each may also come from a file (`…_FILE`)."""

from dataclasses import dataclass
from pathlib import Path

PREFIX = "STUDYBUDDY_"


class BadSetting(Exception):
    """A setting that cannot be used; the message says which and what was expected, never its value."""


@dataclass(frozen=True)
class Settings:
    """What the host has decided. `database_url` is None for the default file."""

    database_url: str | None = None
    roadmap_dir: Path | None = None
    discord_token: str | None = None
    telegram_token: str | None = None

    def __repr__(self) -> str:
        return "Settings(…)"  # tokens and passwords never reach a log


def load() -> Settings:
    """Read the environment once. Raises `BadSetting`."""
    from environs import EnvError, FileAwareEnv

    env = FileAwareEnv(prefix=PREFIX, strip_whitespace=True)
    try:
        # An empty setting is one that is not made.
        folder = env.str("ROADMAP_DIR", None)
        return Settings(
            database_url=env.str("DATABASE_URL", None) or None,
            roadmap_dir=Path(folder) if folder else None,
            discord_token=env.str("DISCORD_TOKEN", None) or None,
            telegram_token=env.str("TELEGRAM_TOKEN", None) or None,
        )
    except (EnvError, OSError, ValueError) as error:
        raise BadSetting(f"a setting cannot be read: {error}") from error


def data_dir() -> Path:
    """Where the platform keeps a user's data for us."""
    from platformdirs import user_data_path

    return user_data_path("studybuddy", appauthor=False)
