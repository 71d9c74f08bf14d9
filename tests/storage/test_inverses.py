"""What is taken back, put back or moved is as it was, whatever happens in between (promise 31)."""

from datetime import timedelta

import pytest

from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, forged, shown
from tests.storage.stored_rows import lines
from tests.storage.test_links import merged, settled


def entry(database: SqlDatabase, n: int = 0) -> str:
    """The id of the nth logging."""
    return str([line["id"] for line in lines(database, "entry") if line["kind"] != "reversal"][n])


def press(here: Frontend, command: str, who: str = "ada", **args: str) -> str:
    return shown(here.handle(here.pressed(who, forged(command, **args)))[0])


def board(here: Frontend) -> str:
    return shown(here.say("ada", "/leaderboard", group="cafe"))


def numbers(here: Frontend) -> list[str]:
    """All that is shown of ada's hours."""
    return [shown(here.say("ada", words)) for words in ("/progress", "/plan", "/why", "/history")] + [board(here)]


@pytest.mark.parametrize("words", ["/log 30h", "/log 12h", "/log 45m calculus", "/done"])
def test_undo_and_put_it_back_restore_every_number_any_number_of_times(
    here: Frontend, database: SqlDatabase, words: str
) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.say("ada", "/log 7h")
    here.now += timedelta(days=1)
    here.say("ada", words.replace("30h", "23h 30m"), "/log 20m calculus")
    entry_number, before = entry(database, 2), numbers(here)
    for _ in range(3):
        assert press(here, "undo", entry=entry_number).startswith("Took back")
        here.say("ada", "/log 10m", "/undo")  # something happens in between
        after_undo = numbers(here)
        assert press(here, "undo", entry=entry_number, back="1").startswith("It is back")
        assert press(here, "undo", entry=entry_number, back="1").startswith("That counts already")
        assert [shown_[:400] for shown_ in after_undo] != [shown_[:400] for shown_ in before]
        assert [shown_.replace("4 entries", "3 entries") for shown_ in numbers(here)[:3]] == before[:3]
        assert board(here) == before[4]


def test_a_move_and_its_undo_restore_every_number(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.say("ada", "/log 7h")
    here.now += timedelta(days=8)
    here.say("ada", "/log 9h", "/log 20m calculus")
    before = numbers(here)
    for args in ({"item": "calculus"}, {"day": "2026-01-06"}):
        entry_number = entry(database)
        assert press(here, "move", entry=entry_number, **args).startswith("Moved.")
        assert numbers(here) != before
        assert shown(here.say("ada", "/undo")).startswith("It is where it was.")
        assert numbers(here) == before


def test_nothing_is_put_back_into_a_day_that_is_full_by_now(here: Frontend, database: SqlDatabase) -> None:
    here.press("ada", here.say("ada", "/log 20h"), "Yes, 20 h")
    here.say("ada", "/undo", "/log 5h calculus")
    reply = press(here, "undo", entry=entry(database), back="1")
    assert reply.startswith("A day has 24 hours: with 20 h more, Mon, 5 Jan 2026 would have 25 h.")
    here.say("ada", "/undo")
    assert press(here, "undo", entry=entry(database), back="1").startswith("It is back")


def test_an_old_undo_button_takes_back_what_has_been_moved_since(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 2h")
    press(here, "move", entry=entry(database), item="calculus")
    assert press(here, "undo", entry=entry(database)).startswith("Took back")
    assert press(here, "undo", entry=entry(database)).startswith("That was taken back already")
    assert "0 min of 8 h this week" in shown(here.say("ada", "/progress"))


def test_an_old_put_it_back_button_logs_as_it_did(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 2h", "/undo")
    assert press(here, "log", spent="120m", day="2026-01-05", item="calculus").startswith("Logged 2 h on “Calculus”")


def test_nobody_takes_back_puts_back_or_moves_anothers_entry(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("eve")
    here.say("ada", "/log 2h")
    before = lines(database, "entry")
    for command, args in (("undo", {}), ("undo", {"back": "1"}), ("move", {"item": "calculus"}), ("history", {})):
        reply = press(here, command, "eve", entry=entry(database), **args)
        assert reply.startswith("I cannot find that entry"), reply
    assert lines(database, "entry") == before


def test_unlinking_leaves_no_line_about_an_entry_with_the_other_learner(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob", hours="4")
    here.say("ada", "/log 2h")
    here.say("bob", "/log 3h", "/log 12h", "/log 30m calculus", "/done")
    owner = {line["id"]: line["enrollment"] for line in lines(database, "entry")}
    assert "Your accounts are linked now" in merged(here)
    for n, (command, args) in enumerate(
        [
            ("undo", {}),
            ("undo", {}),
            ("move", {"item": "calculus"}),
            ("undo", {}),
            ("undo", {}),
        ]
    ):
        press(here, command, entry=entry(database, n), **args)
    press(here, "undo", entry=entry(database, 1), back="1")
    before = {line["id"]: line for line in lines(database, "entry")}
    here.say("bob", "/link undo")
    assert len({line["enrollment"] for line in lines(database, "entry")}) == 2
    for line in lines(database, "entry"):
        about = line["reverses"] or line["moves"] or line["part_of"]
        while about and about not in owner:
            about = before[about]["reverses"] or before[about]["moves"] or before[about]["part_of"]
        assert line["enrollment"] == owner[about or line["id"]], line
    assert settled(database)["entry"]


def test_moving_an_entry_makes_it_neither_late_nor_early(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/group create", "/group join by my name", group="cafe")
    here.now += timedelta(days=3)
    here.say("ada", "/log 2h")
    here.now += timedelta(days=3)
    mark = "entered more than a day later"
    press(here, "move", entry=entry(database), item="calculus")
    press(here, "move", entry=entry(database), day="2026-01-07")
    assert mark not in board(here)
    # hours of one week carried into another, long after they were recorded, are marked like those entered long after
    here.now += timedelta(days=7)
    press(here, "move", entry=entry(database), day="2026-01-13")
    assert mark in board(here)


def test_a_timer_is_logged_once_also_when_its_entry_was_moved(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/focus 25")
    here.now += timedelta(minutes=20)
    here.press("ada", here.say("ada", "/focus stop"), "Log 20 min")
    press(here, "move", entry=entry(database), item="calculus")
    here.now += timedelta(hours=1)
    (timer,) = lines(database, "timer")
    reply = press(here, "log", spent="20m", timer=str(timer["id"]), day="2026-01-05")
    assert reply.startswith("That timer is logged already. Mon, 5 Jan 2026: 20 min on “Calculus”"), reply


def test_adjustments_are_taken_back_in_the_order_in_which_they_were_made(here: Frontend, database: SqlDatabase) -> None:
    here.say("ada", "/log 1h")
    here.now += timedelta(days=15)
    before = shown(here.say("ada", "/progress"))
    for change in ("spread", "trim"):
        assert shown(here.press("ada", here.say("ada", f"/catchup {change}"), "Take it")).startswith("Done:")
    older, newer = (str(line["id"]) for line in lines(database, "adjustment"))
    assert press(here, "catchup", undo=older).startswith("You have adjusted the plan again since")
    # something that was left out came back on its own, and went again
    trims = [str(line["id"]) for line in lines(database, "entry") if line["kind"] == "trim"]
    press(here, "undo", entry=trims[0])
    press(here, "undo", entry=trims[0], back="1")
    assert press(here, "catchup", undo=newer).startswith("Took it back")
    assert press(here, "catchup", undo=newer).startswith("That was taken back already")
    assert press(here, "catchup", undo=older).startswith("Took it back")
    assert shown(here.say("ada", "/progress")) == before


def test_who_has_hidden_as_one_is_hidden_as_two(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    for who in ("ada", "bob"):
        here.say(who, "/group create", "/group join by my name", group="cafe")
    merged(here)
    here.say("ada", "/group join hidden", group="cafe")
    here.say("ada", "/link undo")
    assert [(line["shown"], line["left_at"]) for line in lines(database, "membership")] == [("hidden", None)] * 2


def test_who_has_begun_again_on_one_account_takes_no_credit_from_the_other(here: Frontend) -> None:
    here.enrol("bob")
    here.say("ada", "/log 5h")
    here.say("bob", "/log 2h")
    here.now += timedelta(days=8)
    assert "You begin again today" in shown(here.say("bob", "/start again"))
    here.say("bob", "/log 1h")
    merged(here)
    assert "8 h of 192 h" in shown(here.say("ada", "/progress"))
    here.say("ada", "/link undo")
    assert "5 h of 192 h" in shown(here.say("ada", "/progress"))
    assert "1 h of 192 h" in shown(here.say("bob", "/progress"))


def test_two_who_have_congratulated_are_one_and_two_again(here: Frontend, database: SqlDatabase) -> None:
    for who in ("bob", "eva"):
        here.enrol(who)
    for who in ("ada", "bob", "eva"):
        here.say(who, "/group create", "/group join by my name", group="cafe")
    here.press("eva", here.say("eva", "/before 192h"), "Yes, 192 h")
    finished = str(max(line["id"] for line in lines(database, "enrollment")))
    for who in ("ada", "bob", "bob"):
        here.handle(here.pressed(who, forged("congratulate", of=finished), group="cafe"))
    given = lines(database, "congratulation")
    assert len(given) == 2
    assert "Your accounts are linked" in merged(here)
    assert lines(database, "congratulation") == given
    here.say("ada", "/link undo")
    assert lines(database, "congratulation") == given


def test_who_is_two_again_is_reminded_of_the_sessions_they_come_to(here: Frontend, database: SqlDatabase) -> None:
    here.enrol("bob")
    for who in ("ada", "bob"):
        here.say(who, "/group create", "/group join by my name", group="cafe")
    here.say("ada", "/session tomorrow 20:00", group="cafe")
    session = str(lines(database, "study_session")[0]["id"])
    press(here, "session.in", "bob", session=session)

    def reminded() -> list[int]:
        sessions = (line for line in lines(database, "delivery") if "sessionsoon" in str(line["request"]))
        return sorted(line["learner"] for line in sessions if line["state"] == "pending")

    before = reminded()
    assert len(before) == 2
    merged(here)
    assert len(reminded()) == 1
    here.say("ada", "/link undo")
    assert reminded() == before
