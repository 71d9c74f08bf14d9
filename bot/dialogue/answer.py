"""What a request is answered, and the form in which answers are stored."""

import json
from dataclasses import dataclass, field

from bot.dialogue import codec
from bot.dialogue.reply import Attachment, Reply, reply
from bot.dialogue.request import Request
from bot.dialogue.text import Text, Typed
from bot.dialogue.wording import nearest
from bot.ports.requests import CHANGED


@dataclass(frozen=True)
class Answer:
    """A reply with what an adapter must know to show it: the language, and whether only the learner may see it.

    `reply` is None where the bot has nothing to say: plain words in a group that were not meant for it. `question` is
    the token of the question it leaves open, if any: a request with that command and these arguments, and with what was
    typed as its `rest`, is the answer. `forgets`: somebody was deleted just now; it is not stored.
    """

    reply: Reply | None
    locale: str
    private: bool
    question: str | None = None
    forgets: bool = field(default=False, compare=False)

    @property
    def has_file(self) -> bool:
        """Whether a file comes with it."""
        return self.reply is not None and has_file(self.reply)


def has_file(reply: Reply) -> bool:
    """Whether a file comes with a reply."""
    return any(isinstance(block, Attachment) for block in reply.blocks)


def dump(answer: Answer) -> str:
    """The answer as JSON, to be stored with its request."""
    stored = codec.dump(answer.reply) if answer.reply else None
    return json.dumps([stored, answer.locale, answer.private, answer.question])


def load(stored: str | None, request: Request) -> Answer:
    """The answer that was stored with a request: None where its learner was deleted since."""
    if stored is None:
        # Handled, and its learner has asked to be forgotten since.
        return Answer(None, nearest(request.locale), private=True)
    if stored == CHANGED:
        again = Text("That has changed since; {board} shows how it stands.", board=Typed("/leaderboard"))
        return Answer(reply(again, anew=True), nearest(request.locale), private=True)
    shown, locale, private, *question = json.loads(stored)
    return Answer(codec.load(shown) if shown else None, locale, private, *question)
