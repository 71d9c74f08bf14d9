"""/done: mark an item as done although planned minutes of it are left."""

from datetime import date

from bot.commands.views.closing import just_finished
from bot.commands.views.criteria import checklist_button, hours_done_text
from bot.commands.views.leaving import complete_already
from bot.commands.views.progress import roadmap_bar
from bot.commands.views.projects import Section, checklists, page_button
from bot.commands.views.step import minutes_today, short_step
from bot.core.calendar import DAY, instant
from bot.core.checkin import week_asked
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ItemRef
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Line, Reply, reply
from bot.dialogue.section import TODAY
from bot.dialogue.text import Minutes, Text
from bot.usecases.mark_done import CompleteAlready, LeftOut, mark_done, minutes_left


@command(section=TODAY, examples=("/done", "/done calculus"), spoken=Text("done with"))
def done(ctx: Context, item: ItemRef | None = None) -> Reply:
    """Mark an item as done early."""
    study = ctx.study
    item_omitted = item is None
    item = item or study.item
    title = study.roadmap.items[item].title
    _check_open(study, item, title)
    if item_omitted and not ctx.request.pressed and (week := _week_asked(ctx, study)):
        return _ask_week_or_item(item, title, week)
    marked = mark_done(ctx.uow, study, item, today=ctx.today, now=ctx.now)
    after = ctx.study
    step = short_step(after, minutes_today(after, ctx.today))
    lists = {each.item.id: each for each in checklists(ctx, after)}
    project = lists.get(item)
    open_ = project if project and (project.open or project.undecided) else None
    end = just_finished(ctx, after) if after.position.finished else Section()
    last = [Line(Text("That was the last one: you have finished the roadmap. Congratulations!")), *end.blocks]
    return reply(
        Text("“{item}” is done, {left} earlier than planned.", item=title, left=Minutes(marked.left)),
        *([hours_done_text(open_)] if open_ else []),
        roadmap_bar(after),
        *([Line(Text("Next:")), *step.blocks] if not after.position.finished else last),
        links=step.links,
        buttons=(
            (Button(Text("Undo"), "undo", {"entry": str(marked.entry.id)}), Button(Text("Today"), "today")),
            (checklist_button(open_.item),) if open_ else end.buttons,
            (page_button(),) if end.blocks else (),
        ),
    )


def _check_open(study: Study, item: str, title: str) -> None:
    """Refuse an item of which nothing is left to do."""
    try:
        minutes_left(study, item)
    except LeftOut:
        raise Refusal(
            Text("“{item}” is left out of your plan; bring it back first.", item=title),
            buttons=(Button(Text("Catch up"), "catchup"),),
        ) from None
    except CompleteAlready:
        raise complete_already(title) from None


def _week_asked(ctx: Context, study: Study) -> date | None:
    """The first day of the week whose check-in came today or yesterday and is unanswered; None otherwise."""
    rule = next((rule for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind == "checkin" and rule.due), None)
    for day in (ctx.today, ctx.today - DAY) if rule else ():
        asked = rule and day.weekday() in rule.weekdays and instant(day, rule.at, ctx.zone) <= ctx.now
        if asked and day >= study.start:
            answered = ctx.uow.checkins.of(ctx.who.id, week_asked(day))
            paused = not study.commitments.on(day)
            return None if answered or paused else week_asked(day)
    return None


def _ask_week_or_item(item: str, title: str, monday: date) -> Reply:
    """Ask whether the week is done or the item: both questions are answered with the same word."""
    return reply(
        Text("Is it your week that is done, or “{item}”?", item=title),
        buttons=(
            (
                Button(Text("My week"), "checkin", {"feeling": "done", "week": monday.isoformat()}),
                Button(Text("“{item}”", item=title), "done", {"item": item}),
            ),
        ),
        anew=True,
    )
