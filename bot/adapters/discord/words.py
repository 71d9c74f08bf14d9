"""What Discord calls its rights and chats."""

from bot.dialogue.platform_words import PlatformWords
from bot.dialogue.text import Text

WORDS = PlatformWords(
    Text("Only organisers can do that: those who may manage this server."),
    Text(
        "Invite me to the server, and let me View Channel and Send Messages here (in a thread: Send Messages in "
        "Threads). Then try again."
    ),
    {
        "access": Text(
            "I cannot see that channel any more. Invite me to the server if I am not on it, and let me View Channel "
            "and Send Messages there."
        ),
        "rights": Text(
            "I may not write there any more. Let me Send Messages there (in a thread: Send Messages in Threads)."
        ),
        "closed": Text("That thread is closed. Open it again, or add another chat to the group."),
    },
)
