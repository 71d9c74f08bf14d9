"""How a platform is asked to write to somebody unasked, and the three ways in which it can fail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from bot.core.group import Place, Why
from bot.core.learner import Account
from bot.dialogue.answer import Answer


class RetryAfter(Exception):
    """The platform asks for a pause of so many seconds."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Unreachable(Exception):
    """This account or place cannot be written to, and trying again changes nothing: blocked, closed, gone.

    `why` is what an organiser is told of a place.
    """

    def __init__(self, why: Why = "unknown") -> None:
        super().__init__(why)
        self.why = why


class TemporaryFailure(Exception):
    """It did not work this time, and surely was not delivered."""


class Sender(Protocol):
    """One platform's way to write to a person or into a group's chat."""

    @property
    def ready(self) -> bool:
        """Whether anything can be sent at all; until then what is due waits."""

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Send. Raises `RetryAfter`, `Unreachable` or `TemporaryFailure`, and nothing else.

        `key` names what is sent, such as "delivery:17". It is the same each time that is tried, after a restart, too:
        where a platform can tell, the message comes but once. Returns the platform's id of the (last) message, where it
        tells one.
        """

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Put an answer in the place of a message that was sent; False where it is not there any more.

        Raises like `send`.
        """


@dataclass(frozen=True)
class CalendarEvent:
    """What a platform's own calendar is to show of a study session: what it is called, with which group, from when to
    when (aware UTC)."""

    title: str
    group: str
    starts_at: datetime
    ends_at: datetime


@runtime_checkable
class KeepsCalendar(Protocol):
    """A sender whose platform has a calendar of its own. Raises like `Sender.send`; `Unreachable` where the bot may
    make no events."""

    async def calendar_of(self, to: Place) -> str:
        """Which calendar is beside a place: several places may share one."""

    async def keep_event(self, to: Place, event: CalendarEvent, id_: str | None) -> str:
        """Create an event beside a place, or change the one with this id; the id of the event that is there now."""

    async def drop_event(self, to: Place, id_: str) -> None:
        """Delete an event."""
