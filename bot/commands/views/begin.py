"""Beginning a roadmap with another module than its first, and beginning it again."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from bot.commands.views.progress import finish_text
from bot.commands.views.step import minutes_today, step_blocks, step_buttons
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.parameters import SpelledParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Text
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
    """Later modules that teach what the first one takes for granted, with their numbers."""
    first = roadmap.modules[0]
    return [
        (number, module)
        for number, module in enumerate(roadmap.modules[1:], start=2)
        if module.id in {*first.requires, *first.recommends}
    ]


def first_buttons(track: Roadmap, given: Mapping[str, str]) -> list[Button]:
    """A button for each module to begin with, for those who lack what it teaches."""
    return [
        Button(Text("Begin with “{module}”", module=module.title), "start", {**given, "first": str(number)})
        for number, module in advised(track)
    ]


def advice(track: Roadmap) -> list[Text]:
    """What the roadmap takes for granted, in a line for each module that teaches it."""
    return [
        Text("It takes for granted what “{module}” teaches; if you lack that, begin with it.", module=module.title)
        for _, module in advised(track)
    ]


def module_at(roadmap: Roadmap, number: int) -> Module:
    """A module by its number, counted from 1; the last one where there are fewer."""
    return roadmap.modules[min(max(number, 1), len(roadmap.modules)) - 1]


def can_begin_with(ctx: Context, number: int) -> bool:
    """Whether something is left of a module that the learner is not at."""
    position, module = ctx.study.position, module_at(ctx.study.roadmap, number)
    return module.id != ctx.study.module.id and any(position.left_of(item.id) for item in module.items)


def put_first(ctx: Context, number: int) -> Entry:
    """From here on a module comes before the others. Refuses one that is current or complete."""
    module = module_at(ctx.study.roadmap, number)
    if not can_begin_with(ctx, number):
        said = (
            Text("You are at “{module}” already.", module=module.title)
            if module.id == ctx.study.module.id
            else Text("“{module}” is complete already.", module=module.title)
        )
        raise Refusal(said, buttons=(Button(Text("Today"), "today"),))
    return ctx.uow.ledger.add(ctx.study.enrollment, item=module.id, day=ctx.today, minutes=0, kind="first", now=ctx.now)


def first_texts(ctx: Context, number: int) -> list[Text]:
    """What it means that a module comes first; its hours and dates."""
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


def begun(ctx: Context, said: Sequence[Text], entry: Entry) -> Reply:
    """What was begun, with the first step of it and a way back."""
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    paused = not study.commitments.on(ctx.today)
    pause: list[Block] = [Line(Text("You are on pause; nothing is owed."))] if paused else []
    back = [Button(Text("End the pause"), "resume")] if paused else []
    return reply(
        *said,
        *pause,
        Heading(Text("Your first step")),
        *step_blocks(study, minutes, ctx.say),
        buttons=(*step_buttons(study, minutes), (Button(Text("Undo"), "undo", {"entry": str(entry.id)}), *back)),
        replaces=ctx.request.pressed,
    )


def begin_again(ctx: Context) -> Reply:
    """The learner's roadmap from its beginning, from today on; every hour is kept."""
    before = ctx.study
    if not before.position.covered:
        raise Refusal(Text("You are at the beginning already."), buttons=(Button(Text("Today"), "today"),))
    newest = ctx.roadmap(before.roadmap.id)
    entry = ctx.uow.ledger.add(
        before.enrollment, item=newest.version, day=ctx.today, minutes=0, kind="again", now=ctx.now
    )
    study = ctx.study
    said = [
        Text(
            "You begin again today: {title}, {hours} a week. Done on: {end}.",
            title=study.roadmap.title,
            hours=Minutes(study.commitments.usual()),
            end=finish_text(study, ctx.today),
        ),
        _kept(study, ctx.today),
    ]
    return begun(ctx, said, entry)


def _kept(study: Study, today: date) -> Text:
    """What stays when a roadmap is begun again."""
    logged = Minutes(study.logged)
    if not study.streak(today):
        return Text("The {time} you have studied so far are kept. Undo brings all of it back.", time=logged)
    return Text(
        "The {time} you have studied so far are kept, and so is your streak. Undo brings all of it back.", time=logged
    )
