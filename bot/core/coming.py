"""Which reminders will be sent. The same rule answers ahead of time, for display, and at the time itself."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby

from bot.core.checkin import week_asked
from bot.core.ledger import minutes_on
from bot.core.reminder import Kind, Rule, after
from bot.core.study import Study

HORIZON = timedelta(days=370)
"""Nothing is looked for beyond: a pause may have no end."""


@dataclass(frozen=True)
class Coming:
    """A future message of a rule: its instant, and the learner's local date it is for."""

    due: datetime
    rule: Rule
    day: date


def nothing_to_say(
    kind: Kind,
    study: Study,
    day: date,
    *,
    answered: Callable[[date], bool],
    several: bool = False,
    monday: date | None = None,
) -> str | None:
    """Why a reminder has nothing to say on `day`, in a few English words; None if it has something to say.

    `answered` tells whether the check-in about the week that begins on a date is answered; one that was postponed is
    about the week of `monday`. A nudge on one day a week is sent if the week is empty; one on `several` days if that
    day is empty and the week is not met.
    """
    week = study.week(day)
    monday = monday or week_asked(day, study.calendar)
    if study.finished_before(monday) if kind == "checkin" else study.position.finished:
        return "the roadmap is finished"
    if not study.commitments.on(day) or (kind == "nudge" and not week.target):
        return "on pause"
    if kind == "checkin" and answered(monday):
        return "answered already"
    if kind == "nudge":
        if week.met or (not several and week.logged):
            return "something is logged"
        if several and minutes_on(study.entries, day):
            return "something is logged today"
    return None


def coming(
    rules: Sequence[Rule], now: datetime, taken: AbstractSet[tuple[str, date]], silent: Callable[[Rule, date], bool]
) -> Iterator[Coming]:
    """The messages that active rules will send after `now`, in order.

    `taken` has kind and date of the occasions that had their message already: a rule that is moved to later on the
    same day sends no second one. `silent` tells whether a rule will have nothing to say. Of several at the same
    instant only that of the newest rule is sent.
    """
    every = merge(*(_occasions(rule, now, taken, silent) for rule in rules if rule.due), key=_order)
    for _, together in groupby(every, key=lambda message: message.due):
        yield next(together)


def _occasions(
    rule: Rule, now: datetime, taken: AbstractSet[tuple[str, date]], silent: Callable[[Rule, date], bool]
) -> Iterator[Coming]:
    end = now + HORIZON
    while now < end:
        occasion = after(rule.weekdays, rule.at, rule.zone, now)
        now = occasion.due
        if (rule.kind, occasion.day) not in taken and not silent(rule, occasion.day):
            yield Coming(occasion.due, rule, occasion.day)


def _order(message: Coming) -> tuple[datetime, int]:
    return message.due, -message.rule.id
