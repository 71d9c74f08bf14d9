"""/deleteme: delete everything about a person, after a confirmation, as it cannot be undone."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Text
from bot.usecases.delete_learner import delete_learner, forget_account


@command(section=YOU)
def deleteme(ctx: Context, sure: Flag = False) -> Reply:
    """Delete everything I keep about you."""
    if ctx.learner is None:
        forget_account(ctx.uow, ctx.request.account)
        ctx.forgotten = True
        return reply(Text("I keep nothing about you."), anew=True)
    if not sure:
        return reply(
            Text("This deletes your roadmap, every entry, your reminders and your places on boards, for good."),
            Text("It is the one thing I cannot undo. You may want your export first."),
            buttons=(
                (Button(Text("Delete everything"), "deleteme", {"sure": "1"}), Button(Text("Export first"), "export")),
                (Button(Text("Keep everything"), "today", answers="no"),),
            ),
            anew=True,
        )
    delete_learner(ctx.uow, ctx.learner, ctx.today, ctx.now)
    ctx.learner, ctx.forgotten = None, True
    return reply(
        Text("Done. Everything about you is deleted. Backups of the host forget you as they are replaced."),
        Text(
            "What I have written in the chats of groups I cannot take back; only boards and what was said when you "
            "finished a roadmap change, within a minute."
        ),
        Text("You are welcome back any time."),
    )
