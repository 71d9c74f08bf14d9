"""Which reminders will be sent. The same rule answers ahead of time, for display, and at the time itself."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge
from itertools import groupby

from bot.core.reminder import STUDY_TIME, Rule, after
from bot.core.study import Study

HORIZON = timedelta(days=370)
"""Nothing is looked for beyond: a pause may have no end."""


@dataclass(frozen=True)
class Coming:
    """A future message of a rule: its instant, and the learner's local date it is for."""

    due: datetime
    rule: Rule
    day: date


@dataclass(frozen=True)
class Situation:
    """What decides whether a reminder has something to say on `day`.

    `week` is the first day of the week that a question asked then is about; `answered` tells whether its check-in is.
    `several`: the learner wants this reminder on more than one day of the week. `times` are the study times at which
    they want to be reminded; of one of them, `rule` says which, `studied_on` is the learner's date then, and `put_off`
    the one from which it was put off.
    """

    study: Study
    day: date
    week: date
    answered: Callable[[], bool]
    several: bool = False
    times: tuple[Rule, ...] = ()
    rule: Rule | None = None
    studied_on: date = date.min
    put_off: date | None = None


def nothing_while_resting(situation: Situation) -> str | None:
    """Why somebody who is on pause, or through the roadmap, is left alone; None for everybody else."""
    if situation.study.position.finished:
        return "the roadmap is finished"
    if not situation.study.commitments.on(situation.day):
        return "on pause"
    return None


def nothing_to_ask(situation: Situation) -> str | None:
    """Why somebody is not asked how their week was; the last week of a roadmap is asked about when it is finished."""
    if situation.study.finished_before(situation.week):
        return "the roadmap is finished"
    if not situation.study.commitments.on(situation.day):
        return "on pause"
    return "answered already" if situation.answered() else None


def coming(
    rules: Sequence[Rule],
    now: datetime,
    taken: AbstractSet[tuple[str, date, int]],
    silent: Callable[[Rule, date], bool],
) -> Iterator[Coming]:
    """The messages that active rules will send after `now`, in order.

    `taken` has kind, date and slot of the occasions that had their message already: a rule that is moved to later on
    the same day sends no second one. `silent` tells whether a rule will have nothing to say. Of several at the same
    instant only that of the newest rule is sent, beside a study time.
    """
    every = merge(*(_occasions(rule, now, taken, silent) for rule in rules if rule.due), key=_order)
    for _, together in groupby(every, key=lambda message: (message.due, message.rule.kind == STUDY_TIME)):
        yield next(together)


def _occasions(
    rule: Rule, now: datetime, taken: AbstractSet[tuple[str, date, int]], silent: Callable[[Rule, date], bool]
) -> Iterator[Coming]:
    end = now + HORIZON
    while now < end:
        occasion = after(rule.weekdays, rule.at, rule.zone, now)
        now = occasion.due
        if (rule.kind, occasion.day, rule.slot) not in taken and not silent(rule, occasion.day):
            yield Coming(occasion.due, rule, occasion.day)


def _order(message: Coming) -> tuple[datetime, bool, int]:
    return message.due, message.rule.kind == STUDY_TIME, -message.rule.id
