"""The board's ranks equal a recomputation (promise 11), and nobody is on it who did not say yes (promise 25)."""

from datetime import timedelta
from random import Random

from bot.dialogue.answer import Answer
from bot.dialogue.reply import Table
from bot.dialogue.text import Minutes, Percent
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, frontend, shown

PEOPLE = [f"learner{n}" for n in range(8)]
Line = tuple[int, str, int, int | None]
"""Rank, name, minutes, share of the own plan in percent (None: on pause)."""


def read(answer: Answer) -> list[Line]:
    """The lines of the board."""
    assert answer.reply is not None
    board_lines = []
    for table in (block for block in answer.reply.blocks if isinstance(block, Table)):
        for rank, name, time, share in table.rows:
            minutes, part = time.values["time"], share.values.get("share")
            assert isinstance(minutes, Minutes)
            assert part is None or isinstance(part, Percent)
            place, who = rank.values["rank"], name.values["name"]
            assert isinstance(place, int)
            board_lines.append((place, str(who), minutes.minutes, part.percent if part else None))
    return board_lines


def expected(studied: dict[str, int], owed: dict[str, int]) -> list[Line]:
    """The board worked out by hand: by capped share, then those on pause by hours; equals share a rank."""
    keys = {
        who: (0, -min(120, minutes * 100 // owed[who])) if owed[who] else (1, -minutes)
        for who, minutes in studied.items()
        if minutes or owed[who]
    }
    return [
        (1 + sum(other < key for other in keys.values()), who, studied[who], None if key[0] else -key[1])
        for who, key in sorted(keys.items(), key=lambda sorted_by: (sorted_by[1], sorted_by[0]))
    ]


def test_the_board_is_what_the_ledgers_of_its_members_say(here: Frontend) -> None:
    random = Random(11)  # noqa: S311
    owed, studied = {}, dict.fromkeys(PEOPLE, 0)
    here.say("ada", "/group create", group="cafe")
    for who in PEOPLE:
        hours = random.choice([2, 4, 8])
        here.enrol(who, hours=str(hours))
        owed[who] = hours * 60
        here.say(who, "/group join by my name", group="cafe")
    here.say("ada", "/log 5h")  # never said yes
    for step in range(60):
        here.now += timedelta(minutes=2)
        who, minutes = random.choice(PEOPLE), random.choice([30, 60, 90])
        answer = here.say(who, f"/log {minutes}m")
        if step % 4:
            studied[who] += minutes
        else:
            assert shown(here.press(who, answer, "Undo")).startswith("Took back")
    here.say(PEOPLE[0], "/pause")
    here.say(PEOPLE[1], "/group leave", group="cafe")
    first, owed[PEOPLE[0]] = owed[PEOPLE[0]], 0
    del studied[PEOPLE[1]]
    committed = {**owed, PEOPLE[0]: first}  # a pause counts from the next week on
    assert read(here.say("ada", "/leaderboard", group="cafe")) == expected(studied, committed)
    here.now += timedelta(days=7)  # a new week: who studies nothing stands at 0 %, who pauses does not stand there
    assert read(here.say("ada", "/leaderboard", group="cafe")) == expected(dict.fromkeys(studied, 0), owed)


def test_what_is_said_within_a_week_moves_nobody_before_the_next_one(here: Frontend) -> None:
    """Pauses, other hours, illness and its undoing, at random: shares are of what stood when the week began."""
    random = Random(32)  # noqa: S311
    here.say("ada", "/group create", group="cafe")
    meant: dict[str, int] = {}
    for who in PEOPLE:
        here.enrol(who, hours="8")
        here.say(who, "/group join by my name", group="cafe")
        meant[who] = 480
    for _ in range(3):
        committed, studied = dict(meant), dict.fromkeys(PEOPLE, 0)
        for who in PEOPLE:
            studied[who] = random.choice([60, 240, 480])
            here.say(who, f"/log {studied[who]}m")
        for _ in range(12):
            here.now += timedelta(hours=9)
            who, hours = random.choice(PEOPLE), random.choice([2, 4, 20])
            match random.choice(["pace", "pause", "resume", "sick", "sick and not"]):
                case "pace":
                    here.say(who, f"/pace {hours}")
                    meant[who] = hours * 60
                case "pause":
                    here.say(who, "/pause")
                    meant[who] = 0
                case "resume" if not meant[who]:
                    here.say(who, f"/pace {hours}")
                    meant[who] = hours * 60
                case "sick":
                    here.say(who, "/sick")
                case "sick and not":
                    answer = here.say(who, "/sick")
                    if shown(answer).startswith("Get well soon"):
                        here.press(who, answer, "Undo")
            assert read(here.say("ada", "/leaderboard", group="cafe")) == expected(studied, committed)
        here.now += timedelta(hours=7 * 24 - 12 * 9)
        assert read(here.say("ada", "/leaderboard last week", group="cafe")) == expected(studied, committed)


def test_an_illness_taken_back_leaves_its_days_owed(here: Frontend) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.now += timedelta(days=7)
    ill = here.say("ada", "/sick monday")
    here.now += timedelta(days=6)
    here.say("ada", "/sick")
    for back in range(1, 6):
        here.say("ada", f"/sick {(here.now - timedelta(days=back)).date().isoformat()}")
    # All seven days of it were an illness, and nothing was studied: not on the board. With one taken back: there again.
    assert read(here.say("ada", "/leaderboard", group="cafe")) == []
    assert shown(here.press("ada", ill, "Undo")).startswith("Took it back")
    assert read(here.say("ada", "/leaderboard", group="cafe")) == [(1, "ada", 0, 0)]


def test_each_group_sees_its_own_members_alone(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = frontend(database, roadmaps)
    joins = {"cafe": {"ada", "bob", "eve"}, "library": {"eve", "joe"}, "elsewhere": set[str]()}
    for group in joins:
        here.say("joe", "/group create", group=group)
    for who in ("ada", "bob", "eve", "joe", "mia"):
        here.enrol(who)
        here.say(who, "/log 2h", "/group join by my name")  # of no group
        for group in (group for group, members in joins.items() if who in members):
            here.say(who, "/group join by my name", group=group)

    def boards() -> dict[str, set[str]]:
        return {group: {line[1] for line in read(here.say("mia", "/leaderboard", group=group))} for group in joins}

    assert boards() == joins
    here.say("ada", "/group leave", group="library")  # was never there
    here.say("eve", "/group leave", group="cafe")
    assert boards() == joins | {"cafe": {"ada", "bob"}}


def test_a_name_is_one_members_and_free_again_when_they_leave(here: Frontend) -> None:
    here.enrol("bob")
    for group in ("cafe", "library"):
        here.say("ada", "/group create", group=group)
    assert "is on the board of cafe now" in shown(here.say("ada", '/group join "Lovelace"', group="cafe"))
    assert "Somebody is on this board as" in shown(here.say("bob", '/group join "LOVELACE"', group="cafe"))
    assert "is on the board of library now" in shown(here.say("bob", '/group join "lovelace"', group="library"))
    here.say("ada", "/group leave", group="cafe")
    assert "is on the board of cafe now" in shown(here.say("bob", '/group join "Lovelace"', group="cafe"))
