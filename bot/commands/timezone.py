"""/timezone: whose midnight ends the learner's day."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Timezone
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Moment, Text


@command(examples=("/timezone berlin", "/timezone America/New_York"), spoken=Text("timezone, time zone"))
def timezone(ctx: Context, zone: Timezone) -> Reply:
    """Set the time zone of your days and reminders."""
    if ctx.learner is None:
        ctx.uow.learners.set_preference(ctx.request.account, zone=zone)
        return reply(
            Text("Your days will be those of {zone}, where it is {now}.", zone=zone.key, now=Moment(ctx.now, zone.key)),
            buttons=(Button(Text("Start"), "start"),),
            replaces=ctx.request.pressed,
        )
    before = ctx.who.zone
    ctx.move_to(zone)
    return reply(
        Text("Your days are now those of {zone}, where it is {now}.", zone=zone.key, now=Moment(ctx.now, zone.key)),
        Text("Your reminders keep their hours, on the new clock. What you have logged stays on its dates."),
        buttons=((Button(Text("Undo"), "timezone", {"zone": before.key}), Button(Text("Reminders"), "reminders")),),
        replaces=ctx.request.pressed,
    )
