"""Tell a group's places once that it follows another roadmap, or another version of its own."""

from bot.commands.groups.following import follow_buttons
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, WireWord
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Heading, Reply, reply
from bot.dialogue.text import Minutes, Plural, Text, words


@command(private=False, scheduled=True)
def groupfollows(ctx: Context, track: WireWord, new: Flag) -> Reply:
    """Hear what your group follows now."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if group is None or group.roadmap != track:
        raise NothingToSend("the group follows something else by now")
    followed = ctx.roadmap(track)
    if not new:
        return reply(
            Text(
                "“{title}” has a new version, {version}. Everybody's own plan stays until they take it.",
                title=followed.title,
                version=followed.version,
            ),
            buttons=(follow_buttons(track, new=False),),
        )
    time = Minutes(followed.minutes_per_week)
    return reply(
        Heading(Text("{group} follows “{title}” now.", group=group.title, title=followed.title)),
        words(followed.summary),
        Plural("{n} week of {time}.", "{n} weeks of {time}.", n=followed.weeks, time=time),
        Text("Whoever likes follows it, too; everybody else's own plan stays as it is."),
        buttons=(follow_buttons(track, new=True),),
    )
