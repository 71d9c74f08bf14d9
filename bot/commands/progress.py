"""/progress: how far the learner is, how steadily they study, and when they will be done."""

from bot.commands.views.progress import (
    balance_text,
    finish_text,
    idle_text,
    pace_text,
    roadmap_bar,
    streak_text,
    week_bar,
    week_number_text,
)
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Fields, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text, words


@command(reads=True, spoken=Text("progress, my progress"))
def progress(ctx: Context) -> Reply:
    """See how far you are and when you will be done."""
    study, today = ctx.study, ctx.today
    other = sum(resting.logged for resting in study.beside)
    return reply(
        Heading(words(study.roadmap.title)),
        roadmap_bar(study),
        week_bar(study, today, today),
        *([Line(idle)] if (idle := idle_text(study, today)) else []),
        Fields(
            (
                (
                    Text("Where"),
                    Text("{week}: {module}", week=week_number_text(study, today), module=study.module.title),
                ),
                (Text("Plan"), balance_text(study, today)),
                (Text("Streak"), streak_text(study, today)),
                (Text("Done as planned"), finish_text(study, today)),
                (Text("Done at your pace"), pace_text(study, today)),
                (Text("Studied so far"), Text("{time}", time=Minutes(study.logged))),
                *([(Text("On other roadmaps"), Text("{time}", time=Minutes(other)))] if other else []),
            )
        ),
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("Plan"), "plan"), Button(Text("Why these numbers"), "why")),
            # More than a week is open, so the plan may need an adjustment.
            (Button(Text("Catch up"), "catchup"),) if study.debt(today) > study.commitments.usual() else (),
        ),
        anew=True,
    )
