"""`studybuddy doctor` asks the platforms, and says what to do where something is not well."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from click.testing import CliRunner

from bot.adapters.checkup import Finding
from bot.adapters.discord import checkup as on_discord
from bot.adapters.telegram import checkup as on_telegram
from bot.adapters.telegram.webhook import Webhook
from bot.cli import main
from tests.platforms import discord, telegram
from tests.platforms.discord.permissions import BITS, USUAL

ANOTHER = {"telegram": "123456:another", "discord": "MTIz.another.token"}
NOWHERE = "http://127.0.0.1:1"


def now() -> datetime:
    return datetime.now(UTC)


async def all_of(findings: AsyncIterator[Finding]) -> dict[str, Finding]:
    return {finding.what: finding async for finding in findings}


def telegrams(
    *,
    token: str | None = None,
    webhook: Webhook | None = None,
    off: timedelta = timedelta(),
    url: str | None = None,
    **abilities: bool,
) -> dict[str, Finding]:
    async def story() -> dict[str, Finding]:
        async with telegram.TelegramServer(spec=telegram.spec_or_none()) as server:
            server.abilities = abilities
            findings = await all_of(on_telegram.examine(token or server.token, url or server.url, webhook, now() + off))
            assert server.problems == []
            assert {call.method for call in server.calls} <= {"getMe", "getWebhookInfo"}
            return findings

    return asyncio.run(story())


def discords(
    *,
    token: str | None = None,
    off: timedelta = timedelta(),
    url: str | None = None,
    lacking: str | None = None,
    **profile: object,
) -> dict[str, Finding]:
    async def story() -> dict[str, Finding]:
        async with discord.DiscordServer(spec=discord.spec_or_none()) as server:
            server.profile = profile
            cafe = server.guild("cafe")
            server.guild("library").invited_with = BITS["administrator"]
            if lacking:
                cafe.invited_with = USUAL & ~BITS[lacking]
            findings = await all_of(on_discord.examine(token or server.token, url or server.api_url, now() + off))
            assert server.problems == []
            assert {call.method for call in server.calls} == ({"GET"} if not url else set())
            return findings

    return asyncio.run(story())


def test_where_all_is_well_nothing_is_to_be_done() -> None:
    for findings in (telegrams(), discords()):
        assert len(findings) >= 3
        assert [finding for finding in findings.values() if finding.remedy] == []


def test_a_refused_token_is_the_only_thing_said() -> None:
    for findings in (telegrams(token=ANOTHER["telegram"]), discords(token=ANOTHER["discord"])):
        (finding,) = findings.values()
        assert finding.state == "the token is refused"
        assert "_TOKEN" in str(finding.remedy)


def test_a_platform_that_cannot_be_reached_is_said_with_what_to_look_at() -> None:
    for findings in (telegrams(url=NOWHERE), discords(url=NOWHERE)):
        (finding,) = findings.values()
        assert "cannot be reached" in finding.state
        assert "_API_URL" in str(finding.remedy)


def test_a_clock_that_is_off_is_found() -> None:
    for platform, findings in (
        ("telegram", telegrams(off=timedelta(minutes=7))),
        ("discord", discords(off=-timedelta(minutes=7))),
    ):
        assert "s from ours" in findings[f"{platform} clock"].state
        assert "clock" in str(findings[f"{platform} clock"].remedy)


def test_telegram_groups_and_privacy() -> None:
    findings = telegrams(can_join_groups=False, can_read_all_group_messages=True)
    assert "/setjoingroups" in str(findings["telegram groups"].remedy)
    assert "/setprivacy" in str(findings["telegram privacy"].remedy)


async def set_webhook(server: telegram.TelegramServer, url: str) -> None:
    address = f"{server.url}/bot{server.token}/setWebhook"
    async with aiohttp.ClientSession() as session, session.post(address, json={"url": url}) as answer:
        assert answer.status == 200


def test_a_webhook_that_cannot_be_delivered_to_is_found() -> None:
    async def story() -> dict[str, Finding]:
        async with telegram.TelegramServer() as server:
            hook = Webhook(f"{NOWHERE}/hook", "s" * 20, "127.0.0.1", 1)
            await set_webhook(server, hook.url)
            await server.person("ada").starts()
            await server.until(lambda: server.worker is not None and bool(server.worker.error))
            return await all_of(on_telegram.examine(server.token, server.url, hook, now()))

    findings = asyncio.run(story())
    assert "cannot be delivered" in findings["telegram news"].state
    assert "STUDYBUDDY_WEBHOOK_LISTEN" in str(findings["telegram news"].remedy)


@pytest.mark.parametrize(
    ("url", "expected"), [("http://bot.example.org/hook", "https"), ("https://bot.example.org:9000/hook", "port 9000")]
)
def test_an_address_that_telegram_does_not_deliver_to_is_found_before_the_start(url: str, expected: str) -> None:
    finding = on_telegram.address(Webhook(url, "s" * 20, "127.0.0.1", 1))
    assert finding
    assert expected in finding.state
    assert on_telegram.address(Webhook("https://bot.example.org:8443/hook", "s" * 20, "127.0.0.1", 1)) is None


@pytest.mark.parametrize("lacking", ["view_channel", "send_messages", "send_messages_in_threads"])
def test_a_server_without_a_permission_is_named_with_the_link_that_gives_it(lacking: str) -> None:
    finding = discords(lacking=lacking)["discord servers"]
    assert "cafe" in finding.state
    assert "library" not in finding.state
    assert f"permissions={BITS['view_channel'] | BITS['send_messages'] | BITS['send_messages_in_threads']}" in str(
        finding.remedy
    )


def test_commands_that_discord_sends_elsewhere_and_installs_that_are_off() -> None:
    findings = discords(interactions_endpoint_url="https://example.org/i", integration_types_config={"0": {}})
    assert "Interactions Endpoint URL" in str(findings["discord commands"].remedy)
    assert "User Install" in str(findings["discord install"].remedy)
    assert "Guild Install" not in str(findings["discord install"].remedy)


def test_the_program_says_it_all_on_lines_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> str:
        async with telegram.TelegramServer() as t, discord.DiscordServer() as d:
            monkeypatch.setenv("STUDYBUDDY_TELEGRAM_TOKEN", t.token)
            monkeypatch.setenv("STUDYBUDDY_TELEGRAM_API_URL", t.url)
            monkeypatch.setenv("STUDYBUDDY_DISCORD_TOKEN", ANOTHER["discord"])
            monkeypatch.setenv("STUDYBUDDY_DISCORD_API_URL", d.api_url)
            outcome = await asyncio.to_thread(CliRunner().invoke, main, ["doctor"])
            assert outcome.exit_code == 1
            assert t.token not in outcome.output
            return outcome.output

    lines = asyncio.run(story()).splitlines()
    assert any(line.startswith("!!  discord: the token is refused") for line in lines)
    assert any(line.startswith("ok  telegram: the token is that of @") for line in lines)
