"""Row 17: what `studybuddy run` needs to start with both platforms, beside importing their libraries."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from tests.bench import learners
from tests.bench.crowds import DiscordCrowd, TelegramCrowd
from tests.bench.measuring import Measured, Row, Scale, bench, figure
from tests.bench.programs import cpu_seconds, megabytes, next_line, program

Needs = tuple[float, float]
"""Processor seconds until it is there, and megabytes that it holds a moment later."""
IDLE = 1.5
"""Seconds after which a program has come to rest."""


@bench(
    Row("17a", "start of `run` with both platforms ÷ importing their libraries, CPU", most=1.3),
    Row("17b", "its memory when idle ÷ that of the libraries", most=1.3),
)
def start(scale: Scale) -> Sequence[Measured]:
    """A start on a file that is up to date; the libraries are discord.py, python-telegram-bot, SQLAlchemy and
    APScheduler."""
    path = scale.folder / "start.db"
    with learners.file_of(path):
        pass
    took: dict[str, list[Needs]] = {"ours": [], "libraries": []}
    for _ in range(scale.rounds):
        took["libraries"].append(asyncio.run(_libraries(scale)))
        took["ours"].append(asyncio.run(_ours(scale, path)))
    shares = []
    for which, unit in enumerate((" s", " MB")):
        ours, libraries = (median(needs[which] for needs in took[name]) for name in ("ours", "libraries"))
        shares.append(Measured(ours / libraries, f"{figure(ours)}{unit} against {figure(libraries)}{unit}"))
    return shares


async def _libraries(scale: Scale) -> Needs:
    async with program("tests.bench.peers.libraries") as process:
        await next_line(process)
        return cpu_seconds(process), megabytes(process)


async def _ours(scale: Scale, path: Path) -> Needs:
    async with TelegramCrowd(1, "") as t, DiscordCrowd(1, "") as d:
        settings = {
            "STUDYBUDDY_DATABASE_URL": f"sqlite:///{path}",
            "STUDYBUDDY_TELEGRAM_TOKEN": t.token,
            "STUDYBUDDY_TELEGRAM_API_URL": t.url,
            "STUDYBUDDY_DISCORD_TOKEN": d.token,
            "STUDYBUDDY_DISCORD_API_URL": d.api_url,
            "STUDYBUDDY_DISCORD_GATEWAY_URL": d.gateway_url,
        }
        async with program("bot", "run", settings=settings) as process:
            await d.until(lambda: d.online)
            await t.until(lambda: t.called("getUpdates"))
            cpu = cpu_seconds(process)
            await asyncio.sleep(scale.of(0.1, IDLE))
            return cpu, megabytes(process)
