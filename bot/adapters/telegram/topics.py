"""The topic in which a button stands, carried by the button: of an old message Telegram tells the chat and no more."""

from bot.dialogue.request import TOKEN_LIMIT

_MARK = "#"
"""Stands in no token, whose values are quoted."""


def with_topic(token: str, thread: int | None) -> str:
    """A button's token with its topic behind it, where both fit."""
    marked = f"{token}{_MARK}{thread:x}" if thread else token
    return marked if len(marked.encode()) <= TOKEN_LIMIT else token


def split(data: str) -> tuple[str, int | None]:
    """What `with_topic` put together; a button from before it, or one without a topic, has none."""
    token, _, topic = data.partition(_MARK)
    try:
        return token, int(topic, 16) if topic else None
    except ValueError:
        return token, None
