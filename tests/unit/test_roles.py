"""Which roles a process may be given, and which shards."""

import pytest
from click.testing import CliRunner

from bot import roles
from bot.adapters.discord.shards import Shards
from bot.adapters.setting import Expected
from bot.cli import main
from bot.settings import BadSetting, load

POSTGRESQL = "postgresql://somebody@localhost/studybuddy"


@pytest.fixture(autouse=True)
def telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Telegram is set up."""
    monkeypatch.setenv("STUDYBUDDY_TELEGRAM_TOKEN", "123456:TEST")


def test_without_roles_a_process_does_everything_on_any_database() -> None:
    mine = roles.of([], load())
    assert mine == roles.Roles(frozenset({"telegram"}), delivers=True, chosen=False)
    assert str(mine) == "telegram delivery"
    roles.check(mine, None)


def test_every_platform_is_a_role_and_so_are_delivery_and_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    assert roles.names() == ("discord", "telegram", "delivery", "web")
    assert roles.of(["telegram"], load()) == roles.Roles(frozenset({"telegram"}), delivers=False, chosen=True)
    assert roles.of(["delivery"], load()) == roles.Roles(frozenset(), delivers=True, chosen=True)
    with pytest.raises(BadSetting, match="web needs STUDYBUDDY_PUBLIC_URL"):
        roles.of(["web"], load())
    monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", "https://study.example.org/")
    assert str(roles.of([], load())) == "telegram delivery web"
    pages = roles.of(["web"], load())
    assert pages == roles.Roles(frozenset(), delivers=False, chosen=True, serves_pages=True)
    assert not any(pages.builds(platform) for platform in load().platforms)


def test_a_process_builds_what_it_receives_from_or_delivers_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STUDYBUDDY_DISCORD_TOKEN", "MTIz.another.token")
    host = load()

    def built(*named: str) -> list[str]:
        mine = roles.of(named, host)
        return [platform.plugin.name for platform in host.platforms if mine.builds(platform)]

    assert built("telegram") == ["telegram"]
    assert built("delivery") == built() == ["discord", "telegram"]


def test_a_role_whose_token_is_not_set_is_refused() -> None:
    with pytest.raises(BadSetting, match="discord needs STUDYBUDDY_DISCORD_TOKEN"):
        roles.of(["discord"], load())


@pytest.mark.parametrize("url", [None, "sqlite:///study.db", "study.db"])
def test_roles_need_postgresql(url: str | None) -> None:
    mine = roles.of(["telegram"], load())
    with pytest.raises(BadSetting, match="--role needs PostgreSQL"):
        roles.check(mine, url)
    roles.check(mine, POSTGRESQL)


@pytest.mark.parametrize(
    ("options", "refusal"),
    [
        (["--role", "telegram"], "--role needs PostgreSQL"),
        (["--role", "telegram, delivery"], "--role needs PostgreSQL"),
        (["--role", "discord", "--db", POSTGRESQL], "STUDYBUDDY_DISCORD_TOKEN"),
    ],
)
def test_the_program_refuses_with_one_line(options: list[str], refusal: str) -> None:
    ended = CliRunner().invoke(main, ["run", *options])
    assert ended.exit_code == 78
    assert refusal in ended.output
    assert "Traceback" not in ended.output


def test_an_unknown_role_is_told_with_those_there_are() -> None:
    ended = CliRunner().invoke(main, ["run", "--role", "mail"])
    assert ended.exit_code == 2
    assert "no role “mail”; there are discord, telegram, delivery and web" in ended.output


@pytest.mark.parametrize(
    ("written", "ids", "count"),
    [("0-3/8", (0, 1, 2, 3), 8), ("5/8", (5,), 8), ("3", (0, 1, 2), 3), ("1", (0,), 1), (" 2 - 3 / 4 ", (2, 3), 4)],
)
def test_shards_are_read_as_they_are_written(written: str, ids: tuple[int, ...], count: int) -> None:
    shards = Shards.read(written)
    assert (shards.ids, shards.count, shards.whole) == (ids, count, len(ids) == count)
    assert Shards.read(str(shards)) == shards


@pytest.mark.parametrize("written", ["", "0", "8/8", "3-1/4", "0-8/8", "a/b", "0-3", "1/0", "-1/4"])
def test_shards_that_are_none_are_refused(written: str) -> None:
    with pytest.raises(Expected):
        Shards.read(written)


def test_the_help_of_run_says_what_each_role_does() -> None:
    help_text = " ".join(CliRunner().invoke(main, ["run", "--help"]).output.partition("Options")[0].split())
    assert [name for name in roles.names() if f" {name} " not in help_text] == []
