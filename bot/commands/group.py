"""/group: study groups, from where they talk or from private: their homes, their members, how one is shown."""

from typing import Annotated

from bot.commands.groups import following, home, inviting, joining, members
from bot.commands.groups.which import check_organises, group_meant
from bot.core.code import read_code
from bot.core.group import Shown
from bot.core.reminder import OF_GROUPS, Kind
from bot.dialogue.command import command
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
)
from bot.dialogue.reply import Reply
from bot.dialogue.text import Text

Change = Annotated[
    str,
    ChoiceParameter(
        Text("create"),
        Text("what to do with the group"),
        Text("What shall I do?"),
        {
            "create": Text("create"),
            "settings": Text("settings"),
            "invite": Text("invite"),
            "join": Text("join"),
            "leave": Text("leave"),
            "members": Text("members"),
            "remove": Text("remove"),
            "organiser": Text("organiser"),
            "roadmap": Text("roadmap"),
            "stop": Text("stop"),
        },
    ),
]
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
    Kind,
    ChoiceParameter(
        "checkin", Text("which message"), Text("Which message?"), {str(kind): home.NAMES[kind] for kind in OF_GROUPS}
    ),
]
Words = Annotated[
    str,
    WordsParameter(
        "Ada L.", Text("a name, or the code of an invitation"), Text("Which name?"), longest=joining.LONGEST
    ),
]

_PLAIN = {"leave": joining.leave, "stop": home.stop, "invite": inviting.invite, "members": members.members}
_WITH_A_NAME = {"remove": members.remove, "organiser": members.appoint}


@command(
    private=frozenset({"join", "leave", "invite", "members", "remove", "organiser", "roadmap"}),
    examples=(
        "/group",
        Text("/group create"),
        '/group join "Ada L."',
        Text("/group checkin friday 17:00"),
        Text("/group Europe/Paris"),
    ),
    spoken=Text("group, my group"),
)
def group(
    ctx: Context,
    change: Change | None = None,
    shown: ShownRef | None = None,
    kind: KindRef | None = None,
    weekday: Weekday | None = None,
    at: TimeOfDay | None = None,
    zone: Timezone | None = None,
    words: Words | None = None,
    of: Number | None = None,
    live: Flag | None = None,
    code: WireWord | None = None,
    track: WireWord | None = None,
    since: WireDay | None = None,
) -> Reply:
    """Learn together: make a group's home, invite, join, and say how you are shown."""
    if change == "create":
        return home.create(ctx, words, zone)
    if change == "join" and (code := code or (read_code(words) if words and shown is None else None)):
        if ctx.request.place and not ctx.request.pressed:
            return inviting.join_place(ctx, code)
        return joining.join(ctx, inviting.invited(ctx, code), shown, words if shown == "alias" else None, code)
    meant = group_meant(ctx, of, "group", **({"change": change} if change else {}))
    if change == "join":
        return joining.join(ctx, meant, shown, words)
    if change in _PLAIN:
        return _PLAIN[change](ctx, meant)
    if change == "roadmap":
        return following.choose(ctx, meant, track, since)
    if change in _WITH_A_NAME:
        return _WITH_A_NAME[change](ctx, meant, words)
    if zone or weekday is not None or at is not None:
        home.reschedule(ctx, meant, kind, weekday, at, zone)
    if live is not None:
        home.set_live(ctx, meant, live=live)
    if change == "settings":
        check_organises(ctx, meant)
    return home.shown(ctx, ctx.store.groups.get(meant.id) or meant)
