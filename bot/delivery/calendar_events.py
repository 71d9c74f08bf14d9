"""Events in a platform's own calendar that stand beside the messages of study sessions, where a platform has one."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.core.group import NO_EVENT, Group, Place
from bot.core.session import StudySession
from bot.dialogue.sending import CalendarEvent, KeepsCalendar, RetryAfter, TemporaryFailure, Unreachable
from bot.dialogue.session_title import title_text
from bot.dialogue.wording import Wording, nearest

log = logging.getLogger(__name__)


async def keep_event(
    sender: KeepsCalendar,
    place: Place,
    group: Group,
    session: StudySession,
    kept: str | None,
    now: datetime,
    before: Sequence[Place] = (),
) -> str | None:
    """Create, move or take back the event of a session; returns what is to be kept of it.

    `kept` is what was returned before: the event's id and the session's beginning, by which it is seen whether the
    session was moved. No event is beside this place where one is beside a place of the group that comes `before` it in
    the same calendar. A failure is logged and tried again when the session's message is edited next.
    """
    id_, _, begins = (kept or "").partition("@")
    stamp = str(int(session.starts_at.timestamp()))
    known = id_ if id_ != NO_EVENT else ""
    title = Wording(nearest(group.locale)).say(title_text(session))
    event = CalendarEvent(title, group.title, session.starts_at, session.ends_at)
    try:
        if session.cancelled_at:
            if known:
                await sender.drop_event(place, known)
            return None
        if session.begun(now) or begins == stamp:
            return kept
        if before and await _shared(sender, place, before):
            if known:
                await sender.drop_event(place, known)
            return f"@{stamp}"
        event_id = await sender.keep_event(place, event, known or None)
    except Unreachable:
        return f"{NO_EVENT}@{stamp}"
    except (RetryAfter, TemporaryFailure) as error:
        log.info("an event was not kept", extra={"platform": place.platform, "why": type(error).__name__})
        return kept
    return f"{event_id}@{stamp}"


async def _shared(sender: KeepsCalendar, place: Place, before: Sequence[Place]) -> bool:
    """Whether one of these places has the same calendar beside it."""
    own = await sender.calendar_of(place)
    for other in before:
        try:
            if await sender.calendar_of(other) == own:
                return True
        except Unreachable:
            continue
    return False
