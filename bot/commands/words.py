"""Plain words that answer no question: most likely hours, without the slash."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Note
from bot.dialogue.questions import REST
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed


@command(hidden=True)
def words(ctx: Context, said: Note | None = None) -> Reply:
    """Answer what is no command."""
    if ctx.learner is None:
        return reply(
            Text("Hello! {start} gets us going.", start=Typed("/start")), buttons=(Button(Text("Start"), "start"),)
        )
    if said and said[0].isdigit():
        return reply(
            Text("Shall I take that down as study time?"),
            buttons=(
                (Button(Text("Log {words}", words=said[:40]), "log", {REST: said}), Button(Text("Today"), "today")),
            ),
        )
    return reply(
        Text(
            "I understand commands such as {today} or {log}; {help} shows all of them.",
            today=Typed("/today"),
            log=Typed("/log 1h30"),
            help=Typed("/help"),
        ),
        buttons=((Button(Text("Today"), "today"), Button(Text("Log"), "log"), Button(Text("Help"), "help")),),
    )
