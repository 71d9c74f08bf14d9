"""/module: everything about one module."""

from bot.commands.views.begin import begun, can_begin_with, cannot_begin, first_texts
from bot.commands.views.item import item_blocks, name_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, ModuleNumber
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text, Typed, words
from bot.usecases.begin_with_module import CannotBegin, begin_with_module


@command(examples=("/module", "/module 3", "/module probability"), spoken=Text("module, the module"))
def module(ctx: Context, number: ModuleNumber | None = None, begin: Flag = False) -> Reply:
    """See a module: resources, hours, projects; or begin with it."""
    modules = ctx.study.roadmap.modules
    number = number or modules.index(ctx.study.module) + 1
    this = modules[number - 1]
    if begin:
        try:
            entry = begin_with_module(ctx.uow, ctx.study, this, today=ctx.today, now=ctx.now)
        except CannotBegin as error:
            raise cannot_begin(error) from None
        return begun(ctx, first_texts(ctx, number), entry)
    first, last = this.weeks
    language = ctx.study.roadmap.locale
    blocks: list[Block] = [
        Heading(Text("Module {number}: {title}", number=number, title=this.title)),
        Line(Text("Weeks {first}–{last} of the roadmap, {time}", first=first, last=last, time=Minutes(this.minutes))),
        Line(Text("Afterwards you can:")),
        Bullets(tuple(words(outcome) for outcome in this.outcomes)),
    ]
    for item in this.items:
        blocks.append(Heading(name_of(item)))
        if out := ctx.study.position.left_out_of(item.id):
            back = Typed("/catchup")
            blocks.append(
                Line(Text("{time} left out of your plan; {back} brings it back.", time=Minutes(out), back=back))
            )
        mine = [practice for practice in this.practice if practice.inside == item.id]
        blocks += item_blocks(item, language, mine, notes=language == ctx.locale)
    if this.note:
        blocks.append(Line(Text("About the hours: {note}", note=this.note)))
    around = (
        [Button(Text("← {title}", title=modules[number - 2].title), "module", {"number": str(number - 1)})]
        if number > 1
        else []
    )
    if number < len(modules):
        around.append(Button(Text("{title} →", title=modules[number].title), "module", {"number": str(number + 1)}))
    chosen = (
        (Button(Text("Begin with this module"), "module", {"number": str(number), "begin": "1"}),)
        if can_begin_with(ctx.study, number)
        else ()
    )
    return reply(*blocks, buttons=(chosen, tuple(around)), replaces=ctx.request.pressed)
