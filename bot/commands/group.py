"""/group: study groups, from where they talk or from private: their homes, their members, how one is shown."""

from collections.abc import Mapping
from copy import copy
from datetime import time
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from bot.commands.groups import following, home, inviting, joining, members, placing
from bot.commands.groups.which import check_organises, group_meant
from bot.core.code import read_code
from bot.core.group import Shown
from bot.dialogue.command import command, commands_of
from bot.dialogue.context import Context
from bot.dialogue.parameters import (
    ChoiceParameter,
    Flag,
    Number,
    Parameter,
    WireDay,
    WireWord,
    WordsParameter,
    strip_filler,
)
from bot.dialogue.parameters.clock import TimeOfDayParameter, WeekdayParameter
from bot.dialogue.parameters.zone import ZoneParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Reply
from bot.dialogue.text import Text, Typed

T = TypeVar("T")
_STORED = 128
"""Characters of a title that are kept; a name on a board has fewer."""
_CHANGES = ChoiceParameter(
    Text("create"),
    Text("what to do with the group"),
    Text("What shall I do?"),
    {
        "create": Text("create"),
        "settings": Text("settings"),
        "invite": Text("invite"),
        "place": Text("place"),
        "join": Text("join"),
        "leave": Text("leave"),
        "members": Text("members"),
        "remove": Text("remove"),
        "organiser": Text("organiser"),
        "roadmap": Text("roadmap"),
        "stop": Text("stop"),
    },
)
_NAMING = {"remove", "organiser"}
"""Changes behind which a member's name stands, whatever else it may look like."""
_TITLED = {"join", "create"}
"""Changes behind which a new name stands."""


def _unless(changes: set[str], parameter: Parameter[T]) -> Parameter[T]:
    """The parameter, which finds nothing where one of these changes is asked for."""
    guarded, take = copy(parameter), parameter.take

    def guard(said: str, ctx: Context) -> tuple[T, str] | None:
        asked = ctx.request.args.get("change")
        if asked is None and (found := _CHANGES.take(strip_filler(ctx.request.rest, ctx.locale), ctx)):
            asked = found[0]
        return None if asked in changes else take(said, ctx)

    guarded.take = guard  # type: ignore[method-assign]
    guarded.read = parameter.read  # type: ignore[method-assign] # what stands in an option's own field is meant so
    return guarded


Change = Annotated[str, _CHANGES]
ShownRef = Annotated[
    Shown,
    _unless(
        _NAMING,
        ChoiceParameter(
            Text("not shown"),
            Text("how the group sees you"),
            Text("How shall the group see you?"),
            {str(shown): label for shown, label in joining.LABELS.items()},
        ),
    ),
]
KindRef = Annotated[
    str,
    _unless(
        _NAMING | _TITLED,
        ChoiceParameter(
            "checkin",
            Text("which message"),
            Text("Which message?"),
            home.NAMES,
        ),
    ),
]
Words = Annotated[
    str,
    WordsParameter("Ada L.", Text("a name, or the code of an invitation"), Text("Which name?"), longest=_STORED),
]
Day = Annotated[int, _unless(_NAMING | _TITLED, WeekdayParameter())]
Time = Annotated[time, _unless(_NAMING | _TITLED, TimeOfDayParameter())]
Zone = Annotated[ZoneInfo, _unless(_NAMING | _TITLED, ZoneParameter())]

_USES = {
    "create": {"words", "zone"},
    "join": {"shown", "words"},
    "remove": {"words"},
    "organiser": {"words"},
    "settings": {"kind", "weekday", "at", "zone"},
}
"""What may be said with a change; with all others nothing."""
_PLAIN = {
    "leave": joining.leave,
    "stop": home.stop,
    "invite": inviting.invite,
    "place": inviting.place_code,
    "members": members.members,
}
_WITH_A_NAME = {"remove": members.remove, "organiser": members.appoint}


@command(
    private=frozenset({"join", "leave", "invite", "place", "members", "remove", "organiser", "roadmap"}),
    reads=frozenset({"members"}),
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
    weekday: Day | None = None,
    at: Time | None = None,
    zone: Zone | None = None,
    words: Words | None = None,
    of: Number | None = None,
    live: Flag | None = None,
    code: WireWord | None = None,
    who: Number | None = None,
    track: WireWord | None = None,
    since: WireDay | None = None,
) -> Reply:
    """Learn together: make a group's home, invite, join, and say how you are shown."""
    values = {"shown": shown, "kind": kind, "weekday": weekday, "at": at, "zone": zone, "words": words}
    given = _given(ctx, values)
    _check_all_is_used(ctx, change, given)
    if change == "create":
        return home.create(ctx, words, zone)
    if change == "join" and (code := code or (read_code(words) if words and shown is None else None)):
        return inviting.enter(ctx, code, shown, words if shown == "alias" else None)
    if change == "place" and ctx.request.place and of is None:
        return placing.add_here(ctx)
    meant = group_meant(ctx, of, "group", **given, **({"change": change} if change else {}))
    if change == "join":
        return joining.join(ctx, meant, shown, words)
    if change in _PLAIN:
        return _PLAIN[change](ctx, meant)
    if change == "roadmap":
        return following.choose(ctx, meant, track, since)
    if change in _WITH_A_NAME:
        return _WITH_A_NAME[change](ctx, meant, words, who)
    if zone or weekday is not None or at is not None:
        home.reschedule(ctx, meant, kind, weekday, at, zone)
    if live is not None:
        home.set_live(ctx, meant, live=live)
    if change == "settings":
        check_organises(ctx, meant)
        home.try_again(ctx, meant)
    return home.shown(ctx, ctx.uow.groups.get(meant.id) or meant)


def _given(ctx: Context, values: Mapping[str, object]) -> dict[str, str]:
    """What was said, in wire words."""
    options = {option.name: option.parameter for option in commands_of(ctx)["group"].options}
    return {name: options[name].wire(value) for name, value in values.items() if value is not None}


def _check_all_is_used(ctx: Context, change: str | None, given: Mapping[str, str]) -> None:
    """Refuse what has no meaning with this change, instead of passing over it."""
    left = given.keys() - _USES.get(change or "settings", set())
    if change == "create" and ctx.request.place and "words" in given:
        left = {"words"}  # a chat has a title of its own, so this is no name: perhaps a zone
    if not left and "kind" in given:
        left = set() if given.keys() & {"weekday", "at", "zone"} else {"kind"}  # which message, but not when
    if left and not ctx.request.pressed:
        said = strip_filler(ctx.request.rest, ctx.locale)
        if change and (found := _CHANGES.take(said, ctx)):
            said = found[1]
        raise Refusal(
            Text("I did not understand “{words}”.", words=said or ", ".join(given.values())),
            Text("This is how it goes: {usage}", usage=Typed(commands_of(ctx)["group"].usage)),
            buttons=(Button(Text("Go on without it"), "group", {"change": change} if change else {}),),
        )
