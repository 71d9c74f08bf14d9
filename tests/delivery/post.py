"""A platform double that takes messages, workers that send to it, and learners whose messages are due."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert

from bot.adapters.terminal.render import render
from bot.core.group import Place
from bot.core.learner import Account
from bot.delivery.worker import DeliveryWorker
from bot.dialogue.answer import Answer
from bot.dialogue.command import Command
from bot.storage.database import SqlDatabase
from bot.storage.tables import account, commitment, enrollment, learner, reminder
from roadmap.model import Roadmap
from tests.conftest import MONDAY
from tests.kinds import DEFAULTS, PROGRAM
from tests.storage.frontend import PLATFORM, Frontend, forged, frontend
from tests.storage.stored_rows import lines

UTC = ZoneInfo("UTC")
NINE = datetime(2026, 1, 12, 9, tzinfo=UTC)
"""When the announcement of the second week of somebody who started on MONDAY is due."""


class Killed(BaseException):
    """The process has died: nothing after this is run."""


@dataclass(frozen=True)
class Sent:
    """One message that reached somebody."""

    at: datetime
    to: str
    key: str
    text: str


@dataclass
class Box:
    """The messages that one platform has taken, and the failures it is to have."""

    office: "Office"
    sent: list[Sent] = field(default_factory=list)
    edited: list[tuple[str, str]] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    """What was put in the place of a message last."""
    ready: bool = True
    failures: dict[str, list[BaseException]] = field(default_factory=dict)
    """By person, one an attempt, raised in place of taking the message."""
    dies_after: set[str] = field(default_factory=set)
    """Whoever sends to these people dies as soon as the message is taken, once."""
    deleted: set[str] = field(default_factory=set)
    """Messages that somebody has deleted in their chats."""
    meanwhile: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)
    """What happens elsewhere while the platform takes a message."""

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Take an edit of a message that was sent to a place; raises the failure that waits for it, if any."""
        await self.meanwhile()
        if waiting := self.failures.get(to.external_id):
            raise waiting.pop(0)
        if message in self.deleted:
            return False
        assert answer.reply is not None
        self.edited.append((to.external_id, message))
        self.shown[message] = render(answer.reply, answer.locale).text
        return True

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Take a message; raises the failure that waits for its recipient, if any. Returns its key as its id."""
        await self.meanwhile()
        if waiting := self.failures.get(to.external_id):
            raise waiting.pop(0)
        assert answer.reply is not None
        text = render(answer.reply, answer.locale).text
        self.sent.append(Sent(self.office.now, to.external_id, key, text))
        if to.external_id in self.dies_after:
            self.dies_after.remove(to.external_id)
            raise Killed
        return key


class Office:
    """An application with its workers on one database, at a time that the test sets."""

    def __init__(
        self, database: SqlDatabase, roadmaps: dict[str, Roadmap], commands: Sequence[Command] = PROGRAM
    ) -> None:
        self.database = database
        self.frontend: Frontend = frontend(database, roadmaps, commands=commands)
        self.roadmap = next(iter(roadmaps.values()))
        self.now = MONDAY
        self.box = Box(self)
        self.claims = count()

    def worker(self, **boxes: Box) -> DeliveryWorker:
        """A worker of this application, as a process that has just started would have it."""
        senders = {PLATFORM: self.box, **boxes}
        return DeliveryWorker(self.database, self.frontend.dispatcher, senders, lambda: self.now, self.new_claim)

    def new_claim(self) -> str:
        """A name for a claim that no other has."""
        return f"claim {next(self.claims)}"

    def tick(self, *workers: DeliveryWorker) -> None:
        """Let workers, or a fresh one, deliver what is due now; several do so at the same time."""

        async def at_once() -> None:
            await asyncio.gather(*(worker.tick() for worker in workers or (self.worker(),)))

        asyncio.run(at_once())

    def until(self, end: datetime) -> None:
        """Let the time pass and everything happen that falls due on the way."""
        worker = self.worker()
        while (due := asyncio.run(worker.next())) is not None and due <= end:
            self.now = max(self.now, due)
            self.tick(worker)
        self.now = end

    def say(self, who: str, *words: str) -> Answer:
        """Somebody sends these words in private."""
        self.frontend.now = self.now
        return self.frontend.say(who, *words)

    def enrol(self, who: str, zone: str = "UTC") -> None:
        """Somebody becomes a learner."""
        self.frontend.now = self.now
        self.frontend.enrol(who, zone)

    def messages(self) -> Counter[str]:
        """How many messages each person got."""
        return Counter(sent.to for sent in self.box.sent)

    def deliveries(self) -> list[dict[str, Any]]:
        """Every delivery in the database, in the order of planning."""
        return sorted(lines(self.database, "delivery"), key=lambda line: line["id"])

    def make_group(self, *members: str, chat: str = "cafe") -> None:
        """Make a chat the place of a group: the first learner organises it, and all of them are on its board."""
        self.say_in(chat, members[0], "/group create")
        for who in members:
            self.press_in(chat, who, "group", change="join", shown="name")

    def say_in(self, chat: str, who: str, *words: str) -> Answer:
        """Somebody sends these words in a chat."""
        self.frontend.now = self.now
        return self.frontend.say(who, *words, group=chat)

    def press_in(self, chat: str | None, who: str, command: str, **args: str) -> Answer:
        """Somebody presses a button in a chat, or in private."""
        self.frontend.now = self.now
        return self.frontend.handle(self.frontend.pressed(who, forged(command, **args), group=chat))[0]

    def states(self) -> list[str]:
        """The states of all deliveries in the order in which they were planned."""
        return [line["state"] for line in self.deliveries()]


def crowd(
    database: SqlDatabase,
    size: int,
    roadmap: Roadmap,
    platform: str = PLATFORM,
    ids: Sequence[str] | None = None,
    due: datetime | None = NINE,
) -> None:
    """Add `size` learners straight to the database who started on MONDAY and muted all but the announcement.

    `due` is when the announcement is next due: None where it must not be sent before more has been stored.
    """
    today = MONDAY.date()
    with database.engine.begin() as connection:
        for n in range(size):
            values: dict[str, Any] = {"locale": "en", "zone": "UTC", "created_at": MONDAY, "seen_at": MONDAY}
            id_ = connection.execute(insert(learner).values(values).returning(learner.c.id)).scalar_one()
            who = {"learner": id_, "platform": platform, "external_id": f"one{n}", "name": f"One {n}"}
            who |= {"external_id": ids[n]} if ids else {}
            connection.execute(insert(account).values(who))
            track = {"roadmap": roadmap.id, "version": roadmap.version, "start": today, "chosen_at": MONDAY}
            of = connection.execute(
                insert(enrollment).values(learner=id_, **track).returning(enrollment.c.id)
            ).scalar_one()
            connection.execute(insert(commitment).values(enrollment=of, since=today, minutes=480, recorded_at=MONDAY))
            for kind, (weekday, at) in DEFAULTS.items():
                next_due = due if kind == "announcement" else None
                rule = {"kind": kind, "weekday": weekday, "at": at, "zone": "UTC", "due": next_due}
                connection.execute(insert(reminder).values(learner=id_, **rule))


def add_account(database: SqlDatabase, who: str, platform: str) -> None:
    """Give a learner of the terminal another account under the same name on another platform."""
    row = next(line for line in lines(database, "account") if line["external_id"] == who)
    with database.engine.begin() as connection:
        values = {"learner": row["learner"], "platform": platform, "external_id": who, "name": who}
        connection.execute(insert(account).values(values))
