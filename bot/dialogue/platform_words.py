"""Sentences about what the bot may do in a chat: each platform has its own words for rights and for chats."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.group import Why
from bot.dialogue.text import Text


@dataclass(frozen=True)
class PlatformWords:
    """How one platform's rights are named to its people."""

    only_managers: Text
    """Refuses somebody who does not manage the chat."""
    let_write: Text
    """What to do so that the bot can write in the chat in which it says this."""
    refused: Mapping[Why, Text]
    """Why the bot can no longer write in another chat, and what to do about it; for `access`, `rights` and `closed`."""


ANY_PLATFORM = PlatformWords(
    Text("Only organisers can do that: those who manage this chat."),
    Text("Let me write here, and try again."),
    {
        "access": Text("I cannot see that chat any more. Add me to it again."),
        "rights": Text("I may not write there any more. Let me write there again."),
        "closed": Text("That chat is closed. Open it again, or add another chat to the group."),
    },
)
"""For a platform that has no words of its own."""
