"""Projects whose hours are done: what is open of them, and what comes after the whole roadmap."""

from dataclasses import dataclass

from bot.commands.views.criteria import checklist_button, hours_done_text
from bot.commands.views.progress import idle_text
from bot.core.project import Checklist, checklist_of
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Minutes, Plural, Text, Typed, words

_NAMED = 3


@dataclass(frozen=True)
class Told:
    """What is said and the buttons that go with it."""

    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()


def checklists(ctx: Context, study: Study) -> list[Checklist]:
    """The checklists of all projects whose hours are done, in the roadmap's order."""
    done = [
        item
        for item in study.roadmap.items.values()
        if item.kind == "project" and not study.position.left_of(item.id) and not study.position.left_out_of(item.id)
    ]
    ticks = ctx.uow.projects.ticked(study.enrollment) if done else {}
    return [checklist_of(item, ticks.get(item.id, frozenset())) for item in done]


def completed(ctx: Context, before: Study, after: Study) -> Told:
    """What an entry has completed: topics, and projects with what is open of them."""
    items = [
        item
        for item in after.roadmap.items.values()
        if before.position.left_of(item.id) and not after.position.left_of(item.id)
    ]
    lists = {found.item.id: found for found in checklists(ctx, after)} if items else {}
    blocks = tuple(
        Line(hours_done_text(lists[item.id]) if item.id in lists else Text("“{item}” is complete.", item=item.title))
        for item in items
    )
    return Told(blocks, _buttons([lists[item.id] for item in items if item.id in lists]))


def newly_open(ctx: Context, before: Study, after: Study) -> Told:
    """The projects whose hours have been completed since, and whose criteria are not all met."""
    waiting = [found for found in checklists(ctx, after) if before.position.left_of(found.item.id)]
    waiting = [found for found in waiting if found.open or found.undecided]
    return Told(tuple(Line(hours_done_text(found)) for found in waiting), _buttons(waiting))


def lately(ctx: Context, study: Study) -> tuple[Button, ...]:
    """To the checklists of this module and the one before it, where hours are done and criteria are open.

    Buttons alone: whoever looks at their day every day has read it when the hours were done.
    """
    modules = [*dict.fromkeys(study.roadmap.module_of[covered.part.item].id for covered in study.position.parts)]
    here = modules.index(study.module.id) if study.module.id in modules else 0
    near = modules[max(0, here - 1) : here + 1]
    return tuple(
        Button(Text("Checklist: {open} open", open=found.open), "project", {"item": found.item.id})
        for found in checklists(ctx, study)
        if (found.open or found.undecided) and study.roadmap.module_of[found.item.id].id in near
    )[:_NAMED]


def ending(ctx: Context, study: Study) -> Told:
    """What is true when nothing is left to study, and what can come after it."""
    waiting = [found for found in checklists(ctx, study) if found.open or found.undecided]
    lines: list[Text] = []
    if out := study.position.left_out:
        catchup = Typed("/catchup")
        lines.append(Text("{time} are left out of it; {catchup} brings them back.", time=Minutes(out), catchup=catchup))
    if waiting:
        lines.append(
            Plural(
                "{n} project has open criteria: {names}. It waits as long as you like.",
                "{n} projects have open criteria: {names}. They wait as long as you like.",
                n=len(waiting),
                names=_titles(waiting),
            )
        )
    lines.append(idle_text(study, ctx.today) or Text("Whatever you study now still counts for your weeks."))
    lines.append(Text("What comes next is up to you: another roadmap ({start}), or a rest.", start=Typed("/start")))
    return Told(tuple(map(Line, lines)), _buttons(waiting))


def ending_buttons(ctx: Context) -> tuple[Button, ...]:
    """Where one can go from the end."""
    others = (Button(Text("Other roadmaps"), "start"),) if len(ctx.roadmaps) > 1 else ()
    return (Button(Text("Progress"), "progress"), Button(Text("Export"), "export"), *others)


def _titles(found: list[Checklist]) -> Text:
    said = words(found[0].item.title)
    for other in found[1:]:
        said = Text("{items}; {item}", items=said, item=other.item.title)
    return said


def _buttons(found: list[Checklist]) -> tuple[Button, ...]:
    return tuple(checklist_button(one.item) for one in found if one.open or one.undecided)[:_NAMED]
