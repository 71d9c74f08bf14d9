"""What is in a channel, and what people see change there."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from . import components as parts
from . import texts, wires
from .calls import File, Json
from .checking import EPHEMERAL, LOADING, V2
from .components import Button

if TYPE_CHECKING:
    from .interactions import Interaction
    from .people import Person
    from .places import Channel


class Attachment(NamedTuple):
    """A file at a message (or in an option), by the id that it has in Discord."""

    id: int
    file: File
    description: str | None = None


@dataclass(eq=False)
class Sent:
    """One message of the bot as it is now: edits and deletions change it in place.

    `ephemeral_to` is who alone sees it; None where everybody does. `edited` counts the edits, `alive` ends with a
    deletion. `components` are as the bot sent them. `interaction` is what it answers or follows. `loading` is a
    deferred answer ("… is thinking"). `mentions` is the allowed_mentions that it was last sent with.
    """

    id: int
    channel: "Channel"
    at: float
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list)
    flags: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    interaction: "Interaction | None" = None
    ephemeral_to: "Person | None" = None
    nonce: str | None = None
    reply_to: int | None = None
    mentions: Json | None = None
    edited: int = 0
    edited_at: float | None = None
    pinned: bool = False
    alive: bool = True

    @property
    def text(self) -> str:
        """Content and text displays as the bot wrote them, joined by newlines."""
        return "\n".join(part for part in [self.content, *parts.texts(self.components)] if part)

    @property
    def plain(self) -> str:
        """The text as people read it: Markdown's marks and escapes gone."""
        return texts.plain(self.text)

    @property
    def buttons(self) -> list[Button]:
        """The buttons in reading order, those that are greyed out included."""
        return [
            Button(
                parts.label(button),
                str(button.get("custom_id") or button.get("url") or ""),
                bool(button.get("disabled")),
            )
            for button in parts.buttons(self.components)
        ]

    @property
    def labels(self) -> list[str]:
        """What the buttons say, in reading order."""
        return [button.label for button in self.buttons]

    @property
    def disabled(self) -> list[str]:
        """What the greyed out buttons say."""
        return [parts.label(button) for button in parts.buttons(self.components, enabled=False)]

    @property
    def files(self) -> list[File]:
        """The files at the message."""
        return [attachment.file for attachment in self.attachments]

    @property
    def is_v2(self) -> bool:
        """Whether it is made of Components V2."""
        return bool(self.flags & V2)

    @property
    def is_ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it is a deferred answer that says nothing yet."""
        return bool(self.flags & LOADING)

    @property
    def pings(self) -> list[tuple[str, int]]:
        """Whom it names so that it rings, by what the bot allowed."""
        allowed: dict[str, Any] = {"parse": ["everyone", "users", "roles"]} if self.mentions is None else self.mentions
        parse = allowed.get("parse") or []
        return [
            (kind, number)
            for kind, number in texts.pings(self.text)
            if kind in parse or str(number) in (allowed.get(kind) or [])
        ]

    @property
    def raw(self) -> Json:
        """The message in JSON, as the bot gets it."""
        return wires.message(self)

    def button(self, label: str) -> Json | None:
        """The component of the button that says this and can be pressed; None where there is none."""
        return next((button for button in parts.buttons(self.components, True) if parts.label(button) == label), None)

    def snapshot(self) -> "Sent":
        """A copy of how it is now."""
        return replace(self)

    def __repr__(self) -> str:
        """One line for a test's report."""
        marks = f" (for {self.ephemeral_to.name})" if self.ephemeral_to else ""
        marks += " (thinking)" if self.loading else ""
        marks += "" if self.alive else " (deleted)"
        return f"<{self.channel.name}#{self.id}: {self.text!r}{' ' + str(self.labels) if self.labels else ''}{marks}>"


Kind = Literal["reply", "edit", "delete", "deferred", "modal", "autocomplete"]
"""What happened before people's eyes; `deferred` is the "… is thinking" of an answer that will come."""


@dataclass(frozen=True)
class Seen:
    """One thing that people saw the bot do: `sent` as it stood then; `to` where one person alone saw it."""

    kind: Kind
    channel: "Channel"
    sent: Sent | None
    text: str
    to: "Person | None" = None

    def __repr__(self) -> str:
        """One line for a test's report."""
        return f"<{self.kind} in {self.channel.name}{f' for {self.to.name}' if self.to else ''}: {self.text!r}>"
