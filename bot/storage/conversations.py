"""Open questions, and saved requests that are too long for a button, in the database."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Text, bindparam, delete, func, insert, or_, select

from bot.core.group import Place
from bot.core.ids import LearnerId
from bot.core.learner import Account
from bot.ports.conversations import OpenQuestion
from bot.storage.inserting import PreparedInsert
from bot.storage.tables import account, kept_request, question

_WHERE = (
    question.c.platform == bindparam("of_platform"),
    question.c.external_id == bindparam("of_id"),
    question.c.place == bindparam("of_place"),
)
_OPENED = select(question.c.asked, question.c.offered).where(*_WHERE)
_FORGET = delete(question).where(*_WHERE)
_ASK = insert(question).values(
    platform=bindparam("of_platform"),
    external_id=bindparam("of_id"),
    place=bindparam("of_place"),
    asked=bindparam("now_asked"),
    offered=bindparam("now_offered"),
)
_KEPT = select(kept_request.c.request).where(
    kept_request.c.id == bindparam("number"),
    or_(kept_request.c.learner.is_(None), kept_request.c.learner == bindparam("whose")),
)
# Only for whom the bot knows: nothing may be kept of who has asked to be deleted while a message was on its way.
_LEFT = select(
    account.c.platform,
    account.c.external_id,
    bindparam("of_place", type_=Text),
    bindparam("now_asked", type_=Text),
    bindparam("now_offered", type_=Text),
).where(account.c.platform == bindparam("of_platform"), account.c.external_id == bindparam("of_id"))
_LEAVE_OPEN = PreparedInsert(
    question,
    lambda new: new.from_select(["platform", "external_id", "place", "asked", "offered"], _LEFT).on_conflict_do_update(
        index_elements=["platform", "external_id", "place"],
        set_={"asked": func.coalesce(new.excluded.asked, question.c.asked), "offered": new.excluded.offered},
    ),
)


class Conversation:
    """See `bot.ports.conversations.Conversation`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def set_question(
        self, account: Account, place: Place | None, asked: str | None, offered: str | None = None
    ) -> None:
        """Set the open question to an account in a place (None: in private), and the buttons whose labels may be
        typed instead of pressed."""
        key = _key(account, place)
        known = self._connection.execute(_OPENED, key).one_or_none()
        if (known or (None, None)) == (asked, offered):
            return
        if known is not None:
            self._connection.execute(_FORGET, key)
        if asked is not None or offered is not None:
            self._connection.execute(_ASK, {**key, "now_asked": asked, "now_offered": offered})

    def leave_open(self, questions: Sequence[tuple[Account, OpenQuestion]]) -> None:
        """Store what messages have left open in private, for accounts that are somebody's. Where a message asks
        nothing, the question before it stays open."""
        if questions:
            values = [
                {**_key(account_, None), "now_asked": left.asked, "now_offered": left.offered}
                for account_, left in questions
            ]
            self._connection.execute(_LEAVE_OPEN.on(self._connection), values)

    def open_question(self, account: Account, place: Place | None) -> OpenQuestion | None:
        """The open question to an account in a place, with its buttons; None if there is none."""
        row = self._connection.execute(_OPENED, _key(account, place)).one_or_none()
        return OpenQuestion(row.asked, row.offered) if row else None

    def save_request(self, learner: LearnerId | None, request: str, now: datetime) -> int:
        """Store a saved request of a learner, or of nobody, and return its number."""
        new = insert(kept_request).values(learner=learner, request=request, kept_at=now)
        number: int = self._connection.execute(new.returning(kept_request.c.id)).scalar_one()
        return number

    def saved_request(self, number: int, learner: LearnerId | None) -> str | None:
        """The saved request with this number; None if there is none, or if it belongs to another learner."""
        return self._connection.execute(_KEPT, {"number": number, "whose": learner}).scalar_one_or_none()

    def drop_requests(self, learner: LearnerId, beginning: str) -> None:
        """Delete a learner's saved requests that begin with this text."""
        begins = kept_request.c.request.startswith(beginning, autoescape=True)
        self._connection.execute(delete(kept_request).where(kept_request.c.learner == learner, begins))


def _key(account: Account, place: Place | None) -> dict[str, str]:
    return {
        "of_platform": account.platform,
        "of_id": account.external_id,
        "of_place": place.external_id if place else "",
    }
