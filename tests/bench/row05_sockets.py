"""Rows 5 and 6: /today through sockets, the bots in programs of their own, the double of the platform in this one."""

import asyncio
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Sequence

from tests.bench import learners
from tests.bench.crowds import DiscordCrowd, TelegramCrowd
from tests.bench.measuring import Measured, Row, Scale, Took, bench, rate_ratio
from tests.bench.programs import cpu_seconds, program

Says = Callable[[int], Awaitable[None]]
"""Lets people say /today until there were so many answers."""


async def _measured(scale: Scale, ours: tuple[Says, Process], peer: tuple[Says, Process], count: int) -> Measured:
    """Both bots in turn; the processor time is that of the bot's own program."""

    async def once(says: Says, process: Process) -> Took:
        cpu, begin = cpu_seconds(process), time.perf_counter()
        await says(count)
        return Took(time.perf_counter() - begin, cpu_seconds(process) - cpu + 1e-9).each(count)

    took: dict[bool, list[Took]] = {True: [], False: []}
    for says, _ in (ours, peer):
        await says(count // 4)
    for number in range(scale.rounds):
        for own in (True, False) if number % 2 else (False, True):
            took[own].append(await once(*(ours if own else peer)))
    return rate_ratio(took[True], took[False])


@bench(Row("5", "/today over loopback sockets, 32 at once ÷ stock echo bot on its own transport", least=2))
def telegram_over_sockets(scale: Scale) -> Sequence[Measured]:
    """Each bot polls a Telegram of its own."""
    people = scale.of(4, 32)

    async def story(url: str, ours: TelegramCrowd, echo: TelegramCrowd) -> Measured:
        async with (
            ours,
            echo,
            program("tests.bench.our_bot", "telegram", url, ours.url) as our_program,
            program("tests.bench.peers.telegram_echo", echo.url, echo.token) as echo_program,
        ):
            return await _measured(
                scale,
                (lambda count: ours.say("/today", ours.crowd, count), our_program),
                (lambda count: echo.say("/today", echo.crowd, count), echo_program),
                scale.of(8, 320),
            )

    async def crowds(url: str) -> Measured:
        return await story(url, TelegramCrowd(people, "Today"), TelegramCrowd(people, "/today"))

    return [_with_learners(scale, "telegram", crowds, people)]


@bench(Row("6", "/today through real discord.py over loopback sockets, 16 at once ÷ bare slash echo", least=0.5))
def discord_over_sockets(scale: Scale) -> Sequence[Measured]:
    """Each bot is on a Discord of its own."""
    people = scale.of(4, 16)

    async def story(url: str, ours: DiscordCrowd, echo: DiscordCrowd) -> Measured:
        async with (
            ours,
            echo,
            program("tests.bench.our_bot", "discord", url, ours.api_url, ours.gateway_url) as our_program,
            program("tests.bench.peers.discord_echo", echo.api_url, echo.gateway_url, echo.token) as echo_program,
        ):
            for server in (ours, echo):
                await server.comes_online()
            return await _measured(
                scale,
                (lambda count: ours.say("/today", ours.crowd, count), our_program),
                (lambda count: echo.say("/today", echo.crowd, count), echo_program),
                scale.of(8, 320),
            )

    async def crowds(url: str) -> Measured:
        return await story(url, DiscordCrowd(people, "Today"), DiscordCrowd(people, "/today"))

    return [_with_learners(scale, "discord", crowds, people)]


def _with_learners(scale: Scale, platform: str, story: Callable[[str], Awaitable[Measured]], people: int) -> Measured:
    """Play a story with the URL of a file in which the people of that platform are learners."""
    path = scale.folder / f"{platform}.db"
    with learners.file_of(path, learners=people) as database:
        crowd = TelegramCrowd(people, "") if platform == "telegram" else DiscordCrowd(people, "")
        learners.move_to(database, platform, [person.id for person in crowd.crowd])
        url = database.url.render_as_string()

    async def played() -> Measured:
        return await story(url)

    return asyncio.run(played())
