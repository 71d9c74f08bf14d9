"""Row 18: whether a restart notices how many reminder rules there are."""

import asyncio
import json
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from bot.storage.database import SqlDatabase
from tests.bench import learners
from tests.bench.measuring import Measured, Row, Scale, bench, figure
from tests.bench.programs import next_line, program

RULES_EACH = 3
"""Reminder rules of one learner."""
DUE = 10
"""Learners to whom something is due at the restart."""


@bench(
    Row("18a", "restart with 10⁵ rules (10⁶ in the large size): the first plan and claim", most=10, unit=" ms"),
    Row("18b", "its memory, more than with 10³ rules", most=5, unit=" MB"),
)
def restart(scale: Scale) -> Sequence[Measured]:
    """A new process each time; to ten learners something is due, all others wait for another week."""
    counts = scale.of((30, 60), (1_000, 100_000), (1_000, 1_000_000))
    measured: dict[int, list[tuple[float, float]]] = {count: [] for count in counts}
    with ExitStack() as stack:
        files = {
            count: stack.enter_context(learners.file_of(scale.folder / f"r{count}.db", learners=count // RULES_EACH))
            for count in counts
        }
        for database in files.values():
            learners.postpone_all_but(database, DUE)
        for _ in range(scale.rounds):
            for count, database in files.items():
                learners.due_again(database, DUE)
                measured[count].append(asyncio.run(_restarted(database)))
    claim = {count: median(claim for claim, _ in needs) for count, needs in measured.items()}
    memory = {count: median(held for _, held in needs) for count, needs in measured.items()}
    few, many = counts
    return [
        Measured(claim[many], f"with {few:,} rules {figure(claim[few])} ms"),
        Measured(memory[many] - memory[few], f"{figure(memory[many])} against {figure(memory[few])} MB"),
    ]


async def _restarted(database: SqlDatabase) -> tuple[float, float]:
    """Milliseconds to the first claim, and megabytes."""
    async with program("tests.bench.restarted", database.url.render_as_string()) as process:
        milliseconds, megabytes = json.loads(await next_line(process))
        return milliseconds, megabytes
