"""/timezone: the time zone of the learner's days and reminders."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Timezone
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Moment, Text
from bot.usecases.note_preference import note_preference
from bot.usecases.set_time_zone import set_time_zone


@command(section=YOU, examples=("/timezone berlin", "/timezone America/New_York"), spoken=Text("timezone, time zone"))
def timezone(ctx: Context, zone: Timezone) -> Reply:
    """Set the time zone of your days and reminders."""
    if ctx.learner is None:
        note_preference(ctx.uow, ctx.request.account, zone=zone)
        return reply(
            Text("Your days will be those of {zone}, where it is {now}.", zone=zone.key, now=Moment(ctx.now, zone.key)),
            buttons=(Button(Text("Start"), "start"),),
        )
    before = ctx.who.zone
    ctx.learner = set_time_zone(ctx.uow, ctx.who, ctx.study, zone, ctx.now)
    return reply(
        Text("Your days are now those of {zone}, where it is {now}.", zone=zone.key, now=Moment(ctx.now, zone.key)),
        Text("Your reminders keep their hours, on the new clock. What you have logged stays on its dates."),
        buttons=((Button(Text("Undo"), "timezone", {"zone": before.key}), Button(Text("Reminders"), "reminders")),),
    )
