"""Study sessions on the schedule: few messages, each at its time, whatever happens to the program meanwhile."""

from datetime import timedelta

import pytest

from bot.core.session import EMPTY_IN_A_ROW
from tests.delivery.post import Office
from tests.storage.frontend import shown as shown_reply
from tests.storage.stored_rows import count, lines

MINUTE = timedelta(minutes=1)
_OF_SESSIONS = ("sessionsoon", "sessionover", "sessionmoved", "sessionoff")


@pytest.fixture
def cafe(office: Office) -> Office:
    """A group of three with a place; the schedule is silent but for sessions."""
    for who in ("ada", "ben", "eve"):
        office.enrol(who)
    office.make_group("ada", "ben", "eve")
    office.press_in("cafe", "ada", "group.stop")
    office.tick()
    office.box.sent.clear()
    return office


def propose(office: Office, words: str) -> str:
    """Ada proposes a session; its number."""
    office.say_in("cafe", "ada", f"/session {words}")
    office.tick()
    return str(max(line["id"] for line in lines(office.database, "study_session")))


def shown(office: Office) -> str:
    """What the session's message says."""
    (live,) = (line for line in lines(office.database, "live_message") if line["kind"] == "session")
    return office.box.shown.get(str(live["message"]), "")


def messages_to(office: Office, who: str) -> list[str]:
    """The first words of what somebody was told by the schedule."""
    return [sent.text for sent in office.box.sent if sent.to == who]


def test_of_a_session_one_reminder_and_one_question_come(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 90m")
    for _ in range(3):
        for who in ("ada", "ben"):
            cafe.press_in("cafe", who, "session.in", session=session)
    cafe.until(cafe.now.replace(hour=20, minute=0))
    for _ in range(3):
        for command in ("session.here", "session.off", "session.here"):
            cafe.press_in("cafe", "ben", command, session=session)
    cafe.until(cafe.now + timedelta(days=2))
    of_sessions = [
        (line["learner"], line["request"].split("?")[0].partition(".")[2])
        for line in lines(cafe.database, "delivery")
        if line["state"] == "sent" and line["request"] and any(name in line["request"] for name in _OF_SESSIONS)
    ]
    people = {line["learner"] for line in lines(cafe.database, "attendance")}
    assert len(people) == 2
    assert sorted(of_sessions) == sorted(
        [(who, "sessionsoon") for who in people]
        + [(line["learner"], "sessionover") for line in lines(cafe.database, "presence")[:1]]
    )
    assert count(cafe.database, "entry") == 0


def test_its_message_is_edited_at_changes_of_its_phases_alone(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 90m")
    assert [sent.to for sent in cafe.box.sent] == ["cafe"]
    cafe.until(cafe.now.replace(hour=20, minute=0))
    before = len(cafe.box.edited)
    cafe.until(cafe.now.replace(hour=23, minute=0))
    assert len(cafe.box.edited) - before == 3  # rest, study, over
    cafe.press_in("cafe", "ada", "session.here", session=session)
    cafe.until(cafe.now + MINUTE)
    assert len(cafe.box.edited) - before == 3


def test_after_an_outage_its_message_says_what_is_true_then(cafe: Office) -> None:
    propose(cafe, "today 20:00 90m")
    cafe.now = cafe.now.replace(hour=21, minute=10)
    cafe.tick()
    assert len(cafe.box.edited) == 1
    assert not [sent for sent in cafe.box.sent if "from 20:00" in sent.text]
    cafe.now += timedelta(days=3)
    cafe.tick()
    assert len(cafe.box.edited) == 2
    assert [line["due"] for line in lines(cafe.database, "study_session")] == [None]


def test_a_series_nobody_comes_to_ends_by_itself(cafe: Office) -> None:
    session = propose(cafe, "every tuesday 20:00 1h")
    cafe.press_in("cafe", "ada", "session.out", session=session)
    cafe.until(cafe.now + timedelta(weeks=EMPTY_IN_A_ROW + 3))
    assert count(cafe.database, "study_session") == EMPTY_IN_A_ROW
    (series,) = lines(cafe.database, "session_series")
    assert series["ended_at"] is not None


def test_who_has_left_the_group_hears_nothing_of_its_sessions(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 90m")
    cafe.press_in("cafe", "ben", "session.in", session=session)
    cafe.press_in("cafe", "ben", "group.leave")
    cafe.until(cafe.now.replace(hour=23))
    assert not [line for line in messages_to(cafe, "ben") if "20:00" in line]
    assert "ben" not in shown(cafe)


def test_a_clock_that_ran_ahead_ends_no_session_before_its_time(cafe: Office) -> None:
    propose(cafe, "today 20:00 90m")
    now = cafe.now
    cafe.now += timedelta(days=1)
    cafe.tick()
    cafe.now = now
    cafe.database.transact(lambda uow: uow.sessions.repair_after_clock_change(now))
    cafe.tick()
    cafe.until(now.replace(hour=20, minute=1))
    assert "Study until" in shown(cafe)


def test_old_sessions_are_dropped_with_all_that_is_kept_of_them(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 90m")
    cafe.until(cafe.now.replace(hour=20, minute=0))
    cafe.press_in("cafe", "ada", "session.here", session=session)
    cafe.until(cafe.now + timedelta(days=104))
    tables = ("study_session", "attendance", "presence")
    assert {name: count(cafe.database, name) for name in tables} == dict.fromkeys(tables, 0)
    assert not [line for line in lines(cafe.database, "live_message") if line["kind"] == "session"]


def test_sessions_of_one_evening_have_a_message_each(cafe: Office) -> None:
    for topic in ("algebra", "statistics"):
        propose(cafe, f'today 20:00 "{topic}"')
    kept = [line for line in lines(cafe.database, "live_message") if line["kind"] == "session"]
    assert len({line["message"] for line in kept}) == len({line["subject"] for line in kept}) == 2


def test_who_was_early_is_asked_after_a_session_that_was_moved_since(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 1h")
    cafe.until(cafe.now.replace(hour=19, minute=50))
    cafe.press_in("cafe", "ben", "session.here", session=session)
    cafe.say_in("cafe", "ada", "/session move 20:30")
    cafe.until(cafe.now.replace(hour=20, minute=35))
    assert "Nobody is here yet." in shown(cafe)
    cafe.press_in("cafe", "ben", "session.here", session=session)
    cafe.until(cafe.now.replace(hour=21, minute=31))
    assert [line for line in messages_to(cafe, "ben") if "is over: 55 min of study" in line]


def test_who_becomes_one_with_another_account_while_they_are_there_is_asked_at_the_end(cafe: Office) -> None:
    cafe.enrol("ben-too")
    session = propose(cafe, "today 20:00 1h")
    cafe.until(cafe.now.replace(hour=20, minute=0))
    cafe.press_in("cafe", "ben", "session.here", session=session)
    here = cafe.frontend
    code = shown_reply(cafe.say("ben-too", "/link")).split("/link ")[1][:9]
    here.press("ben", here.say("ben", f"/link {code}"), "Link the accounts")
    here.press("ben-too", here.say("ben-too", "/link"), "Link the accounts")
    cafe.until(cafe.now.replace(hour=21, minute=5))
    heard = [line for who in ("ben", "ben-too") for line in messages_to(cafe, who)]
    assert len([line for line in heard if "is over: 1 h of study" in line]) == 1


def test_who_calls_a_session_off_is_not_told_what_they_did(cafe: Office) -> None:
    session = propose(cafe, "today 20:00 1h")
    cafe.press_in("cafe", "ben", "session.in", session=session)
    cafe.press_in("cafe", "ada", "session.cancel", session=session)
    cafe.until(cafe.now + timedelta(hours=1))
    of_it = [[line for line in messages_to(cafe, who) if "is off" in line] for who in ("ben", "ada")]
    assert (len(of_it[0]), of_it[1]) == (1, []), messages_to(cafe, "ben")


def test_a_series_to_which_somebody_comes_now_and_then_goes_on(cafe: Office) -> None:
    propose(cafe, "every tuesday 20:00 1h")
    cafe.press_in("cafe", "ada", "session.out", session="1")
    for n in range(EMPTY_IN_A_ROW + 1):
        cafe.until(cafe.now + timedelta(weeks=1))
        session = str(max(line["id"] for line in lines(cafe.database, "study_session")))
        cafe.press_in("cafe", "ada", "session.in" if n % 2 else "session.out", session=session)
    (series,) = lines(cafe.database, "session_series")
    assert series["ended_at"] is None


def test_who_links_another_account_is_reminded_and_asked_all_the_same(cafe: Office) -> None:
    cafe.enrol("ben-too")
    session = propose(cafe, "today 20:00 1h")
    cafe.press_in("cafe", "ben", "session.in", session=session)
    here = cafe.frontend
    code = shown_reply(here.say("ben-too", "/link")).split("/link ")[1][:9]
    here.press("ben", here.say("ben", f"/link {code}"), "Link the accounts")
    here.press("ben-too", here.say("ben-too", "/link"), "Link the accounts")
    learners = {line["learner"] for line in lines(cafe.database, "account") if line["external_id"].startswith("ben")}
    assert len(learners) == 1
    assert learners < {line["learner"] for line in lines(cafe.database, "attendance")}
    cafe.until(cafe.now.replace(hour=19, minute=55))
    cafe.press_in("cafe", "ben", "session.here", session=session)
    cafe.until(cafe.now.replace(hour=21, minute=5))
    heard = [line for who in ("ben", "ben-too") for line in messages_to(cafe, who)]
    assert len([line for line in heard if "from 20:00 to 21:00" in line]) == 1
    assert len([line for line in heard if "is over: 1 h of study" in line]) == 1
