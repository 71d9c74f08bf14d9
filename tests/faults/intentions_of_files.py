"""Intentions around files: roadmaps of groups, and hours."""

from collections.abc import Iterator
from pathlib import Path

from bot.core.token import read_token
from tests.faults.intending import Intention, holds, in_group, presses, types
from tests.storage.frontend import Frontend, forged, token

FILES = Path(__file__).parents[1] / "dialogues" / "files"


def roadmaps() -> Iterator[Intention]:
    yield "upload", lambda frontend: frontend.brings("ada", FILES / "tea.yaml", group="cafe")
    yield "upload", lambda frontend: frontend.brings("ada", FILES / "spilt.yaml")
    yield "uploaded", lambda frontend: frontend.pressed("ada", _use(frontend, "tea.yaml"))
    yield (
        "start",
        lambda frontend: frontend.pressed(
            "ada", token(frontend.say("ada", "/group", group="cafe"), "Follow its roadmap")
        ),
    )
    yield types("start", "2 h")
    yield types("log", "/log 30m")
    yield "uploaded", lambda frontend: frontend.pressed("ada", _use(frontend, "tea-with-a-spoon.yaml"))
    yield types("roadmap", "/roadmap changes")
    yield presses("roadmap", "/roadmap changes", "Stay on mine")
    yield presses("roadmap", "/roadmap changes", "Take it")
    yield types("roadmap", "/roadmap changes")  # nothing to decide any more
    yield types("undo", "/undo")
    yield types("group", "/group roadmap", group="cafe")
    yield holds("roadmapfile", of="1")
    yield in_group("groupfollows", track="tea", new="1")


def _use(frontend: Frontend, name: str) -> str:
    """The button that uses a file for the group."""
    return token(frontend.handle(frontend.brings("ada", FILES / name))[0], "Use it for cafe")


def timesheets() -> Iterator[Intention]:
    yield types("import", "/import")
    yield "import", lambda frontend: frontend.brings("ada", FILES / "today.csv")
    yield "hoursshown", lambda frontend: frontend.pressed("ada", _shown_again(frontend))
    yield "hourstaken", lambda frontend: frontend.pressed("ada", _brought(frontend, "Log these"))
    yield types("undo", "/undo")
    yield "hoursdropped", lambda frontend: frontend.pressed("ada", _brought(frontend, "Not now"))


def _brought(frontend: Frontend, label: str) -> str:
    """A button under what a file of hours has."""
    return token(frontend.handle(frontend.brings("ada", FILES / "today.csv"))[0], label)


def _shown_again(frontend: Frontend) -> str:
    """What shows the hours of a file that waits once more."""
    _, args = read_token(_brought(frontend, "Log these")) or ("", {})
    return forged("hoursshown", draft=args["draft"], key=args["key"])
