"""/project: what makes a project done, where the work is, and what somebody of the group says to it."""

from typing import Annotated
from urllib.parse import urlsplit

from bot.commands.views.criteria import checklist, paths
from bot.commands.views.looking import ask_for_a_look
from bot.core.ids import GroupId
from bot.core.project import PATH, Review, Submission, checklist_of
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, ItemRef, Number, WireWord, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Link, Text
from roadmap.model import Item

Act = Annotated[
    str,
    ChoiceParameter(
        Text("Submit"),
        Text("submit it, or withdraw it"),
        Text("Submit it, or withdraw it?"),
        {"submit": Text("Submit"), "withdraw": Text("Withdraw")},
    ),
]
Address = Annotated[
    str,
    WordsParameter(
        "https://example.org/my-project", Text("where your work can be seen"), Text("Where can it be seen?"), 500
    ),
]


@command(
    examples=("/project", "/project linear-regression", Text("/project submit https://example.org/my-project")),
    spoken=Text("project, my project"),
)
def project(
    ctx: Context,
    item: ItemRef | None = None,
    act: Act | None = None,
    link: Address | None = None,
    tick: WireWord | None = None,
    ask: Number | None = None,
) -> Reply:
    """See what makes your project done, tick it off, submit it, ask your group for a look at it."""
    study = ctx.study
    found = _project(study, item)
    if tick and tick.startswith(PATH):
        _take_path(ctx, study, found, tick)
    elif tick and any(criterion.id == tick for criterion in found.done_when):
        ctx.uow.projects.tick(study.enrollment, found.id, tick, ctx.now)
    if act == "withdraw" and link:
        raise Refusal(
            Text("I did not understand “{words}”.", words=link),
            buttons=((Button(Text("Withdraw"), "project", {"item": found.id, "act": "withdraw"}),),),
        )
    if act == "withdraw":
        ctx.uow.projects.withdraw(study.enrollment, found.id, ctx.now)
    elif act == "submit" or link:
        if link is None:
            return reply(
                Text("Where can it be seen? Send me an address that begins with https://."),
                expects=Expects("project", "link", {"item": found.id, "act": "submit"}),
                replaces=ctx.request.pressed,
            )
        _submit(ctx, study, found, link)
    submission = ctx.uow.projects.submitted(study.enrollment, found.id)
    if ask is not None and submission:
        _ask(ctx, submission, GroupId(ask), found)
    return _shown(ctx, study, found, submission)


def _project(study: Study, item: str | None) -> Item:
    """The project named, else the first that is not behind the learner, else the last."""
    projects = [item for item in study.roadmap.items.values() if item.kind == "project"]
    if not projects:
        raise Refusal(Text("This roadmap has no projects."))
    if item is None:
        return next((one for one in projects if study.position.left_of(one.id)), projects[-1])
    found = next((one for one in projects if one.id == item), None)
    if found is None:
        module = study.roadmap.module_of[item]
        near = next((one for one in module.items if one.kind == "project"), projects[0])
        raise Refusal(
            Text("“{item}” is no project.", item=study.roadmap.items[item].title),
            buttons=((Button(Text("{item}", item=near.title), "project", {"item": near.id}),),),
        )
    return found


def _take_path(ctx: Context, study: Study, item: Item, chosen: str) -> None:
    """Note the way taken in place of another one; what was ticked on that one is kept."""
    ways = {PATH + path.id for path in item.paths}
    if chosen not in ways:
        return
    taken = ways & ctx.uow.projects.ticks(study.enrollment, item.id)
    for way in (taken | {chosen}) - (taken & {chosen}):
        ctx.uow.projects.tick(study.enrollment, item.id, way, ctx.now)


def _submit(ctx: Context, study: Study, item: Item, words: str) -> None:
    url, _, note = words.partition(" ")
    try:
        parts = urlsplit(url)
        well = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        well = False
    if not well:
        raise Refusal(
            Text("“{words}” is no address; I expect one that begins with https://.", words=url[:100]),
            buttons=((Button(Text("Try again"), "project", {"item": item.id, "act": "submit"}),),),
            option="link",
        )
    ctx.uow.projects.submit(study.enrollment, item.id, url, note.strip() or None, ctx.now)


def _ask(ctx: Context, submission: Submission, group: GroupId, item: Item) -> None:
    member = ctx.uow.groups.member(group, ctx.who.id)
    if member is None or member.hidden:
        raise Refusal(Text("That is not a group of yours."))
    asked = ctx.uow.projects.review_of(submission.id)
    if asked and asked.decided_at is None:
        return
    ask_for_a_look(ctx, submission, group, item)


def _shown(ctx: Context, study: Study, item: Item, submission: Submission | None) -> Reply:
    ticks = ctx.uow.projects.ticks(study.enrollment, item.id)
    blocks: list[Block] = [Heading(Text("Project: {item}", item=item.title))]
    found = checklist_of(item, ticks)
    ways, choices = paths(found, "project", {"item": item.id})
    listed, rows = checklist(found, "project", {"item": item.id}, "tick")
    rows = choices + rows
    blocks += ways + listed
    if item.alone and any(criterion.check == "peer" for criterion in found.criteria):
        blocks.append(Line(Text("If you study alone: {alone}", alone=item.alone)))
    review = ctx.uow.projects.review_of(submission.id) if submission else None
    if submission:
        blocks.append(Line(Text("Submitted: {link}", link=Link(submission.url, submission.url))))
        blocks += [Line(line) for line in _said_of(ctx, review)]
        rows.append((Button(Text("Withdraw"), "project", {"item": item.id, "act": "withdraw"}),))
        if review is None or review.decided_at:
            rows += [
                (Button(Text("Ask {group} for a look", group=group.title), "project",
                        {"item": item.id, "ask": str(group.id)}),)
                for group, member in ctx.uow.groups.of(ctx.who.id)
                if not member.hidden
            ]  # fmt: skip
    again = Text("Submit again") if submission else Text("Submit")
    rows.append((Button(again, "project", {"item": item.id, "act": "submit"}), Button(Text("Today"), "today")))
    return reply(*blocks, buttons=rows, replaces=ctx.request.pressed)


def _said_of(ctx: Context, review: Review | None) -> list[Text]:
    """Where the review stands, for the author."""
    if review is None:
        return [Text("Your group hears of it only if you ask it for a look.")]
    if review.decided_at is None:
        return [
            Text("Somebody is looking at it.") if review.learner else Text("A look is asked for; you hear of it here.")
        ]
    who = ctx.uow.groups.member(review.group, review.learner) if review.learner else None
    name = who.name if who and not who.hidden else None
    said = Text("Looks done") if review.decision == "done" else Text("Needs a bit more")
    by = Text("{name}: {said}.", name=name, said=said) if name else Text("Somebody of your group: {said}.", said=said)
    return [by, Text("“{words}”", words=review.words or "")]
