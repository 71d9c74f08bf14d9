"""A roadmap that changed: learners stay on their version, corrections apply at once, and what they credited stays."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.adapters.terminal.chats import Message
from bot.app import play
from bot.storage.database import SqlDatabase
from bot.storage.tables.study import entry
from roadmap.loader import tracks

DOCS = Path(__file__).parents[2] / "docs" / "roadmap-format.md"
TEA = re.findall(r"```yaml\n(id: tea.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0]
MONDAY = datetime(2026, 1, 5, 8, tzinfo=UTC)
STIR = """
      - id: stirring
        kind: topic
        title: Stirring
        hours: 1
        resource: {title: Spoons, url: "https://tea.example/spoons", provider: Tea house, cost: free}
        parts:
          - {week: 2, hours: 1, do: Stir.}
    questions:
"""
"""One hour of a new item; the first cup's second part gets one less."""
CHANGED = (
    TEA.replace("version: 1.0.0", "version: 1.1.0")
    .replace("title: Kinds of tea", "title: The kinds of tea")
    .replace("title: A first cup\n        hours: 2", "title: A first cup\n        hours: 1")
    .replace("hours: 1.5\n            do: Brew", "hours: 0.5\n            do: Brew")
    .replace("\n    questions:\n", STIR)
)


class Years:
    """One database over many lives of the program, each with the files of its day."""

    def __init__(self, database: SqlDatabase, folder: Path, name: str = "tea.yaml") -> None:
        self.database, self.folder, self.now, self.name = database, folder, MONDAY, name

    def on(self, text: str, script: str) -> str:
        """Play a script while the file says this; all that was sent, as one text with the buttons."""
        (self.folder / self.name).write_text(text, encoding="utf-8")
        sent: list[Message] = []
        asyncio.run(play(self.database, script, self.now, sent.append, self.folder, self.folder))
        self.now += timedelta(
            days=sum(int(days) for days in re.findall(r"^\+(\d+)d", script, re.MULTILINE)), minutes=10
        )
        return "\n".join(m.shown.text + "\n" + " ".join(f"[{label}]" for label, _ in m.shown.buttons) for m in sent)


@pytest.fixture
def years(database: SqlDatabase, tmp_path: Path) -> Years:
    """Ada on version 1.0.0, with 1 h 45 logged."""
    started = Years(database, tmp_path)
    started.on(TEA, "ada: /start\nada: [Tea in two weeks]\nada: 2h\nada: [UTC]\nada: /log 1h45 kinds-of-tea")
    return started


def test_what_is_only_corrected_is_read_at_once_and_nobody_is_asked(years: Years) -> None:
    shown = years.on(TEA.replace("title: Kinds of tea", "title: The kinds of tea"), "ada: /module\nada: /roadmap")
    assert "The kinds of tea" in shown
    assert "new version" not in shown


def test_a_change_waits_for_the_learner_who_sees_what_it_does(years: Years) -> None:
    monday = years.on(CHANGED, "ada: /module\n+7d")
    assert "This roadmap has a new version, 1.1.0. You stay on 1.0.0 until you decide." in monday
    # The corrected words are there, the plan is the old one.
    assert "The kinds of tea" in monday
    assert "Stirring" not in years.on(CHANGED, "ada: /module")
    seen = years.on(CHANGED, "ada: /roadmap\nada: [What changed]")
    assert "New: “Stirring” (1 h)." in seen
    assert "“A first cup” takes 1 h, not 2 h." in seen
    assert "[Take it]" in seen
    assert "[Stay on mine]" in seen


def test_who_stays_is_not_asked_again_until_there_is_another_version(years: Years) -> None:
    stayed = years.on(CHANGED, "ada: /roadmap changes\nada: [Stay on mine]\n+7d")
    assert "You stay on 1.0.0; I will not ask again about this one." in stayed
    assert stayed.count("new version") == 0
    again = CHANGED.replace("version: 1.1.0", "version: 1.2.0")
    assert "This roadmap has a new version, 1.2.0." in years.on(again, "ada: /today\n+7d")


def test_who_takes_it_keeps_every_hour_and_can_go_back(years: Years) -> None:
    years.on(TEA, "ada: /log 1h30 first-cup")
    taken = years.on(CHANGED, "ada: /roadmap changes\nada: [Take it]\nada: /roadmap\nada: /why")
    assert "You follow version 1.1.0 now." in taken
    # Of the 1 h 30 on the first cup one hour has room in the new plan; the rest is kept beside it.
    assert re.search(r"Beside the plan\s+30 min\s+100\s?%", taken)
    done = years.on(CHANGED, "ada: /log 15m kinds-of-tea\nada: /log 1h stirring\nada: /progress")
    assert "100%" in done.replace(" %", "%")
    assert "version 1.1.0 of the roadmap" in years.on(CHANGED, "ada: /history")
    undone = years.on(CHANGED, "ada: /undo\nada: /undo\nada: /undo\nada: /roadmap")
    assert "Took back: Mon, 5 Jan 2026: version 1.1.0 of the roadmap." in undone
    assert "You stay on 1.0.0 until you decide." in undone
    assert "You follow version 1.1.0 now." in years.on(CHANGED, "ada: /roadmap changes\nada: [Take it]")


def test_a_file_changed_without_another_number_changes_nobodys_plan(years: Years) -> None:
    sly = CHANGED.replace("version: 1.1.0", "version: 1.0.0")
    shown = years.on(sly, "ada: /roadmap")
    assert re.search(r"new version, 1\.0\.0\+[0-9a-f]{8}\. You stay on 1\.0\.0", shown)


def test_a_roadmap_whose_file_is_gone_goes_on(years: Years) -> None:
    (years.folder / "tea.yaml").unlink()
    sent: list[Message] = []
    asyncio.run(play(years.database, "ada: /module\nada: /roadmap", years.now, sent.append, years.folder, years.folder))
    assert "Kinds of tea" in sent[0].shown.text
    assert "new version" not in sent[1].shown.text


def test_a_new_learner_begins_with_the_newest(years: Years) -> None:
    shown = years.on(CHANGED, "ben: /start\nben: [Tea in two weeks]\nben: 2h\nben: [UTC]\nben: /module")
    assert "Stirring" in shown


_OLD = Path(__file__).parents[1] / "unit" / "roadmap" / "files" / "ml-researcher-1.0.0.yaml"


def _credits(text: str) -> list[tuple[str, ...]]:
    """Hours logged, credited and planned of each item, as /why tells them."""
    return re.findall(r" (\d+ h) +(\d+ h) +(\d+ h)$", text, re.MULTILINE)


def _ledger(database: SqlDatabase) -> list[tuple[object, ...]]:
    """Every line of the ledger that is no change of version."""
    with database.engine.connect() as connection:
        rows = connection.execute(select(entry).where(entry.c.kind != "version").order_by(entry.c.id)).all()
    return [tuple(row) for row in rows]


def _nine_weeks_in(database: SqlDatabase, tmp_path: Path) -> Years:
    """Somebody who began with 1.0.0 and is in its week 9, with a project ticked off in part."""
    years = Years(database, tmp_path, "ml-researcher.yaml")
    weeks = "\n+7d\n".join(["u1: /log 8h"] * 8)
    start = "u1: /start\nu1: [8 h a week]\nu1: [UTC]\n"
    years.on(_OLD.read_text(encoding="utf-8"), f"{start}{weeks}\n+7d\nu1: /project linear-regression\nu1: [○ 1]")
    return years


def test_a_learner_in_week_nine_who_takes_the_new_version_of_the_track(database: SqlDatabase, tmp_path: Path) -> None:
    years = _nine_weeks_in(database, tmp_path)
    before, credited = _ledger(database), _credits(years.on(_OLD.read_text(encoding="utf-8"), "u1: /why"))
    assert credited == [("8 h", "8 h", "8 h")] * 8
    new = tracks()["ml-researcher"].read_text(encoding="utf-8")
    shown = years.on(new, "u1: /roadmap\nu1: [What changed]\nu1: [Take it]\nu1: /progress\nu1: /today 4h")
    assert "You follow version 1.1.0 now. Every hour you logged is still yours." in shown
    assert _ledger(database) == before
    assert _credits(years.on(new, "u1: /why")) == credited
    assert "64 h of 192 h" in shown
    assert "Today: Introduction to Machine Learning Libraries" in shown
    assert "Read Getting Started and the chapter on logistic regression" in shown
    later = years.on(new, "u1: /project linear-regression\nu1: /quiz")
    assert "1 of 5 is met." in later
    assert "Question, week" in later


def test_a_learner_in_week_nine_who_stays_on_the_old_version(database: SqlDatabase, tmp_path: Path) -> None:
    years = _nine_weeks_in(database, tmp_path)
    before, credited = _ledger(database), _credits(years.on(_OLD.read_text(encoding="utf-8"), "u1: /why"))
    new = tracks()["ml-researcher"].read_text(encoding="utf-8")
    shown = years.on(
        new, "u1: /roadmap\nu1: [What changed]\nu1: [Stay on mine]\nu1: /progress\nu1: /today 4h\nu1: /quiz"
    )
    assert "64 h of 192 h" in shown
    assert "Today: Introduction to Machine Learning Libraries" in shown
    assert "Question, week" in shown
    assert _ledger(database) == before
    assert _credits(years.on(new, "u1: /why")) == credited
    later = years.on(new, "u1: /log 8h\n+7d\nu1: /today\nu1: /module")
    assert "72 h of 192 h" in years.on(new, "u1: /progress")
    assert "new version" not in later
