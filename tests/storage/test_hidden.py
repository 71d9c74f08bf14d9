"""Two worlds, with and without one member who is not shown: what all others see is the same (promise 25)."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.storage import schema
from bot.storage.database import opened
from roadmap.model import Roadmap
from tests.conftest import MONDAY

STORY = """
ada: /start
ada: [8 h a week]
ada: [UTC]
ben: /start
ben: [4 h a week]
ben: [UTC]
eve: /start
eve: [8 h a week]
eve: [UTC]
ada: /group create Evening
ada@cafe: /group place
ada: /group invite
eve: /group join {code}
eve: [Not shown]
ben@cafe: /group join by my name
ada@cafe: /group join by my name
ben: /log 8h linear-regression
eve: /log 8h linear-regression
+2m
eve: /log 17h calculus
ada: /log 2h
+1h
eve@cafe: /leaderboard
ada@cafe: /leaderboard
ada@cafe: /leaderboard month
ada: /leaderboard all time
ada: /leaderboard by hours
ada: /group members
ada: /group remove
ada: /group organiser eve
ben: /group members
ada: /project submit https://example.org/ada
ada: [Ask Evening for a look]
+1h
ada: /checkin stuck
ada: [Ask Evening]
+1h
eve: /checkin done
eve: /checkin stuck
=2026-01-11T18:01
eve: /checkin partly
ben: /checkin done
+1h
=2026-01-12T10:00
eve: /group join hidden
eve: /undo
eve: /sick
eve: /catchup shift
ada@cafe: /group
ada: /group settings
eve: /group leave
+3h
ada@cafe: /leaderboard
eve: /deleteme
eve: [Delete everything]
+1h
ada@cafe: /leaderboard all time
=2026-01-26T10:00
"""


LAST = """
ada: /start 8
ada: [UTC]
ben: /start 8
ben: [UTC]
eve: /start 8
eve: [UTC]
ada: /group create Evening
ada: /group invite
eve: /group join {code}
eve: [Not shown]
ada: /group invite
ben: /group join {code}
ben: [By my name]
+5m
ada: /group leave
+5m
ben: /group invite
ben: /group members
ben: /group leave
+5m
"""
"""The last organiser goes: who is shown comes before who is not, and of nobody else is spoken."""


def played(
    tmp_path: Path, roadmaps: dict[str, Roadmap], *, hidden: bool, script: str = STORY
) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """What everybody but eve is told, in order."""
    story = script if hidden else re.sub(r"(?m)^eve: .*\n", "", script).replace("eve@cafe", "guest@cafe")
    if not hidden:
        story = story.replace("ada: /group invite\n+", "+")
    heard: list[Message] = []
    clock = ScriptClock(MONDAY)
    ids = iter(range(10**6))
    codes = iter(range(10**6))

    async def play() -> None:
        with opened(f"sqlite:///{tmp_path / f'{hidden}.db'}") as database:
            schema.upgrade(database, clock.now)
            chats = Chats(heard.append, clock, lambda: f"hidden:{next(ids)}", tmp_path, zone="UTC")
            application = wire(
                database, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock, code=lambda: _code(next(codes))
            )
            player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
            await player.play(list(parse(story)))

    asyncio.run(play())
    own_accounts = {"eve", "guest"}
    shown = [
        (
            message.to,
            message.kind,
            re.sub(r"\b\w{4}-\w{4}\b", "CODE", message.shown.text),
            tuple(label for label, _ in message.shown.buttons),
        )
        for message in heard
        if message.to not in own_accounts
    ]
    return [row for row in shown if not re.match(r"(eve|guest), I have answered", row[2])]


def _code(number: int) -> str:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return f"{letters[number % 24]}{letters[number // 24 % 24]}AA-2222"


@pytest.mark.parametrize("order", ["with first", "without first"])
def test_nobody_can_tell_whether_somebody_who_is_not_shown_is_there(
    order: str, tmp_path: Path, roadmaps: dict[str, Roadmap]
) -> None:
    worlds = [
        played(tmp_path, roadmaps, hidden=hidden) for hidden in ((True, False) if order[4] == " " else (False, True))
    ]
    assert len(worlds[0]) > 40
    for message, counterpart in zip(*worlds, strict=False):
        assert message == counterpart
    assert len(worlds[0]) == len(worlds[1])
    assert not [text for _, _, text, _ in worlds[0] if "eve" in text.split()]


def test_nobody_can_tell_by_who_organises_the_group_next(tmp_path: Path, roadmaps: dict[str, Roadmap]) -> None:
    worlds = [played(tmp_path, roadmaps, hidden=hidden, script=LAST) for hidden in (True, False)]
    assert worlds[0] == worlds[1]
    assert any(to == "ben" and "You are the organiser of Evening now" in text for to, _, text, _ in worlds[0])


SEEN = """
ada: /start 8
ada: [UTC]
ben: /start 8
ben: [UTC]
eve: /start 8
eve: [UTC]
ada: /group create Evening
ada@cafe: /group place
ada: /group invite
eve: /group join {code}
eve: [By my name]
ada: /group invite
ben: /group join {code}
ben: [By my name]
+1d
DEEDS
+10m
ada: /group members
ada: /group settings
ada: /leaderboard
ada: /leaderboard month
ben: /leaderboard by hours
ada@cafe: /leaderboard
ada@cafe: /group
ada: /project
ada: /today
=2026-01-11T20:00
=2026-01-12T10:00
ada: /group members
ada: /leaderboard
=2026-01-20T10:00
ada: /leaderboard all time
"""
"""What organisers and members look at, and are told by the schedule, in two weeks."""
DEEDS = (
    (
        "/log 11h monday linear-regression, /log 6h monday linear-regression, "
        '/log 1h tuesday "a secret", /checkin stuck, /quiz, /undo, /log 1h'
    ),
    "/log 10h calculus, /log 8h monday linear-regression, /checkin done so happy, /language de, /timezone Asia/Tokyo",
    (
        "/log 12h monday, /log 6h monday, /checkin partly, /reminders off, /focus, "
        "/project submit https://example.org/secret"
    ),
)


def test_organisers_and_members_see_nothing_that_the_join_screen_does_not_name(
    tmp_path: Path, roadmaps: dict[str, Roadmap]
) -> None:
    """The same hours of a week, in other pieces, on other days and items, with other moods, notes and settings."""
    worlds = []
    for n, deeds in enumerate(DEEDS):
        story = SEEN.replace("DEEDS", "\n".join(f"eve: {deed}" for deed in deeds.split(", ")))
        folder = tmp_path / str(n)
        folder.mkdir()
        worlds.append(played(folder, roadmaps, hidden=True, script=story))
    assert any("eve" in text and "18 h" in text for _, _, text, _ in worlds[0])
    assert worlds[0] == worlds[1] == worlds[2]
    assert not any("16 h" in text or "secret" in text for _, _, text, _ in worlds[0])
