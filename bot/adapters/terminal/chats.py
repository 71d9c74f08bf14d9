"""The terminal's chats: what was shown in each, and which buttons can still be pressed."""

import logging
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from bot.adapters.terminal import MENTION, PLATFORM
from bot.adapters.terminal.images import Images
from bot.adapters.terminal.render import Rendered, Row, render, save
from bot.core.code import LETTERS
from bot.core.group import Place
from bot.core.learner import Account
from bot.dialogue.answer import Answer
from bot.dialogue.reply import Reply
from bot.dialogue.request import FILE_COMMANDS, FILE_LIMIT, File, Request, read_token, read_typed
from bot.dialogue.sending import TemporaryFailure
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording

log = logging.getLogger(__name__)

_RECENT = 50
"""Messages of a chat whose buttons can be pressed by their label."""

_MENTION = re.compile(rf"{MENTION}\b[\s,:]*", re.IGNORECASE)
_CODE = re.compile(rf"\b[{LETTERS}]{{4}}-[{LETTERS}]{{4}}\b")

Kind = Literal["reply", "edit", "delivery"]


@dataclass(frozen=True)
class Message:
    """One message the bot sent: to whom (a person, or a group's name), when, and what it looks like."""

    at: datetime
    to: str
    kind: Kind
    shown: Rendered


@dataclass
class Chats:
    """Turns speech into requests and answers into messages. `show` is told of every message.

    `only` is the one person at this terminal; None where everybody is (in scripts).
    """

    show: Callable[[Message], None]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    files: Path
    width: Callable[[], int] | None = None
    """How many columns the terminal has now; None where lines are as long as they are."""
    only: str | None = None
    guests: frozenset[str] = frozenset({"guest"})
    """Who may not manage a group; everybody else may."""
    locale: str | None = None
    zone: str | None = None
    images: Images | None = None
    """Where the files of pictures go; None where nobody asks for them."""
    ready: bool = True
    recent: dict[str, deque[Rendered]] = field(default_factory=dict)
    code: str = ""
    """The one-time code that was shown last."""
    _sent: dict[str, Rendered] = field(default_factory=dict)

    def request(self, who: str, group: str | None, *, typed: str = "", token: str | None = None) -> Request:
        """What somebody typed, or the button they pressed, as a request; a path to a file that the bot reads brings the
        file."""
        account = Account(PLATFORM, who, who)
        place = Place(PLATFORM, group, group) if group else None
        pressed = token is not None
        mention = _MENTION.match(typed) if group and not pressed else None
        typed = typed[mention.end() :] if mention else typed
        command, args = (read_token(token) or ("?", {})) if token else (read_typed(typed)[0], {})
        rest = "" if pressed else read_typed(typed)[1]
        brings = command in FILE_COMMANDS.values()
        file = None if pressed else _file(rest if brings else typed.strip())
        if file:
            command, rest = command if brings else FILE_COMMANDS[Path(file.name).suffix.lower()], ""
        return Request(
            self.new_id(),
            account,
            command,
            args,
            rest,
            place,
            pressed,
            self.locale,
            self.zone,
            organiser=who not in self.guests if place else None,
            file=file,
            to_bot=bool(mention and not command),
        )

    def answered(self, request: Request, answer: Answer, pressed_on: Rendered | None = None) -> None:
        """Show the answer to a request: in its place, or in private with a pointer where it is the learner's alone."""
        if answer.reply is None:
            return
        who = request.account.external_id
        group = request.place.external_id if request.place else None
        if group and answer.private:
            pointer = Wording(answer.locale).say(
                Text("{name}, I have answered you in private.", name=request.account.called)
            )
            self._put(group, "reply", Rendered((Row(pointer),), ()))
            group = None
        replaced = pressed_on if answer.reply.replaces else None
        self._put(group or who, "edit" if replaced else "reply", self._draw(answer.reply, answer.locale), replaced)

    async def send(self, to: Account | Place, answer: Answer, key: str) -> str | None:
        """Deliver what the schedule says (`bot.dialogue.sending.Sender`)."""
        if isinstance(to, Account) and self.only not in {None, to.external_id}:
            raise TemporaryFailure  # sent when that person is at this terminal
        if answer.reply is None:
            return None
        shown = self._draw(answer.reply, answer.locale)
        self._sent[key] = shown
        self._put(to.external_id, "delivery", shown)
        return key

    async def edit(self, to: Place, message: str, answer: Answer) -> bool:
        """Show a message anew (`bot.dialogue.sending.Sender`); False where it was sent by an earlier run."""
        if message not in self._sent or answer.reply is None:
            return False
        shown = self._draw(answer.reply, answer.locale)
        self._put(to.external_id, "edit", shown, self._sent[message])
        self._sent[message] = shown
        return True

    def find_button(self, chat: str, label: str) -> tuple[str, Rendered] | None:
        """The token of the newest button with this label in a chat, and its message."""
        wanted = label.casefold()
        for message in reversed(self.recent.get(chat, ())):
            for shown, token in message.buttons:
                if shown.casefold() == wanted:
                    return token, message
        return None

    def labels(self, chat: str) -> list[str]:
        """The labels of the newest message with buttons."""
        newest = next((message for message in reversed(self.recent.get(chat, ())) if message.buttons), None)
        return [label for label, _ in newest.buttons] if newest else []

    def _draw(self, reply: Reply, locale: str) -> Rendered:
        shown = render(reply, locale, self.width() if self.width else None)
        wording = Wording(locale)
        try:
            saved = [Text("Saved as {path}", path=str(path)) for path in save(shown.files, self.files)]
        except OSError as error:
            log.warning("a file could not be saved", extra={"why": str(error)})
            saved = [Text("The file could not be saved in {folder}.", folder=str(self.files.absolute()))]
        rows = (*shown.rows, *(Row(wording.say(text)) for text in saved))
        image = self.images.save(reply, locale) if self.images else None
        return Rendered(rows, shown.buttons, links=shown.links, image=image)

    def _put(self, chat: str, kind: Kind, shown: Rendered, replaced: Rendered | None = None) -> None:
        for code in _CODE.findall(shown.text):
            self.code = code
        recent = self.recent.setdefault(chat, deque(maxlen=_RECENT))
        if replaced is not None:
            kept = [message for message in recent if message is not replaced]
            recent.clear()
            recent.extend(kept)
        recent.append(shown)
        self.show(Message(self.clock(), chat, kind, shown))


def _file(words: str) -> File | None:
    """The file that the words are a path to, as other platforms bring one with a message."""
    if not words.lower().endswith(tuple(FILE_COMMANDS)):
        return None
    path = Path(words).expanduser()
    try:
        size = path.stat().st_size
        return File(path.name, size, path.read_bytes() if size <= FILE_LIMIT else None)
    except (OSError, ValueError):
        return None
