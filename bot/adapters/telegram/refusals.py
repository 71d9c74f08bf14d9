"""Telegram's errors: which of them stay until something changes, and which of our errors they become."""

import logging
import re
import time
from datetime import timedelta

from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.adapters.telegram.transport import NotSent
from bot.dialogue import sending

log = logging.getLogger(__name__)

_STAYS = re.compile(
    r"topic_closed|topic_deleted|thread not found|topic_id_invalid|not enough rights|no rights|administrator rights|"
    r"chat_admin_required|chat_restricted|chat_write_forbidden|chat_send_\w+_forbidden|chat not found|user not found|"
    r"chat was deleted|peer_id_invalid|chat_id_invalid|channel_private|deactivated|is_blocked|"
    r"not a member|was kicked|was blocked"
)
"""Bad requests that will be bad again until somebody changes something in that chat: it is closed to us, or gone."""
_DAY = 86_400.0
_KNOWN = 10_000


def stays(error: TelegramError) -> bool:
    """Whether trying again is useless until somebody changes something in that chat."""
    message = str(error).lower()
    return isinstance(error, Forbidden) or (isinstance(error, BadRequest) and bool(_STAYS.search(message)))


def seconds_of(error: RetryAfter) -> float:
    """The pause that Telegram asks for, in seconds."""
    pause = error.retry_after
    return pause.total_seconds() if isinstance(pause, timedelta) else float(pause)


def translated(error: TelegramError) -> Exception:
    """One of the three errors of `bot.dialogue.sending` for an error of the library."""
    if isinstance(error, RetryAfter):
        return sending.RetryAfter(seconds_of(error))
    if stays(error):
        return sending.Unreachable()
    if not isinstance(error, NetworkError | ChatMigrated) or isinstance(error, BadRequest):
        log.warning("Telegram refused a message", extra={"why": type(error).__name__})
    return sending.TemporaryFailure()


def surely_not_sent(error: TelegramError) -> bool:
    """Whether a message that failed with this error may be sent again without arriving twice."""
    return not isinstance(error, TimedOut) or isinstance(error, NotSent)


class Closed:
    """Chats and topics in which answers were refused: not tried again for a day, or until something changes there."""

    def __init__(self) -> None:
        self._until: dict[tuple[int, int | None], float] = {}

    def note(self, chat: int, thread: int | None) -> None:
        """An answer was refused in a topic of a chat, or in the chat itself."""
        now = time.monotonic()
        if len(self._until) > _KNOWN:
            self._until = {where: until for where, until in self._until.items() if until > now}
        self._until[chat, thread] = now + _DAY

    def open(self, chat: int) -> None:
        """Something changed in a chat: its answers are tried again."""
        for where in [where for where in self._until if where[0] == chat]:
            del self._until[where]

    def __contains__(self, where: tuple[int, int | None]) -> bool:
        return self._until.get(where, 0.0) > time.monotonic()
