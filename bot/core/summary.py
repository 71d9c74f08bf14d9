"""What commands need of a ledger, however long it is: a summary that each further line renews.

It is a cache: `summarize` makes the same of all lines. See docs/decisions/0034-snapshots.md.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.core.crediting import Crediting, credit
from bot.core.ledger import TWIN_WINDOW, Entry, effective
from bot.core.lines import Days
from bot.core.plans import Plans

_PLAIN = frozenset({"study", "done", "trim", "first"})
"""Kinds of lines that change nothing about those before them."""
_MANY = 50
"""More lines than this, such as hours out of a file, are summed up anew with all the others: `Summary.plus` looks at
all lines of the last minute for each."""
_AROUND = timedelta(days=6)


@dataclass(frozen=True)
class Summary:
    """Everything that is derived from the order of lines; minutes by day are kept beside it, one number a day.

    `last` is the id of the last line it contains (0: none), `logged` the minutes of all lines, `last_day` the latest
    day of any, `versions` the names of the versions that were taken. `again` is the line that last began the roadmap
    anew, with the minutes logged `before` it, and those of them on the days `around` it. `trims` are the lines in
    force that left an item out, `recent` those that count and were recorded within a minute of the newest.
    """

    last: int
    logged: int
    last_day: date | None
    crediting: Crediting
    versions: tuple[str, ...] = ()
    again: Entry | None = None
    before: int = 0
    around: Mapping[date, int] = field(default_factory=dict)
    trims: tuple[Entry, ...] = ()
    recent: tuple[Entry, ...] = ()

    def plus(self, entry: Entry) -> "Summary | None":
        """The same with one more line; None if that changes what lines before it count for."""
        newest = self.recent[-1].recorded_at if self.recent else entry.recorded_at
        if entry.kind not in _PLAIN or entry.moves is not None or entry.recorded_at < newest:
            return None
        return replace(
            self,
            last=max(self.last, entry.id),
            logged=self.logged + entry.minutes,
            last_day=max(self.last_day or entry.day, entry.day),
            crediting=self.crediting.plus(entry),
            trims=(*self.trims, entry) if entry.kind == "trim" else self.trims,
            recent=_recent((*self.recent, entry)),
        )

    def with_lines(self, entries: Sequence[Entry]) -> "Summary | None":
        """The same with more lines; None if it is to be made anew from all."""
        if len(entries) > _MANY:
            return None
        summary: Summary | None = self
        for entry in entries:
            summary = summary.plus(entry) if summary else None
        return summary


def summarize(entries: Sequence[Entry], plans: Plans) -> Summary:
    """The summary of a whole ledger."""
    counting = effective(entries)
    at = max((n for n, entry in enumerate(counting) if entry.kind == "again"), default=None)
    again, before = (counting[at], counting[:at]) if at is not None else (None, [])
    around: dict[date, int] = {}
    for entry in before:
        if again and entry.day >= again.day - _AROUND:
            around[entry.day] = around.get(entry.day, 0) + entry.minutes
    return Summary(
        last=max((entry.id for entry in entries), default=0),
        logged=sum(entry.minutes for entry in entries),
        last_day=max((entry.day for entry in entries), default=None),
        crediting=credit(plans.first.parts, counting, plans.later, plans.modules),
        versions=tuple(entry.item for entry in counting if entry.kind in {"version", "again"}),
        again=again,
        before=sum(entry.minutes for entry in before),
        around=around,
        trims=tuple(entry for entry in counting[len(before) :] if entry.kind == "trim"),
        recent=_recent(counting),
    )


def _recent(counting: Sequence[Entry]) -> tuple[Entry, ...]:
    recent: list[Entry] = []
    for entry in reversed(counting):
        if counting[-1].recorded_at - entry.recorded_at >= TWIN_WINDOW:
            break
        recent.append(entry)
    return tuple(reversed(recent))


@dataclass(frozen=True)
class Kept:
    """What is known of a ledger without reading it.

    `current` tells whether the stored summary is this one; `between` reads the lines whose days lie between two.
    """

    summary: Summary
    days: Days
    current: bool
    between: Callable[[date, date], Sequence[Entry]]

    def plus(self, entries: Sequence[Entry], lines: Sequence[Entry], plans: Plans) -> "Kept":
        """The same with more lines; `lines` are all with them, which are read if the summary has to be made anew."""
        summary, first = self.summary.with_lines(entries) or summarize(lines, plans), self.between

        def between(since: date, until: date) -> Sequence[Entry]:
            return [*first(since, until), *(entry for entry in entries if since <= entry.day <= until)]

        return Kept(summary, self.days.plus(entries), current=False, between=between)
