"""Tell a learner, once, that the bot will be quiet after three unanswered check-ins."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text


@command(scheduled=True)
def quiet(ctx: Context) -> Reply:  # noqa: ARG001
    """Hear that I will be quiet."""
    return reply(
        Text("I have asked three times and not heard from you, so I will be quiet from now on."),
        Text("Everything is kept. Whenever you write or press a button, we go on where you are."),
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("Pause"), "pause"), Button(Text("Reminders"), "reminders")),
        ),
    )
