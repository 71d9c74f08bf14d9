"""/page: a page of one's own in the browser, opened by a link that works once."""

from bot.commands.views.site import site_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Heading, LinkButton, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Plural, Text
from bot.usecases.page_keys import close_pages, offer_page


@command(
    section=YOU,
    examples=("/page", Text("/page close")),
    spoken=Text("page, my page"),
    asks=Text("What about your page?"),
    web=True,
)
def page(ctx: Context) -> Reply:
    """Open your own page in the browser."""
    site, who = site_of(ctx), ctx.who
    ctx.shows_secret = True
    link = offer_page(ctx.uow, who, site, ctx.request.id, ctx.now)
    platform = ctx.request.account.platform
    here = [LinkButton(Text("Open it here"), site.app(platform), in_app=True)] if platform in site.apps else []
    return reply(
        Heading(Text("Your page")),
        Text("Your progress, your plan, your entries and your settings, to look at and to change."),
        Text("The link opens it once, within 15 minutes; in that browser it stays open for 30 days."),
        Text("Do not pass the link on."),
        links=(LinkButton(Text("Open my page"), link), *here),
        buttons=((Button(Text("Close it everywhere"), "page.close"),),),
        anew=True,
    )


@page.sub(word=Text("open"), alone=True)
def open_(ctx: Context) -> Reply:
    """Get a link to your page."""
    return page.run(ctx)


@page.sub(word=Text("close"), also=Text("Close it everywhere"))
def close(ctx: Context) -> Reply:
    """Close your page in every browser, and end links to it."""
    site_of(ctx)
    open_in = close_pages(ctx.uow, ctx.who, ctx.now)
    return reply(
        Plural(
            "Your page is closed; it was open in {n} browser. Links to it open nothing any more.",
            "Your page is closed; it was open in {n} browsers. Links to it open nothing any more.",
            n=open_in,
        ),
        buttons=((Button(Text("A new link"), "page"),),),
    )
