"""Settings: the environment, prefix `STUDYBUDDY_`, as one frozen value. Each may also come from a file (`…_FILE`)."""

import re
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
    discord_api_url: str | None = None
    discord_gateway_url: str | None = None
    telegram_token: str | None = None
    telegram_api_url: str | None = None
    webhook_url: str | None = None
    webhook_secret: str | None = None
    webhook_listen: tuple[str, int] = ("127.0.0.1", 8080)
    flood_per_person: int = 60
    flood_per_place: int = 600
    log_level: str = "INFO"

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not appear in any log."""
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        try:
            password = make_url(self.database_url).password if self.database_url else None
        except ArgumentError:
            password = self.database_url
        return tuple(filter(None, (self.discord_token, self.telegram_token, self.webhook_secret, password)))

    def __repr__(self) -> str:
        return "Settings(…)"  # tokens and passwords never reach a log


def load() -> Settings:
    """Read the environment once. Raises `BadSetting`."""
    from environs import EnvError, FileAwareEnv

    env = FileAwareEnv(prefix=PREFIX)

    def read(name: str) -> str | None:
        """A setting's words; an empty one is one that is not made."""
        return (env.str(name, None) or "").strip() or None

    try:
        folder = read("ROADMAP_DIR")
        return Settings(
            database_url=read("DATABASE_URL"),
            roadmap_dir=Path(folder) if folder else None,
            discord_token=read("DISCORD_TOKEN"),
            discord_api_url=_address(read("DISCORD_API_URL"), "DISCORD_API_URL", "http"),
            discord_gateway_url=_address(read("DISCORD_GATEWAY_URL"), "DISCORD_GATEWAY_URL", "ws"),
            telegram_token=read("TELEGRAM_TOKEN"),
            telegram_api_url=_address(read("TELEGRAM_API_URL"), "TELEGRAM_API_URL", "http"),
            webhook_url=_address(read("WEBHOOK_URL"), "WEBHOOK_URL", "http"),
            webhook_secret=_webhook_secret(read("WEBHOOK_SECRET")),
            webhook_listen=_listen(read("WEBHOOK_LISTEN")),
            flood_per_person=_count(read("FLOOD_PER_PERSON"), "FLOOD_PER_PERSON", Settings.flood_per_person),
            flood_per_place=_count(read("FLOOD_PER_PLACE"), "FLOOD_PER_PLACE", Settings.flood_per_place),
            log_level=_level(read("LOG_LEVEL")),
        )
    except (EnvError, OSError, ValueError) as error:
        raise BadSetting(f"a setting cannot be read: {error}") from error


def _address(written: str | None, name: str, scheme: str) -> str | None:
    if not written:
        return None
    if not written.startswith((f"{scheme}://", f"{scheme}s://")):
        raise BadSetting(f"{PREFIX}{name}: expected an address that begins with {scheme}:// or {scheme}s://")
    return written.rstrip("/")


def _webhook_secret(written: str | None) -> str | None:
    if written and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", written):
        raise BadSetting(f"{PREFIX}WEBHOOK_SECRET: expected 16 to 256 letters, digits, _ and -")
    return written or None


def _listen(written: str | None) -> tuple[str, int]:
    if not written:
        return Settings.webhook_listen
    host, _, port = written.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise BadSetting(f"{PREFIX}WEBHOOK_LISTEN: expected HOST:PORT, such as 0.0.0.0:8080")
    return host.strip("[]") or "127.0.0.1", int(port)


def _count(written: str | None, name: str, otherwise: int) -> int:
    if written is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,7}", written) or not int(written):
        raise BadSetting(f"{PREFIX}{name}: expected how many in a minute, such as {otherwise}")
    return int(written)


def _level(written: str | None) -> str:
    level = (written or Settings.log_level).upper()
    if level not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise BadSetting(f"{PREFIX}LOG_LEVEL: expected debug, info, warning or error")
    return level


def data_dir() -> Path:
    """Where the platform keeps a user's data for us."""
    from platformdirs import user_data_path

    return user_data_path("studybuddy", appauthor=False)
