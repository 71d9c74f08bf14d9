"""Ask a member in private to review a project that they have finished themselves, before the whole group is asked."""

from bot.commands.views.looking import looked_at
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, ReviewNumber
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Link, Text
from bot.usecases.decline_review import decline_review, invitation
from bot.usecases.take_review import NoSuchReview, TakenAlready


@command(hidden=True)
def invited(ctx: Context, review: ReviewNumber, no: Flag = False) -> Reply:
    """Be asked for a look at somebody's project."""
    try:
        invited_to = invitation(ctx.uow, ctx.who, review)
    except TakenAlready:
        raise _late(ctx, Text("Somebody is looking at it already, or it was taken back.")) from None
    except NoSuchReview:
        raise _late(ctx, _not_theirs()) from None
    item = looked_at(ctx, invited_to.review)
    if item is None:
        raise _late(ctx, _not_theirs())
    if no:
        decline_review(ctx.uow, ctx.who, review, ctx.now)
        return reply(Text("That is fine. I ask the group."))
    url = invited_to.review.submission.url
    args = {"review": str(review)}
    return reply(
        Text(
            "{name} of {group} has finished “{item}” and asks for a look at it: {link}",
            name=invited_to.author.name,
            group=invited_to.group.title,
            item=item.title,
            link=Link(url, url),
        ),
        Text("You are through it already. Would you?"),
        buttons=(
            (Button(Text("I'll look"), "look", args), Button(Text("Not this time"), "invited", args | {"no": "1"})),
        ),
    )


def _not_theirs() -> Text:
    return Text("That is not a review of your groups.")


def _late(ctx: Context, reason: Text) -> Exception:
    """The exception to raise: `NothingToSend` for a delivery, a refusal with the reason for a pressed button."""
    return NothingToSend("nobody has to look any more") if ctx.request.occasion else Refusal(reason)
