"""/settings: everything that can be changed, in one place."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Fields, Heading, Reply, reply
from bot.dialogue.text import Day, Minutes, Plural, Text, words
from bot.dialogue.wording import languages


@command()
def settings(ctx: Context) -> Reply:
    """See and change your settings."""
    study, who = ctx.study, ctx.who
    usual = study.commitments.usual()
    idle = study.commitments.idle(ctx.today)
    paused = idle == "pause"
    hours = Text("{hours} a week", hours=Minutes(usual))
    active = sum(1 for rule in ctx.store.reminders.rules(who.id) if rule.due)
    return reply(
        Heading(Text("Your settings")),
        Fields(
            (
                (Text("Roadmap"), Text("{title}, since {day}", title=study.roadmap.title, day=Day(study.start))),
                (Text("Hours"), _hours(hours, idle)),
                (Text("Time zone"), words(who.zone.key)),
                (Text("Language"), words(languages()[who.locale])),
                (Text("Reminders"), Plural("{n} a week", "{n} a week", n=active) if active else Text("muted")),
            )
        ),
        buttons=(
            (
                Button(Text("Hours a week"), "pace"),
                Button(Text("End the pause"), "resume") if paused else Button(Text("Pause"), "pause"),
            ),
            (
                Button(Text("Reminders"), "reminders"),
                Button(Text("Time zone"), "timezone"),
                Button(Text("Language"), "language"),
            ),
            (Button(Text("Privacy"), "privacy"),),
        ),
    )


def _hours(hours: Text, idle: str | None) -> Text:
    if idle == "pause":
        return Text("{hours} (on pause)", hours=hours)
    return Text("{hours} (ill today)", hours=hours) if idle == "ill" else hours
