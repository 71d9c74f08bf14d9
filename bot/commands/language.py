"""/language: what the bot speaks."""

from dataclasses import replace

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Language
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text
from bot.dialogue.wording import languages


@command(examples=("/language en",))
def language(ctx: Context, language: Language) -> Reply:
    """Choose the language I speak."""
    before = ctx.who.locale
    ctx.store.learners.set_locale(ctx.who.id, language)
    ctx.learner = replace(ctx.who, locale=language)
    return reply(
        Text(
            "From now on I speak {language}. So does the roadmap where it is translated; its links stay as they are.",
            language=languages()[language],
        ),
        buttons=((Button(Text("Undo"), "language", {"language": before}),),) if before != language else (),
        replaces=ctx.request.pressed,
    )
