"""Reviews of projects: a group is asked, one member takes the review and sends a verdict with a few words."""

from typing import Annotated

from bot.commands.views.criteria import checklist_blocks
from bot.commands.views.looking import looked_at, reviewer_name
from bot.core.ids import ReviewId
from bot.core.project import Checklist, Review, checklist_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, ReviewNumber, WireWord, WordsParameter
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Block, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Link, Plural, Text
from bot.usecases.judge_criterion import judge_criterion
from bot.usecases.review_project import review_project
from bot.usecases.take_review import NoSuchReview, OwnProject, ReviewGiven, TakenAlready, take_review
from bot.usecases.thank_reviewer import thank_reviewer
from roadmap.model import Item

_NAMED = 3
Verdict = Annotated[
    str,
    ChoiceParameter(
        Text("Looks done"),
        Text("what you decide"),
        Text("What do you decide?"),
        {"done": Text("Looks done"), "more": Text("Needs a bit more")},
    ),
]
Words = Annotated[
    str,
    WordsParameter(Text("I like your plots"), Text("kind words to the author"), Text("What do you say to it?"), 1000),
]


@command(private=False, hidden=True)
def review(ctx: Context, review: ReviewNumber) -> Reply:
    """Hear in the group that somebody asks for a look at their project."""
    asked_for = ctx.uow.projects.review(review)
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if asked_for is None or group is None or asked_for.group != group.id:
        raise NothingToSend("nobody asks here")
    if asked_for.in_hands(ctx.now) or asked_for.decided_at:
        raise NothingToSend("nobody asks any more")
    author = ctx.uow.groups.member(group.id, asked_for.submission.learner)
    item = looked_at(ctx, asked_for)
    if author is None or author.hidden or item is None:
        raise NothingToSend("who asked has left")
    others = [m for m in ctx.uow.groups.members(group.id) if not m.hidden and m.learner != author.learner]
    through = ctx.uow.ledger.finished([m.learner for m in others], {item.id: item.minutes})
    names = [m.name for m in others if m.learner in through][:_NAMED]
    finished_lines: list[Block] = [Line(Text("Through it already: {names}.", names=", ".join(names)))] if names else []
    return reply(
        Heading(Text("A look, please")),
        Text(
            "{name} has finished “{item}” and asks for a look at it: {link}",
            name=author.name,
            item=item.title,
            link=Link(asked_for.submission.url, asked_for.submission.url),
        ),
        *finished_lines,
        buttons=((Button(Text("I'll look"), "look", {"review": str(asked_for.id)}),),),
        anew=True,
    )


@command(hidden=True)
def look(
    ctx: Context,
    review: ReviewNumber,
    met: WireWord | None = None,
    verdict: Verdict | None = None,
    say: Words | None = None,
    send: Flag = False,
) -> Reply:
    """Look at somebody's project, criterion by criterion, and tell them."""
    open_review = _taken(ctx, review)
    item = looked_at(ctx, open_review)
    if item is None:
        raise Refusal(Text("That project is not on the roadmap any more."), final=True)
    args = {"review": str(open_review.id)}
    if met:
        open_review = judge_criterion(ctx.uow, ctx.who, open_review, item, met)
    if verdict and say and send:
        return _give(ctx, open_review, verdict, say)
    if verdict and say:
        return reply(
            Text("To the author: “{words}”", words=say),
            buttons=((Button(Text("Send it"), "look", args | {"verdict": verdict, "say": say, "send": "1"}),),),
            expects=Expects("look", "say", args | {"verdict": verdict}),
            anew=True,
        )
    if verdict:
        return reply(
            Text("A few kind words to the author? What you liked, and one thing that would make it better."),
            expects=Expects("look", "say", args | {"verdict": verdict}),
        )
    listed, rows = checklist_blocks(_criteria(ctx, open_review, item), "look", args, "met")
    note = (
        [Line(Text("The author says: {note}", note=open_review.submission.note))] if open_review.submission.note else []
    )
    return reply(
        Heading(Text("Project: {item}", item=item.title)),
        Text("{link}", link=Link(open_review.submission.url, open_review.submission.url)),
        *note,
        *listed,
        buttons=(
            *rows,
            (
                Button(Text("Looks done"), "look", args | {"verdict": "done"}),
                Button(Text("Needs a bit more"), "look", args | {"verdict": "more"}),
            ),
        ),
    )


@command(hidden=True)
def reviewed(ctx: Context, review: ReviewNumber, thanks: Flag = False) -> Reply:
    """Hear what somebody says to your project, or that they thank you for your words."""
    decided_review = ctx.uow.projects.review(review)
    if decided_review is None or decided_review.decided_at is None or decided_review.learner is None:
        raise NothingToSend("there is no review")
    if thanks and ctx.request.occasion:
        if ctx.who.id != decided_review.learner:
            raise NothingToSend("not theirs")
        return reply(Text("Your words on a project arrived, and the author says thank you."), anew=True)
    if ctx.who.id != decided_review.submission.learner:
        raise NothingToSend("not theirs")
    if thanks:
        thank_reviewer(ctx.uow, ctx.who, decided_review, ctx.now)
        return reply(Text("I have said thank you."))
    return _verdict_reply(ctx, decided_review)


def _taken(ctx: Context, review: ReviewId) -> Review:
    """Take the review for the learner. Refuses one that somebody else has taken, or that was given."""
    try:
        return take_review(ctx.uow, ctx.who, review, ctx.now)
    except NoSuchReview:
        raise Refusal(Text("That is not a review of your groups."), final=True) from None
    except OwnProject:
        raise Refusal(Text("That is your own project; somebody else will look at it.")) from None
    except ReviewGiven:
        raise _given() from None
    except TakenAlready:
        raise Refusal(Text("Somebody is looking at it already. Thank you all the same!"), final=True) from None


def _give(ctx: Context, open_review: Review, verdict: str, words: str) -> Reply:
    try:
        review_project(ctx.uow, ctx.who, open_review, "done" if verdict == "done" else "more", words, ctx.now)
    except ReviewGiven:
        raise _given() from None
    return reply(Text("Thank you. Your words are on their way."))


def _given() -> Refusal:
    return Refusal(Text("That look is done already. Thank you!"), final=True)


def _criteria(ctx: Context, about: Review, item: Item) -> Checklist:
    """The criteria on the author's path, with the reviewer's marks."""
    ticks = ctx.uow.projects.ticks(about.submission.enrollment, item.id)
    return checklist_of(item, ticks, about.met)


def _verdict_reply(ctx: Context, decided_review: Review) -> Reply:
    item = looked_at(ctx, decided_review)
    title = item.title if item else decided_review.submission.item
    criteria = _criteria(ctx, decided_review, item) if item else None
    name = reviewer_name(ctx, decided_review)
    who_looked = (
        Text("{name} has looked at “{item}”.", name=name, item=title)
        if name
        else Text("Somebody of your group has looked at “{item}”.", item=title)
    )
    done = Button(Text("Item is done"), "done", {"item": decided_review.submission.item})
    again = Button(Text("Submit again"), "project", {"item": decided_review.submission.item, "act": "submit"})
    return reply(
        who_looked,
        Text("Looks done") if decided_review.decision == "done" else Text("Needs a bit more"),
        *([_met_text(criteria)] if criteria else []),
        Text("“{words}”", words=decided_review.words or ""),
        buttons=(
            (
                done if decided_review.decision == "done" else again,
                Button(Text("Thank you"), "reviewed", {"review": str(decided_review.id), "thanks": "1"}),
            ),
        ),
        anew=True,
    )


def _met_text(criteria: Checklist) -> Text:
    total = len(criteria.criteria)
    met = total - criteria.open
    return Plural("{n} of {total} criteria is met.", "{n} of {total} criteria are met.", n=met, total=total)
