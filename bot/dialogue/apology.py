"""The reply where a request could not be handled: whether anything was saved, and the person's words back."""

from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed
from bot.ports.database import Unconfirmed


def sorry(request: Request, trouble: Exception | None = None) -> Reply:
    """An apology; after a commit that did not end in time nobody knows whether it was saved, and the reply says so."""
    lines = [Text("Something went wrong on my side, and nothing was saved. Please try again in a minute.")]
    if isinstance(trouble, Unconfirmed):
        lines = [
            Text(
                "The database did not answer in time, so I do not know whether this was saved. "
                "Please look at {history} in a minute before you send it again.",
                history=Typed("/history"),
            )
        ]
    if request.rest:
        lines.append(Text("You wrote: {words}", words=request.rest))
    return reply(*lines, anew=True)
