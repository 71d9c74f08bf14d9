"""Deletion of rows whose retention period is over."""

from datetime import datetime
from typing import Protocol

from bot.core.retention import Retained


class Housekeeping(Protocol):
    """Deletion of rows whose retention period is over."""

    def drop(self, retained: Retained, before: datetime, most: int, after: int = 0) -> int | None:
        """Look at up to `most` rows of a kind with ids above `after`, and delete those that are older than `before`
        and no longer needed.

        Returns the id to continue from; None if no old rows are left.
        """
