"""Typed words that are no command and answer no question: most likely study time."""

from bot.commands.log import log
from bot.commands.views.languages import other_languages
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import DurationParameter, Note
from bot.dialogue.questions import REST
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.scanning import scan
from bot.dialogue.text import Text, Typed


@command(hidden=True)
def words(ctx: Context, said: Note | None = None) -> Reply:
    """Answer what is no command."""
    if ctx.learner is None:
        return reply(
            Text("Hello! {start} gets us going.", start=Typed("/start")),
            buttons=((Button(Text("Start"), "start"), *other_languages(ctx)),),
            anew=True,
        )
    if said and _has_an_amount(said, ctx):
        return reply(
            Text("Shall I take that down as study time?"),
            buttons=(
                (
                    Button(Text("Log {words}", words=said[:40]), "log", {REST: said}, "yes"),
                    Button(Text("Today"), "today"),
                ),
            ),
            anew=True,
        )
    return reply(
        Text(
            "I understand commands such as {today} or {log}; {help} shows all of them.",
            today=Typed("/today"),
            log=Typed("/log 1h30"),
            help=Typed("/help"),
        ),
        buttons=((Button(Text("Today"), "today"), Button(Text("Log"), "log"), Button(Text("Help"), "help")),),
        anew=True,
    )


def _has_an_amount(text: str, ctx: Context) -> bool:
    """Whether the words hold a time that could be logged."""
    spent = [option for option in log.options if isinstance(option.parameter, DurationParameter)]
    return any(here.option and here.reading and not here.reading.weak for here in scan(text, spent, ctx))
