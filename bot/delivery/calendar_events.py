"""Events in a platform's own calendar that stand beside the messages of study sessions, where a platform has one."""

import logging
from datetime import datetime

from bot.core.group import NO_EVENT, Group, Place
from bot.core.session import StudySession
from bot.dialogue.sending import CalendarEvent, KeepsCalendar, RetryAfter, TemporaryFailure, Unreachable
from bot.dialogue.session_title import title_text
from bot.dialogue.wording import Wording, nearest

log = logging.getLogger(__name__)


async def keep_event(
    sender: KeepsCalendar, place: Place, group: Group, session: StudySession, kept: str | None, now: datetime
) -> str | None:
    """Create, move or take back the event of a session; returns what is to be kept of it.

    `kept` is what was returned before: the event's id and the session's beginning, by which it is seen whether the
    session was moved. A failure is logged and tried again when the session's message is edited next.
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
        event_id = await sender.keep_event(place, event, known or None)
    except Unreachable:
        return f"{NO_EVENT}@{stamp}"
    except (RetryAfter, TemporaryFailure) as error:
        log.info("an event was not kept", extra={"platform": place.platform, "why": type(error).__name__})
        return kept
    return f"{event_id}@{stamp}"
