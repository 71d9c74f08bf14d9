"""A small bot on the real library, and bare requests, to talk to the local Discord with."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, Self, cast

import aiohttp
import discord
import yarl
from discord import app_commands, ui

from tests.platforms.discord import (
    TOKEN,
    DiscordServer,
    spec_or_none,
)

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
