"""What has served its time."""

from datetime import datetime
from typing import Protocol

from bot.core.retention import Retained


class Housekeeping(Protocol):
    """What has served its time."""

    def drop(self, what: Retained, before: datetime, most: int, after: int = 0) -> int | None:
        """Look at so many rows of a kind behind the one with the id `after`, and delete what is older than `before` and
        needed by nobody; the id to go on behind, None where nothing old is left."""
