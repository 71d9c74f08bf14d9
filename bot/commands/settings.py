"""/settings: everything that can be changed, in one place."""

from collections.abc import Sequence
from datetime import time
from typing import Annotated

from bot.commands.views.pauses import cancel_buttons, planned, span_text
from bot.commands.views.reminders import messages_a_week, rules_of
from bot.commands.views.study_times import total_text
from bot.commands.weekbegins import begins_text
from bot.core.study_time import study_times_in
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice
from bot.dialogue.parameters.clock import TimeOfDayParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Fields, Heading, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Clock, Day, Minutes, Plural, Text, words
from bot.dialogue.wording import languages
from bot.usecases.begin_days_at import LATEST, TooLateInTheDay, begin_days_at


class DayStartParameter(TimeOfDayParameter):
    """When a day begins: at midnight, or some hours later for whoever studies into the night."""

    example = "04:00"
    about = Text("when your day begins")
    question = Text("At what time does your day begin? What you log before it belongs to the day before.")

    def choices(self, ctx: Context) -> Sequence[Choice]:  # noqa: ARG002
        """The full hours at which a day can begin."""
        return [Choice(Text("{time}", time=Clock(time(hour))), f"{hour:02}:00") for hour in range(LATEST // 60 + 1)]


@command(hidden=True)
def daybegins(ctx: Context, at: Annotated[time, DayStartParameter()]) -> Reply:
    """Say when your day begins."""
    minutes, before = at.hour * 60 + at.minute, ctx.who.day_begins
    try:
        ctx.learner = begin_days_at(ctx.uow, ctx.who, ctx.study, minutes, ctx.now)
    except TooLateInTheDay:
        latest = Clock(time(LATEST // 60))
        raise Refusal(
            Text("A day can begin from {first} to {latest}.", first=Clock(time()), latest=latest), option="at"
        ) from None
    return reply(
        Text("Your day begins at {time} now; it is {day}.", time=Clock(at), day=Day(ctx.today)),
        Text("What you have logged stays on its dates, and your reminders keep their hours."),
        buttons=(
            (
                Button(Text("Undo"), "daybegins", {"at": f"{before // 60:02}:{before % 60:02}"}),
                Button(Text("Settings"), "settings"),
            ),
        ),
    )


@command(section=YOU, spoken=Text("settings, my settings"))
def settings(ctx: Context) -> Reply:
    """See and change your settings."""
    study, who = ctx.study, ctx.who
    usual = study.commitments.usual()
    idle = study.commitments.idle(ctx.today)
    paused = idle == "pause"
    hours = Text("{hours} a week", hours=Minutes(usual))
    rules = rules_of(ctx)
    number, times = messages_a_week(ctx, rules), study_times_in(rules)
    return reply(
        Heading(Text("Your settings")),
        Fields(
            (
                (Text("Roadmap"), Text("{title}, since {day}", title=study.roadmap.title, day=Day(study.start))),
                (Text("Hours"), _hours(hours, idle)),
                *((Text("Planned pause"), span_text(absence)) for absence in planned(ctx)),
                (Text("Time zone"), words(who.zone.key)),
                (
                    Text("My day begins at"),
                    Text("{time}", time=Clock(time(who.day_begins // 60, who.day_begins % 60))),
                ),
                (Text("My week begins on"), begins_text(who.weeks, ctx.today)),
                (Text("Language"), words(languages()[who.locale])),
                (Text("Reminders"), Plural("{n} a week", "{n} a week", n=number) if number else Text("muted")),
                (Text("Study times"), total_text(times, usual) if times else Text("none set")),
            )
        ),
        buttons=(
            (
                Button(Text("Hours a week"), "pace"),
                Button(Text("End the pause"), "resume") if paused else Button(Text("Pause"), "pause"),
            ),
            (
                Button(Text("Reminders"), "reminders"),
                Button(Text("Study times"), "times"),
                Button(Text("Time zone"), "timezone"),
                Button(Text("Language"), "language"),
            ),
            cancel_buttons(ctx),
            (Button(Text("Calendar"), "calendar"), Button(Text("Your page"), "page")) if ctx.site else (),
            (
                Button(Text("My day begins at"), "daybegins"),
                Button(Text("Week begins"), "weekbegins"),
                Button(Text("Privacy"), "privacy"),
            ),
        ),
        anew=True,
    )


def _hours(hours: Text, idle: str | None) -> Text:
    if idle == "pause":
        return Text("{hours} (on pause)", hours=hours)
    return Text("{hours} (ill today)", hours=hours) if idle == "ill" else hours
