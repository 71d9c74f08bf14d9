"""A group's chats and people of every kind, and the buttons with which its organisers decide."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

from bot.dialogue.request import Request, read_token
from bot.storage.database import SqlDatabase
from tests.storage.frontend import Frontend, forged, shown, tokens
from tests.storage.stored_rows import lines, rows

ORGANISER, MEMBER, HIDDEN = "ada", "ben", "hal"
OUTSIDERS = {
    "mallory": "a stranger",
    "ex": "who was a member and left",
    "out": "who was removed",
    "was": "who was an organiser and left",
    "other": "an organiser of another group, who manages its chat",
    "foreign": "who manages a chat without a group",
    "admin": "who manages the group's chat and is no member of it",
}
INSIDERS = {MEMBER: "a member", HIDDEN: "a member nobody knows of", "both": "a member here, an organiser elsewhere"}
MANAGED = {"other": {"library"}, "foreign": {"attic"}, "admin": {"cafe"}, "both": {"library"}, ORGANISER: {"cafe"}}
"""Who manages which chat; nobody manages any other."""
CHATS = (None, "cafe", "library", "attic")
KEPT = {"request", "question", "kept_request", "answer_group", "code", "code_attempt", "account", "learner"}
"""What everybody may have written by asking."""


def by(request: Request) -> Request:
    """The request with what the platform says of who makes it."""
    if request.place is None:
        return replace(request, organiser=None)
    managed = MANAGED.get(request.account.external_id, set())
    return replace(request, organiser=request.place.external_id in managed)


class Town:
    """Groups, chats and people of every kind."""

    def __init__(self, here: Frontend, database: SqlDatabase) -> None:
        self.here, self.database = here, database
        for who in (*OUTSIDERS, *INSIDERS):
            if who != "mallory":
                here.enrol(who)
        self.says(ORGANISER, "/group create", "/group join by my name", group="cafe")
        for who in ("ex", "out", "was", *INSIDERS):
            self.says(who, "/group join hidden" if who == HIDDEN else "/group join by my name", group="cafe")
        self.says(ORGANISER, "/group organiser was")
        for who in ("other", "both"):
            self.says(who, "/group create", "/group join by my name", group="library")
        self.says("other", "/group organiser both")
        self.cafe = next(str(line["id"]) for line in lines(database, "study_group") if line["title"] == "cafe")

    def ends(self) -> None:
        """Who goes, goes."""
        for who in ("ex", "was"):
            self.says(who, "/group leave", group="cafe")
        self.says(ORGANISER, "/group remove out", group="cafe")

    def says(self, who: str, *words: str, group: str | None = None) -> str:
        """The answer to the last of these words."""
        reply_text = ""
        for line in words:
            answer = self.here.handle(by(self.here.typed(who, line, group=group)))[0]
            reply_text = shown(answer) if answer.reply else ""
        return reply_text

    def presses(self, who: str, token: str, group: str | None = None) -> str:
        """The answer to a button."""
        answer = self.here.handle(by(self.here.pressed(who, token, group=group)))[0]
        return shown(answer) if answer.reply else ""

    def code(self, who: str, words: str) -> str:
        """A code that somebody is given."""
        code = re.search(r"\b\w{4}-\w{4}\b", self.says(who, words))
        assert code
        return code[0]

    def kept(self) -> dict[str, list[tuple[object, ...]]]:
        """All rows but those of the conversation, and not who was seen when."""
        return {name: held for name, held in rows(self.database).items() if name not in KEPT}

    def roles(self) -> dict[str, str]:
        """The members of the group with their roles."""
        return {
            str(line["name"]): str(line["role"])
            for line in lines(self.database, "membership")
            if str(line["study_group"]) == self.cafe and line["left_at"] is None
        }


def organisers_buttons(town: Town) -> Iterator[str]:
    """Every button and every forged token with which one decides for the group."""
    town.here.now += timedelta(seconds=1)
    for words in (
        "/group",
        "/group members",
        "/group invite",
        "/group place",
        "/group remove",
        "/group organiser",
        "/group roadmap",
        "/upload",
    ):
        for group in (None, "cafe"):
            answer = town.here.handle(by(town.here.typed(ORGANISER, words, group=group)))[0]
            yield from (press for _, press in tokens(answer))
    whom = [str(line["learner"]) for line in lines(town.database, "membership")]
    for change in ("invite", "place", "members", "settings", "stop", "roadmap", "create", "leave"):
        yield forged("group", change=change, of=town.cafe)
    for change, who in product(("remove", "organiser"), dict.fromkeys(whom)):
        yield forged("group", change=change, of=town.cafe, who=who)
    yield forged("group", change="roadmap", of=town.cafe, track="ml-researcher")
    for args in ({"live": "0"}, {"zone": "Asia/Tokyo"}, {"kind": "checkin", "at": "20:00"}, {"weekday": "3"}):
        yield forged("group", of=town.cafe, **args)
    for entry in range(1, 9):
        yield forged("placeasked", entry=str(entry), yes="1")
        yield forged("link", entry=str(entry), take="1")
    yield forged("uploaded", draft="1", of=town.cafe)
    yield forged("roadmapfile", of=town.cafe)
    yield forged("organising", of=town.cafe)
    yield forged("placed", alone="1")


def own(press: str) -> bool:
    """Whether a button is about who presses it alone: to join, to leave, to look."""
    command, args = read_token(press) or ("", {})
    own_commands = {"group.join", "group.leave", "group.create"}
    return (
        args.get("change") in {"join", "leave", "create"}
        or command in own_commands
        or press.startswith(("1.leaderboard", "1.start"))
    )
