"""Two accounts become one person once, and two again as they were (promise 28)."""

import re
from datetime import timedelta
from random import Random

import pytest

from bot.storage.database import SqlDatabase
from bot.storage.tables import metadata
from roadmap.model import Roadmap
from tests.storage.books import lines, rows
from tests.storage.door import Door, door, forged, shown, tokens
from tests.storage.oracle import GREEK

APART = {"request", "merge", "merge_move", "code", "question", "kept_request", "delivery", "live_message"}
"""What a merge leaves behind on purpose, or what the conversation about it is."""


def code_of(here: Door, who: str) -> str:
    """A fresh code that somebody was given."""
    found = re.search(r"/link (\S+-\S+)", shown(here.say(who, "/link")))
    assert found
    return found[1]


def two_lives(here: Door, seed: int) -> None:
    """Ada and bob, who have done much of what one can do, in one group and in others."""
    random = Random(seed)  # noqa: S311
    here.enrol("bob", hours="4")
    here.say("ada", "/group create", group="cafe")
    for who, groups in (("ada", ("cafe",)), ("bob", ("cafe", "library"))):
        for group in groups:
            here.say(who, "/group create", "/group join by my name", group=group)
    for _ in range(12):
        here.now += timedelta(hours=random.randrange(5, 40))
        who = random.choice(["ada", "bob"])
        words = [
            "/log 30m",
            "/log 2h",
            "/done",
            "/undo",
            "/checkin done",
            "/sick yesterday",
            "/reminders off",
            "/pace 5",
        ]
        here.say(who, random.choice(words), "/log 15m calculus")


def merged(here: Door) -> str:
    """Bob types ada's code and says yes."""
    code = code_of(here, "ada")
    preview = here.say("bob", f"/link {code}")
    assert "Become one with ada?" in shown(preview)
    return shown(here.press("bob", preview, "Make us one"))


def settled(database: SqlDatabase) -> dict[str, list[dict[str, object]]]:
    """All rows without what every word changes."""
    return {
        name: [
            {key: value for key, value in row.items() if key not in {"seen_at", "due"}}
            for row in sorted(lines(database, name), key=lambda line: str(line.get("id")))
        ]
        for name in metadata.tables
        if name not in APART
    }


@pytest.mark.parametrize("seed", range(4))
def test_undone_everything_is_as_it_was(here: Door, database: SqlDatabase, seed: int) -> None:
    two_lives(here, seed)
    before = settled(database)
    minutes = sum(line["minutes"] for line in lines(database, "entry"))
    assert "You are one now" in merged(here)
    (owner,) = {line["learner"] for line in lines(database, "account")}
    enrolled = {line["id"] for line in lines(database, "enrollment") if line["learner"] == owner}
    assert sum(line["minutes"] for line in lines(database, "entry") if line["enrollment"] in enrolled) == minutes
    assert shown(here.say("bob", "/progress")) == shown(here.say("ada", "/progress"))
    assert "You are two again" in shown(here.say("ada", "/link undo"))
    assert settled(database) == before
    assert "There is no merge" in shown(here.say("ada", "/link undo"))


def test_of_many_who_press_at_once_one_merges(here: Door, database: SqlDatabase) -> None:
    code = code_of(here, "ada")
    for n in range(5):
        here.enrol(f"bob{n}")
    presses = [here.pressed(f"bob{n % 5}", forged("link", code=code, take="1")) for n in range(20)]
    said = [shown(answer) for answer in here.handle(*presses)]
    assert sum("You are one now" in words for words in said) == 1
    assert len(lines(database, "merge")) == 1


def test_a_press_that_comes_twice_merges_once(here: Door, database: SqlDatabase) -> None:
    here.enrol("bob")
    press = here.pressed("bob", forged("link", code=code_of(here, "ada"), take="1"))
    first, second = here.handle(press)[0], here.handle(press)[0]
    assert shown(first) == shown(second)
    assert len(lines(database, "merge")) == 1


def test_two_merges_that_cross_do_not_both_happen(here: Door, database: SqlDatabase) -> None:
    here.enrol("bob")
    to_ada, to_bob = code_of(here, "ada"), code_of(here, "bob")
    said = here.handle(
        here.pressed("bob", forged("link", code=to_ada, take="1")),
        here.pressed("ada", forged("link", code=to_bob, take="1")),
    )
    assert sum("You are one now" in shown(answer) for answer in said) == 1
    assert len(lines(database, "merge")) == 1


def test_only_a_digest_of_a_code_is_kept(here: Door, database: SqlDatabase) -> None:
    code = code_of(here, "ada")
    kept = {name: found for name, found in rows(database).items() if name != "request"}
    assert code not in repr(kept)


def test_a_new_code_ends_the_one_before(here: Door) -> None:
    here.enrol("bob")
    first, second = code_of(here, "ada"), code_of(here, "ada")
    assert "That code is not good" in shown(here.say("bob", f"/link {first}"))
    assert "Become one with ada?" in shown(here.say("bob", f"/link {second}"))


def test_who_is_deleted_takes_what_they_absorbed_along(here: Door, database: SqlDatabase) -> None:
    two_lives(here, 7)
    merged(here)
    here.press("bob", here.say("bob", "/deleteme"), "Delete everything")
    for name in ("learner", "account", "enrollment", "entry", "membership", "merge", "merge_move"):
        assert lines(database, name) == [], name
    assert not [line for line in lines(database, "reminder") if line["learner"]]


def test_of_two_roadmaps_the_one_of_whoever_made_the_code_is_followed(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = door(database, roadmaps | {"greek": GREEK})
    for who, title in (("ada", "6-Month"), ("bob", "Greek")):
        question = here.say(who, "/start")
        here.press(who, question, next(label for label, _ in tokens(question) if label.startswith(title)))
        here.say(who, "8", "UTC")
        here.now += timedelta(minutes=5)
    here.say("bob", "/log 1h")
    here.say("ada", "/log 30m")
    assert "Roadmap, settings" in shown(here.say("bob", f"/link {code_of(here, 'ada')}"))
    merged(here)
    for who in ("ada", "bob"):
        assert shown(here.say(who, "/progress")).startswith("6-Month")
    here.say("ada", "/link undo")
    assert shown(here.say("ada", "/progress")).startswith("6-Month")
    assert shown(here.say("bob", "/progress")).startswith("Greek")
    assert "1 h of 8 h this week" in shown(here.say("bob", "/progress"))


def test_weeks_met_on_either_account_stay_met(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = door(database, roadmaps | {"greek": GREEK})
    for who, title in (("ada", "6-Month"), ("bob", "Greek")):
        question = here.say(who, "/start")
        here.press(who, question, next(label for label, _ in tokens(question) if label.startswith(title)))
        here.say(who, "8", "UTC")
    # One week is met by ada alone, the next one by bob alone.
    here.say("ada", "/log 8h")
    here.now += timedelta(days=7)
    here.say("bob", "/log 8h")
    here.now += timedelta(days=7)
    assert "Streak:            1 week" in shown(here.say("ada", "/progress"))
    merged(here)
    for who in ("ada", "bob"):
        assert "Streak:            2 weeks" in shown(here.say(who, "/progress"))
        assert "2 weeks met" in shown(here.say(who, "/why streak"))
    here.say("ada", "/link undo")
    assert "Streak:            1 week" in shown(here.say("ada", "/progress"))
