"""What the numbers must be, worked out a second time in the slowest and plainest way: day by day, minute by minute."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from roadmap.model import Item, Module, Part, Resource, Roadmap

DAY = timedelta(days=1)


def _item(name: str, *parts: tuple[int, int]) -> Item:
    resource = Resource(name, f"https://{name}.example", "nobody", "free")
    laid_out = tuple(Part(name, week, minutes, f"Do {name}.") for week, minutes in parts)
    minutes = sum(part.minutes for part in laid_out)
    return Item(name, "topic", name.capitalize(), minutes, laid_out, resource=resource)


ITEMS = (
    _item("alpha", (1, 120), (2, 300)),
    _item("beta", (1, 200), (3, 77)),
    _item("gamma", (2, 443)),
    _item("delta", (3, 60), (4, 240)),
)
GREEK = Roadmap(
    "greek",
    "1.0.0",
    "Greek letters",
    "Four of them.",
    "en",
    weeks=4,
    minutes_per_week=360,
    minutes=1440,
    modules=(Module("letters", "Letters", (1, 4), 1440, ("Know them.",), ITEMS),),
)
"""A roadmap small enough to be finished, with items whose parts lie between those of others."""
PLAN = sorted((part for item in ITEMS for part in item.parts), key=lambda part: part.week)


@dataclass
class Entered:
    """What was entered at once: a day's minutes on items in order, or one item marked done."""

    day: date
    shares: list[tuple[str, int]]
    done: bool = False
    button: str = ""
    counts: bool = True
    number: int = 0
    """Rises with every entry and every move."""
    before: list[tuple[list[tuple[str, int]], date, str, int]] = field(default_factory=list)
    """Where it was, the last place last: shares, day, the button that led back there, number."""
    moved_back: str = ""
    put_back: str = ""

    def move(self, shares: list[tuple[str, int]], day: date, button: str, number: int) -> None:
        """Elsewhere from now on; `button` takes it back to where it was."""
        self.before.append((self.shares, self.day, self.moved_back, self.number))
        self.shares, self.day, self.moved_back, self.number = shares, day, button, number
        self.put_back = ""

    def undo(self) -> None:
        """What was done last with it, taken back."""
        self.put_back = ""
        if self.before:
            self.shares, self.day, self.moved_back, self.number = self.before.pop()
        else:
            self.counts = False


@dataclass
class Oracle:
    """A learner's history as the test knows it."""

    start: date
    zone: ZoneInfo
    usual: int
    entered: list[Entered] = field(default_factory=list)
    numbered: int = 0
    daily: dict[date, int] = field(default_factory=dict)
    """Minutes a week in force on each day."""
    ill: set[date] = field(default_factory=set)
    """Days on which nothing is owed, whatever is in force."""
    earlier: list[tuple[int, dict[date, int]]] = field(default_factory=list)
    """Before each change: how many of `entered` there were, and what was in force on each day."""

    def __post_init__(self) -> None:
        self.since = self.start
        first = self.start - (self.start.weekday() + 7) * DAY
        self.firsts = [first + n * 7 * DAY for n in range(140)]
        self.choose(self.start, self.usual)

    def today(self, now: datetime) -> date:
        """The date on the learner's wall."""
        return now.astimezone(self.zone).date()

    def choose(self, today: date, minutes: int) -> None:
        """Choose how much to study from today on."""
        self.chosen, self.usual = today, minutes
        self.mean(today, minutes)

    def mean(self, since: date, minutes: int) -> None:
        """From a day on it is so many minutes a week, whatever was planned."""
        self._changes()
        self.since = min(self.since, since)
        for n in range(900):
            self.daily[since + n * DAY] = minutes

    def begin_weeks(self, today: date, weekday: int) -> None:
        """From the end of the week that runs on, weeks begin on a weekday."""
        over = next(first for first in self.firsts if first > today)
        first = next(over + n * DAY for n in range(7) if (over + n * DAY).weekday() == weekday)
        kept = [begins for begins in self.firsts if begins <= today]
        self.firsts = [*kept, *dict.fromkeys([over, *(first + n * 7 * DAY for n in range(140))])]

    def week(self, day: date) -> list[date]:
        """The days of the week that a day lies in."""
        first = max(begins for begins in self.firsts if begins <= day)
        after = min(begins for begins in self.firsts if begins > day)
        return [first + n * DAY for n in range((after - first).days)]

    def _changes(self) -> None:
        self.earlier.append((len(self.entered), self.owing()))

    def owing(self) -> dict[date, int]:
        """Minutes a week owed on each day."""
        return self.daily | dict.fromkeys(self.ill, 0)

    def be_ill(self, first: date, last: date) -> None:
        """Nothing is owed on these days."""
        self._changes()
        self.ill |= {first + n * DAY for n in range((last - first).days + 1)}

    def move(self, zone: ZoneInfo, now: datetime) -> None:
        """Another zone; right after the start a guess that was a day ahead is put right."""
        self.zone = zone
        if self.today(now) < self.start and not self.entered:
            self.start = self.today(now)
            self.choose(self.start, self.usual)

    def minutes_on(self, day: date) -> int:
        """What was studied on a day."""
        return sum(minutes for entered in self.counting() if entered.day == day for _, minutes in entered.shares)

    def count(self) -> int:
        """The next number."""
        self.numbered += 1
        return self.numbered

    def enter(self, entered: Entered) -> None:
        """Something is entered."""
        entered.number = self.count()
        self.entered.append(entered)

    def counting(self) -> list[Entered]:
        """What was not taken back."""
        return [entered for entered in self.entered if entered.counts]

    def total(self, monday: date) -> int:
        """What was studied in a week."""
        return sum(map(self.minutes_on, self.week(monday)))

    def target(self, monday: date) -> int:
        """What was owed in a week."""
        owing = self.owing()
        return (sum(owing.get(day, 0) for day in self.week(monday)) + 3) // 7

    def met(self, monday: date) -> bool:
        """Whether a week was met, now or at any time before something was changed."""
        return any(
            self._met(monday, entered, daily) for entered, daily in [*self.earlier, (len(self.entered), self.owing())]
        )

    def _met(self, monday: date, entered: int, daily: dict[date, int]) -> bool:
        week = self.week(monday)
        target = (sum(daily.get(day, 0) for day in week) + 3) // 7
        return (
            0
            < target
            <= sum(
                minutes
                for entry in self.entered[:entered]
                if entry.counts and entry.day in week
                for _, minutes in entry.shares
            )
        )

    def mondays(self, today: date) -> list[date]:
        """The weeks from the start to today's."""
        return [first for first in self.firsts if first <= today and self.week(first)[-1] >= self.start]

    def streak(self, today: date) -> int:
        """Weeks met in a row; one missed week is forgiven, two in a row are not."""
        letters = "".join(self._letter(monday, today) for monday in self.mondays(today))
        return letters.split("xx")[-1].count("m")

    def _letter(self, monday: date, today: date) -> str:
        week = self.week(monday)
        target = self.target(monday)
        if self.met(monday):
            return "m"
        owing = self.owing()
        over = week[-1] < today and today not in week
        whole = (
            len(week) == 7 and monday >= self.start and not any(day >= self.since and not owing[day] for day in week)
        )
        return "x" if over and target and whole else ""

    def left(self) -> dict[Part, int]:
        """Minutes left of each part of the plan, entry by entry, minute by minute."""
        left = {part: part.minutes for part in PLAN}
        for entered in self.counting():
            for item, minutes in entered.shares:
                if entered.done:
                    left |= {part: 0 for part in PLAN if part.item == item}
                for _ in range(minutes):
                    own = [part for part in PLAN if part.item == item and left[part]]
                    others = [part for part in PLAN if left[part]]
                    for part in (own or others)[:1]:
                        left[part] -= 1
        return left

    def in_order(self, minutes: int) -> list[tuple[str, int]]:
        """The items that hours go to when nobody names one."""
        left = self.left()
        shares: dict[str, int] = {}
        for part in PLAN:
            take = min(minutes, left[part])
            if take:
                shares[part.item] = shares.get(part.item, 0) + take
            minutes -= take
        if minutes:
            last = next(reversed(shares), PLAN[-1].item)
            shares[last] = shares.get(last, 0) + minutes
        return list(shares.items())
