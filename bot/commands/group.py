"""/group: study groups, their chats, their members, and how a member is shown; in a chat or in private."""

from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands import former
from bot.commands.groups import following, inviting, joining, placing, setup, starting
from bot.commands.groups import members as membership
from bot.commands.groups import page as board
from bot.commands.groups.which import check_organises, group_meant
from bot.commands.starting.dates import StartDay
from bot.commands.views.site import site_of
from bot.core.code import read_code
from bot.core.group import Group, Shown
from bot.dialogue.command import Command, command
from bot.dialogue.context import Context
from bot.dialogue.parameters import (
    ChoiceParameter,
    Flag,
    Number,
    TimeOfDay,
    Timezone,
    Weekday,
    WireDay,
    WireWord,
    WordsParameter,
    strip_filler,
)
from bot.dialogue.parameters.zone import ZoneParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply
from bot.dialogue.section import GROUPS
from bot.dialogue.text import Text, Typed
from bot.usecases.web_addresses import board_page

_STORED = 128
"""Characters of a title or name that are stored; a name on a board has fewer."""
_ZONE = ZoneParameter()


class _FieldForZone(ZoneParameter):
    """A time zone that is read from a field of its own alone: behind a title, a city's name belongs to the title."""

    def take(self, typed: str, ctx: Context) -> tuple[ZoneInfo, str] | None:  # noqa: ARG002
        return None

    def read(self, wire: str, ctx: Context) -> ZoneInfo | None:
        return _ZONE.read(wire, ctx)


ShownRef = Annotated[
    Shown,
    ChoiceParameter(
        Text("not shown"),
        Text("how the group sees you"),
        Text("How shall the group see you?"),
        {str(shown): label for shown, label in joining.LABELS.items()},
    ),
]
KindRef = Annotated[
    str,
    ChoiceParameter(
        "checkin",
        Text("which message"),
        Text("Which message?"),
        setup.NAMES,
    ),
]
SwitchRef = Annotated[
    str,
    ChoiceParameter(
        "on",
        Text("on or off"),
        Text("On or off?"),
        {"on": Text("on"), "off": Text("off")},
    ),
]
Title = Annotated[
    str,
    WordsParameter(
        Text("Evening group"), Text("what the group is called"), Text("What is the group called?"), longest=_STORED
    ),
]
NameOrCode = Annotated[
    str,
    WordsParameter("Ada L.", Text("a name, or the code of an invitation"), Text("Which name?"), longest=_STORED),
]
Member = Annotated[
    str, WordsParameter("Ada L.", Text("a member's name, as it is shown"), Text("Who?"), longest=_STORED)
]
ZoneField = Annotated[ZoneInfo, _FieldForZone()]


@command(
    section=GROUPS,
    private=False,
    examples=(
        "/group",
        Text("/group create"),
        '/group join "Ada L."',
        Text("/group checkin friday 17:00"),
        Text("/group Europe/Paris"),
    ),
    spoken=Text("group, my group"),
    former=former.group,
)
def group(
    ctx: Context,
    kind: KindRef | None = None,
    weekday: Weekday | None = None,
    at: TimeOfDay | None = None,
    zone: Timezone | None = None,
    of: Number | None = None,
    live: Flag | None = None,
) -> Reply:
    """Learn together: create a study group, invite, join, and say how you are shown."""
    meant = _rescheduled(ctx, group, of, kind=kind, weekday=weekday, at=at, zone=zone)
    if live is not None:
        setup.set_live(ctx, meant, live=live)
    return setup.shown(ctx, ctx.uow.groups.get(meant.id) or meant)


@group.sub(private=False, word=Text("show"), alone=True)
def show(ctx: Context, of: Number | None = None) -> Reply:
    """See what the group follows, and when I write there."""
    return group.run(ctx, of=of)


@group.sub(private=False, word=Text("create"), examples=(Text("/group create"),))
def create(ctx: Context, title: Title | None = None, zone: ZoneField | None = None, of: Number | None = None) -> Reply:
    """Create a study group for this chat, or in private one without a chat."""
    if of is not None and ctx.request.place is None:
        return setup.begin_again(ctx, group_meant(ctx, of, create.name))
    if title and ctx.request.place and not ctx.request.pressed:
        raise _not_understood(ctx, create, title)  # a chat has a title of its own, so this is perhaps a zone
    return setup.create(ctx, title, zone)


@group.sub(private=False, word=Text("settings"), examples=(Text("/group checkin friday 17:00"),))
def settings(
    ctx: Context,
    kind: KindRef | None = None,
    weekday: Weekday | None = None,
    at: TimeOfDay | None = None,
    zone: Timezone | None = None,
    of: Number | None = None,
) -> Reply:
    """Choose when I write in the group, and in which time zone."""
    meant = _rescheduled(ctx, settings, of, kind=kind, weekday=weekday, at=at, zone=zone)
    check_organises(ctx, meant)
    setup.try_again(ctx, meant)
    return setup.shown(ctx, ctx.uow.groups.get(meant.id) or meant)


@group.sub(word=Text("invite"))
def invite(ctx: Context, of: Number | None = None) -> Reply:
    """Get a code that lets one person in."""
    return inviting.invite(ctx, group_meant(ctx, of, invite.name))


@group.sub(word=Text("place"))
def place(ctx: Context, of: Number | None = None) -> Reply:
    """Add this chat to your group, or get a code for another chat."""
    if ctx.request.place and of is None:
        return placing.add_here(ctx)
    return inviting.place_code(ctx, group_meant(ctx, of, place.name))


@group.sub(word=Text("join"), examples=("/group join", '/group join "Ada L."'))
def join(
    ctx: Context,
    shown: ShownRef | None = None,
    name: NameOrCode | None = None,
    code: WireWord | None = None,
    of: Number | None = None,
) -> Reply:
    """Become a member, or say how you are shown."""
    if code := code or (read_code(name) if name and shown is None else None):
        return inviting.enter(ctx, code, shown, name if shown == "alias" else None)
    return joining.join(ctx, group_meant(ctx, of, join.name, **_given(join, shown=shown, name=name)), shown, name)


@group.sub(word=Text("leave"))
def leave(ctx: Context, of: Number | None = None) -> Reply:
    """End your membership; your hours stay yours."""
    return joining.leave(ctx, group_meant(ctx, of, leave.name))


@group.sub(reads=True, word=Text("members"))
def members(ctx: Context, of: Number | None = None) -> Reply:
    """See who is in the group, of those who are shown."""
    return membership.members(ctx, group_meant(ctx, of, members.name))


@group.sub(word=Text("remove"))
def remove(ctx: Context, name: Member | None = None, of: Number | None = None, who: Number | None = None) -> Reply:
    """Take a member out of the group."""
    return membership.remove(ctx, _of_member(ctx, of, remove, name), name, who)


@group.sub(word=Text("organiser"))
def organiser(ctx: Context, name: Member | None = None, of: Number | None = None, who: Number | None = None) -> Reply:
    """Make a member an organiser, too."""
    return membership.appoint(ctx, _of_member(ctx, of, organiser, name), name, who)


@group.sub(word=Text("roadmap"))
def roadmap(
    ctx: Context, of: Number | None = None, track: WireWord | None = None, since: WireDay | None = None
) -> Reply:
    """Choose the roadmap that the group follows."""
    return following.choose(ctx, group_meant(ctx, of, roadmap.name), track, since)


@group.sub(word=Text("page"), examples=(Text("/group page on"), Text("/group page off")), web=True)
def page(ctx: Context, switch: SwitchRef | None = None, of: Number | None = None, new: Number | None = None) -> Reply:
    """Give the board a page on the web, or take it away."""
    meant = group_meant(ctx, of, page.name, **_given(page, switch=switch))
    if switch is None:
        check_organises(ctx, meant)
        return board.asked(ctx, meant, board_page(ctx.uow, meant, site_of(ctx), ctx.now))
    return board.switched_on(ctx, meant, new) if switch == "on" else board.switched_off(ctx, meant)


@group.sub(word=Text("start"), examples=(Text("/group start 11 January"),))
def start(ctx: Context, day: StartDay | None = None, of: Number | None = None, since: WireDay | None = None) -> Reply:
    """Set a day on which all begin together."""
    return starting.choose_start(ctx, group_meant(ctx, of, start.name, **_given(start, day=day)), day, since)


@group.sub(private=False, word=Text("stop"))
def stop(ctx: Context, of: Number | None = None) -> Reply:
    """Stop the messages that I send here by myself."""
    return setup.stop(ctx, group_meant(ctx, of, stop.name))


def _rescheduled(
    ctx: Context,
    asked: Command,
    of: int | None,
    *,
    kind: str | None,
    weekday: int | None,
    at: time | None,
    zone: ZoneInfo | None,
) -> Group:
    """The group of the request, rescheduled where a day, a time or a zone was given."""
    given = _given(asked, kind=kind, weekday=weekday, at=at, zone=zone)
    if given.keys() == {"kind"} and not ctx.request.pressed:
        raise _not_understood(ctx, asked, given["kind"])
    meant = group_meant(ctx, of, asked.name, **given)
    if zone or weekday is not None or at is not None:
        setup.reschedule(ctx, meant, kind, weekday, at, zone)
    return meant


def _of_member(ctx: Context, of: int | None, asked: Command, name: str | None) -> Group:
    """The group of the request, in which a member of this name is looked up."""
    return group_meant(ctx, of, asked.name, **_given(asked, name=name))


def _given(asked: Command, **values: time | date | ZoneInfo | str | int | None) -> dict[str, str]:
    """The options that were given, as buttons carry them."""
    options = {option.name: option.parameter for option in asked.options}
    return {name: options[name].wire(value) for name, value in values.items() if value is not None}


def _not_understood(ctx: Context, asked: Command, given: str) -> Refusal:
    """A refusal that names the words that were not understood."""
    return Refusal(
        Text("I did not understand “{words}”.", words=strip_filler(ctx.request.rest, ctx.locale) or given),
        Text("Type it like this: {usage}", usage=Typed(asked.usage)),
        buttons=(Button(Text("Go on without it"), asked.name),),
    )
