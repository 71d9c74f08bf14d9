"""An event that comes twice counts once and is answered the same; so does a double tap (promises 2 and 3)."""

from dataclasses import replace
from random import Random

from bot.commands import COMMANDS
from bot.core.learner import Account
from bot.dialogue.reminder import reminder_kinds
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.storage.counting import increment
from tests.storage.frontend import PLATFORM, SORRY, Frontend, frontend, shown, token
from tests.storage.stored_rows import count, lines, rows, studied

ENTRIES = (
    "/log 1h30",
    "/log 45 min yesterday",
    '/log 2h "chapter 3"',
    "/log 25h",
    "/done",
    "/pace 6",
    "/pause 2 weeks",
    "/resume",
    "/timezone Asia/Tokyo",
    "/reminders checkin friday 17:00",
    "/lgo 2h with a note that is too long for any button, and so is kept under a number in the database",
    "hello",
    "/export",
    "/calendar",
    "/page",
)


def test_an_event_delivered_again_is_answered_the_same_and_writes_nothing(
    here: Frontend, database: SqlDatabase
) -> None:
    for words in ENTRIES:
        request = here.typed("ada", words)
        first = here.handle(request)[0]
        after = rows(database)
        assert here.handle(request)[0] == first, words
        assert rows(database) == after, words


def test_events_delivered_one_to_five_times_in_any_order_count_once(here: Frontend, database: SqlDatabase) -> None:
    random = Random(2)  # noqa: S311
    requests = [here.typed("ada", f"/log {minutes}m") for minutes in range(11, 31)]
    requests += [here.typed("ada", words) for words in ("/pace 6", "/done", "/leaderboard", "/timezone Berlin")]
    wire = [request for request in requests for _ in range(random.randint(1, 5))]
    random.shuffle(wire)
    answers: dict[str, set[str]] = {}
    for request in wire:
        answers.setdefault(request.id, set()).add(repr(here.handle(request)[0]))
    assert len(wire) > 50
    assert all(len(reply) == 1 for reply in answers.values())
    assert sum(line["minutes"] for line in studied(database)) == sum(range(11, 31))
    assert count(database, "commitment") == 2


def test_fifty_presses_of_one_event_at_once_count_once(here: Frontend, database: SqlDatabase) -> None:
    press = here.pressed("ada", token(here.say("ada", "/today"), "Log 1 h"), id_="callback:1")
    answers = here.handle(*[press] * 50)
    assert len(studied(database)) == 1
    assert {shown(answer) for answer in answers} == {shown(answers[0])}
    assert shown(answers[0]).startswith("Logged 1 h")


def test_a_double_tap_of_different_events_counts_once_and_the_others_are_asked(
    here: Frontend, database: SqlDatabase
) -> None:
    button = token(here.say("ada", "/today"), "Log 1 h")
    answers = here.handle(*(here.pressed("ada", button) for _ in range(50)))
    assert len(studied(database)) == 1
    reply = sorted(shown(answer).split(" on ")[0].split(" for ")[0] for answer in answers)
    assert reply == ["I have just logged 1 h"] * 49 + ["Logged 1 h"]


def test_hours_logged_at_once_never_make_a_day_longer_than_24_hours(here: Frontend, database: SqlDatabase) -> None:
    answers = here.handle(*(here.typed("ada", f"/log {minutes}m") for minutes in range(91, 131)))
    total = sum(line["minutes"] for line in studied(database))
    assert total <= 24 * 60
    logged = sum(shown(answer).startswith("Logged") for answer in answers)
    refused = sum(shown(answer).startswith("A day has 24 hours") for answer in answers)
    assert logged + refused == 40
    assert total > 24 * 60 - 131


def test_requests_of_one_learner_that_read_and_write_lose_nothing(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps, commands=(*COMMANDS, increment))
    here.enrol("ada")
    answers = here.handle(*(here.typed("ada", "/increment") for _ in range(50)))
    assert {shown(answer) for answer in answers} == {"Counted."}
    assert [line["locale"] for line in lines(database, "learner")] == ["50"]


def test_one_entry_is_taken_back_once_however_many_press(here: Frontend, database: SqlDatabase) -> None:
    button = token(here.say("ada", "/log 1h"), "Undo")
    answers = here.handle(*(here.pressed("ada", button) for _ in range(20)))
    reply = sorted(shown(answer).split(":")[0].split(";")[0] for answer in answers)
    assert reply == ["That was taken back already"] * 19 + ["Took back"]
    assert count(database, "entry") == 2


def test_whoever_starts_many_times_at_once_is_one_learner(database: SqlDatabase, roadmaps: dict[str, Roadmap]) -> None:
    here = frontend(database, roadmaps)
    hours = token(here.say("bob", "/start"), "8 h a week")
    answers = here.handle(*(here.pressed("bob", hours) for _ in range(20)))
    assert any("At that pace you finish on" in shown(answer) for answer in answers)
    assert {name: count(database, name) for name in ("learner", "account", "enrollment", "reminder")} == {
        "learner": 1,
        "account": 1,
        "enrollment": 1,
        "reminder": sum(kind.usual for kind in reminder_kinds(COMMANDS).values()),
    }


def test_requests_of_different_learners_do_not_get_in_each_others_way(here: Frontend, database: SqlDatabase) -> None:
    people = [f"learner{n}" for n in range(12)]
    for who in people:
        here.enrol(who)
    requests: list[Request] = [here.typed(who, f"/log {20 + n}m") for who in people for n in range(3)]
    answers = here.handle(*requests)
    assert all(shown(answer).startswith("Logged") for answer in answers)
    assert len(studied(database)) == 36


def test_an_id_stands_for_one_event_whatever_comes_under_it(here: Frontend, database: SqlDatabase) -> None:
    first = here.typed("ada", "/log 1h", group="cafe", id_="event")
    again = here.typed("ada", "/log 2h", id_="event")
    assert here.handle(first) == here.handle(again)
    assert len(studied(database)) == 1


def test_a_name_longer_than_its_column_is_cut_and_hinders_nobody(
    database: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    here = frontend(database, roadmaps)
    for name in ("ada", "a" * 129, "a" * 400, "ada"):
        for words in ("/start", "8", "UTC", "/log 20m"):
            request = replace(here.typed("ada", words), sender=Account(PLATFORM, "ada", name))
            assert not shown(here.handle(request)[0]).startswith(SORRY), (len(name), words)
        assert [line["name"] for line in lines(database, "account")] == [name[:128]]


def test_an_answer_that_named_members_is_not_given_again_once_one_of_them_hides(here: Frontend) -> None:
    here.say("ada", "/group create", group="cafe")
    here.enrol("benedict")
    here.say("benedict", "/group join by my name", group="cafe")
    asked = here.typed("ada", "/group remove", group="cafe")
    first = here.handle(asked)[0]
    assert "benedict" in repr(first)
    assert here.handle(asked)[0] == first
    here.say("benedict", "/group join hidden", group="cafe")
    assert "benedict" not in repr(here.handle(asked)[0])
