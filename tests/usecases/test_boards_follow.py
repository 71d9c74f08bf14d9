"""Whatever a shown member does, the board of their group is due to be shown anew within a minute.

The conversations are in `tests/usecases/board_examples/`; every module of `bot.usecases` has one there, or a reason
why no board shows what it does. Where the last step moves the clock, the board is shown anew on the way.
"""

import asyncio
import pkgutil
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import select

import bot.usecases
from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import Move, Step, parse
from bot.app import wire
from bot.storage.database import SqlDatabase
from bot.storage.tables import live_message
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.usecases import board_examples

WITHIN = timedelta(minutes=1)
_SETTLED = Move(0, timedelta(minutes=2), None)
"""After so long everything is shown that was done before the last step."""


def _modules(package: str, folder: str) -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules([folder], f"{package}."))


def _areas() -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    for module in _modules(board_examples.__name__, str(Path(board_examples.__file__).parent)):
        area = import_module(module)
        yield getattr(area, "EXAMPLES", {}), getattr(area, "NOTHING_SHOWN", {})


USE_CASES = [name.rpartition(".")[2] for name in _modules(bot.usecases.__name__, bot.usecases.__path__[0])]
EXAMPLES = [example for examples, _ in _areas() for example in examples.items()]
NOTHING_SHOWN = {name: reason for _, reasons in _areas() for name, reason in reasons.items()}


def test_every_use_case_has_an_example_or_a_reason_why_no_board_shows_it() -> None:
    examples = {name for name, _ in EXAMPLES}
    assert not set(USE_CASES) - examples - NOTHING_SHOWN.keys(), "these need an example in tests/usecases"
    assert not (examples | NOTHING_SHOWN.keys()) - set(USE_CASES), "these are no modules of bot.usecases"
    assert not examples & NOTHING_SHOWN.keys()
    assert all(NOTHING_SHOWN.values())


@pytest.mark.parametrize(("use_case", "script"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_the_board_is_due_within_a_minute(
    use_case: str,
    script: str,
    sqlite: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent: list[Message] = []
    clock = ScriptClock(MONDAY)
    ids = iter(range(10**6))
    chats = Chats(sent.append, clock, lambda: f"example:{next(ids)}", tmp_path)
    application = wire(sqlite, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    called = _calls_of(use_case, monkeypatch)

    async def converse(*steps: Step) -> None:
        await player.play(steps)

    *before, last = parse(script)
    asyncio.run(converse(*before, _SETTLED))
    boards = _boards(sqlite)
    assert boards, "there is no board"
    assert not any(board.refresh_at for board in boards), "a board was not shown before the last step"
    called.clear()
    asyncio.run(converse(last))
    assert called, f"the last step does not call {use_case}; it is answered: {sent[-1].shown.text}"
    if isinstance(last, Move):
        assert not {board.digest for board in boards} & {board.digest for board in _boards(sqlite)}
    else:
        due = [board.refresh_at for board in _boards(sqlite)]
        assert due, "there is no board any more"
        assert all(at is not None and at <= clock.now + WITHIN for at in due), sent[-1].shown.text


def _calls_of(use_case: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A list to which every call of a public function of a use case's module is added from now on."""
    name = f"{bot.usecases.__name__}.{use_case}"
    called: list[str] = []

    def noted(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **values: Any) -> Any:
            called.append(function.__name__)
            return function(*args, **values)

        return call

    decisions = [
        value
        for value in vars(import_module(name)).values()
        if isfunction(value) and value.__module__ == name and not value.__name__.startswith("_")
    ]
    assert decisions, f"{name} has no public function"
    ours = [module for known, module in sys.modules.items() if known.startswith("bot.")]
    for decision in decisions:
        replaced = noted(decision)
        for module, attribute in [
            (module_, key) for module_ in ours for key, value in vars(module_).items() if value is decision
        ]:
            monkeypatch.setattr(module, attribute, replaced)
    return called


class _Board(NamedTuple):
    """When a board is due to be shown anew, if it is, and a digest of what it shows."""

    refresh_at: datetime | None
    digest: str | None


def _boards(database: SqlDatabase) -> list[_Board]:
    """Every group's board."""
    with database.engine.connect() as connection:
        boards = select(live_message.c.refresh_at, live_message.c.digest).where(live_message.c.kind == "board")
        return [_Board(*row) for row in connection.execute(boards)]
