"""Programs that are measured from outside: started, watched, killed in the end."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from tests.bench.measuring import NotMeasured
from tests.bench.report import ROOT

PROC = Path("/proc")


@asynccontextmanager
async def program(module: str, *args: str, settings: Mapping[str, str] | None = None) -> AsyncIterator[Process]:
    """`python -m module args`, with these settings in its environment; its log is thrown away."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *args),
        cwd=ROOT,
        env=os.environ | dict(settings or {}),
        stdin=PIPE,
        stdout=PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()


async def next_line(process: Process) -> str:
    """The next line that a program prints."""
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


def cpu_seconds(process: Process) -> float:
    """The processor time that a program has used. Raises `NotMeasured` where the system does not tell."""
    try:
        fields = (PROC / str(process.pid) / "stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        raise NotMeasured("needs a /proc, as Linux has it") from None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(process: Process) -> float:
    """The memory that a program holds. Raises `NotMeasured` where the system does not tell."""
    return resident(process.pid)


def resident(pid: int) -> float:
    """The same of any process by its number."""
    try:
        status = (PROC / str(pid) / "status").read_text().splitlines()
    except FileNotFoundError:
        raise NotMeasured("needs a /proc, as Linux has it") from None
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024
