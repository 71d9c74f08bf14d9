"""Rows 1 to 3: commands through real python-telegram-bot, with the transport in memory, beside a bare echo bot."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.storage.database import SqlDatabase, opened
from tests.bench import learners, postgresql
from tests.bench.measuring import Measured, Row, Scale, Took, bench, rate_ratio, rounds
from tests.bench.peers.ready_bot import ready_bot
from tests.bench.peers.telegram_echo import echo_bot
from tests.bench.telegram_bots import AT_ONCE, LOG, TODAY, commands, library, ours


def echoes(scale: Scale) -> Took:
    """The time of the echo bot for one message."""
    typed, _ = TODAY
    return commands(library(echo_bot), typed, "/today", scale.of(64, 1600))


def ready(scale: Scale, template: SqlDatabase) -> Took:
    """The time of a bot that has its answers ready."""
    path = Path(scale.folder, "ready.db")
    learners.copied(template, path)
    took = commands(library(ready_bot(path)), *TODAY, scale.of(64, 1600))
    path.unlink()
    return took


def on_sqlite(scale: Scale, template: SqlDatabase) -> dict[str, Callable[[], Took]]:
    """Works that measure each command on a fresh copy of a file, for a ledger grows."""

    def measured(typed: Callable[[int], str], expected: str) -> Took:
        path = Path(scale.folder, "copy.db")
        with opened(learners.copied(template, path)) as database:
            took = commands(ours(database), typed, expected, scale.of(32, 320))
        path.unlink()
        return took

    return {"today": lambda: measured(*TODAY), "log": lambda: measured(*LOG)}


@bench(
    Row("1", "/today through real python-telegram-bot, 16 at once, SQLite ÷ bare echo bot", least=0.40),
    Row("1b", "for comparison: a bot that looks one number up and sends an answer it has ready ÷ bare echo bot"),
    Row("2", "/log, same as row 1", least=0.35),
)
def telegram_on_sqlite(scale: Scale) -> Sequence[Measured]:
    """Learners with two weeks of study behind them."""
    with learners.file_of(scale.folder / "telegram.db", learners=AT_ONCE) as template:
        works = {**on_sqlite(scale, template), "ready": lambda: ready(scale, template), "echo": lambda: echoes(scale)}
        took = rounds(scale.rounds, works)
    return [rate_ratio(took[name], took["echo"]) for name in ("today", "ready", "log")]


@bench(
    Row("3a", "/today on PostgreSQL ÷ bare echo bot", least=0.25),
    Row("3b", "/log on PostgreSQL ÷ bare echo bot", least=0.25),
)
def telegram_on_postgresql(scale: Scale) -> Sequence[Measured]:
    """The same on a PostgreSQL server on this machine."""
    with postgresql.server() as server, postgresql.filled(server, learners=AT_ONCE) as template:

        def measured(typed: Callable[[int], str], expected: str) -> Took:
            with postgresql.copied(server, template) as url, opened(url) as database:
                return commands(ours(database), typed, expected, scale.of(32, 160))

        works = {"today": lambda: measured(*TODAY), "log": lambda: measured(*LOG), "echo": lambda: echoes(scale)}
        took = rounds(scale.rounds, works)
    return [rate_ratio(took["today"], took["echo"]), rate_ratio(took["log"], took["echo"])]
