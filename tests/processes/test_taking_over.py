"""Processes that are cut off, replaced, or do the same work side by side: nothing is lost, doubled or out of order."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from itertools import cycle
from pathlib import Path
from socket import socket

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy.engine import URL

from bot.storage.database import opened
from tests.platforms.telegram import TelegramServer
from tests.processes.learners import enrol
from tests.processes.running import Installation, on_discord, on_telegram
from tests.storage.stored_rows import lines

pytestmark = pytest.mark.slow
SORRY = "nothing was saved"
WAITING = "waiting until no other process polls"


def minutes(url: URL) -> list[int]:
    """What is in the ledger, in the order in which it was written."""
    with opened(url, read_only=True) as database:
        return [line["minutes"] for line in lines(database, "entry")]


class Network:
    """What is between a process and PostgreSQL's socket, and may stop to carry anything."""

    def __init__(self) -> None:
        self._carries = asyncio.Event()
        self._carries.set()

    def splits(self) -> None:
        """From now on nothing arrives, and no connection is closed."""
        self._carries.clear()

    def heals(self) -> None:
        """What was held up arrives."""
        self._carries.set()

    @asynccontextmanager
    async def before(self, url: URL, folder: Path) -> AsyncIterator[URL]:
        """The URL of the same database through this network."""
        socket_of = ".s.PGSQL.5432"
        host = str(url.query["host"])

        async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while data := await reader.read(1 << 16):
                    await self._carries.wait()
                    writer.write(data)
                    await writer.drain()
            except ConnectionError:
                pass
            finally:
                writer.close()

        async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there, back = await asyncio.open_unix_connection(f"{host}/{socket_of}")
            await asyncio.gather(carry(reader, back), carry(there, writer))

        server = await asyncio.start_unix_server(joined, folder / socket_of)
        try:
            yield url.update_query_dict({"host": str(folder)})
        finally:
            self.heals()
            server.close()


def test_who_is_cut_off_from_the_database_is_replaced_and_comes_back(
    url: URL, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("s")
    network = Network()

    async def story() -> None:
        async with on_telegram(url, folder) as (t, here), network.before(url, folder) as behind:
            ada = t.person("ada")
            first = await here.start("telegram", says="serving", DATABASE_URL=behind.render_as_string(False))
            await enrol(t, ada)
            second = await here.start("telegram", says=WAITING)
            network.splits()
            await second.writes("polling")
            await ada.says("/log 10m")  # whoever gets it: one may say that it could not save anything
            await first.writes("another process has taken over")
            await ada.says("/log 20m")
            await t.hears(ada, "Logged 20 min")
            network.heals()
            await second.stops()
            await ada.says("/log 50m")
            await t.hears(ada, "Logged 50 min")
            refused = any(SORRY in message.text for message in ada.messages)
            assert minutes(url) == ([20, 50] if refused else [10, 20, 50])

    asyncio.run(story())


def test_processes_are_replaced_one_by_one_while_people_log(url: URL, tmp_path: Path) -> None:
    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here):
            people = [t.person(f"p{n}") for n in range(4)]
            running = await here.start(says="serving")
            await enrol(t, *people)
            logged = 0
            for _ in range(2):
                new = await here.start(says=WAITING)
                for _ in range(5):
                    logged += 1
                    for person in people:
                        await person.says(f"/log {logged}m")
                for person in people:
                    await t.hears(person, f"Logged {logged - 2} min")  # a stop has no time for many answers to a chat
                await running.stops()
                running = new
            for person in people:
                await t.hears(person, f"Logged {logged} min")
            for person in people:
                answers = [message.text for message in person.messages if message.text.startswith("Logged")]
                assert [int(text.split()[1]) for text in answers] == list(range(1, logged + 1))
            await running.stops()

    asyncio.run(story())
    assert sorted(minutes(url)) == sorted(list(range(1, 11)) * 4)


def ports(count: int) -> list[int]:
    """Ports on which nobody listens."""
    numbers = []
    for _ in range(count):
        with closing(socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            numbers.append(probe.getsockname()[1])
    return numbers


@asynccontextmanager
async def balancer(port: int, behind: list[int], both: bool) -> AsyncIterator[None]:
    """Hands each call to the next process in turn; with `both`, to all of them at once."""
    turns = cycle(behind)

    async def hand_on(request: web.Request) -> web.Response:
        body, secret = await request.read(), request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        to = behind if both else [next(turns)]

        async def post(port: int) -> int:
            headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
            async with session.post(f"http://127.0.0.1:{port}/hook", data=body, headers=headers) as answer:
                return answer.status

        try:
            return web.Response(status=max(await asyncio.gather(*map(post, to))))
        except aiohttp.ClientError:
            return web.Response(status=502)

    application = web.Application()
    application.router.add_post("/hook", hand_on)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with aiohttp.ClientSession() as session:
        yield
    await runner.cleanup()


async def serving(here: Installation, t: TelegramServer, front: int, behind: list[int]) -> None:
    """Start a process at each port, all of them behind the same address."""
    for number, port in enumerate(behind):
        listen = {"WEBHOOK_URL": f"http://127.0.0.1:{front}/hook", "WEBHOOK_LISTEN": f"127.0.0.1:{port}"}
        await here.start("telegram", says="listening for the webhook", **listen)
        await t.until(lambda: len(t.called("setWebhook")) > number)  # noqa: B023 - awaited before the next


@pytest.mark.parametrize("both", [False, True], ids=["in turn", "each to both"])
def test_two_processes_behind_a_webhook_keep_the_order_and_count_each_update_once(
    url: URL, tmp_path: Path, both: bool
) -> None:
    front, *behind = ports(3)

    async def story() -> None:
        async with on_telegram(url, tmp_path) as (t, here), balancer(front, behind, both):
            await serving(here, t, front, behind)
            people = [t.person(f"p{n}") for n in range(3)]
            await enrol(t, *people)
            updates = [await person.says(f"/log {minute}m") for minute in range(1, 16) for person in people]
            await t.until(lambda: all(update.handled for update in updates))

    asyncio.run(story())
    with opened(url, read_only=True) as database:
        entries = lines(database, "entry")
        of = {line["id"]: line["learner"] for line in lines(database, "enrollment")}
    for learner in set(of.values()):
        assert [line["minutes"] for line in entries if of[line["enrollment"]] == learner] == list(range(1, 16))


def test_shards_are_divided_and_one_whose_process_dies_is_taken_over(url: URL, tmp_path: Path) -> None:
    async def story() -> None:
        async with on_discord(url, tmp_path) as (d, here):
            d.shards = 2
            ada = d.person("ada")
            guilds = [d.guild(name, members=[ada]) for name in ("cafe", "club", "dojo", "lab", "hall")]
            of_shard = {(guild.id >> 22) % 2: guild.channel("general") for guild in guilds}
            assert set(of_shard) == {0, 1}
            first = await here.start("discord", says="serving", DISCORD_SHARDS="0/2")
            second = await here.start("discord", says="serving", DISCORD_SHARDS="1/2")
            assert sorted(tuple(identify["shard"]) for identify in d.gateway.identifies) == [(0, 2), (1, 2)]
            for channel in of_shard.values():
                asked = await ada.slash("help", {}, channel)
                await d.answered(asked)
            third = await here.start("discord", DISCORD_SHARDS="0-1/2")
            await third.writes("logging in")
            await first.kill()
            await second.kill()
            await third.writes("serving")
            for channel in of_shard.values():
                asked = await ada.slash("help", {}, channel)
                await d.answered(asked)
            await third.stops()

    asyncio.run(story())
