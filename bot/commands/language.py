"""/language: the language in which the bot answers."""

from dataclasses import replace

from bot.commands.start import start
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Language
from bot.dialogue.questions import Asked
from bot.dialogue.reply import Button, Line, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Text
from bot.dialogue.wording import languages
from bot.usecases.note_preference import note_preference
from bot.usecases.set_language import set_language


@command(section=YOU, examples=("/language en",), spoken=Text("language, my language"))
def language(ctx: Context, language: Language) -> Reply:
    """Choose the language I speak."""
    if ctx.learner is None:
        return _beforehand(ctx, language)
    before = ctx.who.locale
    ctx.learner = set_language(ctx.uow, ctx.who, language)
    return reply(
        _spoken(language),
        buttons=((Button(Text("Undo"), "language", {"language": before}),),) if before != language else (),
    )


def _beforehand(ctx: Context, language: str) -> Reply:
    """Before the start: the language is noted, and the first question asked in it."""
    note_preference(ctx.uow, ctx.request.account, locale=language)
    ctx.request = replace(ctx.request, locale=language)
    confirmation = Line(_spoken(language))
    try:
        return start.run(ctx)
    except Asked as asked:
        return replace(asked.question, blocks=(confirmation, *asked.question.blocks))


def _spoken(language: str) -> Text:
    return Text(
        "From now on I speak {language}. So does the roadmap where it is translated; its links stay as they are.",
        language=languages()[language],
    )
