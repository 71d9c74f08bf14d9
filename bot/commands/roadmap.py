"""/roadmap: all modules at a glance, and what is different in a newer version of it."""

from dataclasses import replace
from typing import Annotated

from bot.commands.views.changes import change_text
from bot.commands.views.progress import finish_text
from bot.core.ids import EntryId
from bot.core.ledger import Entry
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, WireWord
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Heading, Line, Reply, Table, reply
from bot.dialogue.section import ROADMAP
from bot.dialogue.text import Minutes, Percent, Plural, Text, words
from bot.usecases.decline_version import decline_version
from bot.usecases.take_version import take_version
from roadmap.diff import differences
from roadmap.model import Module, Roadmap

Act = Annotated[
    str,
    ChoiceParameter(
        Text("changes"),
        Text("what to do with a new version"),
        Text("What shall I do?"),
        {"changes": Text("changes"), "take": Text("take"), "stay": Text("stay")},
    ),
]
_LISTED = 12
"""Changes that are listed; of more the rest is a number."""


@command(section=ROADMAP, spoken=Text("roadmap, the roadmap"))
def roadmap(ctx: Context, act: Act | None = None, version: WireWord | None = None) -> Reply:
    """See all modules of your roadmap."""
    if act is None:
        return _overview(ctx)
    newer = ctx.newer
    if newer is None:
        raise Refusal(
            Text("You are on the newest version, {version}.", version=ctx.study.roadmap.version),
            buttons=(Button(Text("Roadmap"), "roadmap"),),
        )
    if act == "changes" or version != newer.version:
        return _changes(ctx, newer)
    return _take(ctx, newer) if act == "take" else _stay(ctx, newer)


def _overview(ctx: Context) -> Reply:
    study = ctx.study
    modules = study.roadmap.modules
    here = modules.index(study.module) + 1
    rows = [_row(study, number, module) for number, module in enumerate(modules, start=1)]
    if beside := sum(covered.part.minutes for covered in study.position.kept):
        rows.append(
            (Text("Beside the plan"), Text("{time}", time=Minutes(beside)), Text("{share}", share=Percent(100)))
        )
    newer = ctx.newer
    news = [Line(offer_text(study, newer))] if newer else []
    return reply(
        Heading(words(study.roadmap.title)),
        Table((Text("Module"), Text("Hours"), Text("Covered")), tuple(rows), numeric=1),
        Text("You are in module {number}, {module}.", number=here, module=study.module.title),
        *news,
        buttons=(
            (Button(Text("This module"), "module", {"number": str(here)}), Button(Text("Dates"), "plan")),
            (Button(Text("What changed"), "roadmap", {"act": "changes"}),) if newer else (),
        ),
        anew=True,
    )


def offer_text(study: Study, newer: Roadmap) -> Text:
    """The sentence that there is a newer version, which the learner decides about."""
    return Text(
        "This roadmap has a new version, {new}. You stay on {old} until you decide.",
        new=newer.version,
        old=study.roadmap.version,
    )


def _row(study: Study, number: int, module: Module) -> tuple[Text, ...]:
    title = Text("{number}. {title}", number=number, title=module.title)
    progress = study.position.of({item.id for item in module.items})
    if progress.left_out and not progress.total:
        return title, Text("{time}", time=Minutes(module.minutes)), Text("left out")
    covered = Text("{share}", share=Percent(progress.percent))
    if progress.left_out:
        covered = Text("{covered}, {time} left out", covered=covered, time=Minutes(progress.left_out))
    return title, Text("{time}", time=Minutes(progress.total)), covered


def _changes(ctx: Context, newer: Roadmap) -> Reply:
    study = ctx.study
    changes = [change for change in differences(study.roadmap, newer) if change.weight == "change"]
    lines = [
        change_text(change, study.roadmap, newer) for change in changes if change.what not in {"unnamed", "reused"}
    ]
    blocks: list[Block] = [
        Heading(Text("{title}: version {version}", title=newer.title, version=newer.version)),
        Line(
            Text(
                "You are on {version}. Your hours stay where they are either way; corrections apply already.",
                version=study.roadmap.version,
            )
        ),
        Bullets(tuple(lines[:_LISTED])),
    ]
    if len(lines) > _LISTED:
        blocks.append(Line(Plural("and {n} more", "and {n} more", n=len(lines) - _LISTED)))
    after = _moved(ctx, study, newer)
    left = Text(
        "Left to study: {after}; as it is now: {before}.",
        after=Minutes(after.position.left),
        before=Minutes(study.position.left),
    )
    end = Text(
        "Done on: {end}; as it is now: {before}.",
        end=finish_text(after, ctx.today),
        before=finish_text(study, ctx.today),
    )
    args = {"version": newer.version}
    return reply(
        *blocks,
        left,
        end,
        buttons=(
            (
                Button(Text("Take it"), "roadmap", {"act": "take"} | args),
                Button(Text("Stay on mine"), "roadmap", {"act": "stay"} | args),
            ),
        ),
    )


def _moved(ctx: Context, study: Study, newer: Roadmap) -> Study:
    """The study as it would be on the newer version."""
    line = Entry(EntryId(0), newer.version, ctx.today, 0, "version", ctx.now)
    return replace(study, roadmap=newer, versions={**study.versions, newer.version: newer}).plus(line)


def _take(ctx: Context, newer: Roadmap) -> Reply:
    entry = take_version(ctx.uow, ctx.study, newer.version, today=ctx.today, now=ctx.now)
    study = ctx.study
    return reply(
        Text("You follow version {version} now. Every hour you logged is still yours.", version=newer.version),
        Text("Done on: {end}.", end=finish_text(study, ctx.today)),
        buttons=(
            (
                Button(Text("Undo"), "undo", {"entry": str(entry.id)}),
                Button(Text("Roadmap"), "roadmap"),
                Button(Text("Today"), "today"),
            ),
        ),
    )


def _stay(ctx: Context, newer: Roadmap) -> Reply:
    decline_version(ctx.uow, ctx.study, newer.version)
    return reply(
        Text("You stay on {version}; I will not ask again about this one.", version=ctx.study.roadmap.version),
        buttons=((Button(Text("What changed"), "roadmap", {"act": "changes"}), Button(Text("Today"), "today")),),
    )
