"""Ways in which a command ends without an answer of its own."""

from bot.dialogue.reply import Buttons
from bot.dialogue.text import Text


class Refusal(Exception):
    """A "no" that the learner may read: what is wrong, what was expected, what to do. Nothing was written.

    `option`: the option whose value is the reason, where another value would do: it is asked for again, and what is
    typed next is its answer, like the answer to a question that was open. `final`: no other answer would do.
    """

    def __init__(self, *lines: Text, buttons: Buttons = (), option: str | None = None, final: bool = False) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.buttons = buttons
        self.option = option
        self.final = final


class RankUnknown(Exception):
    """The command is for organisers, and nobody has asked the platform yet whether this is one.

    Nothing was written; whoever brought the request asks and brings it again with `organiser` set.
    """


class NothingToSend(Exception):
    """A scheduled message that has nothing to say any more, and why (for the trace, never shown)."""
