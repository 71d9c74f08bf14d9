"""How a study session is shown: when, for whom, and who is coming."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.group import Group, Member
from bot.core.ids import LearnerId
from bot.core.session import Series, StudySession
from bot.dialogue.context import Context
from bot.dialogue.reply import Button
from bot.dialogue.text import Clock, Minutes, Moment, Plural, Text
from bot.dialogue.text import Weekday as WeekdayText

_NAMED = 12
"""Names in one line; of more the rest is a number."""


def when_text(session: StudySession, zone: ZoneInfo) -> Text:
    """From when to when, in a time zone."""
    return Text("{begins} to {ends}", begins=Moment(session.starts_at, zone.key), ends=ends_clock(session, zone))


def ends_clock(session: StudySession, zone: ZoneInfo) -> Clock:
    """The local time at which a session is over."""
    return Clock(session.ends_at.astimezone(zone).time())


def button_label(session: StudySession, zone: ZoneInfo) -> Text:
    """A session as the label of a button; its topic tells it from another one at the same time."""
    begins = Moment(session.starts_at, zone.key)
    return (
        Text("{begins}: {topic}", begins=begins, topic=session.topic)
        if session.topic
        else Text("{begins}", begins=begins)
    )


def with_group(session: StudySession, group: Group) -> Text:
    """A session with its group, as the beginning of a sentence."""
    if session.topic:
        return Text("“{topic}” with {group}", topic=session.topic, group=group.title)
    return Text("Study session with {group}", group=group.title)


def rhythm_text(session: StudySession) -> Text | None:
    """The breaks of a session; None where there are none."""
    if len(session.phases) == 1:
        return None
    rhythm = session.rhythm
    return Text("{study} of study and {rest} of rest in turn.", study=Minutes(rhythm.study), rest=Minutes(rhythm.rest))


def series_text(series: Series) -> Text:
    """On which days a series takes place, and when."""
    days: Text | WeekdayText = WeekdayText(series.weekdays[0])
    for weekday in series.weekdays[1:]:
        days = Text("{days}, {day}", days=days, day=WeekdayText(weekday))
    return Text("Every week: {days} at {time}.", days=days, time=Clock(series.at))


def own_time(ctx: Context, session: StudySession, zone: ZoneInfo) -> list[Text]:
    """When a session begins for who asks, where their time zone differs from the group's."""
    theirs, groups = (session.starts_at.astimezone(z).replace(tzinfo=None) for z in (ctx.zone, zone))
    return [] if theirs == groups else [Text("For you: {when}.", when=when_text(session, ctx.zone))]


def names_of(members: Sequence[Member], learners: Sequence[LearnerId]) -> tuple[int, list[str]]:
    """How many of these learners are in the group, and the names of those who are shown."""
    by_learner = {member.learner: member for member in members}
    known = [by_learner[learner] for learner in dict.fromkeys(learners) if learner in by_learner]
    return len(known), [member.name for member in known if not member.hidden]


def coming_text(count: int, names: Sequence[str]) -> Text:
    """Who is coming; those who are not shown are counted only."""
    listed = ", ".join(names[:_NAMED])
    if not count:
        return Text("Nobody is in yet.")
    if not names:
        return Plural("{n} is in.", "{n} are in.", n=count)
    if count > len(names[:_NAMED]):
        return Plural("{n} is in, {names} among them.", "{n} are in, {names} among them.", n=count, names=listed)
    return Plural("{n} is in: {names}.", "{n} are in: {names}.", n=count, names=listed)


def here_text(count: int, names: Sequence[str]) -> Text:
    """Who is there; those who are not shown are counted only."""
    listed = ", ".join(names[:_NAMED])
    if not count:
        return Text("Nobody is here yet.")
    if not names:
        return Plural("{n} is here.", "{n} are here.", n=count)
    if count > len(names[:_NAMED]):
        return Plural("{n} is here, {names} among them.", "{n} are here, {names} among them.", n=count, names=listed)
    return Plural("{n} is here: {names}.", "{n} are here: {names}.", n=count, names=listed)


def about(session: StudySession) -> dict[str, str]:
    """The arguments of a button about a session."""
    return {"session": str(session.id)}


def coming_buttons(session: StudySession) -> tuple[Button, ...]:
    """Buttons before a session begins."""
    return (
        Button(Text("I'm in"), "session.in", about(session)),
        Button(Text("I can't"), "session.out", about(session)),
    )


def there_buttons(session: StudySession) -> tuple[Button, ...]:
    """Buttons while a session goes on."""
    return (
        Button(Text("I'm here"), "session.here", about(session)),
        Button(Text("I'm off"), "session.off", about(session)),
    )


def stop_button(series: Series, label: Text) -> Button:
    """A button that ends a series."""
    return Button(label, "session.stop", {"series": str(series.id)})
