"""People with lives in groups on two platforms, and what they do day after day."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from sqlalchemy import select

from bot.app import wire
from bot.core.group import Place
from bot.core.learner import Account
from bot.core.study import Study
from bot.dialogue.answer import Answer
from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.request import File, Request, read_typed
from bot.dialogue.text import Text
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from bot.storage.tables import study_session
from bot.usecases.roadmap_catalog import RoadmapCatalog
from roadmap.loader import loads
from roadmap.model import Item, Module, Retired, Roadmap
from tests.conftest import MONDAY

LEARNERS, GROUPS, WEEKS = 80, 8, 26
TRACK = "ml-researcher"
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo")
TIMES = (("", 0), ("", 0), ("/times tue thu 19:00, sat 10-12", 3), ("/times mon-fri 9:00 45m", 5))
"""The study times that people choose, one after another; half of them choose none."""
CHANGED_ON = 80
"""The day on which the roadmap has a new version."""


@dataclass
class Town:
    """Everybody's private chats and the groups' places, on two platforms, and the clock of all of them."""

    now: datetime = MONDAY
    ready: bool = True
    private: list[str] = field(default_factory=list)
    """The deliveries that came in private, by key."""
    places: Counter[str] = field(default_factory=Counter)
    edits: int = 0

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Take a message, counted by its recipient."""
        assert answer.reply is not None
        if isinstance(to, Account):
            self.private.append(key)
        else:
            self.places[to.external_id] += 1
        return key

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Take an edit, counted."""
        self.edits += 1
        return True


@dataclass
class Life:
    """Somebody's way to study: how often, how much, and what gets in the way."""

    name: str
    platform: str
    zone: str
    group: str
    shown: str
    diligence: float
    times: int = 0
    """How many study times they have a week."""


def lives(random: Random) -> list[Life]:
    """People with all kinds of lives."""
    return [
        Life(
            f"p{n}",
            ("discord", "telegram")[n % 2],
            random.choice(ZONES),
            f"g{n % GROUPS}",
            random.choice(["by my name", "by my name", "hidden", f"Alias{n}"]),
            random.random(),
            TIMES[n % len(TIMES)][1],
        )
        for n in range(LEARNERS)
    ]


def deed(random: Random, life: Life, day: int) -> str:
    """What somebody does on a day; most often nothing."""
    dice = random.random()
    if dice < life.diligence * 0.35:
        return f"/log {random.choice([20, 45, 60, 90, 150])}m"
    if dice > 0.995:
        return random.choice(["/sick", "/pause 1 week", "/pace 6", "/undo", "/done", "/focus"])
    if dice > 0.99:
        return f"/timezone {random.choice(ZONES)}"
    if dice > 0.985 and day > 14:
        return random.choice(["/catchup shift", "/catchup spread", "/catchup trim"])
    if dice > 0.98:
        return f"/log {random.choice([4, 6])}h yesterday"
    if dice > 0.97 and day > CHANGED_ON:
        return "/roadmap changes"
    if life.times and dice > 0.968:
        return random.choice(["/times not this week", "tomorrow", "in 30 min", "/times tue thu 19:00", "/times off"])
    if dice > 0.965:
        return f"/checkin {random.choice(['done', 'partly', 'stuck', 'away'])}"
    return ""


class Lives:
    """The program and everybody who uses it, day after day."""

    def __init__(self, database: SqlDatabase, roadmaps: dict[str, Roadmap], seed: int) -> None:
        self.random = Random(seed)  # noqa: S311
        self.database, self.roadmaps = database, dict(roadmaps)
        self.town = Town()
        self.application = wire(
            database,
            {"discord": self.town, "telegram": self.town},
            roadmaps=self.roadmaps,
            clock=lambda: self.town.now,
        )
        self.people = lives(self.random)
        self.accounts = {life.name: [life] for life in self.people}
        self.moved: Counter[str] = Counter()
        """How many took another version of the roadmap, and how many stayed."""
        self.taken: Counter[str] = Counter()
        """How often hours of a file were taken in, and taken back."""
        self._catalog = RoadmapCatalog(self.roadmaps, loads)
        self._ids = count()

    async def begin(self) -> None:
        """Everybody starts, joins their group, and every eighth comes by two platforms."""
        for life in self.people:
            await self.says(life, "/start")
            await self.says(life, str(self.random.choice([2, 4, 8, 12])))
            await self.says(life, life.zone)
        for n, life in enumerate(self.people):
            if words := TIMES[n % len(TIMES)][0]:
                await self.says(life, words)
        for life in self.people[: 2 * GROUPS]:
            await self.says(life, "/group create", group=True)
        for life in self.people:
            await self.says(life, f"/group join {life.shown}", group=True)
        for life in self.people[::8]:
            await self.links(life)

    async def day(self, day: int) -> None:
        """Half of them do something, or not; then a day passes, and on some days nothing ticks for three more."""
        if day == CHANGED_ON:
            self.roadmaps[TRACK] = changed(self.roadmaps[TRACK])
        if day % 50 == 33:
            self.town.now += timedelta(days=3)
        for life in self.random.sample(self.people, LEARNERS // 2):
            await self.live(life, day)
        tomorrow = self.town.now + timedelta(days=1)
        await self.sits_down(day, tomorrow)
        if day % 5 == 4:
            await self.brings_hours(self.people[day % LEARNERS])
        await self.passes(tomorrow)

    async def sits_down(self, day: int, until: datetime) -> None:
        """Every third day one of a group proposes a session for the evening; some come, and some say so only."""
        if day % 3 or not (members := [life for life in self.people if life.group == f"g{day // 3 % GROUPS}"]):
            return
        when = self.random.choice(["today 23:30 1h", "tomorrow 20:00", 'tomorrow 19:00 "maths"', "every friday 18:00"])
        await self.says(members[0], f"/session {when}", group=True)
        for number, starts_at in self.sessions_until(until):
            for life in self.random.sample(members, 4):
                await self.says(life, "", group=True, pressed=Button(Text("I'm in"), "session.in", {"session": number}))
            await self.passes(max(self.town.now, starts_at))
            for life in self.random.sample(members, 3):
                here = Button(Text("I'm here"), "session.here", {"session": number})
                await self.says(life, "", group=True, pressed=here)

    def sessions_until(self, until: datetime) -> list[tuple[str, datetime]]:
        """The numbers of the sessions that begin by then, and when."""
        soon = select(study_session.c.id, study_session.c.starts_at).where(
            study_session.c.starts_at > self.town.now, study_session.c.starts_at <= until
        )
        with self.database.engine.connect() as connection:
            return [(str(id_), at) for id_, at in connection.execute(soon.order_by(study_session.c.starts_at))]

    async def says(self, life: Life, words: str, *, group: bool = False, pressed: Button | None = None) -> Answer:
        """Somebody types words, or presses a button."""
        account = Account(life.platform, life.name, life.name)
        place = Place(life.platform, life.group, life.group) if group else None
        command, rest = read_typed(words)
        id_ = f"e{next(self._ids)}"
        request = Request(id_, account, command, {}, rest, place, organiser=True if place else None)
        if pressed:
            request = Request(id_, account, pressed.command, pressed.args, place=place, pressed=True)
        return await self.application.dispatcher.handle(request, self.town.now)

    async def brings_hours(self, life: Life) -> None:
        """Somebody sends the hours of the last two days as a file, takes them in, and now and then takes them back."""
        today = self.town.now.date()
        rows = [f"{today - timedelta(days=n)},0:{20 + n}\n" for n in (1, 2)]
        content = ("Date,Duration\n" + "".join(rows)).encode()
        account = Account(life.platform, life.name, life.name)
        sent = Request(f"e{next(self._ids)}", account, "import", file=File("hours.csv", len(content), content))
        answer = await self.application.dispatcher.handle(sent, self.town.now)
        for command in ("hourstaken", *(["undo"] if self.random.random() < 0.3 else [])):
            buttons = [button for row in answer.reply.buttons for button in row] if answer.reply else []
            if button := next((button for button in buttons if button.command == command), None):
                answer = await self.says(life, "", pressed=button)
                self.taken[command] += 1

    async def passes(self, until: datetime) -> None:
        """Time passes, and what falls due comes."""
        while (due := await self.application.worker.next()) is not None and due <= until:
            self.town.now = max(self.town.now, due)
            await self.application.worker.tick()
        self.town.now = until

    async def links(self, life: Life) -> None:
        """They come by their account on the other platform as well from now on."""
        code = re.search(r"\b\w{4}-\w{4}\b", repr((await self.says(life, "/link")).reply))
        assert code
        other = replace(life, platform="telegram" if life.platform == "discord" else "discord")
        asked = (await self.says(other, f"/link {code[0]}")).reply
        assert asked
        await self.says(other, "", pressed=asked.buttons[0][0])
        waits = (await self.says(life, "/link")).reply
        assert waits
        await self.says(life, "", pressed=waits.buttons[0][0])
        self.accounts[life.name] = [life, other]

    async def live(self, life: Life, day: int) -> None:
        """What somebody does on a day, and the buttons they press after it."""
        life = self.random.choice(self.accounts[life.name])
        words = deed(self.random, life, day)
        answer = await self.says(life, words) if words else None
        buttons = [button for row in answer.reply.buttons for button in row] if answer and answer.reply else []
        if words.startswith("/catchup"):
            for button in [button for button in buttons if button.args.get("take")]:
                await self.says(life, "", pressed=button)
        elif words == "/roadmap changes" and len(buttons) == 2:
            before = self.study_of(life)[0]
            button = self.random.choice(buttons)
            await self.says(life, "", pressed=button)
            check_credit(before, self.study_of(life)[0])
            self.moved[button.args["act"]] += 1

    def study_of(self, life: Life) -> tuple[Study, date]:
        """The study of somebody and their local date."""
        account = Account(life.platform, life.name, life.name)

        def work(uow: UnitOfWork) -> tuple[Study, date]:
            request = Request("check", account, "progress")
            context = Context(uow, request, self.town.now, uow.learners.find(account), self._catalog, {}, lambda: "")
            study = context.study
            return replace(all_read(study), beside=tuple(map(all_read, study.beside))), context.today

        return self.database.transact(work)


def all_read(study: Study) -> Study:
    """The study as all its entries make it, whatever is kept of them."""
    return replace(study, entries=tuple(study.entries), kept=None)


def changed(old: Roadmap) -> Roadmap:
    """Another version: one item is gone, one has an heir, one takes longer."""
    gone, replaced, longer, heir = list(old.items)[2], list(old.items)[5], list(old.items)[8], list(old.items)[6]

    def module(old: Module) -> Module:
        items = [item for item in old.items if item.id not in {gone, replaced}]
        return replace(old, items=tuple(map(item, items)))

    def item(old: Item) -> Item:
        if old.id != longer:
            return old
        parts = (*old.parts[:-1], replace(old.parts[-1], minutes=old.parts[-1].minutes + 180))
        return replace(old, minutes=old.minutes + 180, parts=parts)

    modules = tuple(map(module, old.modules))
    retired = (Retired(gone, "2.0.0"), Retired(replaced, "2.0.0", heir))
    return replace(old, version="2.0.0", modules=modules, retired=retired)


def check_credit(before: Study, after: Study) -> None:
    """No credited minute moves or vanishes with a version, no week is another one, and all stays within reach."""
    heirs = {item.id: item.replaced_by for item in after.roadmap.retired if item.replaced_by in after.roadmap.items}
    credited: Counter[str] = Counter()
    for covered in before.position.parts + before.position.kept:
        there = covered.part.item in after.roadmap.items
        credited[covered.part.item if there else heirs.get(covered.part.item) or covered.part.item] += covered.minutes
    for item, minutes in credited.items():
        assert after.position.credited_to(item) == minutes
    assert (after.position.extra, after.logged) == (before.position.extra, before.logged)
    assert after.weeks(after.start) == before.weeks(before.start)
    assert after.position.covered >= before.position.covered
    assert after.position.covered + after.position.left == after.position.total
