"""Joining a group, saying how one is shown there, and leaving."""

from bot.core.group import Group, Shown
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Text, Typed

LABELS: dict[Shown, Text] = {
    "name": Text("By my name"),
    "alias": Text("By another name"),
    "hidden": Text("Not shown"),
}
LONGEST = 32
"""Characters of a name on a board."""


def join(ctx: Context, group: Group, shown: Shown | None, name: str | None, code: str | None = None) -> Reply:
    """Become a member, shown as one likes; who is one already is shown so from now on, everywhere at once.

    `code` is the invitation that is used up with it.
    """
    ctx.study  # noqa: B018 - refuses who has no roadmap yet
    invited = code is not None and ctx.store.codes.find(code, "group", ctx.now) is not None
    if not invited and ctx.store.groups.put_out(group.id, ctx.who.id):
        raise Refusal(Text("An organiser has taken you out of {group}; they can invite you again.", group=group.title))
    args = _way_in(ctx, group, code)
    if shown is None and name is None:
        return _ask(ctx, group, args)
    if shown == "alias" and name is None:
        return reply(
            Text("Under which name?"),
            expects=Expects("group", "words", args | {"shown": "alias"}),
            replaces=ctx.request.pressed,
        )
    shown = shown or "alias"
    called = (name if shown == "alias" and name else ctx.request.account.name)[:LONGEST]
    if shown != "hidden" and _taken(ctx, group, called):
        return reply(
            Text(
                "Somebody is on this board as “{name}” already; {command} takes another name.",
                name=called,
                command=Typed('/group join "…"'),
            ),
            buttons=(Button(LABELS["alias"], "group", args | {"shown": "alias"}),),
            replaces=ctx.request.pressed,
        )
    if code and (ctx.store.codes.use(code, "group", ctx.now) or ctx.store.codes.use(code, "way", ctx.now)):
        ctx.store.groups.appoint(group.id, ctx.who.id, "member")
    ctx.store.groups.join(group.id, ctx.who.id, called, shown, ctx.now)
    ctx.board_changes(group, ctx.now)
    return _joined(ctx, group, shown, called)


def leave(ctx: Context, group: Group) -> Reply:
    """End the membership; the history stays for the day one comes back."""
    if not ctx.store.groups.leave(group.id, ctx.who.id, ctx.now):
        raise Refusal(Text("You are not in {group}.", group=group.title))
    ctx.board_changes(group, ctx.now)
    return reply(
        Text("You have left {group}, and are on its board no more. Your hours are yours as before.", group=group.title),
        buttons=((Button(Text("Join again"), "group", _way_in(ctx, group, None)),),),
        replaces=ctx.request.pressed,
    )


def _way_in(ctx: Context, group: Group, code: str | None) -> dict[str, str]:
    """What a button needs to lead into the group: a number anybody could write does not, so a code where it is private
    and who presses it is no member."""
    if code is None and ctx.store.groups.member(group.id, ctx.who.id) is None:
        code = ctx.new_code()
        ctx.store.codes.make(code, "way", ctx.who.id, group.id, ctx.now)
    return {"change": "join"} | ({"code": code} if code else {"of": str(group.id)})


def _ask(ctx: Context, group: Group, args: dict[str, str]) -> Reply:
    buttons = tuple(Button(label, "group", args | {"shown": shown}) for shown, label in LABELS.items())
    member = ctx.store.groups.member(group.id, ctx.who.id)
    now = [Text("Now: {shown}.", shown=LABELS[member.shown])] if member else []
    return reply(
        Text("How shall {group} see you?", group=group.title),
        Text("Members see the name, the hours of the week and their share of your own plan; nothing else."),
        Text("Not shown means that nobody there knows of you, and you can still see the board."),
        *now,
        buttons=(
            buttons,
            (Button(Text("Leave"), "group", {"change": "leave", "of": str(group.id)}),) if member else (),
        ),
        replaces=ctx.request.pressed,
    )


def _taken(ctx: Context, group: Group, name: str) -> bool:
    members = ctx.store.groups.members(group.id)
    return name.casefold() in {m.name.casefold() for m in members if m.learner != ctx.who.id and not m.hidden}


def _joined(ctx: Context, group: Group, shown: Shown, called: str) -> Reply:
    said = (
        Text("You are in {group}, and nobody there sees it.", group=group.title)
        if shown == "hidden"
        else Text(
            "{name} is on the board of {group} now: hours of the week, and their share of the own plan.",
            name=called,
            group=group.title,
        )
    )
    of = {"of": str(group.id)}
    return reply(
        said,
        buttons=(
            (
                Button(Text("Board"), "leaderboard", of),
                Button(Text("How I am shown"), "group", {"change": "join"} | of),
                Button(Text("Leave"), "group", {"change": "leave"} | of),
            ),
        ),
        replaces=ctx.request.pressed,
    )
