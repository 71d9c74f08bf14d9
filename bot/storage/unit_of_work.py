"""One transaction, with a repository for each noun."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from bot.storage.adjustments import Adjustments
from bot.storage.boards import Boards
from bot.storage.calls import Calls
from bot.storage.changes import begin_changes
from bot.storage.checkins import CheckIns
from bot.storage.codes import Codes
from bot.storage.congratulations import Congratulations
from bot.storage.conversations import Conversation
from bot.storage.deliveries import Deliveries
from bot.storage.enrollments import Enrollments
from bot.storage.groups import Groups
from bot.storage.housekeeping import Housekeeping
from bot.storage.instants import Instants
from bot.storage.learners import Learners
from bot.storage.ledger import Ledger
from bot.storage.live_messages import LiveMessages
from bot.storage.merges import Merges
from bot.storage.places import Places
from bot.storage.privacy import ERASED, Privacy
from bot.storage.projects import Projects
from bot.storage.quizzes import Quizzes
from bot.storage.reminders import Reminders
from bot.storage.requests import Requests
from bot.storage.roadmaps import Roadmaps
from bot.storage.savepoint import in_savepoint
from bot.storage.studies import Studies
from bot.storage.sums import SumsKept
from bot.storage.timers import Timers
from bot.storage.web_keys import WebKeys

__all__ = ["ERASED", "SqlUnitOfWork"]

T = TypeVar("T")


class SqlUnitOfWork:
    """The implementation of `bot.ports.unit_of_work.UnitOfWork` on one connection inside a transaction."""

    def __init__(self, connection: Connection, *, reads: bool = False) -> None:
        self._connection = connection
        self._reads = reads
        self.changes = begin_changes(connection)
        instants = Instants(connection)
        self.learners = Learners(connection, lock=not reads)
        self.enrollments = Enrollments(connection, instants)
        self.ledger = Ledger(connection)
        self.reminders = Reminders(connection)
        self.deliveries = Deliveries(connection)
        self.checkins = CheckIns(connection)
        self.quizzes = Quizzes(connection)
        self.groups = Groups(connection)
        self.boards = Boards(connection, self.groups)
        self.places = Places(connection)
        self.adjustments = Adjustments(connection, instants)
        self.calls = Calls(connection)
        self.codes = Codes(connection)
        self.congratulations = Congratulations(connection)
        self.merges = Merges(connection)
        self.projects = Projects(connection)
        self.roadmaps = Roadmaps(connection)
        self.studies = Studies(connection)
        self.sums = SumsKept(connection)
        self.timers = Timers(connection)
        self.web_keys = WebKeys(connection)
        self.live_messages = LiveMessages(connection)
        self.conversation = Conversation(connection)
        self.requests = Requests(connection)
        self.housekeeping = Housekeeping(connection)
        self.privacy = Privacy(connection)

    def attempt(self, work: Callable[[], T]) -> T:
        """Run `work` in a savepoint, which is rolled back, with its changes, if it raises."""
        if self._reads:
            return work()
        mark = len(self.changes)
        try:
            return in_savepoint(self._connection, work)
        except BaseException:
            self.changes.take_back(mark)
            raise
