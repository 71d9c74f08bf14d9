"""A setting that cannot be used is named, with what was expected and never with its value."""

from pathlib import Path
from typing import Any

import pytest

from bot.adapters.discord.plugin import DISCORD, DiscordSettings
from bot.adapters.plugin import Configured
from bot.adapters.telegram.plugin import TELEGRAM, TelegramSettings
from bot.settings import BadSetting, Settings, load, unknown

SECRET = "never-to-be-shown"


def given(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Settings:
    for name, value in settings.items():
        monkeypatch.setenv(f"STUDYBUDDY_{name}", value)
    return load()


def decided(discord: DiscordSettings | None = None, telegram: TelegramSettings | None = None, **ours: Any) -> Settings:
    """What a host has decided; the rest is as it is where nothing is set."""
    theirs = Configured(DISCORD, discord or DiscordSettings()), Configured(TELEGRAM, telegram or TelegramSettings())
    return Settings(**ours, platforms=theirs)


def complaint(monkeypatch: pytest.MonkeyPatch, **settings: str) -> str:
    with pytest.raises(BadSetting) as raised:
        given(monkeypatch, **settings)
    return str(raised.value)


def test_without_any_setting_there_is_a_default_for_each() -> None:
    assert load() == decided()
    assert load().log_level == "INFO"
    assert load().served == []


def test_every_setting_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = given(
        monkeypatch,
        DATABASE_URL="sqlite:///x.db",
        ROADMAP_DIR="/roadmaps",
        DISCORD_TOKEN="d.token",
        DISCORD_API_URL="http://127.0.0.1:1/api/",
        DISCORD_GATEWAY_URL="wss://127.0.0.1:1",
        TELEGRAM_TOKEN=" 1:token ",
        TELEGRAM_API_URL="https://telegram.test",
        WEBHOOK_URL="https://bot.test/hook",
        WEBHOOK_SECRET="a_secret-of_Sixteen",
        WEBHOOK_LISTEN="0.0.0.0:80",
        FLOOD_PER_PERSON="20",
        FLOOD_PER_PLACE="200",
        LOG_LEVEL="debug",
    )
    assert loaded == decided(
        DiscordSettings("d.token", "http://127.0.0.1:1/api", "wss://127.0.0.1:1"),
        TelegramSettings(
            "1:token",
            "https://telegram.test",
            webhook_url="https://bot.test/hook",
            webhook_secret="a_secret-of_Sixteen",
            webhook_listen=("0.0.0.0", 80),  # noqa: S104
        ),
        database_url="sqlite:///x.db",
        roadmap_dir=Path("/roadmaps"),
        flood_per_person=20,
        flood_per_place=200,
        log_level="DEBUG",
    )


def test_an_empty_setting_is_one_that_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    names = "DATABASE_URL", "ROADMAP_DIR", "DISCORD_TOKEN", "DISCORD_API_URL", "DISCORD_GATEWAY_URL", "TELEGRAM_TOKEN"
    more = "TELEGRAM_API_URL", "WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN", "LOG_LEVEL"
    assert given(monkeypatch, **dict.fromkeys(names + more, "")) == decided()
    assert given(monkeypatch, **dict.fromkeys(names + more, "  ")) == decided()


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("DISCORD_API_URL", [SECRET, "ftp://never-to-be-shown", "ws://never-to-be-shown"], "http:// or https://"),
        (
            "PUBLIC_URL",
            [
                "https://",
                "https://:1",
                "https://never-to-be-shown:99999",
                "https://never to be shown",
                "https://[never-to-be-shown",
                "https://never-to-be-shown/?a=1",
                "https://never-to-be-shown/#a",
            ],
            "https://example.org",
        ),
        ("DISCORD_GATEWAY_URL", [SECRET, "https://never-to-be-shown"], "ws:// or wss://"),
        ("TELEGRAM_API_URL", [SECRET, "//never-to-be-shown"], "http:// or https://"),
        ("WEBHOOK_URL", [SECRET, "file:///never-to-be-shown"], "http:// or https://"),
        ("WEBHOOK_SECRET", [SECRET + "!", SECRET[:15], "never-to-be-shown" * 16], "16 to 256 letters"),
        (
            "WEBHOOK_LISTEN",
            [
                SECRET,
                "never-to-be-shown:0",
                "never-to-be-shown:65536",
                "never-to-be-shown:http",
                "never-to-be-shown:-1",
                "never-to-be-shown:",
            ],
            "HOST:PORT",
        ),
        ("LOG_LEVEL", [SECRET, "10", "trace"], "debug, info, warning or error"),
    ],
)
def test_a_bad_setting_is_named_with_what_was_expected(
    name: str, values: list[str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for value in values:
        message = complaint(monkeypatch, **{name: value})
        assert message.startswith(f"STUDYBUDDY_{name}: expected ")
        assert expected in message
        assert value not in message or value == "https://"
        assert SECRET not in message


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("[::1]:8080", ("::1", 8080)),
        (":9000", ("127.0.0.1", 9000)),
        ("9000", ("127.0.0.1", 9000)),
        ("localhost:1", ("localhost", 1)),
        ("x:65535", ("x", 65535)),
    ],
)
def test_an_address_to_listen_on_is_host_and_port(
    written: str, read: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert given(monkeypatch, WEBHOOK_LISTEN=written) == decided(telegram=TelegramSettings(webhook_listen=read))


def test_a_secret_may_come_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "token"
    file.write_text("1:token\n", encoding="utf-8")
    loaded = given(monkeypatch, TELEGRAM_TOKEN_FILE=str(file))
    assert loaded == decided(telegram=TelegramSettings("1:token"))
    assert [platform.plugin for platform in loaded.served] == [TELEGRAM]


@pytest.mark.parametrize("content", [None, b"\xff\xfe" + SECRET.encode()])
def test_a_file_that_cannot_be_read_is_a_bad_setting(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    message = complaint(monkeypatch, TELEGRAM_TOKEN_FILE=str(file))
    assert message == "STUDYBUDDY_TELEGRAM_TOKEN_FILE: expected the path of a text file; it cannot be read"


def test_a_folder_in_place_of_a_file_is_a_bad_setting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = complaint(monkeypatch, DISCORD_TOKEN_FILE=str(tmp_path))
    assert said.startswith("STUDYBUDDY_DISCORD_TOKEN_FILE: expected the path of a text file")


def test_names_that_are_no_settings_are_found_with_what_was_probably_meant() -> None:
    names = ["PATH", "STUDYBUDDY_LOG_LEVEL", "STUDYBUDDY_SECRET_FILE", "STUDYBUDDY_TELEGRAM_TOKN", "STUDYBUDDY_COLOUR"]
    assert unknown(names) == {"STUDYBUDDY_COLOUR": None, "STUDYBUDDY_TELEGRAM_TOKN": "STUDYBUDDY_TELEGRAM_TOKEN"}


def test_what_is_secret_is_known_and_never_shown() -> None:
    settings = decided(DiscordSettings("d-secret"), TelegramSettings("t-secret", webhook_secret="w-secret"))
    assert set(settings.secrets) == {"d-secret", "t-secret", "w-secret"}
    assert decided(telegram=TelegramSettings("t-secret")).secrets == ("t-secret",)
    assert Settings(database_url="postgresql://buddy:d%40b-secret@db/study").secrets == ("d@b-secret",)
    assert Settings(database_url="sqlite:///study.db").secrets == ()
    assert Settings(database_url="d-secret without a scheme").secrets == ("d-secret without a scheme",)
    assert "-secret" not in f"{settings} {settings!r} {settings.platforms}"


@pytest.mark.parametrize("written", ["0", "-5", "many", "1.5", "1e3", "99999999", "٣"])
@pytest.mark.parametrize("name", ["FLOOD_PER_PERSON", "FLOOD_PER_PLACE"])
def test_a_count_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch, name: str, written: str) -> None:
    message = complaint(monkeypatch, **{name: written})
    assert f"STUDYBUDDY_{name}: expected how many in a minute" in message
