"""Projects whose hours are done: what is open of them, and what comes after the whole roadmap."""

from dataclasses import dataclass, replace
from datetime import date

from bot.commands.views.criteria import checklist_button, hours_done_text
from bot.commands.views.pictures import closing_picture
from bot.commands.views.progress import idle_text
from bot.core.project import Checklist, checklist_of
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Minutes, Plural, Text, Typed, words
from roadmap.model import Item

_NAMED = 3


@dataclass(frozen=True)
class Section:
    """Blocks of a reply and the buttons that belong to them."""

    blocks: tuple[Block, ...] = ()
    buttons: tuple[Button, ...] = ()


def checklists(ctx: Context, study: Study) -> list[Checklist]:
    """The checklists of all projects whose hours are done, in the roadmap's order."""
    done = _done(study)
    ticks = ctx.uow.projects.ticked(study.enrollment) if done else {}
    return [checklist_of(item, ticks.get(item.id, frozenset())) for item in done]


def _done(study: Study) -> list[Item]:
    """The projects whose hours are done."""
    return [
        item
        for item in study.roadmap.items.values()
        if item.kind == "project" and not study.position.left_of(item.id) and not study.position.left_out_of(item.id)
    ]


def completed(ctx: Context, before: Study, after: Study) -> Section:
    """What an entry has completed: topics, and projects with what is open of them."""
    items = [
        item
        for item in after.roadmap.items.values()
        if before.position.left_of(item.id) and not after.position.left_of(item.id)
    ]
    lists = {checklist.item.id: checklist for checklist in checklists(ctx, after)} if items else {}
    blocks = tuple(
        Line(hours_done_text(lists[item.id]) if item.id in lists else Text("“{item}” is complete.", item=item.title))
        for item in items
    )
    return Section(blocks, _buttons([lists[item.id] for item in items if item.id in lists]))


def newly_open(ctx: Context, study: Study, first: date, last: date) -> Section:
    """The projects whose hours were completed by entries for days from `first` until before `last`, and whose criteria
    are not all met."""
    if not _done(study):
        return Section()
    before, after = _until(study, first), _until(study, last)
    waiting = [checklist for checklist in checklists(ctx, after) if before.position.left_of(checklist.item.id)]
    waiting = [checklist for checklist in waiting if checklist.open or checklist.undecided]
    return Section(tuple(Line(hours_done_text(checklist)) for checklist in waiting), _buttons(waiting))


def _until(study: Study, day: date) -> Study:
    """The study as its entries for the days before `day` make it."""
    return replace(study, entries=tuple(entry for entry in study.entries if entry.day < day), kept=None)


def lately(ctx: Context, study: Study) -> tuple[Button, ...]:
    """Buttons to the checklists of this module and the one before it, where hours are done and criteria are open.

    Buttons only: the text was shown when the hours were done.
    """
    modules = [*dict.fromkeys(study.roadmap.module_of[covered.part.item].id for covered in study.position.parts)]
    here = modules.index(study.module.id) if study.module.id in modules else 0
    near = modules[max(0, here - 1) : here + 1]
    return tuple(
        Button(Text("Checklist: {open} open", open=checklist.open), "project", {"item": checklist.item.id})
        for checklist in checklists(ctx, study)
        if (checklist.open or checklist.undecided) and study.roadmap.module_of[checklist.item.id].id in near
    )[:_NAMED]


def ending(ctx: Context, study: Study) -> Section:
    """What is said when nothing is left to study, with what can come after it."""
    waiting = [checklist for checklist in checklists(ctx, study) if checklist.open or checklist.undecided]
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
    return Section(tuple(map(Line, lines)), _buttons(waiting))


def just_finished(ctx: Context, study: Study) -> Section:
    """The same when the last of the roadmap was done just now, with the closing picture before it."""
    end, picture = ending(ctx, study), closing_picture(study, ctx.today)
    return Section((picture, Line(picture.alt), *end.blocks), end.buttons)


def ending_buttons(ctx: Context) -> tuple[Button, ...]:
    """Buttons for a learner who has finished the roadmap."""
    others = (Button(Text("Other roadmaps"), "start"),) if len(ctx.roadmaps) > 1 else ()
    return (page_button(), Button(Text("Progress"), "progress"), Button(Text("Export"), "export"), *others)


def page_button() -> Button:
    """The button that gives the page to keep."""
    return Button(Text("A page to keep"), "export", {"kind": "page"})


def _titles(lists: list[Checklist]) -> Text:
    titles = words(lists[0].item.title)
    for other in lists[1:]:
        titles = Text("{items}; {item}", items=titles, item=other.item.title)
    return titles


def _buttons(lists: list[Checklist]) -> tuple[Button, ...]:
    return tuple(checklist_button(checklist.item) for checklist in lists if checklist.open or checklist.undecided)[
        :_NAMED
    ]
