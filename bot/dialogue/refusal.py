"""Exceptions with which a command ends without a reply of its own."""

from bot.dialogue.reply import Buttons
from bot.dialogue.text import Text


class Refusal(Exception):
    """The command says no, and the learner is told why and what to do. Nothing was written.

    `option`: the option whose value is the reason, where another value would do: it is asked for again, and what is
    typed next is its answer. `final`: no other answer would do.
    """

    def __init__(self, *lines: Text, buttons: Buttons = (), option: str | None = None, final: bool = False) -> None:
        super().__init__(*lines)
        self.lines = lines
        self.buttons = buttons
        self.option = option
        self.final = final


class RankUnknown(Exception):
    """The command is for organisers, and the platform was not asked yet whether the sender is one.

    Nothing was written. The adapter asks its platform and brings the request again with `organiser` set.
    """


class NothingToSend(Exception):
    """A scheduled message has nothing left to say; the message says why, for the log, and is never shown."""
