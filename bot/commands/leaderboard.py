"""/leaderboard: a group's week, of those who said yes to it."""

from datetime import timedelta
from typing import Annotated

from bot.core.calendar import local_date, monday_of
from bot.core.group import Group, Place
from bot.core.leaderboard import Row, board
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Heading, Reply, Table, reply
from bot.dialogue.text import Days, Minutes, Percent, Text, Typed

Change = Annotated[
    str,
    ChoiceParameter(
        "join",
        Text("join the board, or leave it"),
        Text("Join the board or leave it?"),
        {"join": Text("Join"), "leave": Text("Leave")},
    ),
]
Alias = Annotated[
    str, WordsParameter("Ada L.", Text("the name to be shown under"), Text("Under which name?"), longest=32)
]


@command(private=False, examples=("/leaderboard", "/leaderboard join", '/leaderboard join "Ada L."'))
def leaderboard(ctx: Context, change: Change | None = None, name: Alias | None = None) -> Reply:
    """See your group's week; join or leave the board."""
    place = ctx.request.place
    if place is None:
        raise Refusal(
            Text("A board belongs to a group: ask for {command} where your group talks.", command=Typed("/leaderboard"))
        )
    if change == "join":
        return _join(ctx, place, name)
    group = ctx.store.groups.at(place)
    if change == "leave":
        return _leave(ctx, group)
    return _board(ctx, group, place)


def _join(ctx: Context, place: Place, name: str | None) -> Reply:
    ctx.study  # noqa: B018 - refuses who has no roadmap yet
    group = ctx.store.groups.found(place, ctx.zone, ctx.now)
    shown = name or ctx.request.account.name[:32]
    taken = {member.name.casefold() for member in ctx.store.groups.members(group.id) if member.learner != ctx.who.id}
    if shown.casefold() in taken:
        raise Refusal(
            Text(
                "Somebody is on this board as “{name}” already; {command} takes another name.",
                name=shown,
                command=Typed('/leaderboard join "…"'),
            )
        )
    ctx.store.groups.join(group.id, ctx.who.id, shown, ctx.now)
    return reply(
        Text("{name} is on the board now: hours of the week, and their share of the own plan.", name=shown),
        buttons=(
            (Button(Text("Board"), "leaderboard"), Button(Text("Leave the board"), "leaderboard", {"change": "leave"})),
        ),
    )


def _leave(ctx: Context, group: Group | None) -> Reply:
    if group is None or not ctx.store.groups.leave(group.id, ctx.who.id, ctx.now):
        raise Refusal(Text("You are not on this board."))
    return reply(
        Text("You are off the board. Your hours are yours as before."),
        buttons=((Button(Text("Join again"), "leaderboard", {"change": "join"}),),),
    )


def _board(ctx: Context, group: Group | None, place: Place) -> Reply:
    monday = monday_of(local_date(ctx.now, group.zone if group else ctx.zone))
    weeks = ctx.store.groups.weeks(group.id, monday) if group else []
    rows = board((week.name, week.minutes, week.commitments.target(monday)) for week in weeks)
    dates = Days(monday, monday + timedelta(days=6))
    join = ((Button(Text("Join the board"), "leaderboard", {"change": "join"}),),)
    if not rows:
        return reply(
            Text(
                "Nobody is on the board of {group} yet. "
                "Who joins shows this group their hours of the week and their share of their own plan.",
                group=place.title,
            ),
            buttons=join,
        )
    columns = (Text("#"), Text("Name"), Text("Hours"), Text("Of own plan"))
    return reply(
        Heading(Text("{group}, {dates}", group=place.title, dates=dates)),
        Table(columns, tuple(map(_row, rows)), numeric=2),
        buttons=join,
    )


def _row(row: Row) -> tuple[Text, ...]:
    share = Text("{share}", share=Percent(row.share)) if row.share is not None else Text("on pause")
    return (
        Text("{rank}", rank=row.rank),
        Text("{name}", name=row.name),
        Text("{time}", time=Minutes(row.minutes)),
        share,
    )
