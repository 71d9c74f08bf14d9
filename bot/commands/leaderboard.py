"""/leaderboard: the hours of a group's shown members in a week, a month or all time."""

from typing import Annotated

from bot.commands import former
from bot.commands.groups.which import group_meant
from bot.commands.views.board import FARTHEST, ORDERS, SPANS, board_blocks, not_yet, own_share, tabs, weeks
from bot.core.leaderboard import Order, Span
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import GROUPS
from bot.dialogue.text import Text

SpanRef = Annotated[
    str,
    ChoiceParameter(
        Text("month"),
        Text("week, last week, month or all time"),
        Text("Which time?"),
        {
            **{str(span): label for span, label in SPANS.items()},
            "thisweek": Text("This week"),
            "lastweek": Text("Last week"),
        },
    ),
]
OrderRef = Annotated[
    Order,
    ChoiceParameter(
        Text("by hours"),
        Text("what it is ranked by"),
        Text("Ranked by what?"),
        {str(order): label for order, label in ORDERS.items()},
    ),
]


@command(
    section=GROUPS,
    private=False,
    reads=True,
    examples=("/leaderboard", Text("/leaderboard last week"), Text("/leaderboard by hours")),
    spoken=Text("leaderboard, board"),
    former=former.leaderboard,
)
def leaderboard(
    ctx: Context,
    span: SpanRef | None = None,
    by: OrderRef | None = None,
    of: Number | None = None,
    back: Number | None = None,
    live: Flag = False,
    new: Flag = False,
) -> Reply:
    """See your group's board."""
    return _board(ctx, leaderboard.name, span, by, of, back, live=live, new=new)


@leaderboard.sub(private=False, reads=True, word=Text("show"), alone=True)
def show(ctx: Context, span: SpanRef | None = None, by: OrderRef | None = None) -> Reply:
    """See the board of a week, a month or all time."""
    return _board(ctx, leaderboard.name, span, by)


@leaderboard.sub(reads=True, word=Text("mine"), also=Text("My place"))
def mine(ctx: Context, by: OrderRef | None = None, of: Number | None = None) -> Reply:
    """See your own place."""
    return _board(ctx, mine.name, None, by, of)


@leaderboard.sub(private=False, reads=True, word=Text("picture"), also=Text("As a picture"))
def picture(
    ctx: Context,
    span: SpanRef | None = None,
    by: OrderRef | None = None,
    of: Number | None = None,
    back: Number | None = None,
) -> Reply:
    """See the board as a picture."""
    return _board(ctx, picture.name, span, by, of, back)


def _board(
    ctx: Context,
    asked: str,
    span: str | None,
    by: Order | None,
    of: int | None = None,
    back: int | None = None,
    *,
    live: bool = False,
    new: bool = False,
) -> Reply:
    """The board, with the learner's own share where nobody else sees the reply."""
    given = {"span": span, "by": by, "back": str(back) if back else None}
    group = group_meant(ctx, of, asked, **{option: word for option, word in given.items() if word})
    if live and not (group.live and group.roadmap):
        raise NothingToSend("no board stands there any more")
    named: Span = next((known for known in SPANS if known == span), "week")
    order = by or "share"
    back = 1 if span == "lastweek" else min(max(0, back or 0), FARTHEST) if named == "week" and not live else 0
    viewer = ctx.learner.id if ctx.learner else None
    args = {"of": str(group.id)}
    private = ctx.request.place is None or asked == mine.name
    member = ctx.uow.groups.member(group.id, viewer) if viewer else None
    if live:
        place = Button(Text("My place"), mine.name, {"of": str(group.id)})
        buttons: tuple[tuple[Button, ...], ...] = ((place, Button(Text("Join the board"), "group.join", args)),)
    else:
        label = Text("How I am shown") if private and member else Text("Join the board")
        drawn = asked == picture.name
        again = picture.name if drawn else leaderboard.name
        as_picture = Button(Text("As a picture"), picture.name, {"span": named, "by": order, "back": str(back), **args})
        buttons = (
            tabs(group, named, order, again),
            weeks(group, back, order, again),
            (Button(label, "group.join", args), *(() if drawn else (as_picture,))),
        )
    blocks = board_blocks(ctx, group, named, order, viewer, back, drawn=asked == picture.name)
    if private and member and named == "week" and not back and len(blocks) > 1:
        blocks += own_share(ctx)
    if private and member and not member.hidden and not back:
        blocks += not_yet(ctx, group)
    if new and len(blocks) == 1:
        raise NothingToSend("nobody is on the board")
    return reply(
        *blocks,
        buttons=buttons,
        anew=not (of is not None or live),
    )
