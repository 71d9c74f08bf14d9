"""How long a message is, before it is shown: what does not fit is left out on purpose, never cut off."""

from collections.abc import Callable, Iterable

from bot.dialogue.reply import Block, Bullets, Heading, Line
from bot.dialogue.text import Text

Say = Callable[[Text], str]
"""A text in the reader's language, as plain text with addresses (`Context.say`)."""


def length(blocks: Iterable[Block], say: Say) -> int:
    """Characters of headings, lines and lists as the terminal shows them, line breaks included."""
    count = 0
    for block in blocks:
        match block:
            case Heading(text):
                count += len(say(text)) + 2
            case Line(text):
                count += len(say(text)) + 1
            case Bullets(items):
                count += sum(len(say(item)) + 3 for item in items) + 1
    return count
