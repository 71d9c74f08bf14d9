"""Tell a group, once, that private messages do not reach one of its members."""

from bot.core.name import shown
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import WireWord
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed


@command(private=False, scheduled=True)
def knock(ctx: Context, name: WireWord) -> Reply:  # noqa: ARG001
    """Hear that private messages do not arrive."""
    return reply(
        Text("{name}, my private messages do not reach you.", name=shown(name)),
        Text(
            "Write to me in private and they do again; {off} ends them for good.",
            off=Typed("/reminders off"),
        ),
        buttons=(Button(Text("Reminders"), "reminders"),),
    )
