"""Buttons, news of a chat and links to the bot become requests."""

import pytest

from bot.adapters.telegram.links import Links
from bot.core.group import Place
from bot.core.learner import Account
from tests.unit.adapters.telegram_updates import (
    ADA,
    CAFE,
    FORUM,
    HERE,
    LINKS,
    PRIVATE,
    becomes,
    member,
    message,
    pressed,
    read,
    read_message,
    typed,
)


def test_a_pressed_button_is_the_request_that_was_saved_in_it() -> None:
    incoming = pressed()
    assert incoming is not None
    request = incoming.request
    assert (request.id, request.command, request.args) == ("telegram:99:5", "undo", {"entry": "12"})
    assert (request.account, request.place, request.locale) == (Account("telegram", "7", "Ada L"), None, "de")
    assert request.pressed
    assert (incoming.chat, incoming.message, incoming.press, incoming.order_key) == (7, 3, "55", "7")


@pytest.mark.parametrize("data", [None, "undo", "2.undo?entry=1", "0", "🎈"])
def test_a_button_of_another_time_is_an_unknown_request_and_still_answered(data: str | None) -> None:
    incoming = pressed(data)
    assert incoming is not None
    assert (incoming.request.command, incoming.request.args, incoming.press) == ("?", {}, "55")


def test_a_button_in_a_topic_is_pressed_there() -> None:
    incoming = pressed(chat=FORUM, message_thread_id=4, is_topic_message=True, text="x")
    assert incoming is not None
    assert (incoming.request.place, incoming.thread) == (Place("telegram", "-100/4", "cafe"), 4)


def test_a_button_under_a_message_that_is_too_old_to_be_seen_works() -> None:
    query = {"id": "55", "from": ADA, "chat_instance": "1", "data": "1.today"}
    incoming = read("callback_query", query | {"message": {"chat": CAFE, "message_id": 3, "date": 0}})
    assert incoming is not None
    assert (incoming.request.command, incoming.request.place, incoming.message) == ("today", HERE, 3)
    assert read("callback_query", query | {"inline_message_id": "9"}) is None


@pytest.mark.parametrize(("old", "new", "event"), [("member", "kicked", "blocked"), ("kicked", "member", "unblocked")])
def test_who_blocks_the_bot_or_comes_back_is_noticed(old: str, new: str, event: str) -> None:
    incoming = becomes(member(old), member(new), PRIVATE)
    assert incoming is not None
    assert (incoming.request.command, incoming.request.event, incoming.request.place) == (event, True, None)
    assert incoming.request.account.external_id == incoming.order_key == "7"


@pytest.mark.parametrize(
    ("old", "new", "event"),
    [
        ("left", "member", "arrived"),
        ("kicked", "member", "arrived"),
        ("left", "administrator", "arrived"),
        ("left", "restricted", "arrived"),
        ("member", "left", "removed"),
        ("member", "kicked", "removed"),
        ("administrator", "left", "removed"),
        ("restricted", "kicked", "removed"),
        ("member", "administrator", None),
        ("administrator", "member", None),
        ("member", "restricted", None),
        ("left", "kicked", None),
    ],
)
def test_a_group_is_told_of_when_the_bot_comes_or_goes(old: str, new: str, event: str | None) -> None:
    incoming = becomes(member(old), member(new))
    if event is None:
        assert incoming is None
        return
    assert incoming is not None
    assert (incoming.request.command, incoming.request.event, incoming.request.place) == (event, True, HERE)
    # It is nobody's own request, and keeps the chat's order.
    assert (incoming.request.sender, incoming.order_key, incoming.request.locale) == (None, "chat -100", "de")


def test_a_bot_that_went_with_its_rights_taken_away_is_gone() -> None:
    incoming = becomes(member("restricted"), member("restricted", is_member=False))
    assert incoming is not None
    assert incoming.request.command == "removed"
    back = becomes(member("restricted", is_member=False), member("member"))
    assert back is not None
    assert back.request.command == "arrived"


def test_a_group_that_moves_is_followed() -> None:
    incoming = read("message", message(CAFE | {"type": "group"}, migrate_to_chat_id=-300))
    assert incoming is not None
    assert (incoming.request.command, incoming.request.args) == ("moved", {"to": "-300"})
    assert incoming.request.event
    assert (incoming.request.place, incoming.order_key) == (HERE, "chat -100")


def test_start_with_a_link_is_the_request_in_the_link() -> None:
    start_payload = LINKS.to("7", "1.log?_=1h30").partition("start=")[2]
    incoming = read_message(f"/start {start_payload}")
    assert incoming is not None
    assert (incoming.request.command, incoming.request.args, incoming.request.rest) == ("log", {"_": "1h30"}, "")


def test_a_link_made_for_somebody_else_is_a_plain_start() -> None:
    for link in (LINKS.to("8", "1.deleteme"), Links("99:other", "BuddyBot").to("7", "1.deleteme"), LINKS.to("7")):
        incoming = read_message(f"/start {link.partition('start=')[2]}")
        assert incoming is not None
        assert (incoming.request.command, incoming.request.args, incoming.request.rest) == ("start", {}, "")


def test_a_link_opens_nothing_in_a_group() -> None:
    start_payload = LINKS.to("7", "1.deleteme").partition("start=")[2]
    incoming = read_message(f"/start {start_payload}", CAFE)
    assert incoming is not None
    assert (incoming.request.command, incoming.request.args) == ("start", {})


def test_what_is_typed_behind_start_is_kept() -> None:
    assert typed("/start 8 h a week") == ("start", "8 h a week")
