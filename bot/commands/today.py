"""/today: the one next step."""

from collections.abc import Sequence
from datetime import date

from bot.commands.starting.dates import today_button
from bot.commands.views.closing import closing_fields, thanks_of
from bot.commands.views.progress import balance_text, finish_text, idle_text, week_bar
from bot.commands.views.projects import Section, ending, ending_buttons, lately
from bot.commands.views.step import minutes_today, step_buttons, whole_step
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Available
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Text

# note: patterns of sentences (see bot/dialogue/sentences.py) that mean /today
_SENTENCES = Sentences(
    Text(
        "what should/shall/do/must/am i (supposed/have/need/meant) (to) do/study/learn/start/continue (on) "
        "(with) (now/next/today/first/tonight), what should/shall/do i work on (now/next/today/tonight), what "
        "(is/are/was) (my/the/todays) (task/tasks/plan/step/job) (for) now/today/tonight, whats "
        "up/on/due/planned (for/on) (now/today/tonight), whats (is) (the/my) next/current "
        "(step/task/thing/up/lesson/chapter/topic/video/item) "
        "(for) (now/today), what comes/is (up) next (up) (today), what (is) next (step/task/thing), what/whats "
        "(is/are) (the/my/todays) task/tasks/assignment/todo (for) (now/today), what/whats (is) (the/my/todays) "
        "plan for now/today/tonight, whats todays plan, (the/my) next (step/task/thing/lesson/chapter/item), "
        "what to do/study/learn (now/next/today/tonight), show/give/tell/send (me) (whats) (the/my/todays) "
        "(next) today/task/step/tasks (for) (today/now), give/tell/show (me) something/what/sth to "
        "do/study/learn (now/next/today), where do/did/should/was i (continue/stop/left/leave/start) (off) "
        "(now/today), anything/something (to) (do/study) (for) today, where were we, lets go/start/continue, whats "
        "on/up (for) (today) (today), what … should/shall/must/have … i … "
        "do/study/learn/start/tackle/read/watch (now/next/today/tonight/on/with) (now/next/today/tonight), what "
        "do i … do/study/learn/start (with) now/next/today/first, what (do) i (have) to … do/study/learn, "
        "whats … next/today, what … up next, which … next/now/today, what … on my … list/plate/agenda "
        "…, continue (with) (the) (course/roadmap), im (bored/ready) (what/lets) (now/go), ready (to) "
        "(start/study/learn/go), (i) (have) didnt/havent/couldnt (really) (get/manage) (to) "
        "do/done/study/studied/studying (anything/any/much/it) (done) today/yesterday/yet (yet), nothing "
        "(done/studied) today/yesterday (yet), (i) did nothing (at) (all) today/yesterday"
    )
)


@command(
    section=TODAY,
    examples=("/today", "/today 25m"),
    reads=True,
    spoken=Text("today, what now, what's next"),
    sentences=_SENTENCES,
)
def today(ctx: Context, minutes: Available | None = None) -> Reply:
    """See what to do today."""
    study = ctx.study
    idle = study.commitments.idle(ctx.today)
    end_the_pause = (Button(Text("End the pause"), "resume"),) if idle == "pause" else ()
    if ctx.today < study.start:
        end_the_pause = (today_button(ctx),)
    if study.position.finished:
        end = ending(ctx, study)
        thanks = thanks_of(ctx, study)
        ctx.names_others = bool(thanks)
        return reply(
            *_finished(study, end, thanks), buttons=(end.buttons, ending_buttons(ctx), end_the_pause), anew=True
        )
    wanted = minutes or minutes_today(study, ctx.today)
    plan_text = Text(
        "Plan: {balance}. Done on: {end}.", balance=balance_text(study, ctx.today), end=finish_text(study, ctx.today)
    )
    extra = [Line(idle_line)] if (idle_line := idle_text(study, ctx.today)) else []
    if not extra and study.whole_week(ctx.today).met:
        extra.append(Line(_met_text(study, ctx.today)))
    head = Heading(Text("Today: {module}", module=study.module.title))
    tail: list[Block] = [week_bar(study, ctx.today, ctx.today), *extra, Line(plan_text)]
    step = whole_step(study, wanted, ctx.say, head, *tail)
    return reply(
        head,
        *step.blocks,
        *tail,
        links=step.links,
        buttons=(*step_buttons(study, wanted), lately(ctx, study), end_the_pause),
        anew=True,
    )


def _finished(study: Study, end: Section, thanks: Sequence[str]) -> tuple[Block, ...]:
    """The blocks for a learner with nothing left to study."""
    out = study.position.left_out
    return (
        Heading(Text("Everything in your plan is done.") if out else Text("Everything on this roadmap is done."), 1),
        closing_fields(study),
        *([Line(Text("Congratulations from {names}.", names=", ".join(thanks)))] if thanks else []),
        *end.blocks,
    )


def _met_text(study: Study, today: date) -> Text:
    """What more hours are for, once the week is met."""
    week = study.week(today)
    if study.balance(today) < 0:
        return Text("This week is met. What comes now makes up for what is open from before.")
    if week.logged < week.target:
        return Text("This week is met, and stays met.")
    return Text("This week is met. What comes now is ahead of the plan.")
