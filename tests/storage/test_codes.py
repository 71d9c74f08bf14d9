"""Every code and every button of a group, entered and pressed by everybody but whom it is for (promises 21 and 35)."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from bot.dialogue.request import read_token
from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, forged, shown, token, tokens
from tests.storage.stored_rows import lines
from tests.storage.town import CHATS, INSIDERS, ORGANISER, OUTSIDERS, Town, by, organisers_buttons, own


@pytest.fixture
def town(here: Frontend, database: SqlDatabase) -> Town:
    """Everybody in their place."""
    return Town(here, database)


def test_nobody_but_an_organiser_decides_for_a_group(town: Town) -> None:
    town.ends()
    presses = [press for press in dict.fromkeys(organisers_buttons(town)) if not own(press)]
    assert len(presses) > 40
    before = town.kept()
    for who, group in product({**OUTSIDERS, **INSIDERS}, ("cafe", None)):
        for press in presses:
            if who == "admin" and group == "cafe" and "stop" in press:
                continue  # the bot is silent in a chat if its manager likes
            reply_text = town.presses(who, press, group)
            assert "An invitation to cafe" not in reply_text, (who, group, press)
            assert "A code for one more chat of cafe" not in reply_text, (who, group, press)
        assert town.kept() == before, (who, group)


def test_what_is_typed_decides_nothing_either(town: Town) -> None:
    town.ends()
    before = town.kept()
    words = (
        "/group invite",
        "/group place",
        "/group remove ben",
        "/group organiser mallory",
        "/group Europe/Paris",
        "/group friday 17:00",
        "/group settings",
        "/group roadmap",
        "/upload",
        "/group create",
    )
    for who, line in product([*OUTSIDERS, *INSIDERS], words):
        reply_text = town.says(who, line, group="cafe")
        refused = ("Only organisers", "We have not started", "You organise no group")
        assert any(words in reply_text for words in refused), (who, line, reply_text)
    assert town.kept() == before


@pytest.mark.parametrize("kind", ["invite", "place"])
@pytest.mark.parametrize("end", ["leave", "removed", "deleted", "back"])
def test_a_code_is_not_good_once_its_maker_organises_no_more(town: Town, kind: str, end: str) -> None:
    code = town.code("was", f"/group {kind}")
    if end in {"leave", "back"}:
        town.says("was", "/group leave")
        if end == "back":  # as a member
            town.says("was", "/group join by my name", group="cafe")
    elif end == "removed":
        town.says(ORGANISER, "/group remove was")
    else:
        town.here.press("was", town.here.say("was", "/deleteme"), "Delete everything")
    before = town.kept()
    for who, group in product(("mallory", "foreign", "other", "was", "ex"), (None, "attic")):
        town.says(who, f"/group join {code}", group=group)
        town.presses(who, forged("group", change="join", code=code, shown="name"), group)
    assert town.kept() == before


def test_an_invitation_is_good_for_whoever_enters_it_first_once_and_for_nothing_else(town: Town) -> None:
    town.ends()
    code = town.code(ORGANISER, "/group invite")
    assert "How shall cafe see you?" in town.says("foreign", f"/group join {code}", group="attic")
    assert "attic" not in {line["external_id"] for line in lines(town.database, "place")}
    before = town.kept()
    for who, group in product(("mallory", "other", "out", "ex", "was", "admin"), CHATS):
        town.says(who, f"/group join {code}", group=group)
        town.presses(who, forged("group", change="join", code=code, shown="name"), group)
        town.says(who, f"/link {code}")
    assert town.kept() == before
    press = forged("group", change="join", code=code, shown="name")
    assert "foreign is on the board of cafe now" in town.presses("foreign", press)
    town.says("foreign", "/group leave")
    assert "not valid" in town.presses("foreign", press)
    assert "foreign" not in town.roles()


def test_what_somebody_entered_who_is_deleted_since_is_good_for_nobody_else(town: Town) -> None:
    code = town.code(ORGANISER, "/group invite")
    assert "How shall cafe see you?" in town.says("foreign", f"/group join {code}")
    town.here.press("foreign", town.here.say("foreign", "/deleteme"), "Delete everything")
    before = town.kept()
    for who in ("mallory", "other"):
        town.says(who, f"/group join {code}")
        town.presses(who, forged("group.join", code=code, shown="name"))
    assert town.kept() == before


def test_a_way_back_is_its_makers_alone_and_none_for_who_was_removed(town: Town) -> None:
    invitations = {}
    for who in ("ex", "was", "out"):
        answer = town.here.handle(by(town.here.typed(who, "/group leave")))[0]
        invitations[who] = token(answer, "Join again")
        if who == "out":
            town.presses(who, forged("group.join", **(read_token(invitations[who]) or ("", {}))[1], shown="name"))
    town.says(ORGANISER, "/group remove out")
    before = town.kept()
    for owner, who in product(invitations, (*OUTSIDERS, *INSIDERS)):
        if owner != who or who == "out":
            args = (read_token(invitations[owner]) or ("", {}))[1]
            town.presses(who, invitations[owner])
            town.presses(who, forged("group.join", **args, shown="name"))
            town.says(who, f"/group join {args['code']}")
    assert town.kept() == before
    town.presses("was", forged("group.join", **(read_token(invitations["was"]) or ("", {}))[1], shown="name"))
    assert town.roles()["was"] == "member"
    assert "Only organisers" in town.says("was", "/group remove ben")


def test_who_was_removed_comes_back_with_no_old_button(town: Town) -> None:
    old = [
        press
        for words in ("/group", "/group join", "/leaderboard")
        for _, press in tokens(town.here.handle(by(town.here.typed("out", words, group="cafe")))[0])
    ]
    town.says(ORGANISER, "/group remove out")
    for press, group in product([*old, forged("group", change="join", of=town.cafe, shown="name")], (None, "cafe")):
        town.presses("out", press, group)
        assert "out" not in town.roles(), press
    code = town.code(ORGANISER, "/group invite")
    town.says("out", f"/group join {code}")
    town.presses("out", forged("group", change="join", code=code, shown="name"))
    assert town.roles()["out"] == "member"


def test_a_chat_is_added_only_by_an_organiser_of_the_group_and_a_manager_of_the_chat(town: Town) -> None:
    town.ends()
    code = town.code(ORGANISER, "/group place")
    for who in ("mallory", "ben", "other"):
        reply_text = town.says(who, f"/group join {code}", group="attic")
        assert "Only organisers can do that" in reply_text, who
    assert "I have asked" in town.says("foreign", f"/group join {code}", group="attic")
    assert "cafe" not in town.says("foreign", "/leaderboard", group="attic")
    assert "not valid" in town.says("other", f"/group join {code}", group="library")
    entry = str(lines(town.database, "code_entry")[0]["code"])
    for who, group, answer in product((*OUTSIDERS, *INSIDERS), CHATS, ("yes", "no")):
        town.presses(who, forged("placeasked", entry=entry, **{answer: "1"}), group)
    assert "attic" not in {line["external_id"] for line in lines(town.database, "place")}
    assert "attic belongs to cafe now" in town.presses(ORGANISER, forged("placeasked", entry=entry, yes="1"))
    assert "no longer waiting" in town.presses(ORGANISER, forged("placeasked", entry=entry, yes="1"))
    # the manager of the new place organises nothing, there or anywhere
    for line in ("/group invite", "/group remove ben", "/group Europe/Paris"):
        assert "Only organisers of cafe" in town.says("foreign", line, group="attic")
    assert "no longer belongs to cafe" in town.says("foreign", "/group stop", group="attic")
    assert "Week 1" in town.says("foreign", "/group create", group="attic")
    assert "foreign" not in town.roles()


def test_a_chat_waits_for_nobody_who_organises_no_more(town: Town) -> None:
    code = town.code("was", "/group place")
    town.says("foreign", f"/group join {code}", group="attic")
    entry = str(lines(town.database, "code_entry")[0]["code"])
    town.says("was", "/group leave")
    town.says("was", "/group join by my name", group="cafe")
    assert "no longer waiting" in town.presses("was", forged("placeasked", entry=entry, yes="1"))
    assert "attic" not in {line["external_id"] for line in lines(town.database, "place")}


def test_an_organiser_adds_no_chat_that_others_manage(town: Town) -> None:
    for chat, words in product(("attic", "library"), ("/group place", "CODE")):
        line = words if words != "CODE" else f"/group join {town.code(ORGANISER, '/group place')}"
        assert "Only organisers can do that" in town.says(ORGANISER, line, group=chat)
    assert {str(line["external_id"]) for line in lines(town.database, "place")} == {"cafe", "library"}


def test_after_some_codes_that_are_not_good_no_more_are_tried_for_a_while(town: Town) -> None:
    code = town.code(ORGANISER, "/group invite")
    stale = forged("group", change="join", code="7KQM-2XWD")
    for _ in range(20):
        town.presses("foreign", stale)  # the same again is no guess
    for n in range(5):
        reply_text = town.says("other", f"/group join 2345-678{'ABCDEFG'[n]}")
        assert "not valid" in reply_text
    for line in (f"/group join {code}", f"/link {code}", "/link 7KQM-2XWD"):
        assert "Those were several codes" in town.says("other", line)
    assert "How shall cafe see you?" in town.says("foreign", f"/group join {code}")
    town.here.now += timedelta(minutes=31)
    assert "not valid" in town.says("other", f"/group join {code}")


def test_a_chat_full_of_people_who_guess_waits_as_well(town: Town) -> None:
    for n in range(20):
        town.says(f"guesser{n}", f"/group join 2345-67{'ABCDEFGHJKLMNPQRSTUV'[n]}2", group="attic")
    assert "Those were several codes" in town.says("foreign", "/group join 2345-6789", group="attic")
    assert "not valid" in town.says("foreign", "/group join 2345-6789")


def test_a_button_of_one_group_does_nothing_in_the_chat_of_another(town: Town) -> None:
    before = town.kept()
    for change in ("invite", "stop", "settings", "roadmap", "remove", "organiser", "place"):
        reply_text = town.presses("other", forged("group", change=change, of=town.cafe), "library")
        assert "That is not a group of yours." in reply_text, change
        reply_text = town.presses("both", forged("group", change=change, of=town.cafe), "library")
        assert "Only organisers of cafe can do that." in reply_text, change
    assert town.kept() == before


def test_who_manages_another_chat_decides_for_no_group_that_is_left_to_its_own_chats_managers(
    here: Frontend, database: SqlDatabase
) -> None:
    # made a group by somebody who is no learner, so that nobody is its organiser
    assert "has a study group" in shown(here.say("boss", "/group create", group="cafe"))
    asked = here.handle(replace(here.typed("ada", "/group join by my name", group="cafe"), organiser=False))[0]
    assert "ada is on the board of cafe now" in shown(asked)
    of = str(lines(database, "study_group")[0]["id"])
    for change, chat in product(
        ("invite", "place", "settings", "roadmap", "remove", "organiser", "stop"), ("attic", None)
    ):
        press = here.pressed("ada", forged("group", change=change, of=of), group=chat)
        assert "Only organisers of cafe can do that" in shown(here.handle(press)[0]), (change, chat)
    assert [line["role"] for line in lines(database, "membership")] == ["member"]
    assert "An invitation to cafe" in shown(here.say("ada", "/group invite", group="cafe"))  # there she manages it
