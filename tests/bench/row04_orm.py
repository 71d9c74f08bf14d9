"""Row 4: the same two commands as a plain bot with an asynchronous ORM does them, on the same transport in memory."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from importlib.util import find_spec

from tests.bench import learners
from tests.bench.measuring import Measured, NotMeasured, Row, Scale, Took, bench, rate_ratio, rounds
from tests.bench.peers.orm_bot import OrmBot
from tests.bench.row01_telegram import on_sqlite
from tests.bench.telegram_bots import AT_ONCE, LOG, PEOPLE, TODAY, Serve, commands, library
from tests.bench.telegram_in_memory import InMemoryTelegram
from tests.conftest import MONDAY

ENTRIES = 10


def plain_bot(scale: Scale) -> Serve:
    """The peer on a new file."""

    @asynccontextmanager
    async def serve(telegram: InMemoryTelegram) -> AsyncIterator[None]:
        file = scale.folder / "orm.db"
        peer = OrmBot(file, next(iter(learners.roadmaps().values())), MONDAY.replace(tzinfo=None))
        await peer.prepare(PEOPLE, ENTRIES)
        try:
            async with library(peer.build)(telegram):
                yield
        finally:
            await peer.engine.dispose()
            file.unlink()

    return serve


@bench(
    Row("4a", "/today ÷ the same command as a plain async-ORM bot does it", least=3),
    Row("4b", "/log ÷ the same command as a plain async-ORM bot does it", least=3),
)
def plain_orm_bot(scale: Scale) -> Sequence[Measured]:
    """Both bots have the same people with the same number of entries."""
    if not (find_spec("aiosqlite") and find_spec("greenlet")):
        raise NotMeasured("aiosqlite and greenlet are not installed")
    count = scale.of(32, 240)
    peer: dict[str, Callable[[], Took]] = {
        "orm_today": partial(commands, plain_bot(scale), *TODAY, count),
        "orm_log": partial(commands, plain_bot(scale), *LOG, count),
    }
    with learners.file_of(scale.folder / "telegram.db", learners=AT_ONCE, entries=ENTRIES) as template:
        took = rounds(scale.rounds, {**on_sqlite(scale, template), **peer})
    return [rate_ratio(took["today"], took["orm_today"]), rate_ratio(took["log"], took["orm_log"])]
