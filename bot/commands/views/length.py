"""How long a message is, before it is shown: what does not fit is left out on purpose, never cut off."""

from collections.abc import Callable, Iterable

from bot.dialogue.reply import Bar, Block, Bullets, Fields, Heading, Line, LinkButton
from bot.dialogue.text import Text

Say = Callable[[Text], str]
"""A text in the reader's language, as plain text with addresses (`Context.say`)."""
_BAR = 26


def length(blocks: Iterable[Block], say: Say) -> int:
    """Characters of headings, lines, lists and bars as the terminal shows them, line breaks included."""
    count = 0
    for block in blocks:
        match block:
            case Heading(text):
                count += len(say(text)) + 2
            case Line(text):
                count += len(say(text)) + 1
            case Bullets(items):
                count += sum(len(say(item)) + 3 for item in items) + 1
            case Fields(rows):
                count += sum(len(say(name)) + len(say(value)) + 8 for name, value in rows) + 1
            case Bar(_, caption):
                count += len(say(caption)) + _BAR + 1
    return count


def length_of_links(links: Iterable[LinkButton], say: Say) -> int:
    """Characters of links as the terminal shows them."""
    return sum(len(say(link.label)) + len(link.url) + 6 for link in links)
