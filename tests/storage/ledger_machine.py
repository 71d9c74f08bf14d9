"""One learner who does whatever they like, and what their numbers must be after each step."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.commands.weekbegins import NAMES
from bot.core.calendar import BEGINNINGS
from bot.core.study import Study
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Bar, Fields
from bot.dialogue.request import Request
from bot.dialogue.text import Minutes, Text
from bot.ports.unit_of_work import UnitOfWork
from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY
from tests.storage.frontend import account, forged, frontend, shown, token, tokens
from tests.storage.oracle import DAY, GREEK, ITEMS, Entered, Oracle

ZONES = [
    "UTC",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Europe/Berlin",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
]
items = st.sampled_from([None, *(item.id for item in ITEMS)])


class AnyLearner(RuleBasedStateMachine):
    """One learner who does whatever they like."""

    database: SqlDatabase
    numbers: Iterator[int]
    logged_at: datetime | None = None
    """When the newest entry was made, while it stands."""

    @initialize(zone=st.sampled_from(ZONES), hours=st.integers(2, 20), hour=st.integers(0, 200))
    def begin(self, zone: str, hours: int, hour: int) -> None:
        self.here = frontend(self.database, {"greek": GREEK}, MONDAY + timedelta(hours=hour))
        self.here.ids = self.numbers
        self.who = f"learner{next(self.numbers)}"
        self.here.say(self.who, "/start", str(hours))
        self.oracle = Oracle(self.here.now.date(), ZoneInfo("UTC"), hours * 60)
        self.settled: dict[date, int] = {}
        self.won: set[date] = set()
        self.move(zone)

    @property
    def today(self) -> date:
        return self.oracle.today(self.here.now)

    def say(self, words: str) -> str:
        self.request: Request = self.here.typed(self.who, words)
        self.answer: Answer = self.here.handle(self.request)[0]
        return shown(self.answer)

    @rule(minutes=st.integers(10, 700), back=st.integers(-1, 9), item=items, note=st.sampled_from(["", '"a note"']))
    def log(self, minutes: int, back: int, item: str | None, note: str) -> None:
        self.here.now += timedelta(minutes=2)
        day = self.today - back * DAY
        reply_text = self.say(f"/log {minutes}m {day.isoformat()} {item or ''} {note}")
        if "at once is a lot" in reply_text:
            yes = next(token_ for label, token_ in tokens(self.answer) if label.startswith("Yes, "))
            self.answer = self.here.handle(self.here.pressed(self.who, yes))[0]
            reply_text = shown(self.answer)
        if day > self.today:
            assert "has not come yet" in reply_text
        elif day < self.oracle.start:
            assert "is before you started" in reply_text
        elif self.oracle.minutes_on(day) + minutes > 24 * 60:
            assert reply_text.startswith("A day has 24 hours")
        else:
            assert reply_text.startswith("Logged"), reply_text
            self.logged_at = self.here.now
            shares = [(item, minutes)] if item else self.oracle.in_order(minutes)
            self.oracle.enter(Entered(day, shares, button=token(self.answer, "Undo")))

    @precondition(lambda self: self.logged_at == self.here.now and self.request.command == "log")
    @rule()
    def say_the_same_again(self) -> None:
        assert self.say(f"/log {self.request.rest}").startswith(("I have just logged", "A day has 24 hours"))

    @precondition(lambda self: hasattr(self, "request"))
    @rule()
    def deliver_again(self) -> None:
        assert self.here.handle(self.request)[0] == self.answer

    @rule(item=items)
    def finish(self, item: str | None) -> None:
        left = self.oracle.left()
        mine = item or next((part.item for part in left if left[part]), ITEMS[-1].id)
        reply_text = self.say(f"/done {item or ''}")
        if reply_text.startswith("Is it your week"):  # around a check-in; the second button is the item
            reply_text = self.press(tokens(self.answer)[1][1])
        if any(left[part] for part in left if part.item == mine):
            assert "earlier than planned" in reply_text, reply_text
            self.oracle.enter(Entered(self.today, [(mine, 0)], done=True, button=token(self.answer, "Undo")))
        else:
            assert "is complete already" in reply_text, reply_text

    @rule()
    def undo_the_last(self) -> None:
        self.say("/today")  # after a message that offers to undo a pace or a pause, /undo takes that back
        reply_text, counting = self.say("/undo"), self.oracle.counting()
        if counting:
            last = max(counting, key=lambda entered: entered.number)
            assert reply_text.startswith("It is where it was" if last.before else "Took back"), reply_text
            last.undo()
            self.won.clear()
            self.logged_at = None
        else:
            assert reply_text.startswith("There is nothing to take back"), reply_text

    @precondition(lambda self: hasattr(self, "oracle") and bool(self.oracle.entered))
    @rule(data=st.data())
    def undo_any(self, data: st.DataObject) -> None:
        place = data.draw(st.sampled_from(range(len(self.oracle.entered))))
        entered = self.oracle.entered[place]
        reply_text = self.press(entered.button)
        assert reply_text.startswith("Took back" if entered.counts else "That was taken back already"), reply_text
        if entered.counts:
            entered.put_back = token(self.answer, "Put it back")
        entered.counts = False
        self.won.clear()
        self.logged_at = None  # what is taken back is no twin of what comes

    @precondition(lambda self: hasattr(self, "oracle") and any(entry.put_back for entry in self.oracle.entered))
    @rule(data=st.data())
    def put_back_any(self, data: st.DataObject) -> None:
        taken = [entry for entry in self.oracle.entered if entry.put_back]
        entered = taken[data.draw(st.integers(0, len(taken) - 1))]
        reply_text, free = self.press(entered.put_back), 24 * 60 - self.oracle.minutes_on(entered.day)
        if entered.counts:
            assert reply_text.startswith("That counts already"), reply_text
        elif sum(minutes for _, minutes in entered.shares) > free:
            assert reply_text.startswith("A day has 24 hours"), reply_text
        else:
            assert reply_text.startswith("It is back, as it was."), reply_text
            entered.counts = True

    @precondition(lambda self: hasattr(self, "oracle") and bool(self.oracle.entered))
    @rule(data=st.data(), item=items, back=st.integers(0, 9))
    def move_any(self, data: st.DataObject, item: str | None, back: int) -> None:
        place = data.draw(st.sampled_from(range(len(self.oracle.entered))))
        entered, day = self.oracle.entered[place], self.today - back * DAY
        entry = entered.button.rpartition("=")[2]
        args = {"entry": entry} | ({"item": item} if item else {"day": day.isoformat()})
        reply_text = self.press(forged("move", **args))
        shares = [(item, sum(minutes for _, minutes in entered.shares))] if item else entered.shares
        day = entered.day if item else day
        if not entered.counts:
            assert reply_text.startswith("That was taken back"), reply_text
        elif entered.done:
            assert reply_text.startswith("Only study time"), reply_text
        elif (shares, day) == (entered.shares, entered.day):
            assert reply_text.startswith("It is there already"), reply_text
        elif day < self.oracle.start:
            assert "is before you started" in reply_text, reply_text
        elif day != entered.day and self.oracle.minutes_on(day) + sum(minutes for _, minutes in shares) > 24 * 60:
            assert reply_text.startswith("A day has 24 hours"), reply_text
        elif day <= self.today:
            assert reply_text.startswith("Moved."), reply_text
            entered.move(shares, day, token(self.answer, "Undo"), self.oracle.count())
            self.won.clear()  # hours that are moved may leave a week
            self.logged_at = None

    @precondition(
        lambda self: hasattr(self, "oracle") and any(entry.before and entry.counts for entry in self.oracle.entered)
    )
    @rule(data=st.data())
    def move_back(self, data: st.DataObject) -> None:
        moved = [entry for entry in self.oracle.entered if entry.before and entry.counts]
        entered = moved[data.draw(st.integers(0, len(moved) - 1))]
        _, day, *_ = entered.before[-1]
        spent = sum(minutes for _, minutes in entered.shares)
        reply_text = self.press(entered.moved_back)
        if day != entered.day and self.oracle.minutes_on(day) + spent > 24 * 60:
            assert reply_text.startswith("A day has 24 hours"), reply_text
        else:
            assert reply_text.startswith("It is where it was."), reply_text
            entered.undo()
            self.won.clear()

    def press(self, button: str) -> str:
        self.request = self.here.pressed(self.who, button)
        self.answer = self.here.handle(self.request)[0]
        return shown(self.answer)

    @rule(hours=st.integers(2, 20))
    def pace(self, hours: int) -> None:
        assert self.say(f"/pace {hours}").startswith("From today it is")
        self.oracle.choose(self.today, hours * 60)

    @rule(days=st.none() | st.integers(1, 30))
    def pause(self, days: int | None) -> None:
        until = self.today + timedelta(days=days) if days else None
        assert self.say(f"/pause {until.isoformat() if until else ''}").startswith("You are on pause until")
        self.oracle.mean(self.today, 0)
        if until:
            self.oracle.mean(until, self.oracle.usual)

    @rule()
    def resume(self) -> None:
        reply_text = self.say("/resume")
        if self.oracle.daily.get(self.today):
            assert reply_text.startswith("You are not on pause")
            assert ("You were ill today" in reply_text) == (self.today in self.oracle.ill)
        else:
            assert reply_text.startswith("Welcome back"), reply_text
            self.oracle.mean(self.today, self.oracle.usual)

    @rule(back=st.integers(0, 7), days=st.integers(0, 7))
    def be_ill(self, back: int, days: int) -> None:
        first = self.today - back * DAY
        last = min(self.today, first + days * DAY)
        reply_text = self.say(f"/sick {first.isoformat()} {last.isoformat()}")
        if last < self.oracle.start:
            assert reply_text.startswith("You started on"), reply_text
        elif {first + n * DAY for n in range((last - first).days + 1)} <= self.oracle.ill:
            assert reply_text.startswith("I know of that already"), reply_text
        else:
            assert reply_text.startswith("Get well soon"), reply_text
            self.oracle.be_ill(first, last)
            for n in range((last - first).days + 1):
                day = first + n * DAY
                self.settled.pop(self.oracle.week(day)[0], None)  # illness reaches back, a week at most

    @rule(zone=st.sampled_from(ZONES))
    def move(self, zone: str) -> None:
        assert self.say(f"/timezone {zone}").startswith("Your days are now those of")
        self.oracle.move(ZoneInfo(zone), self.here.now)
        if self.today < self.oracle.chosen:
            self.here.now += timedelta(hours=26)  # see the test below

    @rule(weekday=st.sampled_from(BEGINNINGS))
    def begin_weeks(self, weekday: int) -> None:
        assert self.press(forged("weekbegins", on=NAMES[weekday])).startswith("Your weeks begin on")
        self.oracle.begin_weeks(self.today, weekday)

    @rule(hours=st.integers(1, 30) | st.integers(100, 400))
    def wait(self, hours: int) -> None:
        self.here.now += timedelta(hours=hours)

    @rule()
    def look(self) -> None:
        """What the learner is shown are these numbers."""
        # Looking is no event that comes again: what only reads keeps no answer, and is answered as things are then.
        answer = self.here.handle(self.here.typed(self.who, "/progress"))[0]
        assert answer.reply is not None
        whole, week = (block for block in answer.reply.blocks if isinstance(block, Bar))
        covered = sum(part.minutes for part in self.oracle.left()) - sum(self.oracle.left().values())
        assert whole.caption.values["covered"] == Minutes(covered)
        caption = week.caption
        while "logged" not in caption.values:  # it says more than how much
            caption = next(value for value in caption.values.values() if isinstance(value, Text))
        assert caption.values["logged"] == Minutes(self.oracle.total(self.today))
        fields = next(block for block in answer.reply.blocks if isinstance(block, Fields))
        streak = next(value for name, value in fields.rows if name.message == "Streak")
        assert streak.values.get("n", 0) == self.oracle.streak(self.today)

    @invariant()
    def every_number_is_right(self) -> None:
        if not hasattr(self, "oracle"):
            return
        study, oracle = self.database.transact(self._study), self.oracle
        assert study.start == oracle.start
        mondays = oracle.mondays(max(self.today, oracle.start))
        assert {m: study.week(m).logged for m in mondays} == {m: oracle.total(m) for m in mondays}
        assert {m: study.week(m).target for m in mondays} == {m: oracle.target(m) for m in mondays}
        assert study.streak(self.today) == oracle.streak(self.today)
        assert {c.part: c.left for c in study.position.parts} == oracle.left()
        assert study.logged == sum(minutes for entered in oracle.counting() for _, minutes in entered.shares)
        # A week that was met stays met, whatever is changed, as long as its hours stand (promise 32).
        met = {monday for monday in mondays if study.week(monday).met}
        assert met == {monday for monday in mondays if oracle.met(monday)}
        assert self.won <= met
        self.won |= met
        assert self.settled.keys() <= set(mondays), "a week that was over begins on another day"
        # A week that is over everywhere owes what it owed, for ever.
        yesterday = (self.here.now - timedelta(hours=12)).date() - DAY
        for monday in [monday for monday in mondays if oracle.week(monday)[-1] <= yesterday]:
            assert study.week(monday).target == self.settled.setdefault(monday, study.week(monday).target)

    def _study(self, uow: UnitOfWork) -> Study:
        learner = uow.learners.find(account(self.who))
        assert learner is not None
        enrollment = uow.enrollments.current(learner.id)
        assert enrollment is not None
        commitments = replace(uow.enrollments.commitments(enrollment.id), weeks=learner.weeks)
        return Study(enrollment.id, GREEK, enrollment.start, commitments, uow.ledger.entries(enrollment.id))
