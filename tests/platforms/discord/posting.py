"""Messages come, change and go: what every way of writing one has in common."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import checking
from . import components as parts
from .calls import Call, File, Json
from .checking import EPHEMERAL, LOADING, SUPPRESS_NOTIFICATIONS, V2
from .places import Channel
from .refusals import Mistake
from .sent import Attachment, Sent

if TYPE_CHECKING:
    from .interactions import Interaction
    from .watching import Watched

SETTABLE = V2 | EPHEMERAL | SUPPRESS_NOTIFICATIONS | 1 << 2
"""The flags that a bot may set; 1 << 2 suppresses embeds."""


@dataclass(frozen=True)
class Draft:
    """What a request wants to stand in a message: its body (of a callback: the `data`) and its files."""

    call: Call
    body: Json

    @property
    def flags(self) -> int:
        """The flags that a bot may set."""
        return int(self.body.get("flags") or 0) & SETTABLE

    @property
    def files(self) -> dict[str, File]:
        """The uploaded files by their index."""
        return {name.removeprefix("files[").removesuffix("]"): file for name, file in self.call.files.items()}


def create(
    world: "Watched", channel: Channel, draft: Draft, interaction: "Interaction | None" = None, extra: int = 0
) -> Sent:
    """A new message; with an interaction it may be ephemeral. `extra` are flags beside the bot's. Raises Mistake."""
    flags = (draft.flags if interaction else draft.flags & ~EPHEMERAL) | extra
    attachments = _attachments(world, draft, None)
    if not extra & LOADING:
        _check(world, draft, flags, attachments, creates=True)
    sent = Sent(world.new_id(), channel, world.wall(), flags=flags, interaction=interaction)
    sent.ephemeral_to = interaction.person if interaction and flags & EPHEMERAL else None
    nonce = draft.body.get("nonce")
    sent.nonce = None if nonce is None else str(nonce)
    _fill(sent, draft, attachments)
    channel.history[sent.id] = sent
    if interaction is not None:
        interaction.answers.append(sent)
    world.show("deferred" if sent.loading else "reply", sent)
    return sent


def edit(world: "Watched", sent: Sent, draft: Draft) -> Sent:
    """A message changes; one that was deferred now says something. Raises Mistake."""
    flags = sent.flags | (draft.flags & ~EPHEMERAL)
    attachments = _attachments(world, draft, sent)
    _check(world, draft, flags, attachments, creates=sent.loading)
    content = draft.body.get("content", sent.content) or ""
    if flags & V2 and content:
        raise Mistake("content beside Components V2: it must be cleared with the edit")
    left = (
        content or attachments or draft.body.get("components", sent.components) or draft.body.get("embeds", sent.embeds)
    )
    if not left:
        raise Mistake("nothing is left of the message", 50006, "Cannot send an empty message")
    was_loading = sent.loading
    sent.flags = flags & ~LOADING
    _fill(sent, draft, attachments)
    if not was_loading:
        sent.edited += 1
        sent.edited_at = world.wall()
    world.show("reply" if was_loading else "edit", sent)
    return sent


def delete(world: "Watched", sent: Sent) -> None:
    """A message goes."""
    sent.alive = False
    world.show("delete", sent)


def _fill(sent: Sent, draft: Draft, attachments: list[Attachment]) -> None:
    body = draft.body
    sent.content = body.get("content", sent.content) or ""
    sent.components = body.get("components", sent.components) or []
    sent.embeds = body.get("embeds", sent.embeds) or []
    sent.mentions = body.get("allowed_mentions")
    sent.attachments = attachments
    sent.reply_to = int((body.get("message_reference") or {}).get("message_id") or sent.reply_to or 0) or None


def _check(world: "Watched", draft: Draft, flags: int, attachments: list[Attachment], creates: bool) -> None:
    names = [attachment.file.name for attachment in attachments]
    if mistakes := checking.message(draft.body, flags, names, creates):
        raise Mistake("; ".join(mistakes))
    text = "\n".join([draft.body.get("content") or "", *parts.texts(draft.body.get("components"))])
    for problem in checking.careless(draft.body, flags, names, text):
        world.problem(draft.call, problem)


def _attachments(world: "Watched", draft: Draft, sent: Sent | None) -> list[Attachment]:
    """What will be at the message: of what it had, what the body keeps, and what is uploaded."""
    before = {str(attachment.id): attachment for attachment in (sent.attachments if sent else [])}
    files, declared = draft.files, draft.body.get("attachments")
    described: dict[str, Json] = {str(attachment.get("id")): attachment for attachment in declared or []}
    unknown = [number for number in described if number not in before and number not in files]
    if unknown:
        raise Mistake(f"attachments {unknown} are neither uploaded nor there already")
    kept = [attachment for number, attachment in before.items() if declared is None or number in described]
    for number, file in files.items():
        about: dict[str, Any] = described.get(number, {})
        named = File(about.get("filename") or file.name, file.content, file.mime)
        attached = Attachment(world.new_id(), named, about.get("description"))
        world.attachments[attached.id] = named
        kept.append(attached)
    return kept
