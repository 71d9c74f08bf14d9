"""/privacy: what is stored, who sees it, and how to export or delete it."""

from bot.commands.groups.joining import promise
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Bullets, Button, Heading, Line, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Text, Typed


@command(section=YOU, reads=True, spoken=Text("privacy, my data"))
def privacy(ctx: Context) -> Reply:  # noqa: ARG001
    """See what I keep about you, and who sees it."""
    return reply(
        Heading(Text("What I keep")),
        Bullets(
            (
                Text("Your account's id and name on this platform, your language and your time zone."),
                Text(
                    "Your roadmap, your hours a week, every entry with its note, "
                    "and your answers to check-ins and quiz questions."
                ),
                Text("The groups you are in, as whom, and the codes you made or entered."),
                Text("Your study times, when your reminders are due and which were sent."),
                Text("Which study sessions you come to, and from when to when you were there, for 100 days."),
                Text("Hours out of a file you sent, until you have decided about them, for a week at most."),
                Text("When you made an address for your calendar and opened your page; not the addresses themselves."),
                Text("What I answered you, for three days, so that a message that arrives twice counts once."),
            )
        ),
        Heading(Text("Who sees it")),
        Bullets(
            (
                Text(
                    "You. A group sees something of you only if you said yes to it there; "
                    "{leave} takes it back at once.",
                    leave=Typed("/group leave"),
                ),
                *promise(),
                Text("Where an organiser has given a group's board a page, whoever has its address sees the board."),
                Text("Whoever runs this bot has the database. It is sent to nobody else."),
            )
        ),
        Line(
            Text(
                "{export} gives you everything; {deleteme} deletes everything.",
                export=Typed("/export"),
                deleteme=Typed("/deleteme"),
            )
        ),
        buttons=((Button(Text("Export"), "export"), Button(Text("Delete me"), "deleteme")),),
        anew=True,
    )
