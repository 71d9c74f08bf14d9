"""Messages that stand in places, edited as what they say changes: a group's board, its check-in."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

from bot.core.group import LiveMessage
from bot.core.learner import Account
from bot.core.store import Database
from bot.dialogue.dispatcher import Dispatcher
from bot.dialogue.refusal import Moot, Refusal
from bot.dialogue.request import Request
from bot.dialogue.sending import RetryAfter, Sender, TemporaryFailure, Unreachable

log = logging.getLogger(__name__)

SAID_BY: Mapping[str, str] = {"board": "leaderboard", "checkin": "groupcheckin"}
"""The commands that say what stands in a group's places."""
LEASE = timedelta(minutes=2)
"""How long a claim holds before another courier may take over."""
_IDS = 1 << 40
"""Above the ids of deliveries: what a platform may use to tell one message from another."""


class Standing:
    """Shows anew what stands. Of several couriers of one platform one holds a message at a time."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        senders: Mapping[str, Sender],
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._senders = senders
        self._clock = clock

    async def refresh(self, platform: str) -> None:
        """Show anew what stands in places and has changed; a message that is gone is sent again."""
        now = self._clock()
        due = await self._database.run(lambda store: store.live.claim(platform, now, now + LEASE))
        for live in due:
            message, digest, again = live.message, live.digest, None
            try:
                message, digest = await self._show(live, now)
            except (Moot, Refusal):
                pass  # nothing to show any more
            except Unreachable:
                log.info("a place can no longer be written to", extra={"place": live.place})
            except RetryAfter as asked:
                again = now + timedelta(seconds=asked.seconds)
            except TemporaryFailure:
                again = now + LEASE
            except Exception:
                log.exception("a standing message could not be shown", extra={"live": live.id})
            # The values of this turn of the loop, not of the last one.
            settled = (live, message, digest, again)
            await self._database.run(lambda store, settled=settled: store.live.settle(*settled))  # type: ignore[misc]

    async def _show(self, live: LiveMessage, now: datetime) -> tuple[str | None, str | None]:
        visit = await self._database.run(lambda store: store.groups.visit(live.place))
        if visit is None:
            raise Moot("the bot is no longer there")
        place, group = visit
        args = {"live": "1"} if live.message else {"live": "1", "new": "1"}
        said = Request(
            f"live:{live.id}", Account(place.platform, "", ""), SAID_BY[live.kind], args, place=place,
            pressed=True, locale=group.locale, zone=group.zone.key, occasion=live.occasion,
        )  # fmt: skip
        answer = await self._dispatcher.compose(said, now)
        digest = sha256(repr(answer.reply).encode()).hexdigest()
        if digest == live.digest:
            return live.message, digest
        sender = self._senders[place.platform]
        if live.message and await sender.edit(place, live.message, answer):
            return live.message, digest
        return await sender.send(place, answer, -_IDS - live.id), digest
