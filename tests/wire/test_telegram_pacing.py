"""Bulk uses 95 % of Telegram's limit, draws no 429, and whoever asks something meanwhile waits under 0.3 s (18)."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.adapters.telegram import limits
from bot.app import wire
from bot.core.learner import Account
from bot.dialogue.request import write_token
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.delivery.post import NINE, crowd
from tests.platforms import idle_time
from tests.platforms.telegram import Limits, TelegramServer, Window
from tests.platforms.telegram.limits import OVERALL
from tests.wire import bulk
from tests.wire.telegram_town import HELLO, Town, town

AS_LONG = bulk.SIZE / OVERALL.calls
"""Seconds that the bulk takes alone."""
REAL_WINDOWS = limits._windows


async def figures(here: Town, asked: Sequence[float], size: int = bulk.SIZE) -> bulk.Figures:
    """Send to `size` people while others ask something at these instants: every second presses a button."""
    server, asked_at = here.server, dict[int, float]()
    crowd = [server.person(f"c{n}", started=True) for n in range(size)]
    asking = [server.person(f"p{n}", started=True) for n in range(len(asked))]

    async def ask(number: int) -> None:
        who = asking[number]
        if number % 2:
            await who.presses_data(write_token("privacy", {}), who.chat.post(None, text="Good morning."))
        else:
            await who.says("/privacy")

    async def send(number: int) -> None:
        assert here.bot is not None
        await here.bot.send(Account("telegram", str(crowd[number].id), "c"), HELLO, f"delivery:{number}")

    before = len(server.calls)
    questions = asyncio.create_task(bulk.ask_all(asked, ask, asked_at))
    await bulk.send_all(lambda n=n: send(n) for n in range(size))  # type: ignore[misc]
    counted = [call.at for call in server.calls[before:] if call.method != "getUpdates"]
    questions.cancel()
    await server.until(lambda: {asking[number].id for number in asked_at} <= first_shown(server).keys())
    shown = first_shown(server)
    waits = [shown[asking[number].id] - at for number, at in asked_at.items()]
    return bulk.Figures(bulk.share(counted, OVERALL.calls), len(server.refused), waits)


def first_shown(server: TelegramServer) -> dict[int, float]:
    """When each person was first shown something."""
    shown = [call for call in server.calls if call.done and call.method in {"sendMessage", "editMessageText"}]
    return {int(call.params["chat_id"]): call.at for call in reversed(shown)}


@pytest.fixture
def real_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits of chats as the program has them."""
    monkeypatch.setattr(limits, "_windows", REAL_WINDOWS)


@pytest.mark.usefixtures("real_windows")
@pytest.mark.parametrize(
    "asked",
    [
        pytest.param([], id="nobody asks", marks=pytest.mark.slow),
        pytest.param(bulk.steady(5, AS_LONG), id="5 replies a second", marks=pytest.mark.slow),
        pytest.param(bulk.steady(15, AS_LONG), id="15 replies a second", marks=pytest.mark.slow),
        pytest.param(bulk.bursts(8, 3, AS_LONG), id="bursts of 8 replies", marks=pytest.mark.slow),
    ],
)
def test_bulk_uses_the_limit_and_delays_no_reply(
    asked: list[float], sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bulk.Figures:
        async with town(sqlite, roadmaps, clock=asyncio.get_running_loop().time) as here:
            await here.described()
            await asyncio.sleep(2)  # what the start cost is forgotten
            here.server.limits = Limits()
            return await figures(here, asked)

    measured = idle_time.run(story, monkeypatch)
    assert measured.reach_the_targets(), (measured, measured.p99)


@pytest.mark.slow
@pytest.mark.usefixtures("real_windows")
def test_due_reminders_use_the_limit(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way: 300 announcements that are due at once, claimed, composed, sent and settled."""
    size = 300

    async def story() -> tuple[float, int, int]:
        async with town(sqlite, roadmaps, clock=asyncio.get_running_loop().time) as here:
            await here.described()
            await asyncio.sleep(2)
            server, bot = here.server, here.bot
            assert bot is not None
            server.limits = Limits()
            learners = [server.person(f"c{n}", started=True) for n in range(size)]
            crowd(sqlite, size, next(iter(roadmaps.values())), "telegram", [str(who.id) for who in learners])
            await wire(sqlite, {"telegram": bot}, roadmaps=roadmaps, clock=lambda: NINE).worker.tick()
            at = [call.at for call in server.called("sendMessage")]
            return bulk.share(at, OVERALL.calls), len(server.refused), sum(len(who.messages) for who in learners)

    share, refused, arrived = idle_time.run(story, monkeypatch)
    assert share >= 0.95
    assert (refused, arrived) == (0, size)


@pytest.mark.slow
@pytest.mark.usefixtures("real_windows")
def test_a_limit_that_is_lower_than_it_was_is_found_and_kept(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> bulk.Figures:
        async with town(sqlite, roadmaps, clock=asyncio.get_running_loop().time) as here:
            await here.described()
            await asyncio.sleep(2)
            here.server.limits = Limits(overall=Window(20, 1))
            return await figures(here, bulk.steady(5, AS_LONG))

    measured = idle_time.run(story, monkeypatch)
    assert measured.share * OVERALL.calls >= 0.85 * 20
    assert measured.refused <= 15
