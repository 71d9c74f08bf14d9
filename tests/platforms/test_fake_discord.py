"""The local Discord behaves as the real one does, towards the real library and towards bare requests."""

import asyncio
import io
import json
import warnings
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self, cast

import aiohttp
import discord
import pytest
import yarl
from discord import app_commands, ui

from tests.platforms.discord import (
    TOKEN,
    Button,
    Channel,
    Choice,
    DiscordServer,
    File,
    Limits,
    NotSeen,
    Spec,
    Window,
    spec_or_none,
)
from tests.platforms.discord import texts as markdown

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot
APPLICATION = 123456789012345678
STRANGER = "OTk5.OTHER.aaaa"
AUTHORIZED = {"Authorization": f"Bot {TOKEN}"}
POLL = 0.03
"""Seconds that a socket is given where only the passing of time can tell."""

SEND = "POST /channels/{channel_id}/messages"
CALLBACK = "POST /interactions/{interaction_id}/{interaction_token}/callback"
REAL_SLEEP = asyncio.sleep


class Clock:
    """Time that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def says(text: str, *items: ui.Item[Any]) -> ui.LayoutView:
    """A Components V2 message with this text, and with these in a row under it."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(text))
    if items:
        view.add_item(ui.ActionRow(*items))
    return view


class Counter(ui.DynamicItem[ui.Button[Any]], template=r"count:(?P<number>[0-9]+)"):
    """A button that counts and survives a restart."""

    def __init__(self, number: int) -> None:
        super().__init__(ui.Button(label=f"Count {number}", custom_id=f"count:{number}"))
        self.number = number

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> Self:
        return cls(int(match["number"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        number = self.number + 1
        await interaction.response.edit_message(view=says(f"counted **{number}**", Counter(number)))


class Form(ui.Modal, title="What did you learn?"):
    """A form of two fields."""

    learned: ui.Label[Any] = ui.Label(text="Learned", component=ui.TextInput(max_length=20))
    mood: ui.Label[Any] = ui.Label(text="Mood", component=ui.TextInput(required=False, custom_id="mood"))

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        values = [cast("ui.TextInput[Any]", label.component).value for label in (self.learned, self.mood)]
        await interaction.response.send_message(view=says(" / ".join(values)), ephemeral=True)


class Bot(discord.Client):
    """A small bot on the real library; `met` keeps its interactions, `told` its servers' events."""

    def __init__(self, setup: "Setup | None", **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        super().__init__(
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0.01,
            **options,
        )
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(
            self,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.met: list[discord.Interaction[Any]] = []
        self.told: list[str] = []
        self._setup = setup

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Counter)
        usual(self)
        if self._setup is not None:
            self._setup(self)
        await self.tree.sync()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        self.met.append(interaction)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.told.append(f"joined {guild.name}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.told.append(f"removed {guild.name}")

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        self.told.append(f"unavailable {guild.name}")

    async def on_guild_available(self, guild: discord.Guild) -> None:
        self.told.append(f"available {guild.name}")

    async def on_guild_channel_delete(self, channel: Any) -> None:
        self.told.append(f"deleted {channel.name}")

    async def on_resumed(self) -> None:
        self.told.append("resumed")


Setup = Callable[[Bot], None]
Talk = Callable[[DiscordServer, Bot], Awaitable[None]]


def usual(bot: Bot) -> None:
    """The commands that most talks use."""

    @bot.tree.command()
    @app_commands.describe(spent="Time", topic="What it was about")
    async def log(interaction: discord.Interaction[Any], spent: str, topic: str = "-") -> None:
        """Take down hours."""
        await interaction.response.send_message(view=says(f"noted *{spent}* {topic}", Counter(1)))

    @log.autocomplete("topic")
    async def complete(interaction: discord.Interaction[Any], current: str) -> list[app_commands.Choice[str]]:
        before = interaction.namespace["spent"] or ""
        return [app_commands.Choice(name=f"{current}ulus {before}".strip(), value=current)]

    @bot.tree.command()
    async def ask(interaction: discord.Interaction[Any]) -> None:
        """Open a form."""
        await interaction.response.send_modal(Form())

    @bot.tree.command()
    async def later(interaction: discord.Interaction[Any], private: bool) -> None:
        """Answer after a while."""
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.followup.send(view=says("here it is"), wait=True)
        await interaction.followup.send(view=says("and more"), ephemeral=True)


@asynccontextmanager
async def library(server: DiscordServer, setup: Setup | None = None, **options: Any) -> AsyncIterator[Bot]:
    """The real library, talking to the server."""
    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    bot = Bot(setup, **options)
    running = asyncio.create_task(bot.start(TOKEN))
    try:
        await server.comes_online()
        await server.until(bot.is_ready)  # what the server has told is not yet read
        yield bot
    finally:
        await bot.close()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


@pytest.fixture(autouse=True)
def library_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the library's addresses back after each test, and let nothing of it wait for seconds."""
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL("ws://127.0.0.1:1"))

    async def sleep(delay: float, result: Any = None) -> Any:
        return await REAL_SLEEP(min(delay, POLL), result)

    monkeypatch.setattr(asyncio, "sleep", sleep)


def talk(
    work: Talk, setup: Setup | None = None, problems: bool = False, bot: dict[str, Any] | None = None, **options: Any
) -> None:
    """Run a talk between the library and a server.

    It must cause no problems, unless it is about them, and every answer must be as Discord documents it.
    """

    async def run() -> None:
        options.setdefault("spec", spec_or_none())
        async with DiscordServer(**options) as server, library(server, setup, **(bot or {})) as client:
            await work(server, client)
            assert bool(server.problems) == problems, server.problems
            for call in server.calls if server.spec else []:
                assert server.spec is not None
                assert not call.status or not call.done or not server.spec.unlike(call, call.answer), call

    asyncio.run(run())


def alone(work: Callable[[DiscordServer], Awaitable[None]], **options: Any) -> None:
    """Run a talk of bare requests with a server."""

    async def run() -> None:
        options.setdefault("spec", spec_or_none())
        async with DiscordServer(**options) as server:
            await work(server)

    asyncio.run(run())


async def raw(server: DiscordServer, method: str, path: str, **request: Any) -> tuple[int, Any]:
    """What a bare request is answered."""
    request.setdefault("headers", AUTHORIZED)
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"{server.api_url}{path}", **request) as response,
    ):
        if response.status == 204:
            return 204, None
        assert response.headers["Content-Type"] == "application/json"
        return response.status, await response.json()


@pytest.fixture
def spec() -> Spec:
    """Discord's own description; a checkout may lack it."""
    found = spec_or_none()
    if found is None:
        pytest.skip("../shared/specs/discord/openapi.json is not here")
    return found


# --- Logging in and staying connected -------------------------------------------------------------------------------


def test_the_library_logs_in_sees_its_servers_and_registers_commands() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            cafe = server.guild("cafe", locale="de")
            general = cafe.channel("general")
            server.guild("elsewhere", bot=False)
            async with library(server) as bot:
                await server.until(lambda: bot.get_guild(cafe.id) is not None and bot.is_ready())
                assert bot.user is not None
                assert (bot.user.id, bot.user.name, bot.application_id) == (APPLICATION, "buddybot", APPLICATION)
                assert [guild.name for guild in bot.guilds] == ["cafe"]
                assert bot.get_channel(general.id) is not None
                assert bot.get_guild(cafe.id).me is not None  # type: ignore[union-attr]
                assert server.intents == discord.Intents(guilds=True).value
                assert sorted(one["name"] for one in server.commands.values()) == ["ask", "later", "log"]
                assert (server.connected, server.online, server.problems) == (1, True, [])
                assert all(call.headers["User-Agent"].startswith("DiscordBot") for call in server.calls)
            await server.until(lambda: not server.online)

    asyncio.run(run())


def test_a_wrong_token_is_refused_by_both() -> None:
    async def work(server: DiscordServer) -> None:
        assert await raw(server, "GET", "/users/@me", headers={"Authorization": f"Bot {STRANGER}"}) == (
            401,
            {"message": "401: Unauthorized", "code": 0},
        )
        discord.http.Route.BASE = server.api_url
        client = discord.Client(intents=discord.Intents.none())
        with pytest.raises(discord.LoginFailure):
            await client.start(STRANGER)
        await client.close()
        async with gateway(server) as ws:
            await ws.send_json({"op": 2, "d": {"token": STRANGER, "intents": 1}})
            assert await closed(ws) == 4004
        assert server.connected == 0
        assert [call.status for call in server.invalid_requests] == [401, 401]

    alone(work)


@asynccontextmanager
async def gateway(
    server: DiscordServer, query: str = "v=10&encoding=json"
) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A bare connection to the gateway."""
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?{query}", autoclose=False) as ws,
    ):
        yield ws


async def closed(ws: aiohttp.ClientWebSocketResponse) -> int | None:
    """The code that a connection is closed with."""
    while not ws.closed:
        message = await ws.receive(timeout=2)
        if message.type is aiohttp.WSMsgType.CLOSE:
            return int(message.data)
        if message.type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}:
            break
    return ws.close_code


def test_the_gateway_speaks_plain_json() -> None:
    async def work(server: DiscordServer) -> None:
        server.guild("cafe")
        async with gateway(server) as ws:
            hello = await ws.receive_json()
            assert (hello["op"], hello["d"]["heartbeat_interval"]) == (10, 41250)
            await ws.send_json({"op": 1, "d": None})
            assert (await ws.receive_json())["op"] == 11
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
            ready, guild = await ws.receive_json(), await ws.receive_json()
            assert (ready["t"], ready["s"], guild["t"], guild["s"]) == ("READY", 1, "GUILD_CREATE", 2)
            assert ready["d"]["resume_gateway_url"] == server.gateway_url
            assert [one["unavailable"] for one in ready["d"]["guilds"]] == [True]
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1}})
            assert await closed(ws) == 4005

    alone(work)


def test_the_gateway_compresses_one_stream() -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server, "v=10&encoding=json&compress=zlib-stream") as ws:
            stream = zlib.decompressobj()
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 0}})
            found = []
            for _ in range(2):
                data = await ws.receive_bytes()
                assert data.endswith(b"\x00\x00\xff\xff")
                found.append(json.loads(stream.decompress(data))["op"])
            assert found == [10, 0]

    alone(work)


@pytest.mark.parametrize(("code", "sessions"), [(1000, 0), (1001, 0), (4000, 1)])
def test_a_bot_that_closes_for_good_ends_its_session(code: int, sessions: int) -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server) as ws:
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 0}})
            await server.until(lambda: server.online)
            await ws.close(code=code)
        await server.until(lambda: not server.gateway.connections)
        assert len(server.gateway.sessions) == sessions

    alone(work)


@pytest.mark.parametrize(
    ("query", "sent", "code"),
    [
        ("v=10&encoding=json", '{"op": 77, "d": null}', 4001),
        ("v=10&encoding=json", "no json", 4002),
        ("v=10&encoding=json", '{"op": 3, "d": {}}', 4003),
        ("v=9&encoding=json", '{"op": 1, "d": null}', 4012),
        ("v=10&encoding=json", json.dumps({"op": 2, "d": {"token": TOKEN, "intents": 1 << 15}}), 4014),
        ("v=10&encoding=json", json.dumps({"op": 6, "d": {"token": STRANGER, "session_id": "x", "seq": 1}}), 4004),
    ],
)
def test_the_gateway_closes_on_whoever_does_not_know_how_to_talk(query: str, sent: str, code: int) -> None:
    async def work(server: DiscordServer) -> None:
        async with gateway(server, query) as ws:
            await ws.send_str(sent)
            assert await closed(ws) == code
        assert bool(server.problems) == (code not in {4003, 4004})

    alone(work)


def test_the_library_is_sent_away_for_a_privileged_intent() -> None:
    async def work(server: DiscordServer) -> None:
        discord.http.Route.BASE = server.api_url
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
        client = discord.Client(intents=discord.Intents(guilds=True, message_content=True))
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await client.start(TOKEN)
        await client.close()
        assert server.problems == ["gateway: privileged intents: MESSAGE_CONTENT"]

    alone(work)


def test_heartbeats_are_acknowledged() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        await server.until(lambda: server.gateway.heartbeats > 2)
        await server.until(lambda: bot.latency < 1)
        assert server.connected == 1

    talk(work, heartbeat_interval=0.03)


def test_a_cut_connection_is_resumed_and_gets_what_it_missed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada = cafe.member(server.person("ada"))
        server.gateway.drop()
        assert not server.online
        await ada.slash("log", {"spent": "1h"}, cafe.channel("general"))
        await server.hears(cafe.channel("general"), "1h")
        await server.until(lambda: "resumed" in bot.told)
        assert (len(server.gateway.identifies), len(server.gateway.resumes)) == (1, 1)
        assert len(bot.met) == 1, "what was missed comes once"

    talk(work)


@pytest.mark.parametrize("code", [1000, 4000, 4008])
def test_a_closed_connection_is_resumed(code: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.drop(code)
        await server.until(lambda: len(server.gateway.resumes) == 1 and "resumed" in bot.told)
        await server.person("ada", interacted=True).slash("log", {"spent": "1h"})
        await server.hears(server.person("ada"), "1h")

    talk(work)


def test_discord_can_ask_to_reconnect() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.reconnect()
        await server.until(lambda: "resumed" in bot.told)
        assert (server.connected, len(server.gateway.resumes)) == (2, 1)

    talk(work)


@pytest.mark.parametrize("resumable", [True, False])
def test_an_invalid_session_is_resumed_or_begun_anew(resumable: bool) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.invalidate(resumable)
        await server.until(lambda: server.connected == 2 and server.online)
        assert len(server.gateway.resumes) == int(resumable)
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h"})
        await server.hears(ada, "1h")
        assert len(bot.met) == 1

    talk(work)


def test_a_session_that_is_gone_cannot_be_resumed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.sessions.clear()
        server.gateway.drop()
        await server.until(lambda: len(server.gateway.identifies) == 2 and server.online)
        assert server.gateway.resumes == []

    talk(work)


def test_a_silent_gateway_is_left() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.gateway.silence()
        assert not server.online
        await server.person("ada").slash("log", {"spent": "1h"})
        await server.until(lambda: server.connected == 2)
        await server.hears(server.person("ada"), "1h")

    talk(work, bot={"heartbeat_timeout": 0.1}, heartbeat_interval=10)


def test_what_happens_while_no_bot_has_a_session_is_lost() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            ada = server.person("ada", interacted=True)
            async with library(server):
                pass
            await server.until(lambda: not server.online)
            lost = await ada.slash("log", {"spent": "1h"})
            async with library(server) as bot:
                await server.answered(await ada.slash("log", {"spent": "2h"}))
                assert (len(bot.met), lost.acked) == (1, False)

    asyncio.run(run())


def test_down_and_up_again_on_the_same_port() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        before = server.url
        await server.down()
        await REAL_SLEEP(POLL)
        with pytest.raises(aiohttp.ClientConnectorError):
            await raw(server, "GET", "/users/@me")
        await server.up()
        assert server.url == before
        await server.until(lambda: server.online)
        await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))

    talk(work)


def test_shards_get_their_own_servers() -> None:
    async def work(server: DiscordServer) -> None:
        server.shards = 2
        names = [server.guild(name) for name in ("one", "two", "three", "four")]
        ids = {shard: {str(one.id) for one in names if (one.id >> 22) % 2 == shard} for shard in (0, 1)}
        for shard in (0, 1):
            async with gateway(server) as ws:
                await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": 1, "shard": [shard, 2]}})
                await ws.receive_json()
                ready = await ws.receive_json()
                assert {one["id"] for one in ready["d"]["guilds"]} == ids[shard]
        assert (await raw(server, "GET", "/gateway/bot"))[1]["shards"] == 2
        assert (await raw(server, "GET", "/gateway"))[1] == {"url": server.gateway_url}

    alone(work)


# --- People use commands --------------------------------------------------------------------------------------------


def test_a_command_in_a_server_tells_who_and_where() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", locale="de")
        cafe = server.guild("cafe", locale="fr")
        cafe.member(ada, manage_guild=True)
        general = cafe.channel("general")
        asked = await ada.slash("log", {"spent": "1h30"}, general)
        sent = await server.hears(general, "noted *1h30* -")
        assert (sent.plain, sent.labels) == ("noted 1h30 -", ["Count 1"])
        assert (asked.acked, asked.answers, general.messages, general.last) == (True, [sent], [sent], sent)
        (met,) = bot.met
        assert (met.id, met.token, met.user.id) == (asked.id, asked.token, ada.id)
        assert (met.locale, met.guild_locale) == (discord.Locale.german, discord.Locale.french)
        assert (met.guild_id, met.channel_id, met.context.guild) == (cafe.id, general.id, True)
        assert met.permissions.manage_guild
        assert met.app_permissions.send_messages
        assert isinstance(met.user, discord.Member)
        assert isinstance(met.channel, discord.TextChannel)
        assert met.is_guild_integration()
        assert not met.is_user_integration()

    talk(work)


def test_a_command_in_private_tells_no_server() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h", "topic": "calculus"})
        sent = await server.hears(ada, "calculus")
        (met,) = bot.met
        assert (met.guild_id, met.channel_id, met.context.dm_channel) == (None, ada.dm.id, True)
        assert isinstance(met.channel, discord.DMChannel)
        assert met.is_user_integration()
        assert (ada.messages, ada.sees(), ada.last) == ([sent], [sent], sent)

    talk(work)


def test_a_command_in_a_group_of_people_is_answered_though_the_bot_is_not_there() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        server.guild("cafe", members=[ada])
        friends = server.group("friends", ada, bob)
        await ada.slash("log", {"spent": "1h"}, friends)
        sent = await server.hears(friends, "1h")
        await bob.presses("Count 1", friends)
        await server.hears(friends, "counted 2")
        (met, _) = bot.met
        assert isinstance(met.channel, discord.GroupChannel)
        assert (met.guild_id, met.channel_id, met.context.private_channel) == (None, friends.id, True)
        assert met.is_user_integration()
        assert not met.is_guild_integration(), "that a server has the bot too is nothing to the group"
        assert ada.sees(friends) == bob.sees(friends) == [sent]
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(friends.id).send(view=says("x"))
        assert refused.value.code == 50001
        with pytest.raises(AssertionError, match="does not see friends"):
            await server.person("eve").slash("log", {"spent": "1h"}, friends)

    talk(work)


def test_a_command_is_not_offered_where_its_context_is_not() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        @app_commands.allowed_installs(guilds=True, users=False)
        async def ours(interaction: discord.Interaction[Any]) -> None:
            """Ours."""

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")

        def offered(where: Channel | None) -> set[str]:
            return {one["name"] for one in ada.menu(where)}

        friends = server.group("friends", ada)
        assert offered(None) == offered(friends) == {"ask", "later", "log"}
        cafe = server.guild("cafe", members=[ada])
        assert "ours" in offered(cafe.channel("general"))
        assert "ours" in offered(None), "in private too, once they share a server with the bot"
        assert "ours" not in offered(friends)

    talk(work, setup)


@pytest.mark.parametrize(("intents", "heard"), [(1, []), (1 | 1 << 9, [("cafe", "")]), (1 | 1 << 12, [("", "hello")])])
def test_what_people_write_reaches_only_who_asked_for_it(intents: int, heard: list[tuple[str, str]]) -> None:
    async def work(server: DiscordServer) -> None:
        ada = server.person("ada")
        cafe = server.guild("cafe", members=[ada])
        async with gateway(server) as ws:
            await ws.receive_json()
            await ws.send_json({"op": 2, "d": {"token": TOKEN, "intents": intents}})
            for _ in ("READY", "GUILD_CREATE"):
                await ws.receive_json()
            await ada.writes("hello")
            await ada.writes("hello", cafe.channel("general"))
            await ada.writes("hello", server.group("friends", ada))
            await ws.send_json({"op": 1, "d": None})
            told = []
            while (message := await ws.receive_json())["op"] != 11:
                told.append(message)
        names = {str(cafe.id): "cafe", None: ""}
        written = [one["d"] for one in told if one["t"] == "MESSAGE_CREATE"]
        assert [(names[one.get("guild_id")], one["content"]) for one in written] == heard
        assert (server.problems, ada.interacted) == ([], False)

    alone(work)


def test_options_have_the_types_they_were_registered_with() -> None:
    seen: list[Any] = []

    def setup(bot: Bot) -> None:
        group = app_commands.Group(name="week", description="The week")

        @group.command()
        @app_commands.choices(
            pace=[app_commands.Choice(name="Slow", value="s"), app_commands.Choice(name="Fast", value="f")]
        )
        async def plan(
            interaction: discord.Interaction[Any],
            hours: app_commands.Range[int, 1, 80],
            share: float,
            loud: bool,
            pace: str,
            who: discord.Member,
            where: discord.TextChannel,
            file: discord.Attachment,
        ) -> None:
            """Plan it."""
            seen.extend([hours, share, loud, pace, who.id, where.name, await file.read()])
            await interaction.response.send_message(view=says("planned"))

        bot.tree.add_command(group)

    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        given: dict[str, Any] = {"hours": 7, "share": 0.5, "loud": True, "pace": "Fast", "who": bob, "where": general}
        given["file"] = File("notes.txt", b"abc")
        await ada.slash("week plan", given, general)
        await server.hears(general, "planned")
        assert seen == [7, 0.5, True, "f", bob.id, "general", b"abc"]
        wrong = [("hours", 81), ("hours", "7"), ("loud", 1), ("pace", "x"), ("nothing", 1)]
        for name, value in wrong:
            with pytest.raises(AssertionError):
                await ada.slash("week plan", {**given, name: value}, general)
        with pytest.raises(AssertionError, match="needs"):
            await ada.slash("week plan", {"hours": 1}, general)
        for unknown in ("week", "week nothing", "nothing"):
            with pytest.raises(AssertionError):
                await ada.slash(unknown, {}, general)
        assert len(bot.met) == 1

    talk(work, setup)


def test_a_command_is_offered_where_and_to_whom_it_may_be_used() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        @app_commands.default_permissions(manage_guild=True)
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        async def setup(interaction: discord.Interaction[Any]) -> None:
            """Set up."""
            await interaction.response.send_message(view=says("set up"))

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        cafe = server.guild("cafe", owner=ada, members=[bob])
        general = cafe.channel("general")
        await server.answered(await ada.slash("setup", channel=general))
        assert "setup" not in {one["name"] for one in bob.menu(general) + ada.menu()}
        for person, place in ((bob, general), (ada, None)):
            with pytest.raises(AssertionError, match="not offered"):
                await person.slash("setup", channel=place)
        cafe.member(bob, permissions=0, manage_guild=True)
        assert "setup" in {one["name"] for one in bob.menu(general)}
        with pytest.raises(AssertionError, match="is not in cafe"):
            await server.person("eve").slash("log", {"spent": "1h"}, general)

    talk(work, setup)


def test_a_person_may_use_the_words_of_their_own_language() -> None:
    class Words(app_commands.Translator):
        async def translate(self, string: Any, locale: discord.Locale, context: Any) -> str | None:
            return "eintragen" if locale is discord.Locale.german and string.message == "log" else None

    async def work(server: DiscordServer, bot: Bot) -> None:
        await bot.tree.set_translator(Words())
        await bot.tree.sync()
        german = server.person("ada", locale="de")
        await server.answered(await german.slash("eintragen", {"spent": "1h"}))
        with pytest.raises(AssertionError):
            await server.person("bob").slash("eintragen", {"spent": "1h"})
        bare = await raw(server, "GET", f"/applications/{APPLICATION}/commands")
        full = await raw(server, "GET", f"/applications/{APPLICATION}/commands?with_localizations=1")
        assert not any("name_localizations" in one for one in bare[1])
        assert any((one["name_localizations"] or {}).get("de") == "eintragen" for one in full[1])

    talk(work)


def test_choices_are_completed() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        assert await ada.completes("log", "topic", "calc", given={"spent": "2h"}) == [Choice("calculus 2h", "calc")]
        assert server.seen[-1].kind == "autocomplete"
        assert not ada.interacted, "typing alone invites nobody"
        with pytest.raises(AssertionError, match="not completed"):
            await ada.completes("log", "spent", "1")

    talk(work)


def test_commands_keep_their_ids_by_name() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        before = {one["name"]: one["id"] for one in server.commands.values()}
        bot.tree.remove_command("ask")
        await bot.tree.sync()
        after = {one["name"]: one["id"] for one in server.commands.values()}
        assert after == {name: one for name, one in before.items() if name != "ask"}
        fetched = await bot.tree.fetch_commands()
        assert {one.name for one in fetched} == set(after)
        await fetched[0].edit(description="New")
        await fetched[1].delete()
        assert [one["description"] for one in server.commands.values()] == ["New"]

    talk(work)


# --- Buttons, selects and forms -------------------------------------------------------------------------------------


def test_a_button_is_pressed_and_the_message_changes() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        await ada.slash("log", {"spent": "1h"}, general)
        sent = await server.hears(general, "noted")
        pressed = await bob.presses("Count 1", general)
        assert await server.hears(general, "counted") is sent
        assert (sent.text, sent.edited, pressed.answers) == ("counted **2**", 1, [sent])
        assert sent.buttons == [Button("Count 2", "count:2")]
        assert [one.kind for one in server.seen] == ["reply", "edit"]
        assert bot.met[1].message is not None
        assert bot.met[1].message.id == sent.id
        with pytest.raises(AssertionError, match="no button"):
            await bob.presses("Count 1", general)
        forged = await bob.presses_id("count:40", sent)
        await server.until(lambda: len(bot.met) == 3)
        assert bot.met[2].data == forged.data
        assert not forged.acked, "the library answers no button that the message does not have"

    talk(work)


def test_a_button_survives_a_restart_of_the_bot() -> None:
    async def run() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            ada = server.person("ada", interacted=True)
            async with library(server):
                await server.answered(await ada.slash("log", {"spent": "1h"}))
            await server.until(lambda: not server.online)
            async with library(server):
                await ada.presses("Count 1")
                await server.hears(ada, "counted 2")
            assert (len(server.gateway.identifies), server.problems) == (2, [])

    asyncio.run(run())


def test_buttons_that_cannot_be_pressed() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def show(interaction: discord.Interaction[Any]) -> None:
            """Show."""
            off: ui.Button[Any] = ui.Button(label="Off", custom_id="off", disabled=True)
            await interaction.response.send_message(
                view=says("x", off, ui.Button(label="Out", url="https://example.org"))
            )

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("show")
        sent = await server.hears(ada, "x")
        assert sent.buttons == [Button("Off", "off", disabled=True), Button("Out", "https://example.org")]
        assert sent.disabled == ["Off"]
        with pytest.raises(AssertionError, match="no button"):
            await ada.presses("Off")
        with pytest.raises(AssertionError, match="opens"):
            await ada.presses("Out")

    talk(work, setup)


def test_a_select_is_chosen_from() -> None:
    def setup(bot: Bot) -> None:
        class Pace(ui.Select[Any]):
            async def callback(self, interaction: discord.Interaction[Any]) -> None:
                await interaction.response.defer()
                await interaction.edit_original_response(view=says(f"pace {self.values[0]}"))

        @bot.tree.command()
        async def pace(interaction: discord.Interaction[Any]) -> None:
            """Pace."""
            options = [discord.SelectOption(label=one.upper(), value=one) for one in ("slow", "fast")]
            await interaction.response.send_message(view=says("?", Pace(options=options)))

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("pace")
        sent = await server.hears(ada, "?")
        await ada.chooses("FAST")
        assert await server.hears(ada, "pace fast") is sent
        assert sent.edited == 1

    talk(work, setup)


def test_a_form_opens_is_filled_in_and_answered_to_one_alone() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        await server.answered(await ada.slash("ask", channel=general))
        opened = ada.modal
        assert opened is not None
        assert (opened.title, opened.labels) == ("What did you learn?", ["Learned", "Mood"])
        for bad in ("", "x" * 21, {"Nothing": "x"}):
            with pytest.raises(AssertionError):
                await ada.submits(bad)
        await ada.submits({"Learned": "limits", "mood": "good"})
        sent = await server.hears(ada, "limits / good")
        assert not ada.modal
        assert (sent.ephemeral_to, general.messages) == (ada, [])
        assert (ada.sees(general), bob.sees(general)) == ([sent], [])
        with pytest.raises(NotSeen):
            await server.hears(general, "limits", timeout=0)
        with pytest.raises(AssertionError, match="no form"):
            await ada.submits("again")

    talk(work)


def test_a_form_that_a_button_opened_can_change_its_message() -> None:
    class Rename(ui.Modal, title="Rename"):
        name: ui.TextInput[Any] = ui.TextInput(label="Name")

        async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.edit_message(view=says(f"named {self.name.value}"))

    class Open(ui.Button[Any]):
        async def callback(self, interaction: discord.Interaction[Any]) -> None:
            await interaction.response.send_modal(Rename())

    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def show(interaction: discord.Interaction[Any]) -> None:
            """Show."""
            await interaction.response.send_message(view=says("nameless", Open(label="Rename")), ephemeral=True)

    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        ada, bob = (server.guilds[general.guild.id].member(server.person(one)) for one in ("ada", "bob"))  # type: ignore[union-attr]
        asked = await server.answered(await ada.slash("show", channel=general))
        with pytest.raises(AssertionError, match="does not see"):
            await bob.presses("Rename", message=asked.original)
        await server.answered(await ada.presses("Rename", general))
        await ada.submits("Zoe")
        assert await server.hears(ada, "named Zoe") is asked.original
        assert [one.kind for one in server.seen] == ["reply", "modal", "edit"]
        await server.answered(await ada.slash("ask", channel=general))
        ada.dismisses()
        assert ada.modal is None

    talk(work, setup)


# --- Answers: when, how often, for whom -----------------------------------------------------------------------------


@pytest.mark.parametrize("private", [True, False])
def test_a_deferred_answer_is_filled_in_by_the_first_that_follows(private: bool) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        asked = await ada.slash("later", {"private": private}, general)
        first = await server.hears(ada if private else general, "here it is")
        more = await server.hears(ada, "and more")
        assert (asked.original, asked.answers) == (first, [first, more])
        assert (first.ephemeral_to, more.ephemeral_to) == (ada if private else None, ada)
        assert (first.edited, first.loading) == (0, False)
        assert [one.kind for one in server.seen] == ["deferred", "reply", "reply"]
        assert ada.sees(general) == [first, more]
        assert bob.sees(general) == ([] if private else [first])
        assert general.messages == ([] if private else [first])

    talk(work)


def test_a_deferral_is_no_answer_yet() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def think(interaction: discord.Interaction[Any]) -> None:
            """Think."""
            await interaction.response.defer(thinking=True)

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        asked = await ada.slash("think")
        await server.until(lambda: asked.acked)
        assert asked.original is not None
        assert (asked.answered, asked.original.loading, asked.response) == (False, True, 5)
        with pytest.raises(NotSeen, match="thinking"):
            await server.answered(asked, timeout=POLL)
        await bot.met[0].edit_original_response(view=says("done"))
        assert (asked.answered, asked.text) == (True, "done")
        await bot.met[0].delete_original_response()
        assert (asked.original.alive, ada.sees(), server.seen[-1].kind) == (False, [], "delete")

    talk(work, setup)


def test_answers_can_be_fetched_edited_and_deleted_the_ephemeral_included() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        asked = await ada.slash("later", {"private": True})
        await server.hears(ada, "and more")
        met = bot.met[0]
        first, more = asked.answers
        assert (await met.original_response()).id == first.id
        assert (await met.followup.fetch_message(more.id)).flags.ephemeral
        await met.edit_original_response(view=says("changed"))
        await met.followup.edit_message(more.id, view=says("changed too"))
        assert (first.text, more.text, more.edited) == ("changed", "changed too", 1)
        await met.followup.delete_message(more.id)
        assert ada.sees() == [first]
        status, answer = await raw(server, "GET", f"/channels/{ada.dm.id}/messages/{first.id}")
        assert (status, answer["code"]) == (404, 10008), "nobody fetches an ephemeral message from its channel"

    talk(work)


def test_an_interaction_is_acknowledged_in_time_and_once() -> None:
    clock = Clock()

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        server.fault("hang", "/callback").release()
        asked = await ada.slash("log", {"spent": "1h"})
        await server.answered(asked)
        again = await raw(server, "POST", f"/interactions/{asked.id}/{asked.token}/callback", json={"type": 5})
        assert (again[0], again[1]["code"]) == (400, 40060)
        clock.now += 899
        await bot.met[0].followup.send(view=says("still"))
        clock.now += 2
        with pytest.raises(discord.HTTPException) as late:
            await bot.met[0].followup.send(view=says("too late"))
        assert (late.value.status, late.value.code) == (401, 50027)

    talk(work, clock=clock)


def test_an_answer_that_comes_too_late_is_refused() -> None:
    clock = Clock()
    refused: list[discord.NotFound] = []

    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def slow(interaction: discord.Interaction[Any]) -> None:
            """Slow."""
            clock.now += 3.1
            try:
                await interaction.response.send_message(view=says("late"))
            except discord.NotFound as error:
                refused.append(error)

    async def work(server: DiscordServer, bot: Bot) -> None:
        asked = await server.person("ada").slash("slow")
        await server.until(lambda: refused)
        assert (refused[0].code, asked.acked, server.seen) == (10062, False, [])

    talk(work, setup, clock=clock)


def test_a_token_can_be_made_to_expire() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        asked = await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))
        server.expire(asked)
        with pytest.raises(discord.HTTPException) as late:
            await bot.met[0].edit_original_response(view=says("x"))
        assert late.value.code == 50027

    talk(work)


async def asks(server: DiscordServer) -> Any:
    """A command that no bot is there to answer, from somebody in a server."""
    commands = [{"name": "log", "description": "Log", "type": 1}]
    assert (await raw(server, "PUT", f"/applications/{APPLICATION}/commands", json=commands))[0] == 200
    cafe = server.guilds.get(next(iter(server.guilds), 0)) or server.guild("cafe")
    ada = cafe.member(server.person("ada"))
    return await ada.slash("log", channel=cafe.channel("general"))


def v2(*texts: str, **more: Any) -> dict[str, Any]:
    """The body of a careful Components V2 message."""
    components = [{"type": 10, "content": text} for text in texts]
    return {"flags": 1 << 15, "components": components, "allowed_mentions": {"parse": []}, **more}


def test_bare_answers_follow_the_rules() -> None:
    async def work(server: DiscordServer) -> None:
        asked = await asks(server)
        callback = f"/interactions/{asked.id}/{asked.token}/callback"
        webhook = f"/webhooks/{APPLICATION}/{asked.token}"

        async def code(method: str, path: str, **request: Any) -> tuple[int, int | None]:
            status, answer = await raw(server, method, path, headers={}, **request)
            return status, answer and answer.get("code")

        assert await code("POST", webhook, json=v2("early")) == (404, 10015)
        assert await code("POST", f"/interactions/{asked.id + 1}/{asked.token}/callback", json={"type": 5}) == (
            404,
            10062,
        )
        assert server.problems == []
        assert await code("POST", callback, json={"type": 7, "data": v2("x")}) == (400, 50035)
        assert await code("POST", callback, json={"type": 5, "data": {"content": "x", "flags": 64}}) == (400, 50035)
        assert len(server.problems) == 2
        server.problems.clear()
        status, answer = await raw(
            server, "POST", f"{callback}?with_response=1", headers={}, json={"type": 5, "data": {"flags": 64}}
        )
        assert (status, answer["interaction"]["response_message_loading"]) == (200, True)
        assert answer["interaction"]["response_message_ephemeral"]
        assert asked.original.raw["flags"] == 64 | 128
        assert await code("PATCH", f"{webhook}/messages/@original", json=v2("done")) == (200, None)
        assert await code("GET", f"{webhook}/messages/@original") == (200, None)
        assert await code("DELETE", f"{webhook}/messages/@original") == (204, None)
        assert await code("GET", f"{webhook}/messages/@original") == (404, 10008)
        assert await code("POST", f"/webhooks/{APPLICATION}/nonsense", json=v2("x")) == (401, 50027)
        assert await code("POST", f"/webhooks/1/{asked.token}", json=v2("x")) == (404, 10015)
        other = await asks(server)
        assert await code(
            "POST", f"/interactions/{other.id}/{other.token}/callback", json={"type": 4, "data": v2("x")}
        ) == (204, None)
        assert server.problems == []

    alone(work)


# --- Messages by the bot itself -------------------------------------------------------------------------------------


def test_a_private_message_arrives_once_by_its_nonce() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        user = await bot.fetch_user(ada.id)
        channel = await user.create_dm()
        assert channel.id == ada.dm.id
        first = await channel.send(view=says("remember"), nonce="delivery-1")
        again = await channel.send(view=says("remember"), nonce="delivery-1")
        other = await channel.send(view=says("remember"), nonce="delivery-2")
        assert (first.id, len(ada.messages)) == (again.id, 2)
        assert other.id == ada.messages[1].id
        assert ada.messages[0].nonce == "delivery-1"
        assert server.uninvited == []
        assert await server.hears(ada, "remember") is ada.messages[0]

    talk(work)


def test_a_nonce_is_forgotten_after_some_minutes() -> None:
    clock = Clock()

    async def work(server: DiscordServer) -> None:
        ada = server.person("ada", interacted=True)
        for wait in (0, 10, 300):
            clock.now += wait
            body = v2("x", nonce="n", enforce_nonce=True)
            assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=body))[0] == 200
        assert len(ada.messages) == 2
        assert (await raw(server, "POST", f"/channels/{ada.dm.id}/messages", json=v2("x", nonce="n")))[0] == 200
        assert len(ada.messages) == 3, "only enforce_nonce looks for it"

    alone(work, clock=clock)


def test_who_never_used_the_bot_is_uninvited_and_out_of_reach() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, bob = server.person("ada"), server.person("bob")
        server.guild("cafe", members=[bob])
        for person in (ada, bob):
            await bot.http.start_private_message(person.id)
        assert server.uninvited == [ada, bob]
        with pytest.raises(discord.Forbidden) as closed_door:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("hello"))
        assert closed_door.value.code == 50007
        await bot.get_partial_messageable(bob.dm.id).send(view=says("hello"))
        assert bob.last is not None

    talk(work)


def test_closed_private_messages_are_refused_answers_are_not() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        ada.closes_dms()
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (refused.value.code, ada.messages) == (50007, [])
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        ada.opens_dms()
        await bot.get_partial_messageable(ada.dm.id).send(view=says("welcome back"))
        await server.hears(ada, "welcome back")

    talk(work)


def test_messages_in_channels_come_change_and_go() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        place = bot.get_partial_messageable(general.id)
        message = await place.send(view=says("one"))
        sent = await server.hears(general, "one")
        await message.edit(view=says("two"), allowed_mentions=discord.AllowedMentions.none())
        assert (sent.text, sent.edited, sent.alive) == ("two", 1, True)
        assert (await place.fetch_message(sent.id)).id == sent.id
        await message.delete()
        assert (sent.alive, general.standing, general.messages) == (False, [], [sent])
        assert [(one.kind, one.text) for one in server.seen] == [("reply", "one"), ("edit", "two"), ("delete", "two")]
        for gone in (message.edit(content="x"), message.delete(), place.fetch_message(1)):
            with pytest.raises(discord.NotFound) as unknown:
                await gone
            assert unknown.value.code == 10008

    talk(work)


def test_messages_are_pinned_and_typing_is_shown() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general", pin_messages=True)
        place = bot.get_partial_messageable(general.id)
        await place.typing()
        message = await place.send(view=says("the board"))
        await message.pin()
        pinned = [one.pinned for one in general.messages]
        assert (await place.fetch_message(message.id)).pinned
        await message.unpin()
        assert (pinned, [one.pinned for one in general.messages]) == ([True], [False])
        general.allows(pin_messages=False, send_messages=False)
        for refused in (message.pin(), bot.http.send_typing(general.id)):
            with pytest.raises(discord.Forbidden):
                await refused

    talk(work)


def test_where_the_bot_may_not_write() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        quiet, hidden = cafe.channel("quiet", send_messages=False), cafe.channel("hidden", view_channel=False)
        gone = cafe.channel("gone")
        gone.deletes()
        foreign = server.guild("elsewhere", bot=False).channel("general")
        for place, status, code in (
            (quiet, 403, 50013),
            (hidden, 403, 50001),
            (gone, 404, 10003),
            (foreign, 403, 50001),
        ):
            with pytest.raises(discord.HTTPException) as refused:
                await bot.get_partial_messageable(place.id).send(view=says("x"))
            assert (refused.value.status, refused.value.code) == (status, code)
        ada = cafe.member(server.person("ada"))
        await server.answered(await ada.slash("log", {"spent": "1h"}, quiet))
        assert not bot.met[0].app_permissions.send_messages
        quiet.allows(send_messages=True)
        await bot.get_partial_messageable(quiet.id).send(view=says("x"))

    talk(work)


def test_files_are_shown_and_can_be_fetched() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        view = says("your data")
        view.add_item(ui.File("attachment://data.json"))
        message = await bot.get_partial_messageable(ada.dm.id).send(
            view=view, file=discord.File(io.BytesIO(b"{}"), "data.json")
        )
        sent = await server.hears(ada, "your data")
        assert [(one.name, one.content) for one in sent.files] == [("data.json", b"{}")]
        assert await message.attachments[0].read() == b"{}"
        await message.edit(view=says("gone"), attachments=[], allowed_mentions=discord.AllowedMentions.none())
        assert sent.files == []

    talk(work)


def test_a_plain_message_answers_another() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        general = server.guild("cafe").channel("general")
        first = await bot.get_partial_messageable(general.id).send("a *plain* one")
        await first.reply("an answer", mention_author=False)
        assert [(one.text, one.reply_to) for one in general.messages] == [
            ("a *plain* one", None),
            ("an answer", first.id),
        ]
        assert general.messages[0].plain == "a plain one"
        await first.delete()
        with pytest.raises(discord.HTTPException):
            await first.reply("too late")

    talk(work)


def test_servers_and_people_can_be_fetched() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada, eve = server.person("ada", global_name="Ada L."), server.person("eve")
        cafe = server.guild("cafe", owner=ada)
        general = cafe.channel("general")
        guild = await bot.fetch_guild(cafe.id)
        assert (guild.name, guild.owner_id, guild.approximate_member_count) == ("cafe", ada.id, 2)
        assert [one.id for one in await guild.fetch_channels()] == [general.id]
        assert (await guild.fetch_member(ada.id)).global_name == "Ada L."
        assert (await guild.fetch_member(APPLICATION)).bot
        assert (await bot.fetch_channel(general.id)).id == general.id
        assert (await bot.fetch_user(APPLICATION)).bot
        for unknown in (guild.fetch_member(eve.id), bot.fetch_user(5), bot.fetch_channel(5), bot.fetch_guild(5)):
            with pytest.raises(discord.NotFound):
                await unknown
        await (await bot.application_info()).edit(description="A buddy")
        assert (await bot.application_info()).description == "A buddy"

    talk(work)


def test_the_bot_is_told_what_becomes_of_its_servers() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        await server.until(bot.is_ready)
        cafe = server.guild("cafe", bot=False)
        general = cafe.channel("general")
        cafe.adds_bot()
        cafe.channel("new").deletes()
        cafe.fails()
        cafe.returns()
        cafe.removes_bot()
        await server.until(lambda: len(bot.told) == 5)
        assert bot.told == ["joined cafe", "deleted new", "unavailable cafe", "available cafe", "removed cafe"]
        assert general.alive
        with pytest.raises(discord.Forbidden):
            await bot.fetch_guild(cafe.id)

    talk(work)


# --- What no correct bot does ---------------------------------------------------------------------------------------

ROW = {"type": 1, "components": [{"type": 2, "style": 1, "label": "A", "custom_id": "a"}]}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    """An action row of buttons, each completed."""
    usual = {"type": 2, "style": 1, "label": "A"}
    return {"type": 1, "components": [{**usual, "custom_id": str(at), **one} for at, one in enumerate(buttons)]}


def select(*values: str) -> dict[str, Any]:
    """An action row with a select of these."""
    options = [{"label": one, "value": one} for one in values]
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


# --- Trouble --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "times"), [("error", 3), ("bad_gateway", 3), ("too_many", 2)])
def test_the_library_tries_again(kind: Any, times: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        fault = server.fault(kind, r"POST /channels/\d+/messages", times=times)
        await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (len(fault.met), len(server.called(SEND)), len(ada.messages)) == (times, times + 1, 1)
        on_answer = server.fault(kind, "/callback$", times=times)
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        assert len(on_answer.met) == times

    talk(work)


def test_the_library_gives_up_on_a_server_that_stays_broken() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault("error", "/messages", times=None)
        with pytest.raises(discord.DiscordServerError):
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert (len(server.called(SEND)), ada.messages) == (5, [])

    talk(work)


def test_a_forbidden_is_told_with_its_code() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault("forbidden", "/messages", code=50007)
        with pytest.raises(discord.Forbidden) as refused:
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"))
        assert refused.value.code == 50007
        assert [call.status for call in server.invalid_requests] == [403]

    talk(work)


@pytest.mark.parametrize(("kind", "arrives"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_leaves_it_open_whether_the_message_arrived(kind: Any, arrives: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        server.fault(kind, "/messages")
        with pytest.raises((OSError, aiohttp.ClientError)):
            await bot.get_partial_messageable(ada.dm.id).send(view=says("x"), nonce="one")
        assert len(ada.messages) == arrives
        await bot.get_partial_messageable(ada.dm.id).send(view=says("x"), nonce="one")
        assert len(ada.messages) == 1

    talk(work)


@pytest.mark.parametrize(("kind", "arrives"), [("hang", 0), ("lost", 1)])
def test_an_answer_that_never_comes(kind: Any, arrives: int) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada", interacted=True)
        fault = server.fault(kind, "/messages")
        sending = asyncio.create_task(bot.get_partial_messageable(ada.dm.id).send(view=says("x")))
        await server.until(lambda: fault.met and len(ada.messages) == arrives)
        done, _ = await asyncio.wait([sending], timeout=POLL)
        assert not done
        fault.release()
        with pytest.raises((OSError, aiohttp.ClientError)):
            await sending

    talk(work)


def test_slow_and_garbled_answers() -> None:
    async def work(server: DiscordServer) -> None:
        server.fault("slow", "/users", seconds=POLL)
        begin = asyncio.get_running_loop().time()
        assert (await raw(server, "GET", "/users/@me"))[0] == 200
        assert asyncio.get_running_loop().time() - begin >= POLL * 0.9
        server.fault("garbage", "GET /users")
        with pytest.raises(json.JSONDecodeError):
            await raw(server, "GET", "/users/@me")

    alone(work)


def test_a_429_looks_like_the_real_one() -> None:
    async def work(server: DiscordServer) -> None:
        server.fault("too_many", retry_after=1.5, everywhere=True)
        async with aiohttp.ClientSession() as session, session.get(f"{server.api_url}/users/@me") as response:
            assert (response.status, await response.json()) == (
                429,
                {"message": "You are being rate limited.", "retry_after": 1.5, "global": True},
            )
            assert response.headers["Via"]
            assert response.headers["X-RateLimit-Scope"] == "global"

    alone(work)


def test_limits_refuse_what_is_too_fast() -> None:
    clock = Clock()

    async def work(server: DiscordServer) -> None:
        server.limits = Limits()
        ada, bob = (server.person(name, interacted=True) for name in ("ada", "bob"))

        async def send(person: Any) -> int:
            return (await raw(server, "POST", f"/channels/{person.dm.id}/messages", json=v2("x")))[0]

        assert [await send(ada) for _ in range(6)] == [200] * 5 + [429]
        assert await send(bob) == 200
        assert (len(server.refused), len(ada.messages)) == (1, 5)
        clock.now += 5.1
        assert await send(ada) == 200
        server.limits = Limits(overall=Window(2, 1), per_channel=None)
        assert [await send(ada) for _ in range(3)] == [200, 200, 429]
        asked = await register(server)
        callback = f"/interactions/{asked.id}/{asked.token}/callback"
        assert (await raw(server, "POST", callback, json={"type": 4, "data": v2("x")}))[0] == 204
        clock.now += 1.1
        followup = f"/webhooks/{APPLICATION}/{asked.token}"
        assert [(await raw(server, "POST", followup, json=v2("x")))[0] for _ in range(3)] == [200] * 3
        assert [await send(ada) for _ in range(3)] == [200, 200, 429], "answers use nothing up"

    async def register(server: DiscordServer) -> Any:
        limits, server.limits = server.limits, None
        asked = await asks(server)
        server.limits = limits
        return asked

    alone(work, clock=clock)


def test_the_library_keeps_to_the_limits_it_is_told() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        server.limits = Limits(per_channel=Window(2, 0.1))
        ada = server.person("ada", interacted=True)
        place = bot.get_partial_messageable(ada.dm.id)
        for number in range(5):
            await place.send(view=says(str(number)))
            await REAL_SLEEP(0.06)
        assert [one.text for one in ada.messages] == ["0", "1", "2", "3", "4"]
        assert server.refused == []

    talk(work)


# --- Reading --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("**bold** *it* __under__ ~~no~~ ||hid||", "bold it under no hid"),
        ("1\\. a\\_b \\*c\\*", "1. a_b *c*"),
        ("## Head\n-# small\n> quote", "Head\nsmall\nquote"),
        ("`code` and ```py\nblock```", "code and block"),
        ("[site](https://example.org) snake_case _it_", "site snake_case it"),
        ("2 * 3 * 4 <t:5:R>", "2 * 3 * 4 <t:5:R>"),
    ],
)
def test_plain_is_what_people_read(written: str, read: str) -> None:
    assert markdown.plain(written) == read


def test_waiting_in_vain_tells_what_happened_instead() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await server.answered(await ada.slash("log", {"spent": "1h"}))
        with pytest.raises(NotSeen, match="noted") as missing:
            await server.hears(ada, "nothing of the kind", timeout=POLL)
        assert "callback -> 200" in str(missing.value)
        assert TOKEN not in str(missing.value)

    talk(work)


def test_old_messages_are_heard_only_when_asked_for() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        await ada.slash("log", {"spent": "1h"})
        sent = await server.hears(ada, "1h")
        await server.answered(await ada.slash("log", {"spent": "2h"}))
        with pytest.raises(NotSeen):
            await server.hears(ada, "1h", timeout=0)
        assert await server.hears(ada, "1h", after=0) is sent

    talk(work)


def test_no_warning_of_the_library_is_about_us() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        with warnings.catch_warnings(record=True) as found:
            await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))
        assert found == []

    talk(work)
