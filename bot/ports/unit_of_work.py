"""One transaction, with a repository for each noun."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.ports.adjustments import Adjustments
from bot.ports.boards import Boards
from bot.ports.calls import Calls
from bot.ports.changes import Changes
from bot.ports.checkins import CheckIns
from bot.ports.codes import Codes
from bot.ports.congratulations import Congratulations
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
from bot.ports.studies import Studies
from bot.ports.sums import SumsKept
from bot.ports.timers import Timers
from bot.ports.web_keys import WebKeys

T = TypeVar("T")


class UnitOfWork(Protocol):
    """One transaction, with a repository for each noun. All its writes become visible together or not at all."""

    @property
    def learners(self) -> Learners:
        """People and their accounts."""

    @property
    def enrollments(self) -> Enrollments:
        """Learners on roadmaps, and their commitments."""

    @property
    def ledger(self) -> Ledger:
        """Study entries."""

    @property
    def reminders(self) -> Reminders:
        """Reminder rules."""

    @property
    def deliveries(self) -> Deliveries:
        """Messages that the bot sends by itself."""

    @property
    def checkins(self) -> CheckIns:
        """Answers to the weekly question."""

    @property
    def quizzes(self) -> Quizzes:
        """Attempts at self-check questions."""

    @property
    def groups(self) -> Groups:
        """Study groups, their places and members."""

    @property
    def boards(self) -> Boards:
        """What the members of groups have studied."""

    @property
    def places(self) -> Places:
        """Refusals of platforms to send in places."""

    @property
    def adjustments(self) -> Adjustments:
        """Adjustments of plans, and absences."""

    @property
    def calls(self) -> Calls:
        """Calls for help."""

    @property
    def codes(self) -> Codes:
        """One-time codes."""

    @property
    def congratulations(self) -> Congratulations:
        """Congratulations on finished roadmaps."""

    @property
    def merges(self) -> Merges:
        """Learners who were merged into one."""

    @property
    def projects(self) -> Projects:
        """Ticks, submissions and reviews."""

    @property
    def studies(self) -> Studies:
        """What studies are made of."""

    @property
    def sums(self) -> SumsKept:
        """Caches of what follows from entries and plans."""

    @property
    def timers(self) -> Timers:
        """Study timers."""

    @property
    def web_keys(self) -> WebKeys:
        """What opens something on the web."""

    @property
    def roadmaps(self) -> Roadmaps:
        """Texts of roadmaps."""

    @property
    def live_messages(self) -> LiveMessages:
        """Messages that are edited as what they say changes."""

    @property
    def conversation(self) -> Conversation:
        """Open questions and saved requests."""

    @property
    def requests(self) -> Requests:
        """Handled requests and their answers."""

    @property
    def housekeeping(self) -> Housekeeping:
        """Deletion of old rows."""

    @property
    def privacy(self) -> Privacy:
        """Export and deletion of everything about a person."""

    @property
    def changes(self) -> Changes:
        """What this unit of work has written so far."""

    def attempt(self, work: Callable[[], T]) -> T:
        """Run `work` in a savepoint. If it raises, everything it wrote, and its changes, are rolled back and the
        exception is passed on."""
