"""/roadmap: all modules at a glance."""

from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Heading, Reply, Table, reply
from bot.dialogue.text import Minutes, Percent, Text, words
from roadmap.model import Module


@command()
def roadmap(ctx: Context) -> Reply:
    """See all modules of your roadmap."""
    study = ctx.study
    modules = study.roadmap.modules
    here = modules.index(study.module) + 1
    rows = tuple(_row(study, number, module) for number, module in enumerate(modules, start=1))
    return reply(
        Heading(words(study.roadmap.title)),
        Table((Text("Module"), Text("Hours"), Text("Covered")), rows, numeric=1),
        Text("You are in module {number}, {module}.", number=here, module=study.module.title),
        buttons=((Button(Text("This module"), "module", {"number": str(here)}), Button(Text("Dates"), "plan")),),
    )


def _row(study: Study, number: int, module: Module) -> tuple[Text, ...]:
    left = sum(study.position.left_of(item.id) for item in module.items)
    covered = Percent((module.minutes - left) * 100 // module.minutes)
    title = Text("{number}. {title}", number=number, title=module.title)
    return title, Text("{time}", time=Minutes(module.minutes)), Text("{share}", share=covered)
