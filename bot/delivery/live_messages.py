"""Live messages: a group's board, its check-in, its study sessions. They are edited in their places as what they show
changes."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.group import FINISH, Group, LiveMessage, Place
from bot.core.ids import SessionId
from bot.delivery.addressing import for_place
from bot.delivery.calendar_events import keep_event
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.sending import KeepsCalendar, RetryAfter, Sender, TemporaryFailure, Unreachable
from bot.ports.database import Database
from bot.ports.unit_of_work import UnitOfWork
from bot.usecases.note_refused_place import note_refused_place

log = logging.getLogger(__name__)

COMPOSED_BY: Mapping[str, str] = {
    "board": "leaderboard",
    "checkin": "groupcheckin",
    "session": "groupsession",
    FINISH: "finishtold",
}
"""The commands that compose the live messages of a group's places."""
_SUBJECT: Mapping[str, str] = {"session": "session", FINISH: "of"}
"""The options that name what a live message is about."""
LEASE = timedelta(minutes=2)
"""How long a claim holds before another worker may take over."""
AGAIN = timedelta(days=1)
"""A place that refuses its live message is tried again after so long, unless something changes there before."""
MISTAKEN = timedelta(hours=1)
"""How long a message waits that could not be composed because of a defect."""
BATCH = 20
"""Live messages claimed and shown at once."""


class LiveMessageUpdater:
    """Edits live messages that have changed. Of several workers of one platform one holds a message at a time."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime],
        new_claim: Callable[[], str],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._senders = senders
        self._clock = clock
        self._new_claim = new_claim

    async def refresh(self, platform: str, going_on: Callable[[], bool] = lambda: True) -> None:
        """Edit the live messages that have changed, while `going_on`; one that was deleted is sent again."""
        while going_on():
            claim, now = self._new_claim(), self._clock()
            due = await self._database.run(
                lambda uow, claim=claim, now=now: uow.live_messages.claim(platform, claim, now, now + LEASE, BATCH)  # type: ignore[misc]
            )
            await asyncio.gather(*(self._refresh(live, claim) for live in due))
            if len(due) < BATCH:
                break

    async def _refresh(self, live: LiveMessage, claim: str) -> None:
        now = self._clock()
        place_and_group = await self._database.run(lambda uow: uow.groups.get_place(live.place))
        message, digest, event, again, refusal = live.message, live.digest, live.event, None, None
        place = place_and_group[0] if place_and_group else None
        try:
            if place_and_group is not None:
                message, digest = await self._show(live, *place_and_group, now)
                event = await self._event(live, *place_and_group, now)
        except (NothingToSend, Refusal):
            pass  # nothing to show any more
        except Unreachable as error:
            again, refusal = now + AGAIN, error
        except RetryAfter as asked:
            again = now + timedelta(seconds=asked.seconds)
        except TemporaryFailure:
            again = now + LEASE
        except Exception:
            log.exception("a live message could not be shown", extra={"live": live.id})
            again = now + MISTAKEN

        def settle(uow: UnitOfWork) -> None:
            if not uow.live_messages.settle(live, claim, message, digest, again, event):
                return
            if place and refusal:
                note_refused_place(uow, place, refusal.why, now)
            elif place and digest != live.digest:
                uow.places.mark_accepted(place, now)

        await self._database.run(settle)

    async def _event(self, live: LiveMessage, place: Place, group: Group, now: datetime) -> str | None:
        """Keep the event in the platform's calendar beside the message of a study session; what is kept of it."""
        sender = self._senders[place.platform]
        if live.kind != "session" or not isinstance(sender, KeepsCalendar):
            return live.event
        session, places = await self._database.read(
            lambda uow: (uow.sessions.get(SessionId(live.subject)), uow.groups.places(group.id, writable=True))
        )
        if session is None:
            return live.event
        before = [other for id_, other in places if id_ < live.place and other.platform == place.platform]
        return await keep_event(sender, place, group, session, live.event, now, before)

    async def _show(
        self, live: LiveMessage, place: Place, group: Group, now: datetime
    ) -> tuple[str | None, str | None]:
        args = {"live": "1"} if live.message else {"live": "1", "new": "1"}
        args |= {_SUBJECT[live.kind]: str(max(live.subject, 0))} if live.subject else {}
        key = f"live:{live.id}"
        request = replace(for_place(key, COMPOSED_BY[live.kind], args, place, group, live.occasion), pressed=True)
        answer = await self._dispatcher.compose(request, now)
        digest = sha256(repr(answer.reply).encode()).hexdigest()
        if digest == live.digest:
            return live.message, digest
        sender = self._senders[place.platform]
        if live.message and await sender.edit(place, live.message, answer):
            return live.message, digest
        if live.kind == FINISH:
            return None, digest  # what was deleted there names nobody
        return await sender.send(place, answer, key), digest
