"""/done: an item that took less time than planned."""

from bot.commands.views.criteria import checklist_button, hours_done_text
from bot.commands.views.projects import Told, checklists, ending
from bot.commands.views.standing import roadmap_bar
from bot.commands.views.step import minutes_today, short_step
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ItemRef
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Line, Reply, reply
from bot.dialogue.text import Minutes, Text


@command(examples=("/done", "/done calculus"), spoken=Text("done with"))
def done(ctx: Context, item: ItemRef | None = None) -> Reply:
    """Mark an item as done early."""
    study = ctx.study
    item = item or study.item
    title = study.roadmap.items[item].title
    left = study.position.left_of(item)
    if study.position.left_out_of(item):
        raise Refusal(
            Text("“{item}” is left out of your plan; bring it back first.", item=title),
            buttons=(Button(Text("Catch up"), "catchup"),),
        )
    if not left:
        raise Refusal(Text("“{item}” is complete already.", item=title), buttons=(Button(Text("Today"), "today"),))
    entry = ctx.store.ledger.add(study.enrollment, item=item, day=ctx.today, minutes=0, kind="done", now=ctx.now)
    after = ctx.entered(entry)
    minutes = minutes_today(after, ctx.today)
    lists = {found.item.id: found for found in checklists(ctx, after)}
    project = lists.get(item)
    open_ = project if project and (project.open or project.undecided) else None
    end = ending(ctx, after) if after.position.finished else Told()
    last = [Line(Text("That was the last one: you have finished the roadmap. Congratulations!")), *end.blocks]
    return reply(
        Text("“{item}” is done, {left} earlier than planned.", item=title, left=Minutes(left)),
        *([hours_done_text(open_)] if open_ else []),
        roadmap_bar(after),
        *([Line(Text("Next:")), *short_step(after, minutes)] if not after.position.finished else last),
        buttons=(
            (Button(Text("Undo"), "undo", {"entry": str(entry.id)}), Button(Text("Today"), "today")),
            (checklist_button(open_.item),) if open_ else end.buttons,
        ),
        replaces=ctx.request.pressed,
    )
