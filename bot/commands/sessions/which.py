"""Find the study session that a request is about, and put refusals into words."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from bot.commands.groups.which import group_meant
from bot.commands.sessions.views import button_label
from bot.core.group import Group
from bot.core.ids import GroupId, SessionId
from bot.core.session import StudySession
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button
from bot.dialogue.text import Text, Typed
from bot.usecases.attend_session import SessionIsOver
from bot.usecases.leave_group import NotAMember
from bot.usecases.session_rights import NotTheirs


def session_of(ctx: Context, id_: int | None) -> StudySession:
    """The session of this id. Refuses one that is not of this chat's group, nor of one that the learner is in."""
    session = ctx.uow.sessions.get(SessionId(id_)) if id_ is not None else None
    if session is None:
        raise Refusal(Text("That session is over."), buttons=(Button(Text("Sessions"), "session"),), final=True)
    here = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if (here is None or here.id != session.group) and ctx.uow.groups.member(session.group, ctx.who.id) is None:
        raise Refusal(Text("That is not a group of yours."), final=True)
    return session


def group_of(ctx: Context, session: StudySession) -> Group:
    """The session's group, which is there as long as the session is."""
    group = ctx.uow.groups.get(GroupId(session.group))
    assert group is not None  # noqa: S101 - a session is deleted with its group
    return group


def session_meant(
    ctx: Context,
    id_: int | None,
    of: int | None,
    command: str,
    args: dict[str, str],
    fits: Callable[[StudySession], bool],
) -> StudySession:
    """The session of this id, else the only one to come that `fits`. Refuses where there is none, or asks which."""
    if id_ is not None:
        return session_of(ctx, id_)
    group = group_meant(ctx, of, command, **args)
    check_member_here(ctx, group)
    fitting = [session for session in ctx.uow.sessions.ahead(group.id, ctx.now) if fits(session)]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise Refusal(
            Text("There is no session of yours to come in {group}.", group=group.title),
            buttons=(Button(Text("Sessions"), "session", {"of": str(group.id)}),),
        )
    raise Refusal(Text("Which session?"), buttons=_offers(ctx, fitting, command, args), final=True)


def _offers(ctx: Context, sessions: Sequence[StudySession], command: str, args: dict[str, str]) -> list[Button]:
    zone = group_of(ctx, sessions[0]).zone
    return [Button(button_label(session, zone), command, args | {"session": str(session.id)}) for session in sessions]


def check_member_here(ctx: Context, group: Group) -> None:
    """Refuse who is no member of the group."""
    if ctx.uow.groups.member(group.id, ctx.who.id) is None:
        raise members_only(group)


def members_only(group: Group) -> Refusal:
    """Only members propose sessions and come to them."""
    return Refusal(
        Text("Only members of {group} can do that.", group=group.title),
        Text("{join} makes you one; you need not be shown.", join=Typed("/group join")),
        buttons=(Button(Text("Join the board"), "group.join", {"of": str(group.id)}),),
        final=True,
    )


@contextmanager
def worded(ctx: Context, session: StudySession) -> Iterator[None]:
    """Turn errors of use cases of sessions that are raised inside into refusals."""
    try:
        yield
    except NotAMember:
        raise members_only(group_of(ctx, session)) from None
    except NotTheirs:
        raise Refusal(
            Text("Only who proposed it, and organisers of {group}, can do that.", group=group_of(ctx, session).title),
            final=True,
        ) from None
    except SessionIsOver:
        off = Text("That session is off.")
        raise Refusal(
            off if session.cancelled_at and not session.begun(session.cancelled_at) else Text("That session is over."),
            buttons=(Button(Text("Sessions"), "session", {"of": str(session.group)}),),
            final=True,
        ) from None
