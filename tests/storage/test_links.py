"""Two accounts become one person once, and two again as they were (promise 28)."""

import re
from datetime import timedelta
from random import Random

import pytest

from bot.dialogue.answer import Answer
from bot.storage.database import SqlDatabase
from bot.storage.tables import metadata
from roadmap.model import Roadmap
from tests.storage.frontend import Frontend, forged, frontend, shown, token, tokens
from tests.storage.oracle import GREEK
from tests.storage.stored_rows import lines, rows

APART = {
    "request",
    "merge",
    "merge_move",
    "code",
    "question",
    "kept_request",
    "delivery",
    "live_message",
    "code_entry",
    "code_attempt",
    "answer_group",
    "snapshot",
}
"""What a merge leaves behind on purpose, what the conversation about it is, and a cache that entries which change
hands empty."""


def code_of(here: Frontend, who: str) -> str:
    """A fresh code that somebody was given."""
    match = re.search(r"/link (\S+-\S+)", shown(here.say(who, "/link")))
    assert match
    return match[1]


def two_lives(here: Frontend, seed: int) -> None:
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
            "/times tue thu 19:00, sat 10-12",
        ]
        here.say(who, random.choice(words), "/log 15m calculus")


def entered(here: Frontend, maker: str, other: str) -> Answer:
    """Somebody enters another's code and says yes; what its maker is asked then."""
    preview = here.say(other, f"/link {code_of(here, maker)}")
    assert f"Link this account with {maker} on Terminal?" in shown(preview)
    assert f"Now say yes as {maker}" in shown(here.press(other, preview, "Link the accounts"))
    asked = here.say(maker, "/link")
    assert f"Link this account with {other} on Terminal?" in shown(asked)
    return asked


def merged(here: Frontend) -> str:
    """Bob enters ada's code, and she says yes."""
    return shown(here.press("ada", entered(here, "ada", "bob"), "Link the accounts"))


def settled(database: SqlDatabase) -> dict[str, list[dict[str, object]]]:
    """All rows without what every word changes."""
    return {
        name: [
            {key: value for key, value in row.items() if key not in {"seen_at", "due"}}
            for row in sorted(lines(database, name), key=lambda line: (str(line.get("id")), repr(line)))
        ]
        for name in metadata.tables
        if name not in APART
    }


@pytest.mark.parametrize("seed", range(4))
def test_undone_everything_is_as_it_was(here: Frontend, database: SqlDatabase, seed: int) -> None:
    two_lives(here, seed)
    before = settled(database)
    minutes = sum(line["minutes"] for line in lines(database, "entry"))
    assert "Your accounts are linked now" in merged(here)
    (owner,) = {line["learner"] for line in lines(database, "account")}
    enrolled = {line["id"] for line in lines(database, "enrollment") if line["learner"] == owner}
    assert sum(line["minutes"] for line in lines(database, "entry") if line["enrollment"] in enrolled) == minutes
    assert shown(here.say("bob", "/progress")) == shown(here.say("ada", "/progress"))
    assert "Your accounts are separate again" in shown(here.say("ada", "/link undo"))
    assert settled(database) == before
    assert "There is no link of accounts" in shown(here.say("ada", "/link undo"))


def test_of_many_who_enter_a_code_at_once_one_does(here: Frontend, database: SqlDatabase) -> None:
    code = code_of(here, "ada")
    for n in range(5):
        here.enrol(f"bob{n}")
    presses = [here.pressed(f"bob{n % 5}", forged("link", code=code, take="1")) for n in range(20)]
    reply = [shown(answer) for answer in here.handle(*presses)]
    assert sum("Now say yes as ada" in words for words in reply) == 4
    assert len(lines(database, "code_entry")) == 1
    assert lines(database, "merge") == []


def test_of_many_yeses_at_once_one_merges(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    yes = token(entered(here, "ada", "bob"), "Link the accounts")
    reply = [shown(answer) for answer in here.handle(*[here.pressed("ada", yes) for _ in range(20)])]
    assert sum("Your accounts are linked now" in words for words in reply) == 1
    assert len(lines(database, "merge")) == 1


def test_a_press_that_comes_twice_merges_once(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    press = here.pressed("ada", token(entered(here, "ada", "bob"), "Link the accounts"))
    first, second = here.handle(press)[0], here.handle(press)[0]
    assert shown(first) == shown(second)
    assert len(lines(database, "merge")) == 1


def test_two_merges_that_cross_do_not_both_happen(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    yes = [
        (maker, token(entered(here, maker, other), "Link the accounts"))
        for maker, other in (("ada", "bob"), ("bob", "ada"))
    ]
    reply = here.handle(*[here.pressed(who, press) for who, press in yes])
    assert sum("Your accounts are linked now" in shown(answer) for answer in reply) == 1
    assert len(lines(database, "merge")) == 1


def test_who_enters_a_strangers_code_gets_nothing_of_theirs(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("eve")
    here.say("ada", "/log 7h calculus", "/group create Evening")
    code = code_of(here, "ada")
    preview = here.say("eve", f"/link {code}")
    assert "7 h" not in shown(preview)
    assert "7 h" not in shown(here.press("eve", preview, "Link the accounts"))
    entry = str(lines(database, "code_entry")[0]["code"])
    for who in ("eve", "mallory"):
        for args in ({"entry": entry, "take": "1"}, {"entry": entry}, {"code": code, "take": "1"}, {"code": code}):
            assert "7 h" not in shown(here.handle(here.pressed(who, forged("link", **args)))[0])
        assert "7 h" not in shown(here.handle(here.pressed(who, forged("linkasked", entry=entry)))[0])
    assert lines(database, "merge") == []
    assert "0 min" in shown(here.say("eve", "/progress"))
    here.press("ada", here.say("ada", "/link"), "No, that is not me")
    assert "Nobody is waiting" in shown(here.handle(here.pressed("ada", forged("link", entry=entry, take="1")))[0])
    assert lines(database, "merge") == []


def test_the_maker_sees_nothing_of_another_before_that_one_says_yes(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    here.say("bob", "/log 7h calculus")
    here.say("bob", f"/link {code_of(here, 'ada')}")
    assert "One person, two accounts" in shown(here.say("ada", "/link"))


def test_a_yes_holds_no_longer_than_ten_minutes(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    asked = entered(here, "ada", "bob")
    here.now += timedelta(minutes=11)
    assert "Nobody is waiting for your yes any more" in shown(here.press("ada", asked, "Link the accounts"))
    assert lines(database, "merge") == []


def test_a_yes_to_somebody_who_is_deleted_since_does_nothing(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    asked = entered(here, "ada", "bob")
    here.press("bob", here.say("bob", "/deleteme"), "Delete everything")
    assert "Nobody is waiting for your yes any more" in shown(here.press("ada", asked, "Link the accounts"))
    assert lines(database, "code_entry") == []


def test_who_was_removed_or_left_as_one_does_not_come_back_as_two(here: Frontend, database: SqlDatabase) -> None:
    for who in ("bob", "cem"):
        here.enrol(who)
    here.say("cem", "/group create", "/group join by my name", group="cafe")
    for who in ("ada", "bob"):
        here.say(who, "/group join by my name", group="cafe")
    here.say("cem", "/group organiser bob")
    merged(here)
    assert "An invitation to cafe" in shown(here.say("bob", "/group invite"))
    here.say("cem", "/group remove ada")
    here.say("ada", "/link undo")
    roles = {line["name"]: (line["role"], line["left_at"] is None) for line in lines(database, "membership")}
    assert roles == {"cem": ("organiser", True), "ada": ("removed", False), "bob": ("removed", False)}
    assert "removed" not in shown(here.say("bob", "/group invite"))


def test_a_group_keeps_an_organiser_through_a_merge_and_its_end(here: Frontend, database: SqlDatabase) -> None:
    for who in ("bob", "cem"):
        here.enrol(who)
    here.say("bob", "/group create", "/group join by my name", group="cafe")
    for who in ("ada", "cem"):
        here.say(who, "/group join by my name", group="cafe")
    merged(here)
    assert "An invitation to cafe" in shown(here.say("ada", "/group invite"))
    here.say("ada", "/link undo")
    roles = {line["name"]: line["role"] for line in lines(database, "membership")}
    assert roles == {"bob": "organiser", "ada": "member", "cem": "member"}


def test_only_a_digest_of_a_code_is_kept(here: Frontend, database: SqlDatabase) -> None:
    code = code_of(here, "ada")
    kept = {name: content for name, content in rows(database).items() if name != "request"}
    assert code not in repr(kept)


def test_a_new_code_ends_the_one_before(here: Frontend) -> None:
    here.enrol("bob")
    first, second = code_of(here, "ada"), code_of(here, "ada")
    assert "That code is not valid" in shown(here.say("bob", f"/link {first}"))
    assert "Link this account with ada" in shown(here.say("bob", f"/link {second}"))


def test_who_is_deleted_takes_what_they_absorbed_along(here: Frontend, database: SqlDatabase) -> None:
    two_lives(here, 7)
    merged(here)
    here.press("bob", here.say("bob", "/deleteme"), "Delete everything")
    for name in ("learner", "account", "enrollment", "entry", "membership", "merge", "merge_move"):
        assert lines(database, name) == [], name
    assert not [line for line in lines(database, "reminder") if line["learner"]]


def test_of_two_roadmaps_the_one_of_whoever_made_the_code_is_followed(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps | {"greek": GREEK})
    for who, title in (("ada", "6-Month"), ("bob", "Greek")):
        question = here.say(who, "/start")
        here.press(who, question, next(label for label, _ in tokens(question) if label.startswith(title)))
        here.say(who, "8", "UTC")
        here.now += timedelta(minutes=5)
    here.say("bob", "/log 1h")
    here.say("ada", "/log 30m")
    merged(here)
    for who in ("ada", "bob"):
        assert shown(here.say(who, "/progress")).startswith("6-Month")
    assert [line["minutes"] for line in lines(database, "commitment")] == [480, 480, 0]  # the other one rests
    here.say("ada", "/link undo")
    assert shown(here.say("ada", "/progress")).startswith("6-Month")
    assert shown(here.say("bob", "/progress")).startswith("Greek")
    assert "1 h of 8 h this week" in shown(here.say("bob", "/progress"))


def test_weeks_met_on_either_account_stay_met(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = frontend(database, roadmaps | {"greek": GREEK})
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


def at_what_times(database: SqlDatabase) -> list[tuple[object, ...]]:
    """Whose study times there are (1 is ada), and where they count."""
    known = sorted(int(str(line["id"])) for line in lines(database, "learner"))
    return sorted(
        (
            known.index(int(str(line["learner"]))) + 1,
            line["weekday"],
            str(line["at"])[:5],
            line["zone"],
            line["due"] is not None,
        )
        for line in lines(database, "reminder")
        if line["kind"] == "studytime"
    )
