"""A request for every command in every way that writes, in an order in which each of them has something to do."""

import re
from collections.abc import Collection, Iterator
from datetime import time

from bot.commands import COMMANDS
from bot.core.study_time import slot_number
from tests.faults.intending import Intention, holds, in_group, presses, types
from tests.faults.intentions_of_files import roadmaps, timesheets
from tests.storage.frontend import Frontend, forged, shown, token

LONG = "a note that is much too long for the token of any button, and therefore kept in the database under a number"


def intentions() -> Iterator[Intention]:
    """Every intention in order; ada is a learner already."""
    listed: set[str] = set()
    for part in (_beginning, _ledger, _looking, _plans, _asking, timesheets, _group, _unasked):
        for intention in part():
            listed.add(intention[0])
            yield intention
    last = tuple(_person())
    yield from _examples(listed | {command for command, _ in last})
    yield from last


def _examples(listed: Collection[str]) -> Iterator[Intention]:
    """What the declarations of the commands that are not listed here show."""
    for command in COMMANDS:
        if command.name not in listed and not command.hidden:
            for example in command.examples or (f"/{command.name}",):
                yield types(command.name, example if isinstance(example, str) else example.message)


def _beginning() -> Iterator[Intention]:
    yield types("words", "hello", "bob")
    yield types("start", "/start", "bob")
    yield presses("start", "/start", "8 h a week", "bob")
    yield types("welcome", "berlin", "bob")
    yield types("start", "/start", "bob")
    yield types("unknown", f"/lgo 1h {LONG}")


def _ledger() -> Iterator[Intention]:
    yield types("log", "/log 1h30")
    yield types("log", "/log 1h30")  # asks whether this is another one
    yield types("log", f'/log 20m "{LONG}"')
    yield types("log", "/log 12h")  # to several items
    yield types("log", f"/log 30m tomorrow {LONG}")  # refused, with a request that is kept
    yield types("log", "/log")
    yield types("log", "40")  # answers the question
    yield types("words", "45 min")
    yield presses("undo", "/history", "Undo 40 min, 5 Jan")
    yield presses("history", "/history", "Change 1")
    yield types("undo", "put it back")
    yield types("move", "another day")
    yield types("move", "monday calculus")  # names both
    yield presses("move", "/log 3m calculus", "Another item")
    yield types("move", "linear algebra")
    yield types("undo", "/undo")
    yield types("undo", "/undo")
    yield types("undo", "/undo")
    yield types("history", "/history")
    yield types("done", "/done")
    yield types("undo", "/undo")
    yield types("why", "/why")


def _looking() -> Iterator[Intention]:
    for command in ("today", "progress", "roadmap", "module", "plan", "help", "settings", "privacy", "export"):
        yield types(command, f"/{command}")
    yield holds("module", about="ng-supervised-ml")
    yield holds("groupmodule", roadmap="ml-researcher", module="intro-ml")


def _plans() -> Iterator[Intention]:
    yield presses("daybegins", "/settings", "My day begins at")
    yield types("daybegins", "4:00")
    yield types("daybegins", "undo")
    yield presses("weekbegins", "/settings", "Week begins")
    yield types("weekbegins", "saturday")
    yield types("weekbegins", "undo")
    yield types("pace", "/pace 6")
    yield types("pause", "/pause 2 weeks")
    yield types("resume", "/resume")
    yield presses("pause", "/pause next week", "Undo")
    yield presses("module", "/module 4", "Begin with this module")
    yield types("undo", "/undo")
    yield types("start", "/start again")
    yield types("undo", "/undo")
    yield presses("sick", "/sick", "Undo")
    yield types("sick", "/sick")
    yield types("catchup", "/catchup")
    yield types("catchup", "/catchup trim to the core")
    yield holds("catchup", way="trim", take="1")
    yield holds("catchup", undo="1")
    yield holds("catchup", way="pace", hours="10h", take="1")
    yield types("focus", "/focus 30m calculus")
    yield types("focus", "/focus stop")
    yield types("timezone", "/timezone Asia/Tokyo")
    yield types("language", "/language en")
    yield types("reminders", "/reminders")
    yield types("reminders", "/reminders checkin friday 17:00")
    yield types("reminders", "/reminders off")


def _asking() -> Iterator[Intention]:
    yield types("checkin", "/checkin")
    yield presses("checkin", "/checkin", "Partly")
    yield presses("checkin", "/checkin", "Done")
    yield types("quiz", "/quiz")
    yield types("quiz", "because of the gradient")
    yield (
        "quiz",
        lambda frontend: frontend.pressed(
            "ada", token(frontend.press("ada", frontend.say("ada", "/quiz"), SHOW), "I knew it")
        ),
    )


SHOW = "Show the answer"


def _group() -> Iterator[Intention]:
    yield types("group", "/group", group="cafe")
    yield types("group", "/group create", group="cafe")
    yield types("group", '/group join "Ada L."', group="cafe")
    yield types("group", '/group join "Ada L."', "bob", group="cafe")  # the name is taken
    yield types("group", "/group join by my name", "bob", group="cafe")
    yield types("leaderboard", "/leaderboard", group="cafe")
    yield types("leaderboard", "/leaderboard month", group="cafe")
    yield types("log", "/log 10m", "bob")  # the live board is to follow
    yield types("group", "/group checkin friday 17:00", group="cafe")
    yield types("group", "/group invite", group="cafe")
    yield types("group", "/group join 2345-6789", group="library")  # no code of ours
    yield from _places()
    yield types("group", "/group members", group="cafe")
    yield types("group", "/group organiser bob", group="cafe")
    yield types("group", "/group remove bob", group="cafe")
    yield types("checkin", "/checkin stuck", "ada")
    yield types("checkin", "the chain rule", "ada")
    yield holds("checkin", "ada", feeling="stuck", ask="1")
    yield types("project", "/project")
    yield presses("project", "/project", "○ 1")
    yield types("project", "/project submit https://example.org/ada with a note")
    yield holds("project", ask="1")
    yield in_group("review", review="1")
    yield holds("invited", "bob", review="1")
    yield holds("invited", "bob", review="1", no="1")
    yield types("group", "/group join by my name", "bob", group="cafe")
    yield holds("look", "bob", review="1")
    yield holds("look", "bob", review="1", met="reproducible")
    yield holds("look", "bob", review="1", verdict="done")
    yield types("look", "I like it", "bob")
    yield holds("look", "bob", review="1", verdict="done", say="I like it", send="1")
    yield holds("reviewed", "ada", review="1")
    yield holds("reviewed", "ada", review="1", thanks="1")
    yield from _sessions()
    yield from roadmaps()
    yield types("group", "/group stop", group="cafe")
    yield types("group", "/group leave", group="cafe")
    yield types("group", "/group create")
    yield types("whichmeant", "today")  # is it the name?
    yield types("group", "/group create Evening")
    yield types("leaderboard", "/leaderboard", "bob")  # refused: no group


def _sessions() -> Iterator[Intention]:
    soon = "08:10"  # the clock stands at 08:00
    yield types("session", "/session", group="cafe")
    yield types("session", f"/session {soon} 90m backprop", group="cafe")
    yield holds("session.in", "bob", session="1")
    yield holds("session.out", "bob", session="1")
    yield holds("session.here", "bob", session="1")
    yield holds("session.off", "bob", session="1")
    yield types("session", "/session move 08:12", group="cafe")
    yield types("session", "/session cancel", group="cafe")
    yield types("session", "/session every friday 20:00", group="cafe")
    yield holds("session.stop", series="1")
    yield types("session", "/session tomorrow 20:00 25/5", group="cafe")  # called off when the group stops
    yield types("group", "/group start tomorrow", group="cafe")
    yield holds("group.start", of="1", since="2026-01-05")
    yield in_group("groupstarts", day="2026-01-06")
    yield in_group("groupsession", session="1", live="1")
    for command in ("sessionsoon", "sessionmoved"):
        yield holds(command, session="1", moves="0")
    for command in ("sessionover", "sessionoff"):
        yield holds(command, session="1")


def _places() -> Iterator[Intention]:
    yield (
        "group",
        lambda frontend: frontend.typed("bob", f"/group join {_code(frontend, '/group place')}", group="library"),
    )
    yield "placeasked", lambda frontend: frontend.pressed("ada", forged("placeasked", entry=_entered(frontend)))
    yield "placeasked", lambda frontend: frontend.pressed("ada", forged("placeasked", entry=_entered(frontend), no="1"))
    yield (
        "placeasked",
        lambda frontend: frontend.pressed("ada", forged("placeasked", entry=_entered(frontend), yes="1")),
    )
    yield in_group("placed")
    yield types("group", "/group place", group="attic")
    yield types("group", "/group stop", "bob", group="attic")
    yield holds("organising", of="1")


def _code(frontend: Frontend, words: str) -> str:
    """A code that ada was given."""
    code = re.search(r"\w{4}-\w{4}", shown(frontend.say("ada", words)))
    assert code
    return code[0]


def _entered(frontend: Frontend) -> str:
    """The number of a code for a chat that bob has entered, as ada's button has it."""
    frontend.say("bob", f"/group join {_code(frontend, '/group place')}", group="library")
    return _number(frontend, "placeasked")


def _number(frontend: Frontend, command: str) -> str:
    """The number under which a code waits for ada's word."""
    asked = (frontend.handle(frontend.pressed("ada", forged(command, entry=str(n))))[0] for n in range(1, 99))
    return str(1 + next(n for n, answer in enumerate(asked) if answer.reply and answer.reply.buttons))


def _unasked() -> Iterator[Intention]:
    for command in (command.name for command in COMMANDS if command.reminder and command.reminder.usual):
        yield holds(command, "bob")
    yield holds("quiet", "bob")
    yield holds("firstday", "bob", start="2026-01-05")
    yield holds("later", "bob", what="nudge", when="tomorrow")
    yield types("times", "/times tue thu 19:00, sat 10-12", "bob")
    tuesday = {"slot": str(slot_number(1, time(19)))}
    yield holds("studytime", "bob", **tuesday)
    yield holds("later", "bob", what="studytime", when="soon", on="2026-01-06", **tuesday)
    yield holds("timesasked", "bob", when="tuesday,thursday 19:00")
    yield holds("times", "bob", act="skip")
    yield holds("times", "bob", act="unskip", **tuesday)
    yield types("times", "/times sun 9 1h", "bob")
    yield types("times", "/times off", "bob")
    for command in ("groupweek", "groupcheckin", "knock"):
        yield in_group(command)
    yield in_group("groupcall", call="1")
    yield in_group("finishtold", of="1")
    yield in_group("congratulate", of="1")
    yield holds("unwritable", place="1", since="0")


def _person() -> Iterator[Intention]:
    yield types("link", "/link")
    yield types("link", "/link 2345-6789", "bob")
    yield "link", lambda frontend: frontend.pressed("bob", forged("link", code=_code(frontend, "/link"), take="1"))
    yield (
        "linkasked",
        lambda frontend: frontend.pressed("ada", forged("linkasked", entry=_number(frontend, "linkasked"))),
    )
    yield (
        "link",
        lambda frontend: frontend.pressed("ada", forged("link", entry=_number(frontend, "linkasked"), take="1")),
    )
    yield types("link", "/link undo")
    yield types("deleteme", "/deleteme")
    yield presses("deleteme", "/deleteme", "Delete everything")
    yield types("deleteme", "/deleteme")
