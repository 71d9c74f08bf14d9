"""Refusals that stay cost one request a day at most, and one organiser hears of them once (promises 40 and 41)."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.group import Place, Why
from bot.dialogue.sending import Unreachable
from tests.conftest import MONDAY
from tests.delivery.post import Box, Office, add_account
from tests.storage.frontend import PLATFORM, forged, shown
from tests.storage.stored_rows import lines

DAY = timedelta(days=1)
SOON = timedelta(minutes=1, seconds=1)
CANNOT = "I cannot write in cafe any more"


class Wall(Box):
    """A platform that refuses for good what is written in some places."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.closed: dict[str, Why] = {}
        self.tried: list[str] = []

    async def send(self, to: Any, answer: Any, key: str) -> str | None:
        """Take a message unless its place is closed."""
        self._check_open(to)
        return await super().send(to, answer, key)

    async def edit(self, to: Place, message: str, answer: Any) -> bool:
        """Take an edit unless its place is closed."""
        self._check_open(to)
        return await super().edit(to, message, answer)

    def _check_open(self, to: Any) -> None:
        self.tried.append(to.external_id)
        if to.external_id in self.closed:
            raise Unreachable(self.closed[to.external_id])


@pytest.fixture
def wall(office: Office) -> Wall:
    """Ada and bob in a group with a place in the cafe, ada its organiser; nobody has reminders of their own."""
    office.box = wall = Wall(office)
    for who in ("ada", "bob"):
        office.enrol(who)
        office.say(who, "/reminders off")
    office.make_group("ada", "bob")
    office.now += SOON
    office.tick()
    return wall


def notices(wall: Wall, who: str) -> list[str]:
    """What somebody was told of places."""
    return [sent.text for sent in wall.sent if sent.to == who and "I cannot write in" in sent.text]


def cafe(office: Office) -> dict[str, Any]:
    """The cafe's row in the table of places."""
    return next(line for line in lines(office.database, "place") if line["external_id"] == "cafe")


def test_a_place_that_refuses_is_asked_once_a_day_whatever_is_due_there(office: Office, wall: Wall) -> None:
    wall.closed["cafe"] = "rights"
    wall.tried.clear()
    for _ in range(14):
        for _ in range(6):
            office.say("ada", "/log 10m")
            office.until(office.now + timedelta(hours=4))
    # A board, two messages a week: of what waits, each may be the one that is tried.
    assert 14 <= wall.tried.count("cafe") <= 14 + 6
    assert cafe(office)["unwritable_why"] == "rights"
    assert cafe(office)["gone_at"] is None


def test_of_several_that_are_due_in_a_place_one_is_tried_and_all_wait(office: Office, wall: Wall) -> None:
    office.now = MONDAY + timedelta(days=7)
    office.tick()
    place = cafe(office)["id"]
    for span in ("week", "month", "mine"):
        request = forged("leaderboard", span=span)
        office.database.transact(lambda uow, token=request: uow.deliveries.post(token, office.now, place=place))  # type: ignore[misc]
    wall.closed["cafe"] = "rights"
    wall.tried.clear()
    office.until(office.now + timedelta(hours=23))
    assert wall.tried.count("cafe") == 1


def test_an_organiser_hears_of_it_once_in_private_and_members_do_not(office: Office, wall: Wall) -> None:
    wall.closed["cafe"] = "rights"
    office.say("ada", "/log 10m")
    office.until(office.now + 5 * DAY)
    assert (len(notices(wall, "ada")), notices(wall, "bob")) == (1, [])
    assert notices(wall, "ada")[0].startswith(CANNOT)
    assert "Let me write there again" in notices(wall, "ada")[0]


@pytest.mark.parametrize("why", ["access", "rights", "closed", "missing", "unknown"])
def test_each_reason_is_told_in_its_own_words(little_office: Office, why: Why) -> None:
    office = little_office
    office.box = wall = Wall(office)
    office.enrol("ada")
    office.make_group("ada")
    wall.closed["cafe"] = why
    office.until(office.now + 2 * DAY)
    (words,) = notices(wall, "ada")
    hints = {
        "access": "I cannot see that chat",
        "rights": "I may not write",
        "closed": "is closed",
        "missing": "is gone",
    }
    assert hints.get(why, "takes no messages of mine") in words


def test_the_message_that_was_refused_comes_when_somebody_speaks_to_the_bot_there(office: Office, wall: Wall) -> None:
    office.now = MONDAY + timedelta(days=7)  # an hour before the week is announced
    office.tick()
    wall.closed["cafe"] = "rights"
    office.until(office.now + timedelta(hours=2))
    assert [line["state"] for line in office.deliveries() if line["place"]][-1] == "pending"
    del wall.closed["cafe"]
    office.until(office.now + timedelta(hours=2))
    before = len(wall.sent)
    office.say_in("cafe", "bob", "/leaderboard")
    office.tick()
    assert [sent.to for sent in wall.sent[before:]] == ["cafe"]
    assert "Week 2" in wall.sent[-1].text
    assert cafe(office)["unwritable_since"] is None


def test_speaking_to_the_bot_does_not_tell_the_organiser_again_while_it_is_still_refused(
    office: Office, wall: Wall
) -> None:
    wall.closed["cafe"] = "rights"
    office.say("ada", "/log 10m")
    for _ in range(5):
        office.until(office.now + timedelta(hours=1))
        office.say_in("cafe", "bob", "/leaderboard")
    office.until(office.now + DAY)
    assert len(notices(wall, "ada")) == 1


def test_a_second_time_is_told_again(office: Office, wall: Wall) -> None:
    for n in (1, 2, 3):
        wall.closed["cafe"] = "rights"
        office.say("ada", f"/log {n}0m")
        office.until(office.now + timedelta(hours=1))
        assert len(notices(wall, "ada")) == n
        del wall.closed["cafe"]
        office.say_in("cafe", "bob", "/leaderboard")
        office.until(office.now + timedelta(hours=1))
        assert cafe(office)["unwritable_since"] is None


def test_settings_and_a_change_of_rights_try_again_at_once(office: Office, wall: Wall) -> None:
    wall.closed["cafe"] = "rights"
    office.say("ada", "/log 10m")
    office.until(office.now + timedelta(hours=1))
    group = str(lines(office.database, "study_group")[0]["id"])
    tried = wall.tried.count("cafe")
    office.press_in(None, "bob", "group", change="settings", of=group)  # no organiser: nothing changes
    office.tick()
    assert wall.tried.count("cafe") == tried
    office.press_in(None, "ada", "group", change="settings", of=group)
    office.tick()
    assert wall.tried.count("cafe") == tried + 1
    office.database.transact(lambda uow: uow.places.release(PLATFORM, ["park", "cafe"], office.now))
    office.tick()
    assert wall.tried.count("cafe") == tried + 2


def test_other_places_of_the_group_go_on(office: Office, wall: Wall) -> None:
    code = shown(office.press_in("cafe", "ada", "group", change="invite"))
    word = next(word for line in code.splitlines() for word in line.split() if len(word) == 9 and word[4] == "-")
    office.say_in("park", "ada", f"/group join {word}")
    office.until(office.now + timedelta(minutes=5))
    wall.closed["cafe"] = "rights"
    wall.sent.clear()
    office.until(office.now + timedelta(days=8))
    assert "cafe" not in office.messages()
    assert office.messages()["park"] >= 2
    office.say("ada", "/log 1h")
    office.until(office.now + timedelta(minutes=2))
    assert [to for to, _ in wall.edited][-1] == "park"


def test_the_notice_passes_on_to_an_organiser_who_can_be_reached(office: Office, wall: Wall) -> None:
    office.press_in("cafe", "ada", "group", change="organiser", words="bob")
    wall.closed |= {"cafe": "rights", "ada": "unknown"}
    office.say("ada", "/log 10m")
    office.until(office.now + 3 * DAY)
    roles = {line["name"]: line["role"] for line in lines(office.database, "membership")}
    assert roles == {"ada": "organiser", "bob": "organiser"}
    assert (notices(wall, "ada"), len(notices(wall, "bob"))) == ([], 1)


def test_where_no_organiser_can_be_reached_the_first_who_can_is_told_later(office: Office, wall: Wall) -> None:
    wall.closed |= {"cafe": "rights", "ada": "unknown"}
    office.say("bob", "/log 10m")
    office.until(office.now + 2 * DAY)
    del wall.closed["ada"]
    office.say("ada", "/today")
    office.until(office.now + 2 * DAY)
    assert len(notices(wall, "ada")) == 1


def test_what_is_true_again_before_the_notice_is_sent_is_not_told(office: Office, wall: Wall) -> None:
    wall.closed["cafe"] = "rights"
    office.say("ada", "/log 10m")
    office.now += SOON
    office.tick()
    wall.closed.clear()
    office.database.transact(lambda uow: uow.places.mark_accepted(Place(PLATFORM, "cafe", ""), office.now))
    office.until(office.now + timedelta(hours=1))
    assert notices(wall, "ada") == []


def test_a_forged_notice_tells_nobody_anything(office: Office, wall: Wall) -> None:
    wall.closed["cafe"] = "rights"
    office.say("ada", "/log 10m")
    office.until(office.now + timedelta(hours=1))
    place, since = str(cafe(office)["id"]), wall.sent[-1].text
    assert since.startswith(CANNOT)
    one_off = next(line["request"] for line in office.deliveries() if "unwritable" in (line["request"] or ""))
    for who in ("bob", "eve"):
        answer = office.frontend.handle(office.frontend.pressed(who, one_off))[0]
        assert CANNOT not in shown(answer)
    assert CANNOT not in shown(
        office.frontend.handle(office.frontend.pressed("ada", forged("unwritable", place=place)))[0]
    )


def test_a_kept_place_can_be_one_of_several_whose_ids_begin_alike(office: Office) -> None:
    """Chats 12 and 123, a topic of the first, and one of another platform."""
    office.enrol("ada")
    for chat in ("12", "123", "12/7", "1"):
        office.say_in(chat, "ada", "/group create")
    office.database.transact(lambda uow: uow.groups.mark_left(PLATFORM, "12", office.now))
    out = {line["external_id"] for line in lines(office.database, "place") if line["gone_at"]}
    assert out == {"12", "12/7"}
    office.database.transact(lambda uow: uow.groups.mark_returned(PLATFORM, "12"))
    office.database.transact(lambda uow: uow.groups.change_chat_id(PLATFORM, "12", "99"))
    assert {line["external_id"] for line in lines(office.database, "place")} == {"99", "99/7", "123", "1"}
    office.database.transact(lambda uow: uow.places.mark_refused(Place(PLATFORM, "99", ""), "rights", office.now))
    held = {line["external_id"] for line in lines(office.database, "place") if line["retry_at"]}
    assert held == {"99"}


def test_a_knock_is_heard_once_in_a_group_where_one_is_shown(office: Office, wall: Wall) -> None:
    wall.closed["bob"] = "unknown"
    office.say("bob", "/reminders on")
    wall.sent.clear()
    office.until(office.now + timedelta(weeks=3))
    notes = [sent.text for sent in wall.sent if "do not reach you" in sent.text]
    assert [text.partition(",")[0] for text in notes] == ["bob"]


@pytest.mark.parametrize("state", ["left", "hidden", "gone", "refused"])
def test_no_knock_where_one_has_left_or_is_hidden_or_the_bot_cannot_write(
    office: Office, wall: Wall, state: str
) -> None:
    if state == "left":
        office.press_in("cafe", "bob", "group", change="leave")
        assert lines(office.database, "membership")[-1]["left_at"]
    if state == "hidden":
        office.press_in("cafe", "bob", "group", change="join", shown="hidden")
    if state == "gone":
        place = next(row for row in lines(office.database, "place") if row["external_id"] == "cafe")
        office.database.transact(lambda uow: uow.groups.mark_left(place["platform"], "cafe", office.now))
    wall.closed["bob"] = "unknown"
    if state == "refused":
        wall.closed["cafe"] = "rights"
        office.say("ada", "/log 10m")
        office.now += SOON
        office.tick()
    office.say("bob", "/reminders on")
    wall.tried.clear()
    office.until(office.now + timedelta(weeks=1))
    assert not [sent for sent in wall.sent if "do not reach you" in sent.text]
    assert wall.tried.count("bob") == 1


def test_no_knock_where_the_message_went_another_way(office: Office, wall: Wall) -> None:
    add_account(office.database, "bob", "other")
    other = Box(office)
    wall.closed["bob"] = "unknown"
    office.say("bob", "/reminders on")
    worker = office.worker(other=other)
    office.now += timedelta(weeks=1, hours=2)
    for _ in range(3):
        office.tick(worker)
    assert [sent.to for sent in other.sent] == ["bob"]
    assert not [sent for sent in wall.sent if "do not reach you" in sent.text]
