"""Rows 7 and 8: what a command takes beside a long history, and in a file with many learners."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

from bot.storage.database import SqlDatabase, opened
from tests.bench import learners, postgresql
from tests.bench.measuring import Measured, Row, Scale, bench, figure, flatness, middle, rounds, sizes
from tests.bench.timing import usual

YEARS = timedelta(weeks=104)
COMMANDS = ("today", "log")


@bench(
    Row("7a", "/today with 10, 100, 1,000, 10,000 entries: dearest ÷ cheapest", most=1.3),
    Row("7b", "/log with 10, 100, 1,000, 10,000 entries: dearest ÷ cheapest", most=1.3),
)
def history(scale: Scale) -> Sequence[Measured]:
    """One learner in each file, who began two years ago."""
    counts = scale.of((10, 100), (10, 100, 1_000, 10_000))
    with ExitStack() as stack:
        files = {
            count: stack.enter_context(learners.file_of(scale.folder / f"h{count}.db", entries=count, since=YEARS))
            for count in counts
        }
        return [_flat(files, command, scale.rounds, [0] * scale.of(2, 9)) for command in COMMANDS]


@bench(
    Row("7c", "/today on PostgreSQL with 10, 100, 1,000, 10,000 entries: dearest ÷ cheapest", most=1.3),
    Row("7d", "/log on PostgreSQL, same", most=1.3),
)
def history_on_postgresql(scale: Scale) -> Sequence[Measured]:
    """As `history`, one learner in each database."""
    counts = scale.of((10, 100), (10, 100, 1_000, 10_000))
    with ExitStack() as stack:
        server = stack.enter_context(postgresql.server())
        databases = {}
        for count in counts:
            url = stack.enter_context(postgresql.filled(server, learners=1, entries=count, since=YEARS))
            databases[count] = stack.enter_context(opened(url))
        return [_flat(databases, command, scale.rounds, [0] * scale.of(2, 9)) for command in COMMANDS]


@bench(
    Row("8a", "/today with 10² … 10⁵ learners in the file: dearest ÷ cheapest", most=1.3),
    Row("8b", "/log with 10² … 10⁵ learners in the file: dearest ÷ cheapest", most=1.3),
)
def population(scale: Scale) -> Sequence[Measured]:
    """Learners with ten entries each; each command is another learner's."""
    counts = scale.of((10, 100), (100, 1_000, 10_000, 100_000), (100, 1_000, 10_000, 100_000, 1_000_000))
    with ExitStack() as stack:
        files = {
            count: stack.enter_context(learners.file_of(scale.folder / f"p{count}.db", learners=count))
            for count in counts
        }
        asked = scale.of(3, 40)
        return [_flat(files, command, scale.rounds, None, asked) for command in COMMANDS]


def _flat(
    files: Mapping[int, SqlDatabase], command: str, times: int, numbers: Sequence[int] | None, asked: int = 0
) -> Measured:
    """How flat a command is over the files, of which each is asked in turn, by these learners or by some of all."""

    def spread(size: int) -> Sequence[int]:
        return [size * n // asked for n in range(asked)]

    works = {
        str(size): partial(usual, database, command, spread(size) if numbers is None else numbers)
        for size, database in files.items()
    }
    for work in works.values():
        work()
    taken = {int(size): middle(seconds) for size, seconds in rounds(times, works).items()}
    by_clock, by_cpu = ({size: getattr(took, kind) for size, took in taken.items()} for kind in ("wall", "cpu"))
    more = f"{sizes(by_clock)}; on CPU time {figure(flatness(by_cpu))} ({sizes(by_cpu)})"
    numbers_behind = {"seconds": by_clock, "cpu_seconds": by_cpu, "by_cpu": flatness(by_cpu)}
    return Measured(flatness(by_clock), more, numbers_behind)
