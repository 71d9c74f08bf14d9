"""Half a year of 200 people with lives, in 20 groups: every number is what the ledger's lines add up to."""

import asyncio
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.app import wire
from bot.core.calendar import local_date, monday_of
from bot.core.group import Place
from bot.core.learner import Account
from bot.core.study import Study
from bot.dialogue.answer import Answer
from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.request import Request, read_typed
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from bot.usecases.roadmap_catalog import RoadmapCatalog
from roadmap.loader import loads, tracks
from roadmap.model import Item, Module, Retired, Roadmap
from tests.conftest import MONDAY
from tests.storage.stored_rows import count, lines

LEARNERS, GROUPS, WEEKS = 80, 8, 26
TRACK = "ml-researcher"
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/Sao_Paulo")
CHANGED_ON = 80
"""The day on which the roadmap has a new version."""
A_WEEK = 3
"""Messages of its own accord that the bot promises at most to one person: announcement, nudge, check-in."""


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
    if dice > 0.965:
        return f"/checkin {random.choice(['done', 'partly', 'stuck', 'away'])}"
    return ""


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_half_a_year_of_lives(sqlite: SqlDatabase, roadmaps: dict[str, Roadmap], seed: int) -> None:  # noqa: C901 - one story
    random = Random(seed)  # noqa: S311
    town = Town()
    files = dict(roadmaps)
    application = wire(sqlite, {"discord": town, "telegram": town}, roadmaps=files, clock=lambda: town.now)
    catalog = RoadmapCatalog(files, loads)
    sqlite.transact(
        lambda uow: uow.roadmaps.note(TRACK, roadmaps[TRACK].version, tracks()[TRACK].read_text("utf-8"), MONDAY)
    )
    moved: Counter[str] = Counter()
    people = lives(random)
    ids = iter(range(10**7))
    accounts = {life.name: [life] for life in people}

    async def says(life: Life, words: str, *, group: bool = False, pressed: Button | None = None) -> Answer:
        account = Account(life.platform, life.name, life.name)
        place = Place(life.platform, life.group, life.group) if group else None
        command, rest = read_typed(words)
        request = Request(f"e{next(ids)}", account, command, {}, rest, place, organiser=True if place else None)
        if pressed:
            request = Request(f"e{next(ids)}", account, pressed.command, pressed.args, place=place, pressed=True)
        return await application.dispatcher.handle(request, town.now)

    async def passes(until: datetime) -> None:
        while (due := await application.worker.next()) is not None and due <= until:
            town.now = max(town.now, due)
            await application.worker.tick()
        town.now = until

    async def links(life: Life) -> None:
        """They come by their account on the other platform as well from now on."""
        code = re.search(r"\b\w{4}-\w{4}\b", repr((await says(life, "/link")).reply))
        assert code
        other = replace(life, platform="telegram" if life.platform == "discord" else "discord")
        asked = (await says(other, f"/link {code[0]}")).reply
        assert asked
        await says(other, "", pressed=asked.buttons[0][0])
        waits = (await says(life, "/link")).reply
        assert waits
        await says(life, "", pressed=waits.buttons[0][0])
        accounts[life.name] = [life, other]

    async def one_day(life: Life, day: int) -> None:
        life = random.choice(accounts[life.name])
        words = deed(random, life, day)
        answer = await says(life, words) if words else None
        buttons = [button for row in answer.reply.buttons for button in row] if answer and answer.reply else []
        if words.startswith("/catchup"):
            for button in [button for button in buttons if button.args.get("take")]:
                await says(life, "", pressed=button)
        elif words == "/roadmap changes" and len(buttons) == 2:
            before = study_of(sqlite, catalog, life, town.now)[0]
            button = random.choice(buttons)
            await says(life, "", pressed=button)
            check_credit(before, study_of(sqlite, catalog, life, town.now)[0])
            moved[button.args["act"]] += 1

    async def whole() -> None:
        for life in people:
            await says(life, "/start")
            await says(life, str(random.choice([2, 4, 8, 12])))
            await says(life, life.zone)
        for life in people[:GROUPS] + people[GROUPS : 2 * GROUPS]:
            await says(life, "/group create", group=True)
        for life in people:
            await says(life, f"/group join {life.shown}", group=True)
        for life in people[::8]:
            await links(life)
        for day in range(WEEKS * 7):
            if day == CHANGED_ON:
                files[TRACK] = changed(roadmaps[TRACK])
            if day % 50 == 33:
                town.now += timedelta(days=3)  # an outage: nothing ticks for three days
            for life in random.sample(people, LEARNERS // 2):
                await one_day(life, day)
            await passes(town.now + timedelta(days=1))

    asyncio.run(whole())
    check_messages(town, sqlite)
    for life in people:
        check_ledger(*study_of(sqlite, catalog, life, town.now), life)
    check_boards(sqlite, town.now)
    assert count(sqlite, "account") == LEARNERS + LEARNERS // 8
    assert count(sqlite, "learner") == LEARNERS
    assert min(moved["take"], moved["stay"]) > 5


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


def study_of(database: SqlDatabase, catalog: RoadmapCatalog, life: Life, now: datetime) -> tuple[Study, date]:
    """The study of somebody and their local date."""
    account = Account(life.platform, life.name, life.name)

    def work(uow: UnitOfWork) -> tuple[Study, date]:
        request = Request("check", account, "progress")
        context = Context(uow, request, now, uow.learners.find(account), catalog, {}, lambda: "")
        return context.study, context.today

    return database.transact(work)


def check_messages(town: Town, database: SqlDatabase) -> None:
    """Nobody got more messages than promised in any week, and no group more than its two and a live board.

    What was sent long ago is kept no more: the weeks are those that are.
    """
    sent: Counter[tuple[int, str]] = Counter()
    known = set()
    for line in lines(database, "delivery"):
        if line["state"] == "sent" and line["learner"] and line["kind"] != "errand":
            sent[line["learner"], monday_of(date.fromisoformat(str(line["occasion"]))).isoformat()] += 1
        if line["state"] == "sent" and line["learner"]:
            known.add(f"delivery:{line['id']}")
    assert max(sent.values()) <= A_WEEK
    assert len(town.private) == len(set(town.private)), "something was sent twice"
    assert known
    assert known <= set(town.private)
    # Two a week in each of two places that a group has here, and each place's board, once.
    assert max(town.places.values()) <= 2 * (2 * (WEEKS + 2) + 1)
    assert town.edits > 0


def check_ledger(study: Study, today: date, life: Life) -> None:
    """One person's numbers, added up by hand from the lines of the ledger."""
    by_week: Counter[date] = Counter()
    for line in study.entries:
        by_week[monday_of(line.day)] += line.minutes
    assert study.logged == sum(by_week.values())
    taken_back = {line.reverses for line in study.entries if line.reverses}
    kept = sum(line.minutes for line in study.entries if line.kind == "study" and line.id not in taken_back)
    assert study.logged == kept
    assert study.position.credited + study.position.extra == kept
    met = misses = 0
    week = monday_of(study.start)
    while week <= monday_of(today):
        days = [week + timedelta(days=n) for n in range(7)]
        owed = (sum(study.commitments.on(day) for day in days) + 3) // 7
        away = any(study.commitments.on(day) == 0 for day in days if day >= study.start) or week < study.start
        if owed and by_week[week] >= owed:
            met, misses = met + 1, 0
        elif owed and not away and week < monday_of(today):
            misses += 1
            met = 0 if misses == 2 else met
        week += timedelta(days=7)
    assert study.streak(today) == met, life


def check_boards(database: SqlDatabase, now: datetime) -> None:
    """Who is on a board is who said so, with the sum of their lines."""
    hidden = {line["learner"] for line in lines(database, "membership") if line["shown"] == "hidden"}
    enrolled = {line["id"]: line["learner"] for line in lines(database, "enrollment")}
    minutes: Counter[int] = Counter()
    monday = monday_of(local_date(now, ZoneInfo("UTC")))
    for line in lines(database, "entry"):
        if monday.isoformat() <= str(line["day"]) <= (monday + timedelta(days=6)).isoformat():
            minutes[enrolled[line["enrollment"]]] += line["minutes"]
    for group in {line["id"] for line in lines(database, "study_group")}:
        days = (monday, monday + timedelta(days=6))
        board, together = database.transact(
            lambda uow, group=group, days=days: (  # type: ignore[misc]
                uow.boards.board(group, *days, "hours", None),
                uow.boards.together(group, *days),
            )
        )
        members = {line["learner"] for line in lines(database, "membership") if line["study_group"] == group}
        assert {row.learner for row in board.shown if row} <= members - hidden
        assert all(row.minutes == minutes[row.learner] for row in board.shown if row)
        assert together == sum(minutes[learner] for learner in members - hidden)
