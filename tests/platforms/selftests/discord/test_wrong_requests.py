"""What no correct bot does is refused, and noted as a problem."""

import io
from typing import Any

import discord
import pytest

from tests.platforms.discord import (
    DiscordServer,
    NotSeen,
    Spec,
)
from tests.platforms.selftests.discord.talking import (
    APPLICATION,
    AUTHORIZED,
    SEND,
    Bot,
    alone,
    asks,
    raw,
    says,
    talk,
    v2,
)

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "A", "custom_id": "a"}]}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    """An action row of buttons, each completed."""
    usual = {"type": 2, "style": 1, "label": "A"}
    return {"type": 1, "components": [{**usual, "custom_id": str(at), **button} for at, button in enumerate(buttons)]}


def select(*values: str) -> dict[str, Any]:
    """An action row with a select of these."""
    options = [{"label": value, "value": value} for value in values]
    return {"type": 1, "components": [{"type": 3, "custom_id": "s", "options": options}]}


def with_parts(*components: Any) -> dict[str, Any]:
    """A Components V2 message of these."""
    return v2("text") | {"components": [{"type": 10, "content": "text"}, *components]}


BAD_MESSAGES: list[tuple[dict[str, Any], str]] = [
    (v2("x", content="y"), "content beside Components V2"),
    (v2("x", embeds=[{"title": "y"}]), "embeds beside Components V2"),
    (v2(), "without components"),
    (v2(" "), "an empty text display"),
    (v2("x" * 2001, "x" * 2000), "4001 characters in text displays"),
    (with_parts(*[row({"custom_id": str(n)}) for n in range(20)]), "41 components, 40"),
    (with_parts(row({"custom_id": ""})), "custom_id"),
    (with_parts(row({"custom_id": "x" * 101})), "custom_id"),
    (with_parts(row({"custom_id": "same"}), row({"custom_id": "same"})), "'same' is not unique"),
    (with_parts(row({"label": "x" * 81})), "label"),
    (with_parts(row({"label": None})), "without label and emoji"),
    (with_parts(row(*[{}] * 6)), "components"),
    (with_parts(row({"style": 5})), "a link button carries an address"),
    (with_parts(select()), "options"),
    (with_parts(select(*[str(n) for n in range(26)])), "options"),
    (with_parts(select("a", "a")), "the same value"),
    (with_parts(select("x" * 101)), "value"),
    (with_parts({"type": 9, "components": [{"type": 10, "content": "x"}]}), "accessory"),
    (with_parts({"type": 13, "file": {"url": "attachment://no.txt"}}), "attachment://no.txt is not among the files"),
    (with_parts({"type": 17, "components": []}), "components"),
    (with_parts({"type": 77}), "components/1"),
    (v2("x", nonce="n" * 26), "nonce"),
    (v2("x", nonsense=1), "unknown field nonsense"),
    (v2("x", attachments=[{"id": "0"}]), "neither uploaded nor there"),
    ({"content": "x" * 2001, "allowed_mentions": {"parse": []}}, "2001 characters"),
    ({"content": "", "allowed_mentions": {"parse": []}}, "an empty message"),
    (v2("x") | {"flags": 0}, "only action rows"),
    ({"content": "x", "components": [ROW] * 6, "allowed_mentions": {"parse": []}}, "6 action rows"),
    (v2("x", tts="yes"), "tts"),
]

ONLY_THE_SPEC_KNOWS = {"accessory", "components/1", "unknown field nonsense", "tts"}


@pytest.mark.parametrize(("body", "problem"), BAD_MESSAGES, ids=[problem for _, problem in BAD_MESSAGES])
def test_a_wrong_message_is_refused_and_a_problem(body: dict[str, Any], problem: str, spec: Spec) -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        status, answer = await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body)
        assert (status, answer["code"], ada.messages) == (400, 50035, [])
        assert len(server.problems) == 1
        assert problem in server.problems[0]

    alone(work, spec=spec)


@pytest.mark.parametrize("body", [body for body, problem in BAD_MESSAGES if problem not in ONLY_THE_SPEC_KNOWS])
def test_most_of_it_is_found_without_the_spec(body: dict[str, Any]) -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body))[0] == 400
        assert len(server.problems) == 1

    alone(work, spec=None)


def test_a_message_at_its_limits_is_right() -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        buttons = [row({"custom_id": f"{n}{'x' * 98}"[:100], "label": "l" * 80}) for n in range(10, 28)]
        body = v2("x" * 3999, "y", nonce="n" * 25)
        body["components"] += [*buttons, {"type": 14}]
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body))[0] == 200
        full = {"content": "x" * 2000, "allowed_mentions": {"parse": []}}
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=full))[0] == 200
        assert server.problems == []

    alone(work)


@pytest.mark.parametrize(
    ("text", "allowed", "problems", "rings"),
    [
        ("@everyone", {"parse": []}, 0, 0),
        ("hello", None, 1, 0),
        ("@here", None, 2, 1),
        ("<@!5> and <@&6>", {"parse": ["users"]}, 2, 1),
        ("<@5>", {"parse": [], "users": ["5"]}, 0, 1),
        ("@\u200beveryone", {"parse": ["everyone"]}, 1, 0),
    ],
)
def test_mentions_that_may_ring_are_problems(text: str, allowed: Any, problems: int, rings: int) -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        body = {name: value for name, value in v2(text, allowed_mentions=allowed).items() if value is not None}
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body))[0] == 200
        assert len(server.problems) == problems, server.problems
        assert len(ada.messages[0].pings) == rings

    alone(work)


def test_a_file_that_nobody_sees_is_a_problem() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        file = discord.File(io.BytesIO(b"x"), "x.txt")
        await bot.get_partial_messageable(ada.dm.id).send(view=says("look"), file=file)
        assert server.problems == [f"{SEND}: x.txt is attached, but no component shows it"]

    talk(work, problems=True)


def command(**more: Any) -> dict[str, Any]:
    """A command that is right, but for these."""
    return {"name": "log", "description": "Log", "type": 1, **more}


def option(**more: Any) -> dict[str, Any]:
    """An option that is right, but for these."""
    return {"name": "item", "description": "Item", "type": 3, **more}


BAD_COMMANDS: list[tuple[list[dict[str, Any]], str]] = [
    ([command(name="Log")], "no valid name"),
    ([command(name="lo g")], "no valid name"),
    ([command(name="x" * 33)], "name"),
    ([command(description="")], "description"),
    ([command(description="x" * 101)], "description"),
    ([command(), command()], "registered twice"),
    ([command(name_localizations={"xx": "log"})], "no locale xx"),
    ([command(name_localizations={"de": "Log"})], "no valid name in de"),
    ([command(description_localizations={"de": "x" * 101})], "description"),
    ([command(options=[option(name=str(n)) for n in range(26)])], "options"),
    ([command(options=[option(), option()])], "two options item"),
    ([command(options=[option(), option(name="b", required=True)])], "a required option after"),
    ([command(options=[option(choices=[{"name": "x", "value": "x"}], autocomplete=True)])], "choices and autocomplete"),
    ([command(options=[option(choices=[{"name": str(n), "value": str(n)} for n in range(26)])])], "options"),
    ([command(options=[option(), option(name="b", type=1)])], "subcommands beside options"),
    ([command(options=[option(name_localizations={"de": "b"}), option(name="b")])], "share a name in de"),
    ([command(nonsense=1)], "unknown field nonsense"),
]


@pytest.mark.parametrize(("commands", "problem"), BAD_COMMANDS, ids=[problem for _, problem in BAD_COMMANDS])
def test_wrong_commands_are_refused_and_a_problem(commands: Any, problem: str, spec: Spec) -> None:
    async def work(server: DiscordServer) -> None:
        status, answer = await raw(server, "PUT", f"/applications/{APPLICATION}/commands", json=commands)
        assert (status, answer["code"], server.commands) == (400, 50035, {})
        assert problem in server.problems[0]

    alone(work, spec=spec)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        ({"title": "x" * 46}, "title"),
        ({"custom_id": "x" * 101}, "custom_id"),
        ({"components": []}, "components"),
        (
            {"components": [{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a", "style": 1}}]},
            "label",
        ),
    ],
)
def test_wrong_forms_are_refused_and_a_problem(data: dict[str, Any], problem: str) -> None:
    async def work(server: DiscordServer) -> None:
        asked = await asks(server)
        field = {"type": 18, "label": "A", "component": {"type": 4, "custom_id": "a", "style": 1}}
        body = {"type": 9, "data": {"title": "T", "custom_id": "c", "components": [field], **data}}
        assert (await raw(server, "POST", f"/interactions/{asked.id}/{asked.token}/callback", json=body))[0] == 400
        assert problem in server.problems[0]
        assert not asked.acked

    alone(work)


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ([{"name": str(n), "value": str(n)} for n in range(26)], "26 choices"),
        ([{"name": "x", "value": 1}], "of another type"),
        ([{"name": "x" * 101, "value": "x"}], "name"),
    ],
)
def test_wrong_completions_are_refused_and_a_problem(choices: Any, problem: str) -> None:
    async def work(server: DiscordServer) -> None:
        commands = [command(options=[option(autocomplete=True)])]
        await raw(server, "PUT", f"/applications/{APPLICATION}/commands", json=commands)
        ada = server.person("ada", interacted=True)
        server.guild("cafe", members=[ada])
        with pytest.raises(NotSeen):
            await ada.completes("log", "item", "x", timeout=0)
        asked = ada.interactions[0]
        body = {"type": 8, "data": {"choices": choices}}
        assert (await raw(server, "POST", f"/interactions/{asked.id}/{asked.token}/callback", json=body))[0] == 400
        assert problem in server.problems[0]

    alone(work, spec=None)


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/nonsense"), ("DELETE", "/users/@me"), ("POST", "/channels/1/webhooks")]
)
def test_what_is_not_there_is_refused_and_a_problem(method: str, path: str) -> None:
    async def work(server: DiscordServer) -> None:
        assert await raw(server, method, path) == (404, {"message": "404: Not Found", "code": 0})
        assert len(server.problems) == 1

    alone(work)


def test_parameters_of_the_address_are_checked(spec: Spec) -> None:
    async def work(server: DiscordServer) -> None:
        cafe = server.guild("cafe")
        assert (await raw(server, "GET", f"/guilds/{cafe.id}?with_counts=perhaps&nonsense=1"))[0] == 400
        assert "nonsense" in server.problems[0]
        assert "with_counts" in server.problems[0]
        bad = await raw(
            server, "POST", "/users/@me/channels", data="{", headers=AUTHORIZED | {"Content-Type": "application/json"}
        )
        assert (bad[0], bad[1]["code"]) == (400, 50109)
        assert (await raw(server, "POST", "/users/@me/channels", data={"a": "b"}))[0] == 400

    alone(work, spec=spec)
