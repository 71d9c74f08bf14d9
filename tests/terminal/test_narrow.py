"""In a terminal of any width nothing is cut off, and no word is broken by the terminal's edge."""

import asyncio
from pathlib import Path

import pytest
from wcwidth import wcswidth

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.conversation import Conversation
from bot.adapters.terminal.lines import button_rows
from bot.adapters.terminal.player import Player, ScriptClock
from bot.adapters.terminal.render import render
from bot.adapters.terminal.script import parse
from bot.app import wire
from bot.dialogue.reply import Bar, Block, Fields, Heading, Table, reply
from bot.dialogue.text import words
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.conftest import MONDAY

SCRIPT = """
ada: /start
ada: 8
ada: {zone}
ada: {language}
ada: /log 1h30
ada: /today
ada: /plan
ada: /roadmap
ada: /module
ada: /progress
ada: /why
ada: /settings
ada: /reminders
ada: /help
ada@cafe: /group create
ada@cafe: /leaderboard
+8d
ada: /history
ada: /catchup
"""


def drawn(*blocks: Block, width: int) -> list[str]:
    return [row.text for row in render(reply(*blocks), "en", width).rows]


@pytest.mark.parametrize("columns", [78, 38, 28])
@pytest.mark.parametrize("language", ["english", "deutsch"])
def test_no_line_is_wider_than_the_terminal(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], tmp_path: Path, columns: int, language: str
) -> None:
    sent: list[Message] = []
    clock, numbers = ScriptClock(MONDAY), iter(range(1000))
    chats = Chats(sent.append, clock, lambda: f"narrow:{next(numbers)}", tmp_path, lambda: columns)
    application = wire(sqlite, {PLATFORM: chats}, roadmaps=roadmaps, clock=clock)
    player = Player(application.dispatcher, application.worker.tick, application.worker.next, chats, clock)
    script = SCRIPT.replace("{zone}", "berlin").replace("{language}", language)
    asyncio.run(player.play(parse(script)))
    lines = [row.text for message in sent for row in message.shown.rows if row.style != "link"]
    lines += [row for message in sent for row in button_rows([label for label, _ in message.shown.buttons], columns)]
    assert len(lines) > 150
    too_wide = [line for line in lines if wcswidth(line) > columns and " " in line.strip()]
    assert not too_wide


PLAN = Table(
    (words("Week"), words("Dates"), words("Module"), words("To do")),
    ((words("1"), words("5–11 Jan"), words("Probability & Statistics / Python"), words("7 h 15 min")),),
    numeric=3,
)


def test_a_table_breaks_its_words_where_that_suffices() -> None:
    assert drawn(PLAN, width=70) == [
        "Week  Dates     Module                                  To do",
        "1     5–11 Jan  Probability & Statistics / Python  7 h 15 min",
    ]
    assert drawn(PLAN, width=50) == [
        "Week  Dates     Module                       To do",
        "1     5–11 Jan  Probability &           7 h 15 min",
        "                Statistics / Python",
    ]


def test_what_goes_on_in_the_first_column_is_told_from_the_next_row() -> None:
    rows = ((words("1. Reinforcement Learning"), words("16 h")), (words("2. Deep Learning"), words("8 h")))
    assert drawn(Table((words("Module"), words("Hours")), rows, numeric=1), width=24) == [
        "Module             Hours",
        "1. Reinforcement    16 h",
        "  Learning",
        "2. Deep Learning     8 h",
    ]


def test_the_cells_of_a_row_follow_each_other_where_a_table_is_too_wide_all_the_same() -> None:
    assert drawn(PLAN, width=30) == [
        "Week · Dates · Module · To\u00a0do",
        "1 · 5–11 Jan · Probability &",
        "  Statistics / Python ·",
        "  7\u00a0h\u00a015\u00a0min",
    ]


def test_buttons_are_wrapped_between_each_other() -> None:
    labels = ["8 h a week", "4 h a week", "Begin with “Python Programming for Machine Learning”", "Deutsch"]
    assert button_rows(labels, 38) == [
        "[1] 8 h a week   [2] 4 h a week",
        "[3] Begin with “Python Programming for",
        "    Machine Learning”   [4] Deutsch",
    ]


def test_a_bar_becomes_shorter_and_then_stands_above_its_caption() -> None:
    bar = Bar(0.5, words("4 h of 8 h this week"))
    assert drawn(bar, width=45) == ["████████████░░░░░░░░░░░░ 4 h of 8 h this week"]
    assert drawn(bar, width=31) == ["█████░░░░░ 4 h of 8 h this week"]
    assert drawn(bar, width=20) == ["██████████░░░░░░░░░░", "4 h of 8 h this week"]


def test_a_value_stands_below_its_name_where_there_is_no_room_beside_it() -> None:
    fields = Fields(((words("Done at your pace"), words("Sun, 21 Jun")), (words("Plan"), words("on plan"))))
    assert drawn(fields, width=40)[0] == "Done at your pace: Sun, 21 Jun"
    assert drawn(fields, width=30) == ["Done at your pace:", "  Sun, 21 Jun", "Plan:", "  on plan"]


def test_a_window_that_is_made_narrower_counts_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    talk = Conversation("you", tmp_path / "history")
    widths = []
    for columns in ("200", "80", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        widths.append(talk.width())
    assert widths == [88, 78, 38]


def test_headings_are_wrapped_and_wide_letters_are_counted_as_they_are_shown() -> None:
    assert drawn(Heading(words("机器 学习 路线")), width=10) == ["机器 学习", "路线"]
