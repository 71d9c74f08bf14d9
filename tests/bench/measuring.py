"""What all benches share: rows with their targets, what was measured, sizes, rounds and medians."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Literal, TypeVar

from bot.app import spare_garbage_collection

T = TypeVar("T")

Size = Literal["tiny", "usual", "large"]
Verdict = Literal["reached", "missed", "not measured", "-"]


class NotMeasured(Exception):
    """This machine cannot show the row; the message says why."""


@dataclass(frozen=True)
class Row:
    """One line of the table: its number, what is measured against what, and what is to be reached."""

    number: str
    what: str
    least: float | None = None
    most: float | None = None
    unit: str = ""

    @property
    def target(self) -> str:
        """What is to be reached, as the table says it."""
        if self.least is not None:
            return f"≥ {figure(self.least)}{self.unit}"
        return "" if self.most is None else f"≤ {figure(self.most)}{self.unit}"

    def verdict(self, value: float | None) -> Verdict:
        """Whether a value reaches the target; "-" where there is no target."""
        if value is None:
            return "not measured"
        if self.least is not None:
            return "reached" if value >= self.least else "missed"
        if self.most is not None:
            return "reached" if value <= self.most else "missed"
        return "-"


@dataclass(frozen=True)
class Measured:
    """What a row came to: the value that its target is about, more in words, and the numbers behind it.

    `value` is None where it could not be measured; then `more` says why.
    """

    value: float | None
    more: str = ""
    numbers: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Scale:
    """How much is measured, in how many rounds, and a folder on a real disk for databases."""

    size: Size
    folder: Path
    rounds: int = 5

    def of(self, tiny: T, usual: T, large: T | None = None) -> T:
        """The one of these that fits the size; "large" is as "usual" where nothing else is given."""
        if self.size == "tiny":
            return tiny
        return large if self.size == "large" and large is not None else usual


Measure = Callable[[Scale], Sequence[Measured]]


@dataclass(frozen=True)
class Bench:
    """A function that measures some rows, and the rows; it returns one `Measured` for each, in their order."""

    rows: Sequence[Row]
    measure: Measure


def bench(*rows: Row) -> Callable[[Measure], Bench]:
    """Declare what a function measures."""
    return lambda measure: Bench(rows, measure)


@dataclass(frozen=True)
class Took:
    """Seconds that some work took on the clock and on the processor, threads included."""

    wall: float
    cpu: float

    def each(self, count: int) -> "Took":
        """The share of one of `count` equal pieces."""
        return Took(self.wall / count, self.cpu / count)


class Watch:
    """Measures from its creation on."""

    def __init__(self) -> None:
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def took(self) -> Took:
        """The time since."""
        return Took(time.perf_counter() - self._wall, time.process_time() - self._cpu)


def rounds(count: int, works: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
    """Do all works in turn, `count` times, so that a disturbance of the machine meets all of them; every second round
    goes the other way round. The garbage collector is spared what is there before, as the program does at its start."""
    spare_garbage_collection()
    done: dict[str, list[T]] = {name: [] for name in works}
    for number in range(count):
        names = list(works)
        for name in names if number % 2 == 0 else reversed(names):
            done[name].append(works[name]())
    return done


def middle(taken: Iterable[Took]) -> Took:
    """The median on the clock and the median on the processor."""
    all_taken = list(taken)
    return Took(median(t.wall for t in all_taken), median(t.cpu for t in all_taken))


def percentile(values: Iterable[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, max(0, round(share * len(ranked) + 0.5) - 1))]


def flatness(by_size: Mapping[int, float]) -> float:
    """How many times as much the dearest size takes as the cheapest; 1 is perfectly flat."""
    return max(by_size.values()) / min(by_size.values())


def rate_ratio(ours: Iterable[Took], peer: Iterable[Took]) -> Measured:
    """Our rate as a share of a peer's, from the time that each took for one command, round by round."""
    our_time, peer_time = middle(ours), middle(peer)
    by_clock, by_cpu = peer_time.wall / our_time.wall, peer_time.cpu / our_time.cpu
    numbers = {
        "by_cpu": by_cpu,
        "ours_ms": our_time.wall * 1e3,
        "ours_cpu_ms": our_time.cpu * 1e3,
        "peer_ms": peer_time.wall * 1e3,
        "peer_cpu_ms": peer_time.cpu * 1e3,
    }
    more = f"{ms(our_time.wall)} against {ms(peer_time.wall)}; on CPU time {figure(by_cpu)}"
    return Measured(by_clock, more, numbers)


def ms(seconds: float) -> str:
    """Seconds as milliseconds, for people."""
    return f"{figure(seconds * 1e3)} ms"


def figure(value: float) -> str:
    """A number with as many digits as mean something."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def sizes(by_size: Mapping[int, float]) -> str:
    """Times in seconds by size, as one line in milliseconds."""
    return ", ".join(f"{size:,}: {figure(seconds * 1e3)}" for size, seconds in by_size.items()) + " ms"
