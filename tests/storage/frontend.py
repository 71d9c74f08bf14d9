"""The application without a platform: requests go in, answers come out, at a time the test names."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from bot.adapters.terminal.render import render
from bot.commands import COMMANDS
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.command import Command
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.reply import Button
from bot.dialogue.request import File, Request, read_token, read_typed, write_token
from bot.ports.database import Database
from bot.usecases.roadmap_catalog import RoadmapCatalog
from roadmap.loader import loads
from roadmap.model import Roadmap
from tests.conftest import MONDAY, SITE

PLATFORM = "terminal"
SORRY = "Something went wrong on my side, and nothing was saved."


@dataclass
class Frontend:
    """A dispatcher, and the clock of the conversation."""

    dispatcher: Dispatcher
    now: datetime = MONDAY
    ids: Iterator[int] = field(default_factory=count)

    def typed(self, who: str, words: str, *, group: str | None = None, id_: str | None = None) -> Request:
        """What somebody types."""
        command, rest = read_typed(words)
        event = id_ or f"event:{next(self.ids)}"
        return Request(event, account(who), command, {}, rest, place(group), organiser=rank(who, group))

    def pressed(self, who: str, token: str, *, group: str | None = None, id_: str | None = None) -> Request:
        """What somebody presses."""
        command, args = read_token(token) or ("?", {})
        event = id_ or f"event:{next(self.ids)}"
        here, organiser = place(group), rank(who, group)
        return Request(event, account(who), command, args, "", here, pressed=True, organiser=organiser)

    def brings(self, who: str, file: Path, *, group: str | None = None) -> Request:
        """What somebody sends as a file."""
        content = file.read_bytes()
        return replace(self.typed(who, "/upload", group=group), file=File(file.name, len(content), content))

    def handle(self, *requests: Request) -> list[Answer]:
        """The answers to requests that come at the same moment."""

        async def at_once() -> list[Answer]:
            return await asyncio.gather(*(self.dispatcher.handle(request, self.now) for request in requests))

        return asyncio.run(at_once())

    def say(self, who: str, *words: str, group: str | None = None) -> Answer:
        """Say things one after the other; the last answer."""
        answers = [self.handle(self.typed(who, line, group=group))[0] for line in words]
        return answers[-1]

    def press(self, who: str, answer: Answer, label: str, *, group: str | None = None) -> Answer:
        """Press a button of an answer by its label."""
        return self.handle(self.pressed(who, token(answer, label), group=group))[0]

    def enrol(self, who: str, zone: str = "UTC", hours: str = "8") -> None:
        """Make somebody a learner, as they would."""
        welcome = self.say(who, "/start", hours, zone)
        assert "Your days are those of" in shown(welcome), shown(welcome)


def frontend(
    database: Database, roadmaps: dict[str, Roadmap], now: datetime = MONDAY, commands: Sequence[Command] = COMMANDS
) -> Frontend:
    """The application on a database, for tests to talk to."""
    return Frontend(Dispatcher(database, tuple(commands), RoadmapCatalog(roadmaps, loads), site=SITE), now)


def account(who: str) -> Account:
    """Somebody's account."""
    return Account(PLATFORM, who, who)


def rank(who: str, group: str | None) -> bool | None:
    """Whether somebody may manage the chat: everybody but those who are up to something."""
    return who not in {"eve", "mallory"} if group else None


def place(group: str | None) -> Place | None:
    """A group's chat."""
    return Place(PLATFORM, group, group) if group else None


def shown(answer: Answer) -> str:
    """What a learner reads."""
    assert answer.reply is not None
    return render(answer.reply, answer.locale).text


def buttons(answer: Answer) -> list[Button]:
    """Every button of an answer."""
    return [button for row in answer.reply.buttons for button in row] if answer.reply else []


def tokens(answer: Answer) -> list[tuple[str, str]]:
    """Every button of an answer as (label, token)."""
    return list(render(answer.reply, answer.locale).buttons) if answer.reply else []


def token(answer: Answer, label: str) -> str:
    """The token of the button with this label."""
    by_label = dict(tokens(answer))
    assert label in by_label, f"no button {label}; there is {list(by_label)}"
    return by_label[label]


def forged(command: str, **args: str) -> str:
    """A token nobody was given."""
    return write_token(command, args)
