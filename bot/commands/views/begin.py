"""Beginning a roadmap with another module than its first, and beginning it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from bot.commands.views.progress import finish_text
from bot.commands.views.step import minutes_today, step_buttons, whole_step
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.parameters import SpelledParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text
from bot.usecases.begin_with_module import AlreadyThere, CannotBegin
from roadmap.model import Module, Roadmap

Anew = Annotated[
    str,
    SpelledParameter(
        Text("again"),
        Text("to begin again from the start"),
        Text("Begin again?"),
        {
            # note: to begin a roadmap again from its start, in every form that may be typed
            "again": (
                Text("again"),
                Text("again, anew, over, start over, from scratch, from the beginning, restart, new"),
            )
        },
    ),
]


def advised(roadmap: Roadmap) -> list[tuple[int, Module]]:
    """Later modules that teach what the first one assumes, with their numbers."""
    first = roadmap.modules[0]
    return [
        (number, module)
        for number, module in enumerate(roadmap.modules[1:], start=2)
        if module.id in {*first.requires, *first.recommends}
    ]


def first_buttons(track: Roadmap, args: Mapping[str, str]) -> list[Button]:
    """A button for each later module that a learner may begin with."""
    return [
        Button(Text("Begin with “{module}”", module=module.title), "start", {**args, "first": str(number)})
        for number, module in advised(track)
    ]


def advice(track: Roadmap) -> list[Text]:
    """What the roadmap assumes, in a line for each module that teaches it."""
    first, last = track.modules[0].weeks
    return [
        Text(
            "If you lack what “{module}” teaches, begin with it, in place of the module of weeks {first}-{last}.",
            module=module.title,
            first=first,
            last=last,
        )
        for _, module in advised(track)
    ]


def module_at(roadmap: Roadmap, number: int) -> Module:
    """A module by its number, counted from 1; the last one where there are fewer."""
    return roadmap.modules[min(max(number, 1), len(roadmap.modules)) - 1]


def can_begin_with(study: Study, number: int) -> bool:
    """Whether something is left of a module that the learner is not at."""
    module = module_at(study.roadmap, number)
    return module.id != study.module.id and study.position.is_left(module)


def cannot_begin(error: CannotBegin) -> Refusal:
    """The refusal to put a module first, with the reason."""
    module = error.module.title
    text = (
        Text("You are at “{module}” already.", module=module)
        if isinstance(error, AlreadyThere)
        else Text("“{module}” is complete already.", module=module)
    )
    return Refusal(text, buttons=(Button(Text("Today"), "today"),))


def first_texts(ctx: Context, number: int) -> list[Text]:
    """Lines that say that a module comes first, and when the roadmap will be done."""
    study = ctx.study
    return [
        Text(
            "Module {number} comes first now: {title}. The others follow in their order.",
            number=number,
            title=module_at(study.roadmap, number).title,
        ),
        Text(
            "The whole takes as long as before, and what you have logged stays where it is. Done on: {end}.",
            end=finish_text(study, ctx.today),
        ),
    ]


def begun(ctx: Context, lines: Sequence[Text], entry: Entry) -> Reply:
    """The reply after a beginning: `lines`, the first step, and a button that undoes it."""
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    paused = not study.commitments.on(ctx.today)
    pause: list[Block] = [Line(Text("You are on pause; nothing is owed."))] if paused else []
    resume_button = [Button(Text("End the pause"), "resume")] if paused else []
    head = (*map(Line, lines), *pause, Heading(Text("Your first step"), 3))
    step = whole_step(study, minutes, ctx.say, *head)
    return reply(
        *head,
        *step.blocks,
        links=step.links,
        buttons=(
            *step_buttons(study, minutes),
            (Button(Text("Undo"), "undo", {"entry": str(entry.id)}), *resume_button),
        ),
    )


def begun_again_texts(study: Study, today: date) -> list[Text]:
    """Lines that say that the roadmap begins again today, and what is kept."""
    return [
        Text(
            "You begin again today: {title}, {hours} a week. Done on: {end}.",
            title=study.roadmap.title,
            hours=Minutes(study.commitments.usual()),
            end=finish_text(study, today),
        ),
        _kept(study, today),
    ]


def _kept(study: Study, today: date) -> Text:
    """What stays when a roadmap is begun again."""
    logged = Minutes(study.logged)
    if not study.streak(today):
        return Text("The {time} you have studied so far are kept. Undo brings all of it back.", time=logged)
    return Text(
        "The {time} you have studied so far are kept, and so is your streak. Undo brings all of it back.", time=logged
    )
