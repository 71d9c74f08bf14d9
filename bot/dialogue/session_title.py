"""What a study session is called, in its message and in a platform's calendar."""

from bot.core.session import StudySession
from bot.dialogue.text import Text


def title_text(session: StudySession) -> Text:
    """What a session is called."""
    return Text("Study session: {topic}", topic=session.topic) if session.topic else Text("Study session")
