"""Refusals to take back a change of the plan."""

from bot.core.catchup import AlreadyTakenBack, NotTakenBack, TooLongAgo
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Text


def not_taken_back(error: NotTakenBack) -> Refusal:
    """The refusal to take back a change of the plan, with the reason."""
    if isinstance(error, AlreadyTakenBack):
        return Refusal(Text("That was taken back already; it counts nowhere."))
    if isinstance(error, TooLongAgo):
        return Refusal(Text("That was more than a week ago, and stays."))
    return Refusal(Text("I cannot find that in your plan."))
