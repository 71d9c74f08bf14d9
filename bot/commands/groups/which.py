"""Which group is meant, and whether who asks may decide for it."""

from bot.core.group import Group
from bot.core.ids import GroupId
from bot.core.name import FALLBACK, member_name
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button
from bot.dialogue.text import Text, Typed, words


def group_meant(ctx: Context, of: int | None, command: str, **args: str) -> Group:
    """The group named by a button, else the one that meets here, else the only one that the learner is in.

    Refuses where there is none, or asks which; `command` with `args` goes on then.
    """
    place = ctx.request.place
    here = ctx.uow.groups.at(place) if place else None
    if of is not None and (here is None or here.id != of):
        named = GroupId(of)
        if ctx.learner and ctx.uow.groups.member(named, ctx.learner.id) and (found := ctx.uow.groups.get(named)):
            return found
        raise Refusal(Text("That is not a group of yours."))
    if here:
        return here
    if place:
        raise Refusal(
            Text("This chat is no group's home yet. With one, I say here every Monday what the week is for."),
            Text("An organiser makes it one; nobody's hours are shown unless they say yes to the board."),
            buttons=(Button(Text("Make it the home"), "group", {"change": "create"}),),
        )
    mine = [group for group, _ in ctx.uow.groups.of(ctx.who.id)]
    if len(mine) == 1:
        return mine[0]
    if mine:
        offers = [Button(words(group.title), command, args | {"of": str(group.id)}) for group in mine]
        raise Refusal(Text("Which group?"), buttons=offers, final=True)
    raise Refusal(
        Text(
            "You are in no group yet. Type {join} where your group talks, or here with the code you were given.",
            join=Typed("/group join"),
        )
    )


def organises(ctx: Context, group: Group) -> bool:
    """Whether who asks is an organiser of the group by their role there; what they are on the platform is not asked."""
    member = ctx.uow.groups.member(group.id, ctx.learner.id) if ctx.learner else None
    return member is not None and member.role == "organiser"


def appointed(ctx: Context, group: Group) -> None:
    """Make who asks an organiser of the group; not shown on its board where they were not in it."""
    if ctx.uow.groups.member(group.id, ctx.who.id) is None:
        name = member_name(ctx.request.account.name) or FALLBACK
        ctx.uow.groups.join(group.id, ctx.who.id, name, "hidden", ctx.now)
    ctx.uow.groups.set_role(group.id, ctx.who.id, "organiser")


def meets_here(ctx: Context, group: Group) -> bool:
    """Whether the chat that who asks is in is a place of the group."""
    place = ctx.request.place
    here = ctx.uow.groups.at(place) if place else None
    return here is not None and here.id == group.id


def left_to_managers(ctx: Context, group: Group) -> bool:
    """Whether this chat's managers decide for the group: nobody is its organiser, and it meets here alone."""
    if not meets_here(ctx, group) or ctx.uow.groups.has_organiser(group.id):
        return False
    return len(ctx.uow.groups.places(group.id)) <= 1


def check_organises(ctx: Context, group: Group) -> None:
    """Refuse whoever is no organiser of the group. Managing one of its chats makes nobody one, unless the group has
    none and meets there alone."""
    if organises(ctx, group):
        return
    if not left_to_managers(ctx, group):
        raise Refusal(Text("Only organisers of {group} can do that.", group=group.title))
    ctx.check_organiser()


def decides(ctx: Context, group: Group) -> None:
    """As `check_organises`; the first manager to decide for a group without an organiser becomes it."""
    check_organises(ctx, group)
    if ctx.learner and not organises(ctx, group):
        appointed(ctx, group)


def check_manages(ctx: Context, group: Group) -> None:
    """Refuse whoever is neither an organiser of the group nor manages the chat of it they are in."""
    if organises(ctx, group):
        return
    if not meets_here(ctx, group):
        raise Refusal(Text("Only organisers of {group} can do that.", group=group.title))
    ctx.check_organiser()
