"""The page of a group's board: an address that an organiser switches on, replaces and switches off."""

from bot.commands.groups.which import asker_of, worded_rights
from bot.commands.views.site import site_of
from bot.core.calendar import local_date
from bot.core.group import Group
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Text, Typed
from bot.usecases.web_addresses import Address, begin_board_page, end_board_page, renew_board_page


def switched_on(ctx: Context, group: Group, replaced: int | None) -> Reply:
    """The address of the page, a new one where that of the key `replaced` is to open nothing any more."""
    site, asker = site_of(ctx), asker_of(ctx)
    ctx.shows_secret = True
    with worded_rights(ctx, group):
        if replaced is None:
            return _shown(group, begin_board_page(ctx.uow, asker, group, site, ctx.now))
        return _shown(group, renew_board_page(ctx.uow, asker, group, site, replaced, ctx.now))


def switched_off(ctx: Context, group: Group) -> Reply:
    """No page any more."""
    site_of(ctx)
    with worded_rights(ctx, group):
        end_board_page(ctx.uow, asker_of(ctx), group, ctx.now)
    return reply(
        Text("The board of {group} has no page any more; its address opens nothing.", group=group.title),
        buttons=((Button(Text("Switch it on"), "group.page", {"of": str(group.id), "switch": "on"}),),),
    )


def asked(ctx: Context, group: Group, address: Address | None) -> Reply:
    """The page as it is, and what can be done about it."""
    if address:
        return switched_on(ctx, group, None)
    return reply(
        Heading(Text("A page for the board")),
        Text("The board of {group} has no page.", group=group.title),
        _about(),
        buttons=((Button(Text("Switch it on"), "group.page", {"of": str(group.id), "switch": "on"}),),),
    )


def _shown(group: Group, address: Address) -> Reply:
    since = Day(local_date(address.since, group.zone))
    url = (
        Text("{address}", address=Typed(address.url))
        if address.url
        else Text("I can no longer show its address. It still works; a new one replaces it.")
    )
    of = {"of": str(group.id), "switch": "on"}
    return reply(
        Heading(Text("A page for the board")),
        Line(url),
        Text("It shows the board of {group}, since {day}.", group=group.title, day=since),
        _about(),
        buttons=(
            (
                Button(Text("New address"), "group.page", of | {"new": str(address.key)}),
                Button(Text("Switch off"), "group.page", of | {"switch": "off"}),
            ),
        ),
    )


def _about() -> Text:
    return Text("Whoever has its address sees what the board shows here: names and hours of those who are shown.")
