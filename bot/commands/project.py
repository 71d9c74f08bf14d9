"""/project: a project's criteria, its submission, and its review by a member of the group."""

from typing import Annotated

from bot.commands.views.criteria import checklist_blocks, path_choices
from bot.commands.views.looking import reviewer_name
from bot.core.group import Group
from bot.core.ids import GroupId
from bot.core.project import PATH, Review, Submission, checklist_of
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, ItemRef, Number, WireWord, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.section import ROADMAP
from bot.dialogue.text import Link, Text
from bot.usecases.ask_for_review import ask_for_review
from bot.usecases.own_group import NotShownThere
from bot.usecases.submit_project import NoAddress, submit_project
from bot.usecases.take_path import take_path
from bot.usecases.tick_criterion import tick_criterion
from bot.usecases.withdraw_project import withdraw_project
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
_IN_ADDRESSES = ".:/"
"""Signs that are in an address, and in one that was not typed well."""


@command(
    section=ROADMAP,
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
    chosen = _project(study, item)
    if tick and tick.startswith(PATH):
        take_path(ctx.uow, study, chosen, tick.removeprefix(PATH), ctx.now)
    elif tick:
        tick_criterion(ctx.uow, study, chosen, tick, ctx.now)
    if act == "withdraw" and link:
        raise Refusal(
            Text("I did not understand “{words}”.", words=link),
            buttons=((Button(Text("Withdraw"), "project", {"item": chosen.id, "act": "withdraw"}),),),
        )
    if act == "withdraw":
        withdraw_project(ctx.uow, study, chosen, ctx.now)
    elif act == "submit" or link:
        if link is None:
            return reply(
                Text("Where can it be seen? Send me an address that begins with https://."),
                expects=Expects("project", "link", {"item": chosen.id, "act": "submit"}),
            )
        _submit(ctx, study, chosen, link)
    submission = ctx.uow.projects.submitted(study.enrollment, chosen.id)
    if ask is not None and submission:
        _ask(ctx, submission, GroupId(ask), chosen)
    return _shown(ctx, study, chosen, submission)


def _project(study: Study, item: str | None) -> Item:
    """The named project, else the first with hours left, else the last."""
    projects = [item for item in study.roadmap.items.values() if item.kind == "project"]
    if not projects:
        raise Refusal(Text("This roadmap has no projects."))
    if item is None:
        return next((candidate for candidate in projects if study.position.left_of(candidate.id)), projects[-1])
    named = next((candidate for candidate in projects if candidate.id == item), None)
    if named is None:
        module = study.roadmap.module_of[item]
        near = next((candidate for candidate in module.items if candidate.kind == "project"), projects[0])
        raise Refusal(
            Text("“{item}” is no project.", item=study.roadmap.items[item].title),
            buttons=((Button(Text("{item}", item=near.title), "project", {"item": near.id}),),),
        )
    return named


def _submit(ctx: Context, study: Study, item: Item, words: str) -> None:
    url, _, note = words.partition(" ")
    try:
        submit_project(ctx.uow, study, item, url, note.strip() or None, ctx.now)
    except NoAddress:
        raise Refusal(
            Text("“{words}” is no address; I expect one that begins with https://.", words=url[:100]),
            buttons=((Button(Text("Try again"), "project", {"item": item.id, "act": "submit"}),),),
            option="link",
            final=not any(sign in url for sign in _IN_ADDRESSES),  # other words are not about it: they are not awaited
        ) from None


def _ask(ctx: Context, submission: Submission, group: GroupId, item: Item) -> None:
    try:
        ask_for_review(ctx.uow, ctx.who, submission, item, group, ctx.now)
    except NotShownThere:
        raise Refusal(Text("That is not a group of yours.")) from None


def _shown(ctx: Context, study: Study, item: Item, submission: Submission | None) -> Reply:
    ticks = ctx.uow.projects.ticks(study.enrollment, item.id)
    blocks: list[Block] = [Heading(Text("Project: {item}", item=item.title))]
    its_checklist = checklist_of(item, ticks)
    path_blocks, choices = path_choices(its_checklist, "project", {"item": item.id})
    listed, rows = checklist_blocks(its_checklist, "project", {"item": item.id}, "tick")
    rows = choices + rows
    blocks += path_blocks + listed
    if item.alone and any(criterion.check == "peer" for criterion in its_checklist.criteria):
        blocks.append(Line(Text("If you study alone: {alone}", alone=item.alone)))
    review = ctx.uow.projects.review_of(submission.id) if submission else None
    if submission:
        blocks.append(Line(Text("Submitted: {link}", link=Link(submission.url, submission.url))))
        blocks += [Line(line) for line in _review_lines(ctx, review)]
        rows.append((Button(Text("Withdraw"), "project", {"item": item.id, "act": "withdraw"}),))
        if review is None or review.decided_at:
            rows += [
                (_ask_button(group, item),) for group, member in ctx.uow.groups.of(ctx.who.id) if not member.hidden
            ]
    again = Text("Submit again") if submission else Text("Submit")
    rows.append((Button(again, "project", {"item": item.id, "act": "submit"}), Button(Text("Today"), "today")))
    return reply(*blocks, buttons=rows)


def _ask_button(group: Group, item: Item) -> Button:
    asked = {"item": item.id, "ask": str(group.id)}
    return Button(Text("Ask {group} for a look", group=group.title), "project", asked)


def _review_lines(ctx: Context, review: Review | None) -> list[Text]:
    """The state of the review, for the author."""
    if review is None:
        return [Text("Your group hears of it only if you ask it for a look.")]
    if review.decided_at is None:
        return [
            Text("Somebody is looking at it.")
            if review.learner
            else Text("I have asked for a look at it; you hear of it here.")
        ]
    name = reviewer_name(ctx, review)
    decision = Text("Looks done") if review.decision == "done" else Text("Needs a bit more")
    who_decided = (
        Text("{name}: {said}.", name=name, said=decision)
        if name
        else Text("Somebody of your group: {said}.", said=decision)
    )
    return [who_decided, Text("“{words}”", words=review.words or "")]
