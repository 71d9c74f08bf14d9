"""The tables. What a learner did is only ever added to; what is due and what is asked may change.

The columns `learner` and `enrollment` say whose a row is: `privacy` finds everything about a person by them.
"""

from bot.storage.tables.base import Instant, metadata
from bot.storage.tables.delivery import delivery, reminder
from bot.storage.tables.groups import call, live_message, membership, place, study_group
from bot.storage.tables.people import (
    account,
    answer_group,
    code,
    code_attempt,
    code_entry,
    kept_request,
    learner,
    merge,
    merge_move,
    preference,
    question,
    request,
)
from bot.storage.tables.sessions import attendance, presence, session_series, study_session
from bot.storage.tables.study import (
    absence,
    adjustment,
    checkin,
    commitment,
    enrollment,
    entry,
    owed_stretch,
    quiz_try,
    review,
    roadmap_version,
    snapshot,
    studied_day,
    submission,
    tick,
    timer,
)

__all__ = [
    "Instant",
    "absence",
    "account",
    "adjustment",
    "answer_group",
    "attendance",
    "call",
    "checkin",
    "code",
    "code_attempt",
    "code_entry",
    "commitment",
    "delivery",
    "enrollment",
    "entry",
    "kept_request",
    "learner",
    "live_message",
    "membership",
    "merge",
    "merge_move",
    "metadata",
    "owed_stretch",
    "place",
    "preference",
    "presence",
    "question",
    "quiz_try",
    "reminder",
    "request",
    "review",
    "roadmap_version",
    "session_series",
    "snapshot",
    "studied_day",
    "study_group",
    "study_session",
    "submission",
    "tick",
    "timer",
]
