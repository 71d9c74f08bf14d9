"""Joining a group, saying how one is shown there, and leaving."""

from datetime import date

from bot.commands.groups.which import asker_of
from bot.commands.views.board import first_day_ahead
from bot.core.code import Code, like_code, read_code
from bot.core.group import Group, Shown
from bot.core.name import LONGEST, clean, member_name, turns
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Day, Plural, Text, Typed
from bot.dialogue.wording import Wording, languages
from bot.usecases.invite import invite_back
from bot.usecases.join_group import NameMissing, NameTaken, NameTooLong, PutOut, check_may_join, check_name, join_group
from bot.usecases.leave_group import NotAMember, leave_group

LABELS: dict[Shown, Text] = {
    "name": Text("By my name"),
    "alias": Text("By another name"),
    "hidden": Text("Not shown"),
}
_NO_NAME = Text("no, not, never, don't, don’t, dont, hide, hidden, invisible, anonymous, nobody, without")
"""Words that say how somebody wants not to be seen rather than what they are called."""


def join(
    ctx: Context, group: Group, shown: Shown | None, name: str | None, code: tuple[str, Code] | None = None
) -> Reply:
    """Make the learner a member, or change how they are shown: by name, by an alias or not at all.

    `code` is the invitation, as it was typed and as it is stored; joining uses it up.
    """
    ctx.study  # noqa: B018 - refuses who has no roadmap yet
    try:
        check_may_join(ctx.uow, ctx.who, group, code[1] if code else None)
    except PutOut:
        raise Refusal(
            Text("An organiser has taken you out of {group}; they can invite you again.", group=group.title)
        ) from None
    args = _entry_args(ctx, group, code[0] if code else None)
    if name and (question := _ask_if_name(ctx, shown, name, args)):
        return question
    if shown is None and name is None:
        return _ask(ctx, group, args)
    shown = shown or "alias"
    called = clean(name or "") if shown == "alias" else member_name(ctx.request.account.name)
    if shown != "hidden" and (problem := _problem(ctx, group, called, name)):
        return reply(
            *problem,
            buttons=_other_name_buttons(called, ctx.request.rest, args | {"shown": "alias"}),
            expects=Expects("group.join", "name", args | {"shown": "alias"}),
        )
    join_group(
        ctx.uow,
        asker_of(ctx),
        ctx.who,
        group,
        shown=shown,
        name=called,
        code=code[1] if code else None,
        now=ctx.now,
    )
    return _joined(group, shown, called, first_day_ahead(ctx, group))


def _ask_if_name(ctx: Context, shown: Shown | None, name: str, args: dict[str, str]) -> Reply | None:
    """Ask about typed words that may be no name: like a code, beside a choice how to be shown, or a word of refusal.

    Nobody gets on a board by a misunderstanding, nor a code that lets somebody in; words in quotes, or in an option's
    own field, are a name.
    """
    everything = " ".join((ctx.request.rest, *ctx.request.args.values()))
    if ctx.request.pressed or ctx.request.args.get("shown") == "alias":
        return None
    own = Button(Text("It is my name"), "group.join", args | {"shown": "alias", "name": name})
    if like_code(name):
        return reply(
            Text("“{words}” is no code; codes look like {example}.", words=name, example=Typed("7KQM-2XWD")),
            buttons=(own,),
            anew=True,
        )
    code = any(read_code(word) for word in name.split())
    quoted = any(mark in everything for mark in '"“„«') or ("name" in ctx.request.args and not code)
    no = {word.strip().casefold() for locale in languages() for word in Wording(locale).say(_NO_NAME).split(",")}
    typed = name.casefold().replace(",", " ").replace(".", " ").split()
    if shown not in {"name", "hidden"} and (quoted or not (code or no.intersection(typed))):
        return None
    choices = tuple(Button(label, "group.join", args | {"shown": wire}) for wire, label in LABELS.items())
    return reply(
        Text("I did not understand “{words}”.", words=name), buttons=(choices, () if code else (own,)), anew=True
    )


def _problem(ctx: Context, group: Group, name: str, typed: str | None) -> list[Text]:
    """What is wrong with a name, as shown and as typed, and what is asked instead; empty for a good name."""
    under = Text("Under which name?")
    try:
        check_name(ctx.uow, ctx.who, group, name)
    except NameMissing:
        return [under] if typed is None else [Text("That name has no visible characters."), under]
    except NameTooLong:
        long = Plural(
            "That is longer than the {n} character I can keep.",
            "That is longer than the {n} characters I can keep.",
            n=LONGEST,
        )
        return [long, under]
    except NameTaken:
        return [
            Text(
                "Somebody is on this board as “{name}” already; {command} takes another name.",
                name=name,
                command=Typed('/group join "…"'),
            )
        ]
    return (
        [Text("That name has characters that reverse the direction of the text."), under]
        if turns(ctx.request.rest)
        else []
    )


def _other_name_buttons(name: str, typed: str, args: dict[str, str]) -> tuple[Button, ...]:
    """Another name to be typed, or the one typed without the characters that reverse the direction of the text."""
    plain = (Button(Text("{name}", name=name), "group.join", args | {"name": name}),) if name and turns(typed) else ()
    return (*plain, Button(LABELS["alias"], "group.join", args))


def leave(ctx: Context, group: Group) -> Reply:
    """End the membership; its history is kept for a return. Another member succeeds a last organiser."""
    try:
        heir = leave_group(ctx.uow, asker_of(ctx), ctx.who, group, ctx.now)
    except NotAMember:
        raise Refusal(Text("You are not in {group}.", group=group.title)) from None
    new = [Text("{name} is its organiser now.", name=heir.name)] if heir and not heir.hidden else []
    return reply(
        Text("You have left {group}, and are on its board no more. Your hours are yours as before.", group=group.title),
        *new,
        buttons=((Button(Text("Join again"), "group.join", _entry_args(ctx, group, None)),),),
    )


def _entry_args(ctx: Context, group: Group, code: str | None) -> dict[str, str]:
    """The options with which a button leads into the group: a code for who is no member, as ids can be guessed."""
    if code is None and ctx.uow.groups.member(group.id, ctx.who.id) is None:
        code = ctx.new_code()
        invite_back(ctx.uow, ctx.who, group, code, ctx.now)
    return {"code": code} if code else {"of": str(group.id)}


def promise() -> tuple[Text, ...]:
    """Everything that members and organisers of a group see of a member who is shown."""
    return (
        Text(
            "Members and organisers see your name, your hours of a week, a month or in all, their share of your own "
            "plan and whether you met it, and a * where some came more than a day late; nothing else."
        ),
        Text(
            "A check-in says how many have answered, never what. If somebody asks for help with a module or project "
            "that you are through, I may name you. What you ask the group yourself, it reads; and who comes to a study "
            "session is named there."
        ),
    )


def _ask(ctx: Context, group: Group, args: dict[str, str]) -> Reply:
    buttons = tuple(Button(label, "group.join", args | {"shown": shown}) for shown, label in LABELS.items())
    member = ctx.uow.groups.member(group.id, ctx.who.id)
    now = [Text("Now: {shown}.", shown=LABELS[member.shown])] if member else []
    return reply(
        Text("How shall {group} see you?", group=group.title),
        *promise(),
        Text("Not shown means that nobody there knows of you, and you can still see the board."),
        *now,
        buttons=(
            buttons,
            (Button(Text("Leave"), "group.leave", {"of": str(group.id)}),) if member else (),
        ),
    )


def _joined(group: Group, shown: Shown, called: str, begins: date | None) -> Reply:
    """What joining has changed; `begins` is the learner's first day, where it is still to come."""
    if shown == "hidden":
        now = Text("You are in {group}, and nobody there sees it.", group=group.title)
    elif begins:
        now = Text(
            "{name} is in {group} now, and on its board from {day} on, your first day: hours of the week, and their "
            "share of the own plan.",
            name=called,
            group=group.title,
            day=Day(begins),
        )
    else:
        now = Text(
            "{name} is on the board of {group} now: hours of the week, and their share of the own plan.",
            name=called,
            group=group.title,
        )
    of = {"of": str(group.id)}
    return reply(
        now,
        buttons=(
            (
                Button(Text("Board"), "leaderboard", of),
                Button(Text("How I am shown"), "group.join", of),
                Button(Text("Leave"), "group.leave", of),
            ),
        ),
    )
