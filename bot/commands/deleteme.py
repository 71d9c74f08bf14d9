"""/deleteme: be forgotten. The one thing that cannot be undone, so it asks."""

from bot.commands.groups.succession import hand_over
from bot.core.learner import Learner
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text


@command()
def deleteme(ctx: Context, sure: Flag = False) -> Reply:
    """Delete everything I keep about you."""
    if ctx.learner is None:
        ctx.uow.privacy.forget(ctx.request.account)
        ctx.forgotten = True
        return reply(Text("I keep nothing about you."))
    if not sure:
        return reply(
            Text("This deletes your roadmap, every entry, your reminders and your places on boards, for good."),
            Text("It is the one thing I cannot undo. You may want your export first."),
            buttons=(
                (Button(Text("Delete everything"), "deleteme", {"sure": "1"}), Button(Text("Export first"), "export")),
                (Button(Text("Keep everything"), "today", answers="no"),),
            ),
        )
    _erase(ctx, ctx.learner)
    return reply(
        Text("Done. Everything about you is deleted. Backups of the host forget you as they are replaced."),
        Text("What stands in the chats of groups I cannot take back, but for boards, which change within a minute."),
        Text("You are welcome back any time."),
        replaces=ctx.request.pressed,
    )


def _erase(ctx: Context, who: Learner) -> None:
    """Delete everything, show boards and counts without it, and give the groups they organised alone an organiser."""
    groups = [group for group, _ in ctx.uow.groups.of(who.id)]
    ctx.uow.groups.lock(group.id for group in groups)
    counted = any(
        ctx.uow.checkins.of(who.id, week) for week in (who.weeks.first_of(ctx.today), who.weeks.before(ctx.today))
    )
    ctx.uow.privacy.erase(who.id)
    ctx.learner, ctx.forgotten = None, True
    for group in groups:
        hand_over(ctx, group)
        if counted:
            ctx.uow.live_messages.touch(group.id, "checkin", ctx.now)
