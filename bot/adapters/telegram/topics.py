"""Carries the topic of a message in its buttons: of an old message Telegram tells the chat and not the topic."""

from bot.dialogue.request import TOKEN_LIMIT

_MARK = "#"
"""Cannot occur in a token, whose values are percent-encoded."""


def with_topic(token: str, thread: int | None) -> str:
    """A button's token followed by its topic, where both fit into the limit; else the token alone."""
    marked = f"{token}{_MARK}{thread:x}" if thread else token
    return marked if len(marked.encode()) <= TOKEN_LIMIT else token


def split(data: str) -> tuple[str, int | None]:
    """The token and the topic that `with_topic` joined; None for a button without a topic."""
    token, _, topic = data.partition(_MARK)
    try:
        return token, int(topic, 16) if topic else None
    except ValueError:
        return token, None
