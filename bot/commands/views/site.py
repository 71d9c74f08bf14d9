"""The bot's pages on the web, where it has any."""

from bot.core.site import Site
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.text import Text


def site_of(ctx: Context) -> Site:
    """Where the bot's pages are; refuses where its host has set up none."""
    if ctx.site is None:
        raise Refusal(
            Text("This bot has no web address, so it has neither a calendar feed nor pages."),
            Text("Everything else works here in the chat. Who runs the bot can set STUDYBUDDY_PUBLIC_URL."),
            final=True,
        )
    return ctx.site
