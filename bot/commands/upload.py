"""/upload: an organiser sends a roadmap file; it is checked, previewed, and used once they confirm."""

from pathlib import PurePath
from typing import Annotated

from bot.commands.groups.following import follow, organised
from bot.commands.groups.which import check_organises, group_meant
from bot.commands.views.changes import change_text
from bot.core.group import Group
from bot.core.name import shown
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import FileParameter, Number
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Attachment, Block, Bullets, Button, Expects, Heading, Line, Reply, Table, reply
from bot.dialogue.request import FILE_COMMANDS, FILE_LIMIT, File
from bot.dialogue.section import GROUPS
from bot.dialogue.text import Minutes, Plural, Text, Typed, words
from bot.usecases.draft_roadmap import Draft, NothingNew, draft_roadmap
from bot.usecases.use_draft import DraftGone, DraftInUse, use_draft
from roadmap.loader import notes
from roadmap.model import Roadmap
from roadmap.problems import RoadmapErrors

RoadmapFile = Annotated[
    File,
    FileParameter(
        "tea.yaml", Text("the roadmap's file"), Text("Send me the roadmap's file: YAML, with a name such as tea.yaml.")
    ),
]
_LISTED = 10
"""Mistakes, or changes, that are listed; of more the rest is a number."""
_NOTES = 3
"""Notes on the order of lessons that are listed; of more the rest is a number."""


@command(section=GROUPS)
def upload(ctx: Context, file: RoadmapFile | None = None) -> Reply:
    """Bring your group a roadmap of its own."""
    if file and FILE_COMMANDS.get(PurePath(file.name).suffix.lower()) == "import":
        return ctx.commands["import"].run(ctx, file)
    groups = organised(ctx)
    if file is None:
        return reply(
            Text("Send me the roadmap's file: YAML, with a name such as tea.yaml."),
            Text("To see what one looks like, take the one you follow."),
            buttons=[
                (Button(Text("{group}'s as a file", group=group.title), "roadmapfile", {"of": str(group.id)}),)
                for group in groups
            ],
            expects=Expects("upload", "file"),
            anew=True,
        )
    roadmap, source = _read(ctx, file)
    blocks: list[Block] = [*_about(roadmap), *_advice(source, file)]
    rows = []
    for group in groups:
        try:
            draft = draft_roadmap(
                ctx.uow, ctx.catalog, group, roadmap, source, new_code=ctx.new_code, locale=ctx.locale, now=ctx.now
            )
        except NothingNew:
            blocks.append(Line(Text("{group} has this file already.", group=group.title)))
            continue
        blocks += _news(group, draft, roadmap)
        use = {"draft": str(draft.id), "of": str(group.id)}
        rows.append((Button(Text("Use it for {group}", group=group.title), "uploaded", use),))
    if rows:
        blocks.append(Line(Text("Nothing has changed for anybody yet.")))
    return reply(*blocks, buttons=rows, anew=True)


@command(hidden=True)
def uploaded(ctx: Context, draft: Number, of: Number) -> Reply:
    """Use a file that was brought."""
    group = group_meant(ctx, of, "uploaded", draft=str(draft))
    check_organises(ctx, group)
    try:
        roadmap = use_draft(ctx.uow, group, draft, now=ctx.now)
    except DraftGone:
        text = Text("I no longer have that file; send it again with {upload}.", upload=Typed("/upload"))
        raise Refusal(text) from None
    except DraftInUse:
        raise Refusal(Text("That file is in use already.")) from None
    return follow(ctx, group, roadmap)


@command(hidden=True)
def roadmapfile(ctx: Context, of: Number) -> Reply:
    """Get the file of the roadmap that a group follows, to write another from it."""
    group = group_meant(ctx, of, "roadmapfile")
    check_organises(ctx, group)
    track = ctx.roadmap(group.roadmap or next(iter(ctx.roadmaps)))
    source = ctx.uow.roadmaps.source(track.id, track.version)
    if source is None:
        raise Refusal(Text("That roadmap's file is not kept here."))
    return reply(
        Text(
            "This is “{title}” as a file. Change it, give it another id and title, and bring it back with {upload}.",
            title=track.title,
            upload=Typed("/upload"),
        ),
        Attachment(f"{track.id.partition('~')[0]}.yaml", "application/yaml", source),
        anew=True,
    )


def _read(ctx: Context, file: File) -> tuple[Roadmap, str]:
    """Read a file as a roadmap; returns it with its text. Refuses an invalid file, with a list of its mistakes."""
    if file.size > FILE_LIMIT:
        raise Refusal(Text("{name} is larger than 1 MB; a roadmap is smaller.", name=shown(file.name)))
    if file.content is None:
        raise Refusal(Text("{name} did not arrive. Please send it again.", name=shown(file.name)))
    try:
        roadmap = ctx.catalog.parse(file.content, file.name)
    except RoadmapErrors as errors:
        raise _mistakes(file, errors) from None
    return roadmap, file.content.decode("utf-8-sig")


def _mistakes(file: File, errors: RoadmapErrors) -> Refusal:
    """What is wrong, line by line; in English, as the keys of the format are."""
    count = len(errors.problems) + errors.more
    lines = [
        Text("Line {line}, {key}: {message}", line=problem.line, key=problem.key, message=problem.message)
        for problem in errors.problems[:_LISTED]
    ]
    if count > _LISTED:
        lines.append(Plural("and {n} more", "and {n} more", n=count - _LISTED))
    return Refusal(
        Plural(
            "{name} is no roadmap yet: {n} mistake.",
            "{name} is no roadmap yet: {n} mistakes.",
            n=count,
            name=shown(file.name),
        ),
        *lines,
        Text("Nothing has changed. Correct it and send it again."),
    )


def _about(roadmap: Roadmap) -> list[Block]:
    items = Plural("{n} item", "{n} items", n=len(roadmap.items))
    rows = tuple(
        (Text("{number}. {title}", number=n, title=module.title), Text("{time}", time=Minutes(module.minutes)))
        for n, module in enumerate(roadmap.modules, start=1)
    )
    return [
        Heading(Text("{title}: version {version}", title=roadmap.title, version=roadmap.version)),
        Line(words(roadmap.summary)),
        Line(
            Plural(
                "{n} week of {time}, {items}.",
                "{n} weeks of {time}, {items}.",
                n=roadmap.weeks,
                time=Minutes(roadmap.minutes_per_week),
                items=items,
            )
        ),
        Table((Text("Module"), Text("Hours")), rows, numeric=1),
    ]


def _advice(source: str, file: File) -> list[Block]:
    """Where the file does not teach in order, in English as its keys are; learners can follow it all the same."""
    remarks = notes(source, file.name)
    if not remarks:
        return []
    lines = [
        Text("Line {line}, {key}: {message}", line=remark.line, key=remark.key, message=remark.message)
        for remark in remarks[:_NOTES]
    ]
    if len(remarks) > _NOTES:
        lines.append(Plural("and {n} more", "and {n} more", n=len(remarks) - _NOTES))
    intro = Plural(
        "{n} note on how it teaches; learners can follow it all the same. {check} lists them:",
        "{n} notes on how it teaches; learners can follow it all the same. {check} lists them:",
        n=len(remarks),
        check=Typed("studybuddy roadmap check"),
    )
    return [Line(intro), Bullets(tuple(lines))]


def _news(group: Group, draft: Draft, roadmap: Roadmap) -> list[Block]:
    """What a new version would change for a group."""
    if draft.before is None:
        return []
    lines = [change_text(change, draft.before, roadmap) for change in draft.differences[:_LISTED]]
    if len(draft.differences) > _LISTED:
        lines.append(Plural("and {n} more", "and {n} more", n=len(draft.differences) - _LISTED))
    return [Line(Text("What is different for {group}:", group=group.title)), Bullets(tuple(lines))]
