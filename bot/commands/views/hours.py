"""Hours a week, where they are refused."""

from bot.core.commitment import LEAST, MOST
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Minutes, Text, Typed


def hours_refused(minutes: int) -> Refusal:
    """The refusal of too few or too many minutes a week (`bot.core.commitment.OutOfRange`)."""
    lines = [
        Text(
            "I plan with {least} to {most} a week; you said {minutes}.",
            least=Minutes(LEAST),
            most=Minutes(MOST),
            minutes=Minutes(minutes),
        )
    ]
    if minutes < LEAST:
        lines.append(Text("For a time without study there is {pause}.", pause=Typed("/pause")))
    return Refusal(*lines, option="hours")
