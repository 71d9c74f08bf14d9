"""What is in a chat, and what people see change there."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from .bodies import File, Json

if TYPE_CHECKING:
    from .chats import Chat, Topic
    from .people import Person


class Button(NamedTuple):
    """A button under a message: what it says, and what it carries or opens."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(eq=False)
class Sent:
    """One message of a chat, the bot's or a person's, as it is now: edits and deletions change it in place.

    `text` is what people read (of a text or a caption), `html` what the bot sent for it. `author` is None for the bot.
    `edited` counts the edits, `alive` ends with a deletion, `keyboard` is the markup as it was sent, `media` what
    else the message carries (a sticker, a `service` message's content).
    """

    id: int
    chat: "Chat"
    author: "Person | None"
    date: int
    text: str = ""
    html: str = ""
    entities: list[Json] = field(default_factory=list)
    keyboard: Json | None = None
    topic: "Topic | None" = None
    document: File | None = None
    photo: File | None = None
    media: Json = field(default_factory=dict)
    reply_to: int | None = None
    silent: bool = False
    preview: bool = True
    protected: bool = False
    anonymous: bool = False
    service: bool = False
    edited: int = 0
    edit_date: int | None = None
    pinned: bool = False
    alive: bool = True

    @property
    def thread_id(self) -> int | None:
        """The forum topic that it is in; None outside of one."""
        return None if self.topic is None else self.topic.id

    @property
    def buttons(self) -> list[list[Button]]:
        """The inline buttons, row by row."""
        rows = (self.keyboard or {}).get("inline_keyboard", [])
        return [
            [Button(button["text"], button.get("callback_data"), button.get("url")) for button in row] for row in rows
        ]

    @property
    def labels(self) -> list[str]:
        """What the buttons say, in reading order."""
        return [button.label for row in self.buttons for button in row]

    @property
    def is_text(self) -> bool:
        """Whether it is a text, without any file."""
        return self.document is None and self.photo is None and not self.media

    def button(self, label: str) -> Button | None:
        """The button that says this; None where there is none."""
        return next((button for row in self.buttons for button in row if button.label == label), None)

    def snapshot(self) -> "Sent":
        """A copy of how it is now."""
        return replace(self)

    def __repr__(self) -> str:
        """One line for a test's report."""
        who = self.author.name if self.author else "bot"
        marks = "" if self.alive else " (deleted)"
        return (
            f"<{self.chat.name}#{self.id} {who}: {self.text!r}{' ' + str(self.labels) if self.labels else ''}{marks}>"
        )


Kind = Literal["reply", "edit", "delete", "alert"]
"""What happened before people's eyes."""


@dataclass(frozen=True)
class Seen:
    """One thing that people saw the bot do: `sent` as it stood then; an alert's `text` was shown to `to` alone."""

    kind: Kind
    chat: "Chat"
    sent: Sent | None
    text: str
    to: "Person | None" = None

    def __repr__(self) -> str:
        """One line for a test's report."""
        return f"<{self.kind} in {self.chat.name}: {self.text!r}>"


@dataclass(eq=False)
class Press:
    """A pressed button that the bot may still answer, and the answer once it came.

    `answers` are the parameters of each answerCallbackQuery, in order; an empty list means the button still spins.
    """

    id: str
    person: "Person"
    sent: Sent
    data: str
    at: float
    answers: list[Json] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Whether the button stopped spinning."""
        return bool(self.answers)

    @property
    def text(self) -> str:
        """What the last answer said; empty where it said nothing."""
        return str(self.answers[-1].get("text", "")) if self.answers else ""


def newest(messages: Sequence[Sent]) -> Sent | None:
    """The last message that people still see."""
    return next((message for message in reversed(messages) if message.alive), None)
