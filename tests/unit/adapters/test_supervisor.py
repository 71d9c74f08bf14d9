"""A platform that fails is started again, one that is refused stops nobody else, and all stop together."""

import asyncio
import logging
import selectors
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from itertools import pairwise
from types import SimpleNamespace
from typing import Any, TypeVar

import pytest

from bot.adapters.serving import WrongToken
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.supervisor import FIRST_PAUSE, LONGEST_PAUSE, STEADY, WRONG_TOKEN_PAUSE, Supervisor

T = TypeVar("T")
Serve = Callable[[], Awaitable[None]]


class Hasty(selectors.DefaultSelector):  # type: ignore[misc,unused-ignore]  # which one depends on the system
    """Nobody outside is ever heard: instead of waiting, time passes."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        assert timeout is not None, "everybody waits for ever"
        self.now += max(timeout, 0)
        return []


class Loop(asyncio.SelectorEventLoop):
    """An event loop with a time of its own."""

    def __init__(self) -> None:
        self.hasty = Hasty()
        super().__init__(self.hasty)

    def time(self) -> float:
        return self.hasty.now


@pytest.fixture
def loop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loop]:
    """A loop whose time is the supervisor's, too."""
    simulated = Loop()
    monkeypatch.setattr("bot.supervisor.time", SimpleNamespace(monotonic=simulated.time))
    yield simulated
    simulated.close()


class Staged:
    """A platform that serves as it is told, one act after another, the last one again and again."""

    ready = True

    def __init__(self, loop: Loop, *acts: Serve, name: str = "telegram", stops: Serve | None = None) -> None:
        self.name = name
        self.begun: list[float] = []
        self.stopped: list[float] = []
        self.serving = False
        self._loop = loop
        self._acts = list(acts)
        self._stops = stops

    async def serve(self) -> None:
        self.begun.append(self._loop.time())
        act = self._acts.pop(0) if len(self._acts) > 1 else self._acts[0]
        self.serving = True
        try:
            await act()
        except WrongToken:
            raise WrongToken(f"STUDYBUDDY_{self.name.upper()}_TOKEN") from None
        finally:
            self.serving = False

    async def stop(self) -> None:
        if self._stops:
            await self._stops()
        self.stopped.append(self._loop.time())

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        raise NotImplementedError

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        raise NotImplementedError

    @property
    def pauses(self) -> list[float]:
        """The seconds between one beginning and the next."""
        return [later - earlier for earlier, later in pairwise(self.begun)]


async def forever() -> None:
    await asyncio.Event().wait()


async def fails() -> None:
    raise ConnectionError("gone")


async def refused() -> None:
    raise WrongToken


def after(seconds: float, act: Serve) -> Serve:
    async def later() -> None:
        await asyncio.sleep(seconds)
        await act()

    return later


async def nothing() -> None:
    pass


def run(loop: Loop, story: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(story)


async def supervised(seconds: float, *platforms: Staged) -> bool:
    """Serve for so many seconds, or less; what the supervisor says in the end."""
    stop = asyncio.Event()
    running = asyncio.create_task(Supervisor(platforms, stop).run())
    await asyncio.wait([running], timeout=seconds)
    stop.set()
    return await running


def test_what_fails_is_started_again_after_pauses_that_double_up_to_a_limit(loop: Loop) -> None:
    platform = Staged(loop, fails)
    assert run(loop, supervised(3000, platform))
    assert platform.pauses[0] == pytest.approx(FIRST_PAUSE)
    assert all(later == pytest.approx(min(2 * earlier, LONGEST_PAUSE)) for earlier, later in pairwise(platform.pauses))
    assert platform.pauses[-1] == pytest.approx(LONGEST_PAUSE)


def test_who_was_steady_begins_with_the_short_pause_again(loop: Loop) -> None:
    steady = after(STEADY + 1, fails)
    platform = Staged(loop, fails, fails, fails, steady, fails, forever)
    assert run(loop, supervised(3000, platform))
    assert platform.pauses[2] > platform.pauses[0]
    assert platform.pauses[3] == pytest.approx(STEADY + 1 + FIRST_PAUSE)


def test_who_fails_soon_after_its_start_was_not_steady(loop: Loop) -> None:
    platform = Staged(loop, fails, fails, after(STEADY - 1, fails), forever)
    assert run(loop, supervised(3000, platform))
    assert platform.pauses[2] == pytest.approx(STEADY - 1 + 2 * platform.pauses[1])


def test_a_platform_that_ends_by_itself_is_started_again(loop: Loop) -> None:
    platform = Staged(loop, nothing, nothing, forever)
    assert run(loop, supervised(100, platform))
    assert platform.pauses == [pytest.approx(FIRST_PAUSE)] * 2


def test_a_platform_that_fails_is_no_trouble_for_another(loop: Loop) -> None:
    failing, steady = Staged(loop, fails, name="discord"), Staged(loop, forever)
    assert run(loop, supervised(1000, failing, steady))
    assert len(failing.begun) > 5
    assert steady.begun == [0]


def test_a_wrong_token_stops_only_its_platform_and_is_tried_again_later(loop: Loop) -> None:
    wrong, right = Staged(loop, refused, refused, forever, name="discord"), Staged(loop, forever)
    assert run(loop, supervised(3 * WRONG_TOKEN_PAUSE, wrong, right))
    assert wrong.pauses == [pytest.approx(WRONG_TOKEN_PAUSE)] * 2
    assert right.begun == [0]
    assert loop.time() >= 3 * WRONG_TOKEN_PAUSE


def test_when_every_token_is_refused_it_is_over_at_once(loop: Loop, caplog: pytest.LogCaptureFixture) -> None:
    platforms = Staged(loop, refused, name="discord"), Staged(loop, after(5, refused))
    assert not run(loop, supervised(3000, *platforms))
    assert loop.time() < 10
    assert [len(platform.stopped) for platform in platforms] == [1, 1]
    errors = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [error.split()[-1] for error in errors] == ["STUDYBUDDY_DISCORD_TOKEN", "STUDYBUDDY_TELEGRAM_TOKEN"]


def test_a_platform_in_trouble_may_come_back_while_the_other_is_refused(loop: Loop) -> None:
    platforms = Staged(loop, refused, name="discord"), Staged(loop, after(1, fails))
    assert run(loop, supervised(3000, *platforms))
    assert loop.time() >= 3000


def test_a_token_that_works_again_counts_as_refused_no_more(loop: Loop) -> None:
    mended = Staged(loop, refused, forever, name="discord")
    other = Staged(loop, after(2 * WRONG_TOKEN_PAUSE, refused))
    assert run(loop, supervised(4 * WRONG_TOKEN_PAUSE, mended, other))
    assert loop.time() >= 4 * WRONG_TOKEN_PAUSE


def test_stopping_lets_every_platform_finish_at_once(loop: Loop) -> None:
    platforms = [Staged(loop, forever, name=name, stops=after(7, nothing)) for name in ("discord", "telegram")]
    assert run(loop, supervised(100, *platforms))
    assert [platform.stopped for platform in platforms] == [[pytest.approx(107)]] * 2


def test_stopping_begins_nothing_anew(loop: Loop) -> None:
    pausing, ending = Staged(loop, fails, name="discord"), Staged(loop, after(101, nothing), stops=after(5, nothing))
    assert run(loop, supervised(100, pausing, ending))
    begun = len(pausing.begun)
    assert loop.time() < 110
    assert (len(pausing.begun), len(ending.begun)) == (begun, 1)
    assert max(pausing.begun) <= 100
    assert len(pausing.stopped) == len(ending.stopped) == 1


@pytest.mark.parametrize("stops", [forever, fails])
def test_a_platform_that_does_not_stop_well_keeps_nobody_waiting(
    loop: Loop, stops: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    bad, good = Staged(loop, forever, name="discord", stops=stops), Staged(loop, forever)
    assert run(loop, supervised(100, bad, good))
    assert loop.time() <= 111
    assert (len(bad.stopped), len(good.stopped)) == (0, 1)
    assert not bad.serving
    warnings = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert [vars(record)["platform"] for record in warnings] == ["discord"]


def test_a_lost_connection_is_a_line_and_anything_else_comes_with_its_place(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    async def breaks() -> None:
        raise LookupError("of ours")

    assert run(loop, supervised(100, Staged(loop, fails, breaks, forever)))
    lost, broken = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert not lost.exc_info
    assert broken.exc_info
    assert vars(lost)["why"] == "ConnectionError: gone"
    assert vars(broken)["again_in"] == 2 * vars(lost)["again_in"]
