"""The languages there are, as buttons."""

from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.text import words
from bot.dialogue.wording import languages


def other_languages(ctx: Context) -> tuple[Button, ...]:
    """A button for each language but the one in use."""
    return tuple(
        Button(words(name), "language", {"language": code}) for code, name in languages().items() if code != ctx.locale
    )
