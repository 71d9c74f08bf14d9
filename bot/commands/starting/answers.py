"""The replies of /start: the first step, or where the learner is."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.commands.starting.offers import offered_roadmaps
from bot.commands.views.progress import balance_text, finish_text, week_bar
from bot.commands.views.step import minutes_today, step_buttons, whole_step
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Day, Minutes, Text, Typed, Weekday
from roadmap.model import Roadmap


def enrolled_text(study: Study, today: date) -> Text:
    """The roadmap that is followed from today on, with its hours and its end."""
    return Text(
        "{title}, {hours} a week, from today. At that pace you finish on {day}.",
        title=study.roadmap.title,
        hours=Minutes(study.commitments.usual()),
        day=Day(study.finish(today) or today),
    )


def switched(ctx: Context, left: Roadmap) -> Reply:
    """The reply to a change of roadmap: settings are kept, so the first step follows at once."""
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    now = Text(
        "You follow “{title}” now, {hours} a week. Done on: {end}.",
        title=study.roadmap.title,
        hours=Minutes(study.commitments.usual()),
        end=finish_text(study, ctx.today),
    )
    rests = Text("“{title}” rests: its hours are kept, and nothing is owed on it.", title=left.title)
    head = (Line(now), Line(rests), Heading(Text("Your first step"), 3))
    step = whole_step(study, minutes, ctx.say, *head)
    return reply(
        *head,
        *step.blocks,
        links=step.links,
        buttons=(
            *step_buttons(study, minutes),
            (Button(Text("Back to the one before"), "start", {"roadmap": left.id}),),
        ),
    )


def welcomed(ctx: Context, zone: ZoneInfo) -> Reply:
    """The reply that ends a start: what is sent when, and the first step."""
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    announcement, checkin = ctx.reminder_kinds["announcement"], ctx.reminder_kinds["checkin"]
    when = Text(
        "Every {monday} at {nine} I tell you what the week is for, every {sunday} at {six} I ask how it went; "
        "{reminders} changes that. {help} shows the rest.",
        monday=Weekday(announcement.weekday),
        nine=Clock(announcement.at),
        sunday=Weekday(checkin.weekday),
        six=Clock(checkin.at),
        reminders=Typed("/reminders"),
        help=Typed("/help"),
    )
    set_ = Text("All set. Your days are those of {zone}.", zone=zone.key)
    head = (Line(set_), Line(when), Heading(Text("Your first step"), 3))
    step = whole_step(study, minutes, ctx.say, *head)
    return reply(
        *head,
        *step.blocks,
        links=step.links,
        buttons=step_buttons(study, minutes),
    )


def going_on(ctx: Context) -> Reply:
    """The reply to a learner who starts again: where they are, and the other roadmaps."""
    study = ctx.study
    others = {id_: title for id_, title in offered_roadmaps(ctx).items() if id_ != study.roadmap.id}
    return reply(
        Text(
            "You are on your way, and everything is still here: {title}, since {day}.",
            title=study.roadmap.title,
            day=Day(study.start),
        ),
        week_bar(study, ctx.today, ctx.today),
        Text("Plan: {balance}.", balance=balance_text(study, ctx.today)),
        buttons=[
            (
                Button(Text("Today"), "today"),
                Button(Text("Progress"), "progress"),
                Button(Text("Settings"), "settings"),
            ),
            *((Button(Text("Begin again"), "start", {"again": "again"}),) if study.position.covered else ()),
            *(
                (Button(Text("Follow “{title}”", title=title), "start", {"roadmap": id_}),)
                for id_, title in others.items()
            ),
        ],
        anew=True,
    )
