"""A group that has members always has an organiser, and nobody becomes one by themselves (promise 35)."""

import os
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from bot.dialogue.request import Request
from bot.storage import schema
from bot.storage.database import SqlDatabase
from bot.storage.groups import Groups
from bot.storage.privacy import Privacy
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.storage.frontend import SORRY, Frontend, buttons, forged, frontend, shown, token
from tests.storage.programs import programs
from tests.storage.stored_rows import lines

PEOPLE = ("ada", "ben", "cem", "dan", "eve")


class Life:
    """Somebody's group, in which people come and go at random."""

    def __init__(self, here: Frontend, database: SqlDatabase, random: Random) -> None:
        self.here, self.database, self.random = here, database, random
        self.linked: list[str] = []

    def say(self, who: str, words: str, *labels: str) -> str:
        """Say words and press the first of these buttons that there is."""
        answer = self.here.say(who, words)
        for label in labels:
            if any(label == button.label.message for button in buttons(answer)):
                answer = self.here.press(who, answer, label)
        return shown(answer) if answer.reply else ""

    def organisers(self) -> list[str]:
        """The names of who organises the group."""
        return [line["name"] for line in self.members() if line["role"] == "organiser"]

    def members(self) -> list[dict[str, Any]]:
        """Who is in the group."""
        return [line for line in lines(self.database, "membership") if line["left_at"] is None]

    def invites(self, who: str) -> None:
        """An organiser invites somebody, where one is found who does."""
        for organiser in PEOPLE:
            reply_text = self.say(organiser, "/group invite")
            if "An invitation to" in reply_text:
                code = reply_text.split("/group join ")[1][:9]
                how = self.random.choice(["By my name", "Not shown"])
                self.say(who, "/start 8", "UTC")
                self.say(who, f"/group join {code}", how)
                return

    def links(self, who: str, other: str) -> None:
        """Two become one person."""
        self.say(who, "/start 8")
        code = self.say(who, "/link").split("/link ")[-1][:9]
        if "-" in code:
            self.say(other, f"/link {code}", "Link the accounts")
            self.say(who, "/link", "Link the accounts")

    def step(self) -> str:
        """Something happens; what it was."""
        who, other = self.random.sample(PEOPLE, 2)
        match self.random.randrange(8):
            case 0 | 1 | 2:
                self.invites(who)
            case 3:
                self.say(who, "/group leave")
            case 4:
                self.say(who, f"/group remove {other}")
            case 5:
                self.say(who, f"/group organiser {other}")
            case 6:
                self.say(who, "/deleteme", "Delete everything") if self.random.random() < 0.4 else None
            case _:
                self.links(who, other) if self.random.random() < 0.5 else self.say(who, "/link undo")
        return f"{who} {other}"


@pytest.mark.parametrize("seed", range(3))
def test_whoever_comes_and_goes_a_group_with_members_has_an_organiser(
    here: Frontend, database: SqlDatabase, seed: int
) -> None:
    life = Life(here, database, Random(seed))  # noqa: S311
    for who in PEOPLE:
        life.say(who, "/start 8", "UTC")
    life.say("ada", "/group create Evening")
    seen = 0
    for n in range(60):
        step = life.step()
        assert not life.members() or life.organisers(), (n, step)
        seen += len(life.members()) > 1
        if not life.members():
            life.say("ada", "/start 8", "UTC")
            life.say("ada", "/group create Again")
    assert seen > 5


@pytest.fixture
def group(here: Frontend) -> Frontend:
    """Ada organises a group that ben and cem are in, in this order."""
    for who in ("ben", "cem"):
        here.enrol(who)
    here.say("ada", "/group create", group="cafe")
    for who in ("ada", "ben", "cem"):
        here.say(who, "/group join by my name", group="cafe")
    return here


def test_who_comes_back_is_a_member_and_no_organiser(group: Frontend) -> None:
    answer = group.say("ada", "/group leave")
    assert "ben is its organiser now." in shown(answer)
    group.press("ada", group.press("ada", answer, "Join again"), "By my name")
    assert "Only organisers of cafe" in shown(group.say("ada", "/group remove cem"))
    assert "cem is out of cafe" in shown(group.say("ben", "/group remove cem"))


@pytest.mark.parametrize("how", ["leave", "remove", "delete"])
def test_two_organisers_who_go_at_the_same_moment_leave_an_organiser(
    group: Frontend, database: SqlDatabase, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    group.say("ada", "/group organiser ben")
    of = str(lines(database, "study_group")[0]["id"])
    whose = {line["name"]: str(line["learner"]) for line in lines(database, "membership")}
    with database.engine.begin() as connection:
        connection.execute(text("DELETE FROM answer_group"))  # as it is when everybody's answers are old
    meeting = Barrier(2)

    def meet(where: type[Any], method: str) -> None:
        go = getattr(where, method)

        def gone(*args: Any) -> Any:
            result = go(*args)
            with suppress(BrokenBarrierError):  # where one waits for the other, they do not meet
                meeting.wait(0.5)
            return result

        monkeypatch.setattr(where, method, gone)

    meet(Groups, "leave")
    meet(Privacy, "erase")

    def press(who: str, other: str) -> Request:
        if how == "delete":
            return group.pressed(who, forged("deleteme", sure="1"))
        args = {"who": whose[other]} if how == "remove" else {}
        return group.pressed(who, forged("group", change=how, of=of, **args))

    reply_text = [shown(answer) for answer in group.handle(press("ada", "ben"), press("ben", "ada"))]
    assert SORRY not in "".join(reply_text)
    here = [line for line in lines(database, "membership") if line["left_at"] is None]
    assert sorted(line["name"] for line in here if line["role"] == "organiser") in (["ada"], ["ben"], ["cem"])


def test_who_was_removed_and_who_is_not_shown_come_last(group: Frontend) -> None:
    group.say("ada", "/group remove ben")
    group.say("ada", "/group leave")
    assert "An invitation to cafe" in shown(group.say("cem", "/group invite"))


def test_the_managers_of_its_only_chat_take_up_a_group_that_everybody_has_left(
    group: Frontend, database: SqlDatabase
) -> None:
    for who in ("ada", "ben", "cem"):
        group.say(who, "/group leave")
    assert "Only organisers can do that" in shown(group.say("eve", "/group create", group="cafe"))
    group.enrol("dan")
    assert "Week 1" in shown(group.say("dan", "/group create", group="cafe"))
    assert "An invitation to cafe" in shown(group.say("dan", "/group invite"))
    assert len(lines(database, "study_group")) == 1
    (taken_up,) = (line for line in lines(database, "membership") if line["left_at"] is None)
    assert (taken_up["role"], taken_up["shown"]) == ("organiser", "hidden")  # nobody is shown who did not say so


def back_to_0008(connection: Connection) -> None:
    """Take the newest tables back to what they were at revision 0008."""
    for table in (
        "code_entry",
        "code_attempt",
        "answer_group",
        "studied_day",
        "snapshot",
        "owed_stretch",
        "congratulation",
        "web_key",
    ):
        connection.execute(text(f"DROP TABLE {table}"))
    connection.execute(text("DROP INDEX ix_membership_study_group_folded"))
    with Operations(MigrationContext.configure(connection)).batch_alter_table("reminder") as reminder:
        reminder.drop_constraint("uq_reminder_learner_kind_slot", type_="unique")
        reminder.create_unique_constraint("uq_reminder_learner_kind", ["learner", "kind"])
        for column in ("slot", "minutes", "since"):
            reminder.drop_column(column)
    columns = ["learner.weeks_since", "learner.times_asked_at", "membership.folded"]
    columns += [f"enrollment.{name}" for name in ("studied", "late", "last_day", "last_entry")]
    for table, column in (name.split(".") for name in columns):
        connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    for table in ("presence", "attendance", "study_session", "session_series"):
        connection.execute(text(f"DROP TABLE {table}"))
    with Operations(MigrationContext.configure(connection)).batch_alter_table("live_message") as live:
        live.drop_constraint("uq_live_message_place_kind_subject", type_="unique")
        live.create_unique_constraint("uq_live_message_place_kind", ["place", "kind"])
        for column in ("subject", "event"):
            live.drop_column(column)
    connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))


def test_a_group_of_before_without_an_organiser_is_given_one(
    database: SqlDatabase,
    roadmaps: dict[str, Roadmap],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    monkeypatch.chdir(tmp_path)  # the backup lands there
    if not database.sqlite:
        folder = programs(request.getfixturevalue("postgresql"))
        if folder is None:
            pytest.skip("no pg_dump of the server's version")
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    here = frontend(database, roadmaps)
    for who in ("ada", "ben", "cem", "dan"):
        here.enrol(who)
    here.say("ada", "/group create Evening")
    for who, how in (("ben", "Not shown"), ("cem", "By my name"), ("dan", "By my name")):
        code = shown(here.say("ada", "/group invite")).split("/group join ")[1][:9]
        here.press(who, here.say(who, f"/group join {code}"), how)
    here.say("ada", "/group leave")
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE membership SET role = 'member'"))
        back_to_0008(connection)
    schema.upgrade(database, MONDAY)
    roles = {line["name"]: line["role"] for line in lines(database, "membership") if line["left_at"] is None}
    assert roles == {"ben": "member", "cem": "organiser", "dan": "member"}
    assert token(here.say("cem", "/group invite"), "Another code")
