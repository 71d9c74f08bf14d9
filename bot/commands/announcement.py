"""What the week is for: the weekly message, on its day."""

from bot.commands.views.item import cost_lines, name_of, original_line, where
from bot.commands.views.standing import finish_text, streak_text, week_number_text
from bot.core.calendar import WEEK, monday_of
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.refusal import Moot
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(hidden=True)
def announcement(ctx: Context) -> Reply:
    """See what the week is for."""
    study = ctx.study
    monday = monday_of(ctx.today)
    if study.position.finished:
        raise Moot("the roadmap is finished")
    if not study.commitments.on(ctx.today):
        raise Moot("on pause")
    week = study.week(ctx.today)
    steps = study.position.coming(max(week.target - week.logged, 0)) or study.position.coming(60)
    blocks: list[Block] = [
        Heading(Text("{week}: {module}", week=week_number_text(study, ctx.today), module=study.module.title)),
        Line(
            Text(
                "{time} are planned for this week. Done on: {end}.",
                time=Minutes(week.target),
                end=finish_text(study, ctx.today),
            )
        ),
    ]
    last = study.week(monday - WEEK)
    if last.met:
        streak = streak_text(study, ctx.today)
        blocks.append(
            Line(Text("You met last week: {logged}. Streak: {streak}.", logged=Minutes(last.logged), streak=streak))
        )
    elif last.logged:
        blocks.append(Line(Text("Last week you studied {logged}.", logged=Minutes(last.logged))))
    for item in dict.fromkeys(part.item for part, _ in steps):
        blocks += _item(study, item, [(part.do, time) for part, time in steps if part.item == item])
    return reply(
        *blocks,
        buttons=(
            (Button(Text("Today"), "today"), Button(Text("This module"), "module"), Button(Text("Quiz"), "quiz")),
        ),
    )


def _item(study: Study, id_: str, parts: list[tuple[str, int]]) -> list[Block]:
    item = study.roadmap.items[id_]
    lines: list[Text | None] = [Text("{time}: {do}", time=Minutes(time), do=do) for do, time in parts]
    lines.append(where(item))
    if study.position.left_of(id_) == item.minutes:
        lines += [original_line(item), *cost_lines(item)]
    return [Heading(name_of(item)), *(Line(line) for line in lines if line)]
