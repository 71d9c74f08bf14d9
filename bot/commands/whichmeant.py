"""Asks whether words answer a question for free words, such as a group's name, or mean a command."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Note
from bot.dialogue.questions import ASKED, REST
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.request import read_token
from bot.dialogue.spoken import AS_COMMAND, BEHIND, QUESTION
from bot.dialogue.text import Text


@command(hidden=True)
def whichmeant(ctx: Context, said: Note | None = None) -> Reply:
    """Ask what words mean while a question for free words is open; it stays open."""
    args = ctx.request.args
    name, question = read_token(args[QUESTION]) or ("words", {})
    option = question.get(ASKED, "")
    kept = {known: word for known, word in question.items() if known != ASKED}
    words, rest = said or "", args.get(BEHIND, "")
    meant = Button(Text("Log {words}", words=rest[:40]), "log", {REST: rest})
    if not rest:
        meant = Button(Text("{command}", command=f"/{args[AS_COMMAND]}"), args[AS_COMMAND])
    return reply(
        Text("Is “{words}” the answer to my question?", words=words[:100]),
        buttons=((Button(Text("Yes, the answer"), name, {**kept, option: words}, "yes"), meant),),
        expects=Expects(name, option, kept),
    )
