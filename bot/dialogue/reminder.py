"""A reminder kind is declared once, with the command that composes it.

Its default time, how late it may come, how it is called and when it stays silent are in that declaration; the
schedule, `/reminders`, the menus and what is shown as coming next all follow from it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Protocol

from bot.core.coming import Situation, nothing_while_resting
from bot.core.reminder import ONE_OFF, ReminderKind
from bot.dialogue.text import Text

_LONGEST_NAME = 16
"""Characters of a kind's name that the database holds."""


@dataclass(frozen=True)
class Reminder:
    """What makes a command a reminder: `@command(reminder=Reminder(...))`. The command's name is the kind's."""

    weekday: int
    """On which day of the week it comes until the learner says otherwise: 0 is Monday."""
    at: time
    """At which local time."""
    late_after: timedelta
    """How late it may still come."""
    about: Text
    """What it is about, as `/reminders` lists it."""
    label: Text
    """The same in a word, for buttons and menus."""
    spellings: Text
    """What may be typed for it, with commas."""
    nothing_to_say: Callable[[Situation], str | None] = nothing_while_resting
    """Why it does not come at present; None where it does. Asked ahead as well, for what is shown as next."""
    about_several: Text | None = None
    """What it is about for somebody who wants it on several days of the week, where that is something else."""
    looks_back: bool = False
    """Whether it is about the day on which it was due, however late it comes; else about the day on which it comes."""
    usual: bool = True
    """Whether everybody has it, at its default time; else it comes only at the times that somebody chooses for it."""
    gives_way: bool = False
    """Whether study times take its place: it does not come to who has any."""
    in_groups: str | None = None
    """The command that says it in the places of a group, where a group has it as well."""


class MayRemind(Protocol):
    """A command, as far as it matters here."""

    @property
    def name(self) -> str:
        """The command's name."""

    @property
    def reminder(self) -> Reminder | None:
        """The reminder that it declares, if any."""


def reminder_kinds(commands: Iterable[MayRemind]) -> dict[str, Reminder]:
    """The reminders that these commands declare, by the names of their kinds, in the order of the week."""
    declared = [(command.name, command.reminder) for command in commands if command.reminder]
    for name, _ in declared:
        if len(name) > _LONGEST_NAME or name == ONE_OFF:
            raise ValueError(f"a kind of reminder cannot be called {name}")
    return dict(sorted(declared, key=lambda kind: (kind[1].weekday, kind[1].at)))


def schedule_of(kinds: Mapping[str, Reminder]) -> list[ReminderKind]:
    """What the schedule needs to know of the kinds."""
    return [ReminderKind(name, kind.weekday, kind.at, kind.late_after, kind.usual) for name, kind in kinds.items()]
