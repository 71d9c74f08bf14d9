"""Change when a reminder comes, and whether."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Literal

from bot.core.learner import Learner
from bot.core.reminder import Rule, after
from bot.ports.unit_of_work import UnitOfWork


class NotOnTheseDays(ValueError):
    """The reminder comes on none of the days on which it was to be silent."""


def set_reminder(
    uow: UnitOfWork,
    learner: Learner,
    rule: Rule,
    *,
    now: datetime,
    switch: Literal["on", "off"] | None = None,
    weekdays: Sequence[int] | None = None,
    at: time | None = None,
) -> None:
    """Change one reminder of a learner; what is None stays as it is.

    "on" lets it come, on these weekdays at this local time; another day or time does so, too. "off" mutes it, and with
    weekdays it is silent on those alone: it goes on as before on the others, and is muted where there are none. Raises
    `NotOnTheseDays` where it comes on none of the days to be silent on.
    """
    days, hour = tuple(weekdays or rule.weekdays), at or rule.at
    muted = switch == "off" or (switch is None and rule.due is None and (days, hour) == (rule.weekdays, rule.at))
    if switch == "off" and weekdays:
        left = tuple(day for day in rule.weekdays if day not in weekdays)
        if left == rule.weekdays:
            raise NotOnTheseDays
        days, muted = left or rule.weekdays, not left or rule.due is None
    due = None if muted else after(days, hour, learner.zone, now).due
    uow.reminders.set(learner.id, rule.kind, days, hour, learner.zone, due)
