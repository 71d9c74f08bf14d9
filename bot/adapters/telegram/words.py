"""What Telegram calls its rights and chats."""

from bot.dialogue.platform_words import PlatformWords
from bot.dialogue.text import Text

WORDS = PlatformWords(
    Text("Only organisers can do that: the admins of this chat."),
    Text("Let me send messages here, and try again."),
    {
        "access": Text("I am no longer in that chat. Add me to it again."),
        "rights": Text(
            "I may not write there any more. Let members send messages, or make me an admin who may send them."
        ),
        "closed": Text("That topic is closed. Open it again, or add another chat to the group."),
    },
)
