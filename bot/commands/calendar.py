"""/calendar: the plan in a calendar of one's own, by a private address that can be renewed and switched off."""

from bot.commands.views.site import site_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.reply import Button, Heading, Line, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.text import Day, Text, Typed
from bot.usecases.web_addresses import Address, begin_feed, end_feed, renew_feed


@command(
    section=PLAN,
    examples=("/calendar", Text("/calendar off")),
    spoken=Text("calendar, my calendar"),
    asks=Text("What about your calendar feed?"),
    web=True,
)
def calendar(ctx: Context, new: Number | None = None) -> Reply:
    """Get your plan into your own calendar."""
    site = site_of(ctx)
    ctx.study  # noqa: B018 - refuses who has no roadmap yet
    ctx.shows_secret = True
    if new is not None:
        return _shown(ctx, renew_feed(ctx.uow, ctx.who, site, new, ctx.now), new=True)
    return _shown(ctx, begin_feed(ctx.uow, ctx.who, site, ctx.now))


@calendar.sub(word=Text("show"), alone=True)
def show(ctx: Context) -> Reply:
    """See the address of your calendar feed."""
    return calendar.run(ctx)


@calendar.sub(word=Text("off"), also=Text("Switch off"))
def off(ctx: Context) -> Reply:
    """Switch your calendar feed off."""
    site_of(ctx)
    end_feed(ctx.uow, ctx.who, ctx.now)
    return reply(
        Text("Your calendar feed is off; its address opens nothing any more."),
        Text("What your calendar has of it goes when it next looks, or when you remove it there."),
        buttons=(Button(Text("Switch it on"), "calendar"),),
    )


def _shown(ctx: Context, feed: Address, *, new: bool = False) -> Reply:
    """The feed's address, what is in it, and who may have it."""
    address = (
        Text("{address}", address=Typed(feed.url))
        if feed.url
        else Text("I can no longer show its address. It still works; a new one replaces it.")
    )
    lead = (
        Text("The old address opens nothing any more. This is the new one:")
        if new
        else Text("Add this address to your calendar, as “from URL” or “subscribe”:")
    )
    return reply(
        Heading(Text("Your plan in your calendar")),
        *([lead] if feed.url else []),
        Line(address),
        Text(
            "It shows your weeks with what they are for, when projects are due, your study times and the sessions "
            "of your groups."
        ),
        Text(
            "Whoever has the address sees that. Keep it to yourself. It is on since {day}.",
            day=Day(ctx.date_at(feed.since)),
        ),
        buttons=(
            (
                Button(Text("New address"), "calendar", {"new": str(feed.key)}),
                Button(Text("Switch off"), "calendar.off"),
            ),
        ),
    )
