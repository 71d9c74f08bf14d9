"""Studies kept in memory, so that somebody's next request need not read them again.

A study is true as long as its learner has the revision under which it was read: every transaction that changes their
plan or hours counts it up. So a cache may be lost at any time, and other processes may write.
"""

from collections import OrderedDict
from threading import Lock
from typing import TypeAlias

from bot.core.learner import Enrollment, Learner
from bot.core.study import Study

Loaded: TypeAlias = tuple[Enrollment, Study]
_Key: TypeAlias = tuple[int, object, str]

MOST = 2_000
"""Studies kept, the last used ones."""
LARGEST = 2_000
"""Entries of a study that is kept at most: beyond, memory is better spent on others."""


class StudyCache:
    """The studies that learners follow, by learner and language. Safe for several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._held: OrderedDict[_Key, tuple[int, Loaded]] = OrderedDict()
        self._turn = Lock()

    def get(self, learner: Learner, locale: str) -> Loaded | None:
        """What a learner follows, as it was read under the revision they have now; None if it was not."""
        key = _key(learner, locale)
        with self._turn:
            revision, loaded = self._held.get(key, (None, None))
            if loaded is None or revision != learner.revision:
                return None
            self._held.move_to_end(key)
            return loaded

    def put(self, learner: Learner, locale: str, loaded: Loaded) -> None:
        """Keep what was read under the learner's revision."""
        if len(loaded[1].entries) > LARGEST:
            return
        with self._turn:
            self._held[_key(learner, locale)] = learner.revision, loaded
            self._held.move_to_end(_key(learner, locale))
            if len(self._held) > self._most:
                self._held.popitem(last=False)


def _key(learner: Learner, locale: str) -> _Key:
    # SQLite may give the id of somebody who was deleted to somebody new.
    return learner.id, learner.created_at, locale
