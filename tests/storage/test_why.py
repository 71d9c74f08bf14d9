"""Every number that is shown can be worked out from what /why says, to the minute (promise 42).

The texts are read as a person reads them, and the sums are done again.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from babel.dates import format_date
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.storage.database import SqlDatabase
from tests.conftest import MONDAY
from tests.storage.frontend import Frontend, buttons, frontend, shown, tokens
from tests.storage.oracle import GREEK

FEW, MANY = {"sqlite": 4, "postgresql": 1}, {"sqlite": 15, "postgresql": 3}
TIME = r"(?:\d+ h \d+ min|\d+ h|\d+ min)"
MODULE = GREEK.modules[0]
LETTERS = replace(
    GREEK,
    modules=(replace(MODULE, items=tuple(replace(item, core=item.id in {"alpha", "beta"}) for item in MODULE.items)),),
)
"""Greek letters, the last two of which can be left out."""
PEOPLE = count()

steps = st.one_of(
    st.tuples(st.just("log"), st.integers(10, 400), st.integers(0, 6)),
    st.tuples(st.just("wait"), st.integers(1, 16)),
    st.tuples(st.just("wait"), st.integers(1, 16)),
    st.tuples(st.just("pace"), st.integers(2, 20)),
    st.tuples(st.just("pause"), st.integers(0, 12)),
    st.tuples(st.just("resume")),
    st.tuples(st.just("ahead"), st.integers(0, 15), st.integers(0, 12)),
    st.tuples(st.just("ahead"), st.integers(0, 15), st.integers(0, 12)),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("again")),
    st.tuples(st.just("sick"), st.integers(0, 5)),
    st.tuples(st.just("done"), st.sampled_from([item.id for item in MODULE.items])),
    st.tuples(st.just("undo")),
    st.tuples(st.just("catchup"), st.sampled_from(["trim", "shift", "spread", "shift"])),
)


def minutes(text: str) -> int:
    """The minutes of an amount such as "1 h 30 min"."""
    hours = re.search(r"(\d+) h", text)
    rest = re.search(r"(\d+) min", text)
    return 60 * int(hours[1] if hours else 0) + int(rest[1] if rest else 0)


def times(pattern: str, text: str) -> list[int]:
    """The minutes in each place where a pattern with one group stands."""
    return [minutes(amount) for amount in re.findall(pattern, text, re.MULTILINE)]


def only(pattern: str, text: str) -> str:
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"no {pattern} in:\n{text}"
    return match[1]


class Reader:
    """Somebody who does the sums again."""

    def __init__(self, here: Frontend, who: str) -> None:
        self.here, self.who = here, who
        reply = {part: self.ask(f"/why {part}") for part in ("week", "plan", "streak", "dates", "board")}
        self.week, self.plan, self.streak, self.dates, self.board = reply.values()
        self.progress = self.ask("/progress")

    def ask(self, words: str) -> str:
        return shown(self.here.say(self.who, words)).replace("\N{NO-BREAK SPACE}", " ")

    def check_week(self) -> None:
        this_week = self.week.partition("All in all")[0]
        logged = sum(times(rf"^• .*: ({TIME}) on ", this_week))
        assert logged == minutes(only(rf"This week: ({TIME})", this_week))
        days = re.findall(rf": (\d+) days? at ({TIME}) a week", this_week)
        target = (sum(int(n) * minutes(hours) for n, hours in days) + 3) // 7
        assert target == minutes(only(rf"Owed: ({TIME})\.", this_week))
        assert sum(map(int, re.findall(r": (\d+) days? ", this_week))) == 7
        for screen in (self.progress, self.ask("/today")):
            if "is done" in screen:
                continue
            bar = re.search(rf"({TIME}) of ({TIME}) this week", screen)
            if bar:
                assert (minutes(bar[1]), minutes(bar[2])) == (logged, target)
            else:
                assert target == 0
                assert logged == minutes(only(rf"({TIME}) this week, and nothing is owed", screen))
        was = re.search(rf"; met with ({TIME}) of ({TIME})", self.progress)
        assert (f"was met with {was[1]} of {was[2]} before" in this_week) if was else ("was met with" not in this_week)

    def check_hours(self) -> None:
        hours = self.week.partition("All in all")[2]
        table = re.findall(rf"^ *[A-Z][a-z]+ +({TIME}) +({TIME}) +({TIME})$", hours, re.MULTILINE)
        extra = sum(times(rf"({TIME}) were logged when nothing", hours))
        credited = sum(minutes(row[1]) for row in table)
        early, out = (sum(times(rf"“\w+”: ({TIME}) {kind}", hours)) for kind in ("early", "left out"))
        logged = sum(minutes(row[0]) for row in table)
        before = sum(times(rf"({TIME}) of it are from before", hours))
        assert logged == before + credited + extra == minutes(only(rf"^ *: ({TIME})", hours))
        percent, covered, total = re.search(rf"(\d+)% · ({TIME}) of ({TIME})", self.progress).groups()  # type: ignore[union-attr]
        assert minutes(covered) == credited + early
        assert minutes(total) == GREEK.minutes - out
        assert int(percent) == 100 * (credited + early) // (GREEK.minutes - out)
        assert (
            out == sum(times(rf" · ({TIME}) left out", self.progress)) == sum(times(rf"({TIME}) left out: they", hours))
        )

    def check_plan(self) -> None:
        shown_plan = only(r"Plan: +(.*)$", self.progress)
        if shown_plan == "finished":
            return
        lists, _, sums = self.plan.partition("Owed by weeks that are over")
        owed = sum(times(rf"^• .*, ({TIME}) together", lists)) + sum(times(rf"^• [^:]*: ({TIME}) \(", lists))
        owed += sum(times(rf"before that: ({TIME})", lists))
        for time, some in re.findall(rf": ({TIME}) \((.*)\)", lists):
            days = re.findall(rf"(\d+) days? at ({TIME}) a week", some)
            target = (sum(int(n) * minutes(hours) for n, hours in days) + 3) // 7
            assert minutes(time) == min(target, *times(rf"no more than the ({TIME}) that were", some), target)
        capped = re.search(rf"so ({TIME}) count", lists)
        owed = minutes(capped[1]) if capped else owed
        assert owed == minutes(only(rf"^ *: +({TIME})", sums))
        if "Behind" in sums:
            rest = owed - sum(times(rf"less: .*: +({TIME})", sums))
            behind = max(0, rest)
            assert behind == minutes(only(rf"Behind: +({TIME})", sums))
            assert shown_plan == "on plan" if not behind else minutes(shown_plan) == behind
            assert behind == 0 or shown_plan.endswith("behind")
        else:
            less = times(rf"less: (?!owed).*: +({TIME})", sums)
            ahead = max(0, sum(less) - owed - minutes(only(rf"less: owed by this week: +({TIME})", sums)))
            assert ahead == minutes(only(rf"Ahead: +({TIME})", sums))
            assert shown_plan == "on plan" if not ahead else minutes(shown_plan) == ahead
            assert ahead == 0 or shown_plan.endswith("ahead")

    def check_streak(self) -> None:
        met = sum(map(int, re.findall(r": (\d+) weeks? met", self.streak)))
        line = only(r"Streak: +(.*)$", self.progress)
        assert line == (f"{met} week" + "s" * (met != 1) if met else "begins with the first week you meet")

    def check_dates(self, today: date) -> None:
        planned = only(r"Done as planned: +(.*)$", self.progress)
        at_pace = only(r"Done at your pace: +(.*)$", self.progress)
        if "left to study" not in self.dates:
            assert planned == at_pace == "you are there"
            return
        left = minutes(only(rf"({TIME}) are left to study", self.dates))
        assert self.finish(left, today) == planned
        pace = re.search(rf"({TIME}) in the last (\d+) days? .* that is ({TIME}) a week", self.dates)
        if pace:
            weekly = minutes(pace[1]) * 7 // max(7, int(pace[2]))
            assert weekly == minutes(pace[3])
            shown_pace = re.search(rf"\(({TIME}) a week\)", at_pace)
            if shown_pace:
                assert minutes(shown_pace[1]) == weekly
                if (
                    "a pause" not in self.dates
                    and "planned pause" not in self.week
                    and "on pause" not in self.ask("/today")
                    and "are ill" not in self.ask("/today")
                ):
                    end = today + timedelta(days=-(-left * 7 // weekly))
                    assert at_pace.startswith(words(end)), (at_pace, end)

    def finish(self, left: int, today: date) -> str:
        monday = today - timedelta(days=today.weekday())
        left -= minutes(only(rf"can still bring ({TIME})", self.dates))
        if left <= 0:
            return words(monday + timedelta(days=6))
        changes = {words(monday + timedelta(days=n)): n for n in range(7, 400)}
        reply = re.findall(rf"from (\w+, \d+ \w+ \d+) on: (?:({TIME}) a week|a pause)", self.dates)
        daily = {changes[day]: minutes(hours) if hours else 0 for day, hours in reply}
        sevenths, weekly = left * 7, 0
        for n in range(7, 9000):
            weekly = daily.get(n, weekly)
            sevenths -= weekly
            if sevenths <= 0:
                return words(monday + timedelta(days=n))
        return "open while you are on pause"

    def check_board(self, group: str) -> None:
        logged, committed = (
            minutes(amount)
            for amount in re.search(rf"({TIME}) logged, of ({TIME})", self.board).groups()  # type: ignore[union-attr]
        )
        share = only(r"Your share on a board this week: (.*)$", self.board)
        board = shown(self.here.say(self.who, "/leaderboard", group=group)).replace("\N{NO-BREAK SPACE}", " ")
        row = re.search(rf"{self.who} +({TIME})\*? +(\S.*)$", board, re.MULTILINE)
        if row is None:
            assert share == "none"
            return
        assert minutes(row[1]) == logged
        wanted = f"{min(120, logged * 100 // committed)}%" if committed else "nothing owed"
        assert row[2].strip() == wanted
        assert share == (wanted if committed else "none")


def words(day: date) -> str:
    return format_date(day, "EEE, d MMM y", locale="en_GB")


def do(here: Frontend, who: str, step: tuple, begun: date) -> None:  # type: ignore[type-arg]
    kind, *more = step
    here.now += timedelta(minutes=2)
    today = here.now.date()
    match kind:
        case "wait":
            here.now += timedelta(days=more[0])
        case "log":
            here.say(who, f"/log {more[0]}m {max(begun, today - timedelta(days=more[1])).isoformat()}")
        case "pause":
            here.say(who, f"/pause {(today + timedelta(days=more[0])).isoformat() if more[0] else ''}")
        case "ahead":
            first = today + timedelta(days=more[0])
            here.say(who, f"/pause {first.isoformat()} - {(first + timedelta(days=more[1])).isoformat()}")
        case "cancel":
            plan = here.say(who, "/plan")
            for label in [label for label, _ in tokens(plan) if label.startswith("Cancel the pause")][:1]:
                here.press(who, plan, label)
        case "again":
            here.say(who, "/start again")
        case "sick":
            here.say(who, f"/sick {(today - timedelta(days=more[0])).isoformat()} {today.isoformat()}")
        case "catchup":
            answer = here.say(who, f"/catchup {more[0]}")
            if any(button.label.message == "Take it" for button in buttons(answer)):
                here.press(who, answer, "Take it")
        case _:
            here.say(who, f"/{kind} {more[0] if more else ''}")


def check_history(database: SqlDatabase, start: datetime, history: list[tuple]) -> None:  # type: ignore[type-arg]
    here, who = frontend(database, {"greek": LETTERS}, start), f"learner{next(PEOPLE)}"
    here.ids = count(10**6 * next(PEOPLE))
    here.enrol(who)
    here.say(who, "/group create", "/group join by my name", group=f"cafe {who}")
    for step in history:
        do(here, who, step, start.date())
        reader = Reader(here, who)
        reader.check_week()
        reader.check_hours()
        reader.check_plan()
        reader.check_streak()
        reader.check_dates(here.now.date())
        reader.check_board(f"cafe {who}")


def test_planned_pauses_and_a_new_beginning_are_named(database: SqlDatabase) -> None:
    here, who = frontend(database, {"greek": LETTERS}, MONDAY), f"planner{next(PEOPLE)}"
    here.ids = count(10**6 * next(PEOPLE))
    here.enrol(who)
    here.say(who, "/log 2h", "/pause 2026-01-14 - 2026-01-16")
    here.now += timedelta(days=9)
    assert "14–16 Jan: 3 days of planned pause, which owe nothing" in shown(here.say(who, "/why"))
    board = shown(here.say(who, "/why board"))
    assert "of 4 h 34 min committed when the week began" in board
    assert "A pause planned before: 14–16 Jan" in board
    here.now += timedelta(days=3)
    here.say(who, "/start again", "/log 1h", "/pause 2026-01-20 - 2026-01-22")
    here.now += timedelta(days=2)
    plan = shown(here.say(who, "/why plan")).replace("\N{NO-BREAK SPACE}", " ")
    # From Saturday on two days of 8 h a week, and 4 h 34 min were left.
    assert "12–18 Jan: 2 h 17 min (5 days before you began again, 2 days at 8 h a week" in plan
    assert "no more than the 4 h 34 min that were left" in plan
    dates = shown(here.say(who, "/why dates"))
    assert "from Mon, 26 Jan 2026 on: 8 h a week" in dates
    here.say(who, "/pause 2026-02-02 - 2026-02-04")
    dates = shown(here.say(who, "/why dates"))
    assert "from Mon, 2 Feb 2026 on: a pause" in dates
    assert "from Thu, 5 Feb 2026 on: 8 h a week" in dates


@pytest.mark.parametrize("examples", [FEW, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"])
def test_every_number_is_what_why_says(database: SqlDatabase, examples: dict[str, int]) -> None:
    @settings(
        max_examples=examples[database.url.get_backend_name()],
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.integers(0, 6), st.lists(steps, min_size=10, max_size=16))
    def play(day: int, history: list[tuple]) -> None:  # type: ignore[type-arg]
        check_history(database, MONDAY + timedelta(days=day), history)

    play()
