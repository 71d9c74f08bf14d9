"""/session: sit down to study together at an agreed time, with one timer for all."""

from datetime import time
from typing import Annotated

from bot.commands.sessions import attending, changing
from bot.commands.sessions.planning import Asked, planned
from bot.core.session import LONGEST_TOPIC, Rhythm
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.parameters.lasting import Lasting, LastingParameter
from bot.dialogue.parameters.meeting import BeginsParameter, Days, DaysParameter, RhythmParameter, TopicParameter
from bot.dialogue.reply import Reply
from bot.dialogue.section import GROUPS
from bot.dialogue.text import Text

MeetingDays = Annotated[Days, DaysParameter()]
Begins = Annotated[time, BeginsParameter()]
Length = Annotated[Lasting, LastingParameter()]
RhythmRef = Annotated[Rhythm, RhythmParameter()]
Topic = Annotated[
    str,
    TopicParameter(Text("backprop"), Text("what it is about"), Text("What is it about?"), longest=LONGEST_TOPIC),
]
_EXAMPLES = (
    "/session",
    Text('/session tonight 20:00 90m "backprop"'),
    Text("/session every tuesday 20:00"),
    Text("/session move 21:00"),
)


@command(section=GROUPS, examples=_EXAMPLES, spoken=Text("session, sessions, study session, study sessions"))
def session(
    ctx: Context,
    day: MeetingDays | None = None,
    at: Begins | None = None,
    length: Length | None = None,
    topic: Topic | None = None,
    rhythm: RhythmRef | None = None,
    of: Number | None = None,
) -> Reply:
    """Study together with your group at a time you agree on."""
    return planned(ctx, Asked(day, at, length, topic, rhythm), of)


@session.sub(word=Text("plan"), alone=True, examples=_EXAMPLES[1:3])
def plan(
    ctx: Context,
    day: MeetingDays | None = None,
    at: Begins | None = None,
    length: Length | None = None,
    topic: Topic | None = None,
    rhythm: RhythmRef | None = None,
    of: Number | None = None,
) -> Reply:
    """Propose a session, or see those to come."""
    return planned(ctx, Asked(day, at, length, topic, rhythm), of)


@session.sub(word=Text("move"), examples=(Text("/session move 21:00"),))
def move(
    ctx: Context,
    day: MeetingDays | None = None,
    at: Begins | None = None,
    session: Number | None = None,
    of: Number | None = None,
) -> Reply:
    """Move a session of yours to another time."""
    return changing.move(ctx, day, at, session, of)


@session.sub(word=Text("cancel"), also=Text("Call it off"))
def cancel(ctx: Context, session: Number | None = None, of: Number | None = None) -> Reply:
    """Call a session of yours off, this once."""
    return changing.cancel(ctx, session, of)


@session.sub(hidden=True)
def stop(ctx: Context, series: Number) -> Reply:
    """End a series of sessions."""
    return changing.stop(ctx, series)


@session.sub(hidden=True)
def in_(ctx: Context, session: Number) -> Reply:
    """Say that you are coming."""
    return attending.come(ctx, session)


@session.sub(hidden=True)
def out(ctx: Context, session: Number) -> Reply:
    """Say that you are not coming after all."""
    return attending.stay_away(ctx, session)


@session.sub(hidden=True)
def here(ctx: Context, session: Number) -> Reply:
    """Be there."""
    return attending.arrive(ctx, session)


@session.sub(hidden=True)
def off(ctx: Context, session: Number) -> Reply:
    """Be there no more."""
    return attending.depart(ctx, session)


@session.sub(hidden=True)
def unlogged(ctx: Context) -> Reply:
    """Log nothing of a session."""
    return attending.log_nothing(ctx)
