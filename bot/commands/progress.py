"""/progress: how far the learner is, how steadily they study, and when they will be done."""

from bot.commands.views.pictures import WEEKS, progress_picture, weeks_text
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
from bot.dialogue.facts import ProgressFacts
from bot.dialogue.reply import Button, Fields, Heading, Line, Picture, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Minutes, Text, words

# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /progress
_SENTENCES = Sentences(
    Text(
        "how am i doing (so) (far) (this/today) (week/month), hows/how (is) (my) progress/it (going) (so) (far), "
        "how (are) things going, how far am/have/did i (come/got/gotten/get/along) (so/yet/already) (far), how "
        "much/many (hours/time/minutes/work) have/did i (already) "
        "(done/studied/study/do/logged/log/completed/finished) (so) (far) (already) (this/in) "
        "(total/week/month), how much/many (hours/time/work/weeks) (is/are/do) (i) (still) (have) "
        "left/remaining/missing (to) (do/study) (this) (week), am i (still) (on/in) "
        "track/schedule/time/behind/ahead (of/with) (the/my) (plan/schedule), (show/see/give/tell/view/check) "
        "(me) (i) (see) (my/the) progress/stats/statistics/status/streak (so) (far), where do/am i stand/at "
        "(right) (now), did/have i (make/made/meet/met/reach/reached/finish/finished) (my/the/this) "
        "week/goal/target (this) (week/goal), how long/big/high is my streak, whats/what (is) my "
        "status/progress/streak, whats left (this) (week), how … am i doing …, how far … i …, how "
        "much/many … have/did i …, am i … track/behind/ahead/schedule …, am i doing … "
        "ok/okay/well/good/fine/enough, did/have i … enough … week/today/far, how much/many … "
        "left/missing/remaining …, how … streak …, have/did i … week/goal/target, show … "
        "progress/stats/statistics/streak …, what … my … progress/streak/stats/hours …, how … week … "
        "going/look/looking …"
    )
)


@command(section=PLAN, reads=True, spoken=Text("progress, my progress"), sentences=_SENTENCES)
def progress(ctx: Context) -> Reply:
    """See how far you are and when you will be done."""
    study, today = ctx.study, ctx.today
    other = sum(resting.logged for resting in study.beside)
    picture = progress_picture(study, today)
    return reply(
        *([picture] if picture else []),
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
                *_weeks(picture),
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


def _weeks(picture: Picture | None) -> list[tuple[Text, Text]]:
    """What the heatmap shows of weeks, in words."""
    weeks = picture.facts.weeks if picture and isinstance(picture.facts, ProgressFacts) else ()
    counts = weeks_text(weeks)
    label = Text("Last {n} weeks", n=len(weeks)) if len(weeks) == WEEKS else Text("Weeks so far")
    return [(label, counts)] if counts else []
