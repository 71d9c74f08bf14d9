"""The study sessions of a group that are to come."""

from collections.abc import Sequence
from datetime import time

from bot.commands.sessions.views import coming_text, names_of, series_text, stop_button, when_text
from bot.core.calendar import DAY, instant, local_date
from bot.core.group import Group
from bot.core.session import MOST_AHEAD, StudySession
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Bullets, Button, Buttons, Heading, Line, Reply, reply
from bot.dialogue.session_title import title_text
from bot.dialogue.text import Clock, Moment, Text, Typed
from bot.usecases.session_rights import may_change

_EVENING = time(20)
_WITH_BUTTONS = 3
"""Sessions, and series, that have a button in the list."""


def listed(ctx: Context, group: Group) -> Reply:
    """The sessions to come, with what the learner can do about each."""
    sessions = ctx.uow.sessions.ahead(group.id, ctx.now)[:MOST_AHEAD]
    blocks: list[Block] = [Heading(Text("Study sessions of {group}", group=group.title))]
    if sessions:
        blocks += [Bullets(tuple(_line(ctx, group, session) for session in sessions))]
    else:
        blocks += [Line(Text("None is agreed on."))]
    usage = Typed(Text('/session tonight 20:00 90m "backprop"'))
    blocks.append(Line(Text("{usage} proposes one; times are those of {zone}.", usage=usage, zone=group.zone.key)))
    return reply(*blocks, buttons=_list_buttons(ctx, group, sessions), anew=True)


def _line(ctx: Context, group: Group, session: StudySession) -> Text:
    coming, _ = names_of(ctx.uow.groups.members(group.id), ctx.uow.sessions.coming(session.id))
    return Text(
        "{when}: {title}. {coming}",
        when=when_text(session, group.zone),
        title=title_text(session),
        coming=coming_text(coming, ()),
    )


def _list_buttons(ctx: Context, group: Group, sessions: Sequence[StudySession]) -> Buttons:
    rows: list[Button | tuple[Button, ...]] = []
    for session in sessions[:_WITH_BUTTONS]:
        begins = Moment(session.starts_at, group.zone.key)
        args = {"session": str(session.id)}
        if ctx.who.id in ctx.uow.sessions.coming(session.id):
            rows.append(Button(Text("I can't: {begins}", begins=begins), "session.out", args))
        else:
            rows.append(Button(Text("I'm in: {begins}", begins=begins), "session.in", args))
    rows.extend(
        stop_button(series, Text("Stop: {series}", series=series_text(series)))
        for series in ctx.uow.sessions.series_of(group.id)[:_WITH_BUTTONS]
        if may_change(ctx.uow, ctx.who, series)
    )
    today = local_date(ctx.now, group.zone)
    days = [
        (today, Text("Tonight at {time}", time=Clock(_EVENING))),
        (today + DAY, Text("Tomorrow at {time}", time=Clock(_EVENING))),
    ]
    rows.append(
        tuple(
            Button(label, "session", {"day": day.isoformat(), "at": f"{_EVENING:%H:%M}", "of": str(group.id)})
            for day, label in days
            if instant(day, _EVENING, group.zone) > ctx.now
        )
    )
    return rows
