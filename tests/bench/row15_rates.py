"""Rows 15 and 16: how many /log a second are committed, by learners at once and by processes."""

import asyncio
import json
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from itertools import pairwise
from statistics import median

from sqlalchemy.engine import URL

from tests.bench import learners, postgresql
from tests.bench.measuring import Measured, Row, Scale, Took, Watch, bench, middle, rounds, sizes
from tests.bench.timing import at_once

GROWS = 0.95
"""Rates that differ by less are equal."""


@bench(Row("15", "SQLite /log/s with 1, 8, 64 learners at once: the smallest growth of the two steps", least=1.1))
def writers(scale: Scale) -> Sequence[Measured]:
    """Beside it the rate at which this disk takes commits of one row, one after the other."""
    crowd = scale.of((1, 2), (1, 8, 64))
    with learners.file_of(scale.folder / "rates.db", learners=max(crowd)) as database:
        works = {str(number): partial(at_once, database, "log", number, scale.of(8, 256)) for number in crowd}
        took = rounds(scale.rounds, {**works, "commit": partial(_bare_commits, scale)})
    rates = {name: 1 / middle(taken).wall for name, taken in took.items()}
    cpu = {number: middle(took[str(number)]).cpu for number in crowd}
    growth = [rates[str(more)] / rates[str(few)] for few, more in pairwise(crowd)]
    more = ", ".join(f"{number}: {rates[str(number)]:.0f}/s" for number in crowd)
    more += f"; bare commits {rates['commit']:.0f}/s; CPU time of a /log {sizes(cpu)}"
    return [Measured(min(growth), more, {"rates": rates, "cpu_seconds": cpu})]


def _bare_commits(scale: Scale) -> Took:
    """The time for a commit of one row."""
    count = scale.of(20, 200)
    with closing(sqlite3.connect(scale.folder / "bare.db", isolation_level=None)) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, words TEXT)")
        watch = Watch()
        for _ in range(count):
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO line (words) VALUES ('x')")
            bare.execute("COMMIT")
        return watch.took().each(count)


@bench(Row("16", "PostgreSQL /log/s, 2 processes ÷ 1", least=1.3))
def processes(scale: Scale) -> Sequence[Measured]:
    """Each process has learners of its own, 16 at once, and gives their commands to its dispatcher."""
    counts = scale.of((1, 2), (1, 2, 4))
    with postgresql.server() as server, postgresql.filled(server, learners=16 * max(counts)) as url:
        works = {str(count): partial(_rate, url, count, scale.of(0.3, 3.0)) for count in counts}
        rates = {
            name: median(rates_measured) for name, rates_measured in rounds((scale.rounds + 1) // 2, works).items()
        }
    more = ", ".join(f"{name}: {rate:.0f}/s" for name, rate in rates.items())
    return [Measured(rates["2"] / rates["1"], more, {"rates": rates})]


def _rate(url: URL, count: int, seconds: float) -> float:
    """Commands a second of so many processes together."""

    async def together() -> list[int]:
        arguments = [
            sys.executable,
            "-m",
            "tests.bench.logger",
            url.render_as_string(hide_password=False),
            str(seconds),
        ]
        programs = [
            await asyncio.create_subprocess_exec(
                *arguments, str(16 * n), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
            )
            for n in range(count)
        ]
        for program in programs:  # all are ready before any begins
            assert program.stdout is not None
            assert (await program.stdout.readline()) == b"ready\n"
        return [int(json.loads((await program.communicate(b"go\n"))[0])) for program in programs]

    return sum(asyncio.run(together())) / seconds
