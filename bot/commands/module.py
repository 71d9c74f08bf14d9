"""/module: a module at a glance, and everything about one of its items."""

from collections.abc import Callable, Iterable

from bot.commands.views.about import about as about_item
from bot.commands.views.begin import begun, can_begin_with, cannot_begin, first_texts
from bot.commands.views.item import item_blocks, item_summary, name_of
from bot.commands.views.leaving import leave_button
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, ModuleNumber, WireWord
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, reply
from bot.dialogue.section import ROADMAP
from bot.dialogue.text import Minutes, Text, Typed, words
from bot.usecases.begin_with_module import CannotBegin, begin_with_module
from roadmap.model import Item, Module, Roadmap


@command(section=ROADMAP, examples=("/module", "/module 3", "/module probability"), spoken=Text("module, the module"))
def module(
    ctx: Context,
    number: ModuleNumber | None = None,
    begin: Flag = False,
    item: WireWord | None = None,
    about: WireWord | None = None,
) -> Reply:
    """See a module: resources, hours, projects; or begin with it."""
    modules = ctx.study.roadmap.modules
    if about is not None:
        return about_item(ctx.study, _item(ctx, about))
    if item is not None:
        return _item_page(ctx, _item(ctx, item))
    number = number or modules.index(ctx.study.module) + 1
    if begin:
        try:
            entry = begin_with_module(ctx.uow, ctx.study, modules[number - 1], today=ctx.today, now=ctx.now)
        except CannotBegin as error:
            raise cannot_begin(error) from None
        return begun(ctx, first_texts(ctx, number), entry)
    return _module_page(ctx, number, modules[number - 1])


@command(hidden=True, reads=True)
def groupmodule(ctx: Context, roadmap: WireWord, module: WireWord) -> Reply:
    """See the module that your group is at, whatever you follow yourself."""
    try:
        followed = ctx.roadmap(roadmap)
    except LookupError:
        raise Refusal(Text("That roadmap is not there any more."), final=True) from None
    module_number = next((number for number, each in enumerate(followed.modules, start=1) if each.id == module), None)
    if module_number is None:
        raise Refusal(Text("That module is not on the roadmap any more."), final=True)
    start = () if ctx.learner else (Button(Text("Start"), "start"),)
    return reply(
        *module_blocks(followed, module_number, lambda _: []), buttons=start or (Button(Text("My day"), "today"),)
    )


def module_blocks(roadmap: Roadmap, number: int, left_out: Callable[[Item], list[Block]]) -> list[Block]:
    """A module at a glance: what it is for, and its items; `left_out` says what of one is left out of a plan."""
    module = roadmap.modules[number - 1]
    first, last = module.weeks
    blocks: list[Block] = [
        Heading(Text("Module {number}: {title}", number=number, title=module.title)),
        Line(Text("Weeks {first}–{last} of the roadmap, {time}", first=first, last=last, time=Minutes(module.minutes))),
        Line(Text("Afterwards you can:")),
        Bullets(tuple(words(outcome) for outcome in module.outcomes)),
    ]
    for item in module.items:
        blocks += [Heading(name_of(item), 3), *left_out(item), *item_summary(item, roadmap.locale)]
    return blocks


def _module_page(ctx: Context, number: int, module: Module) -> Reply:
    modules = ctx.study.roadmap.modules
    blocks = module_blocks(ctx.study.roadmap, number, lambda item: _left_out(ctx, item))
    chosen = (
        (Button(Text("Begin with this module"), "module", {"number": str(number), "begin": "1"}),)
        if can_begin_with(ctx.study, number)
        else ()
    )
    around = [_to_module(Text("← {title}", title=modules[number - 2].title), number - 1)] if number > 1 else []
    if number < len(modules):
        around.append(_to_module(Text("{title} →", title=modules[number].title), number + 1))
    details = _to_items(module.items, lambda item: Text("More: {item}", item=item.title))
    return reply(*blocks, buttons=(chosen, details, tuple(around)))


def _item(ctx: Context, id_: str) -> Item:
    """An item of the learner's roadmap; refuses one that it has no more."""
    item = ctx.study.roadmap.items.get(id_)
    if item is None:
        raise Refusal(
            Text("That is not on your roadmap any more."), buttons=(Button(Text("This module"), "module"),), final=True
        )
    return item


def _item_page(ctx: Context, item: Item) -> Reply:
    """All of an item: its steps and criteria, where it comes from, what it costs, what was checked."""
    roadmap, id_ = ctx.study.roadmap, item.id
    module_ = roadmap.module_of[id_]
    number = roadmap.modules.index(module_) + 1
    practices = [practice for practice in module_.practice if practice.inside == id_]
    blocks: list[Block] = [
        Heading(name_of(item)),
        Line(Text("Module {number}: {title}", number=number, title=module_.title)),
        *_left_out(ctx, item),
        *item_blocks(item, roadmap.locale, practices),
    ]
    if module_.note:
        blocks.append(Line(Text("About the hours: {note}", note=module_.note)))
    others = _to_items([other for other in module_.items if other is not item], name_of)
    module_button = _to_module(Text("← {title}", title=module_.title), number)
    leave = (leave_button(item),) if ctx.study.position.left_of(id_) else ()
    return reply(*blocks, buttons=(others, (module_button, *leave)))


def _left_out(ctx: Context, item: Item) -> list[Block]:
    """How much of an item is left out of the learner's plan."""
    out = ctx.study.position.left_out_of(item.id)
    catchup_command = Typed("/catchup")
    text = Text("{time} left out of your plan; {back} brings it back.", time=Minutes(out), back=catchup_command)
    return [Line(text)] if out else []


def _to_module(label: Text, number: int) -> Button:
    return Button(label, "module", {"number": str(number)})


def _to_items(items: Iterable[Item], label: Callable[[Item], Text]) -> tuple[Button, ...]:
    return tuple(Button(label(item), "module", {"item": item.id}) for item in items)
