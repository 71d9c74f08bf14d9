"""The books, as one transaction sees and writes them."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.ports.adjustments import Adjustments
from bot.ports.calls import Calls
from bot.ports.changes import Changes
from bot.ports.checkins import CheckIns
from bot.ports.codes import Codes
from bot.ports.conversations import Conversation
from bot.ports.deliveries import Deliveries
from bot.ports.enrollments import Enrollments
from bot.ports.groups import Groups
from bot.ports.housekeeping import Housekeeping
from bot.ports.learners import Learners
from bot.ports.ledger import Ledger
from bot.ports.live_messages import LiveMessages
from bot.ports.merges import Merges
from bot.ports.places import Places
from bot.ports.privacy import Privacy
from bot.ports.projects import Projects
from bot.ports.quizzes import Quizzes
from bot.ports.reminders import Reminders
from bot.ports.requests import Requests
from bot.ports.roadmaps import Roadmaps
from bot.ports.timers import Timers

T = TypeVar("T")


class UnitOfWork(Protocol):
    """The books, as one transaction sees and writes them."""

    @property
    def learners(self) -> Learners: ...
    @property
    def enrollments(self) -> Enrollments: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def checkins(self) -> CheckIns: ...
    @property
    def quizzes(self) -> Quizzes: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def places(self) -> Places: ...
    @property
    def adjustments(self) -> Adjustments: ...
    @property
    def calls(self) -> Calls: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def merges(self) -> Merges: ...
    @property
    def projects(self) -> Projects: ...
    @property
    def timers(self) -> Timers: ...
    @property
    def roadmaps(self) -> Roadmaps: ...
    @property
    def live_messages(self) -> LiveMessages: ...
    @property
    def conversation(self) -> Conversation: ...
    @property
    def requests(self) -> Requests: ...
    @property
    def housekeeping(self) -> Housekeeping: ...
    @property
    def privacy(self) -> Privacy: ...

    @property
    def changes(self) -> Changes: ...

    def attempt(self, work: Callable[[], T]) -> T:
        """Run `work`; if it raises, everything it wrote, and its changes, are taken back and the exception goes on."""
