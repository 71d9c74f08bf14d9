"""The terminal as the program builds it: a script that is played, or one person who types.

It has no settings, nothing for `doctor` to ask, and is served by `studybuddy chat` alone, so it is none of
`bot/platforms.py`.
"""

import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from bot.adapters.terminal import PLATFORM
from bot.adapters.terminal.chats import Chats, Message
from bot.adapters.terminal.images import Images
from bot.adapters.terminal.player import Lines, Player, ScriptClock, as_json, as_text
from bot.adapters.terminal.script import ScriptError, begins_at, parse
from bot.dialogue.dispatcher import Dispatcher

__all__ = ["Images", "Lines", "Message", "Script", "ScriptError", "Terminal", "as_json", "as_text"]


class Script:
    """A script with a clock of its own; `show` is told of every message. Raises `ScriptError`.

    It begins at `begins`; where that is None at the instant its first line names, else at `present`. The files of
    exports go to the folder `files`; those of pictures to `images`, where they are asked for.
    """

    name = PLATFORM

    def __init__(
        self,
        script: str,
        begins: datetime | None,
        present: datetime,
        show: Callable[[Message], None],
        files: Path,
        images: Images | None = None,
    ) -> None:
        self._steps = list(parse(script))
        self.clock = ScriptClock(begins or begins_at(self._steps) or present)
        self.chats = Chats(show, self.clock, _new_id, files, images=images)

    async def play(
        self,
        dispatcher: Dispatcher,
        tick: Callable[[], Awaitable[None]],
        next_due: Callable[[], Awaitable[datetime | None]],
    ) -> None:
        """Play it to its end. Raises `ScriptError`."""
        await Player(dispatcher, tick, next_due, self.chats, self.clock).play(self._steps)


class Terminal:
    """One person at this terminal."""

    name = PLATFORM

    def __init__(self, who: str, files: Path, history: Path, clock: Callable[[], datetime]) -> None:
        from bot.adapters.terminal.conversation import Conversation

        self._clock = clock
        self._conversation = Conversation(who, history)
        self.chats = Chats(
            self._conversation.show,
            clock,
            _new_id,
            files,
            width=self._conversation.width,
            only=who,
            locale=self._conversation.locale,
            zone=self._conversation.zone,
        )

    async def converse(self, dispatcher: Dispatcher) -> None:
        """Answer until they leave."""
        await self._conversation.run(dispatcher, self.chats, self._clock)


def _new_id() -> str:
    return f"terminal:{secrets.token_hex(16)}"
