"""Find the group that a request is about, and check who may decide for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.core.group import Asker, Group
from bot.core.ids import GroupId
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button
from bot.dialogue.text import Text, Typed, words
from bot.usecases import group_rights


def group_meant(ctx: Context, of: int | None, command: str, **args: str) -> Group:
    """The group with the id `of`, else that of this chat, else the only one that the learner is in.

    Refuses where there is none, or asks which; the answer goes on with `command` and `args`.
    """
    place = ctx.request.place
    here = ctx.uow.groups.at(place) if place else None
    if of is not None and (here is None or here.id != of):
        if (
            ctx.learner
            and ctx.uow.groups.member(GroupId(of), ctx.learner.id)
            and (group := ctx.uow.groups.get(GroupId(of)))
        ):
            return group
        raise Refusal(Text("That is not a group of yours."))
    if here:
        return here
    if place:
        raise Refusal(
            Text("This chat has no study group yet. With one, I say here every Monday what the week is for."),
            Text("An organiser creates it; nobody's hours are shown unless they say yes to the board."),
            buttons=(Button(Text("Create a study group"), "group.create"),),
        )
    groups = [membership.group for membership in ctx.uow.groups.of(ctx.who.id)]
    if len(groups) == 1:
        return groups[0]
    if groups:
        offers = [Button(words(group.title), command, args | {"of": str(group.id)}) for group in groups]
        raise Refusal(Text("Which group?"), buttons=offers, final=True)
    raise Refusal(
        Text(
            "You are in no group yet. Type {join} where your group talks, or here with the code you were given.",
            join=Typed("/group join"),
        )
    )


def asker_of(ctx: Context) -> Asker:
    """The person behind the request, as use cases of groups expect them."""
    return Asker(ctx.request.account, ctx.learner, ctx.request.place, ctx.request.organiser)


def organises(ctx: Context, group: Group) -> bool:
    """Whether the person is an organiser of the group; their rights on the platform do not matter."""
    return group_rights.organises(ctx.uow, asker_of(ctx), group)


@contextmanager
def worded_rights(ctx: Context, group: Group) -> Iterator[None]:
    """Turn errors of `bot.usecases.group_rights` that are raised inside into refusals.

    Raises `RankUnknown` where the platform must be asked first whether they manage the chat.
    """
    try:
        yield
    except group_rights.NotOrganiser:
        raise Refusal(Text("Only organisers of {group} can do that.", group=group.title)) from None
    except group_rights.NotManager:
        ctx.check_organiser()
        raise
    except group_rights.NoLearner:
        ctx.who  # noqa: B018 - refuses whom we do not know yet
        raise


def check_organises(ctx: Context, group: Group) -> None:
    """Refuse anybody who may not decide for the group (`bot.usecases.group_rights`)."""
    with worded_rights(ctx, group):
        group_rights.check_organises(ctx.uow, asker_of(ctx), group)


def decides(ctx: Context, group: Group) -> None:
    """As `check_organises`; the first manager to decide for a group without an organiser becomes it."""
    with worded_rights(ctx, group):
        group_rights.decide(ctx.uow, asker_of(ctx), group, ctx.now)
