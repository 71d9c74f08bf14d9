"""A look at somebody's project: asked for in the group, taken by one, answered with kind words."""

from typing import Annotated

from bot.commands.views.criteria import checklist
from bot.commands.views.looking import ask_the_group, looked_at
from bot.core.project import ANSWER_WITHIN, Checklist, Review, checklist_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Number, WireWord, WordsParameter
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Block, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Link, Plural, Text
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
def review(ctx: Context, review: Number) -> Reply:
    """Hear in the group that somebody asks for a look at their project."""
    found = ctx.uow.projects.review(review)
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if found is None or group is None or found.group != group.id or found.in_hands(ctx.now) or found.decided_at:
        raise NothingToSend("nobody asks here")
    author = ctx.uow.groups.member(group.id, found.submission.learner)
    item = looked_at(ctx, found)
    if author is None or author.hidden or item is None:
        raise NothingToSend("who asked has left")
    others = [m for m in ctx.uow.groups.members(group.id) if not m.hidden and m.learner != author.learner]
    through = ctx.uow.ledger.finished([m.learner for m in others], {item.id: item.minutes})
    names = [m.name for m in others if m.learner in through][:_NAMED]
    asked: list[Block] = [Line(Text("Through it already: {names}.", names=", ".join(names)))] if names else []
    return reply(
        Heading(Text("A look, please")),
        Text("{name} has finished “{item}” and asks for a look at it: {link}", name=author.name, item=item.title,
             link=Link(found.submission.url, found.submission.url)),
        *asked,
        buttons=((Button(Text("I'll look"), "look", {"review": str(found.id)}),),),
    )  # fmt: skip


@command(hidden=True)
def look(
    ctx: Context,
    review: Number,
    met: WireWord | None = None,
    verdict: Verdict | None = None,
    say: Words | None = None,
    send: Flag = False,
) -> Reply:
    """Look at somebody's project, criterion by criterion, and tell them."""
    found = _mine(ctx, review)
    item = looked_at(ctx, found)
    if item is None:
        raise Refusal(Text("That project is not on the roadmap any more."), final=True)
    args = {"review": str(found.id)}
    if met and any(criterion.id == met for criterion in item.done_when):
        ctx.uow.projects.set_met(found.id, found.met ^ {met})
        found = _mine(ctx, review)
    if verdict and say and send:
        return _decide(ctx, found, verdict, say)
    if verdict and say:
        return reply(
            Text("To the author: “{words}”", words=say),
            buttons=((Button(Text("Send it"), "look", args | {"verdict": verdict, "say": say, "send": "1"}),),),
            expects=Expects("look", "say", args | {"verdict": verdict}),
        )
    if verdict:
        return reply(
            Text("A few kind words to the author? What you liked, and one thing that would make it better."),
            expects=Expects("look", "say", args | {"verdict": verdict}),
            replaces=ctx.request.pressed,
        )
    listed, rows = checklist(_criteria(ctx, found, item), "look", args, "met")
    note = [Line(Text("The author says: {note}", note=found.submission.note))] if found.submission.note else []
    return reply(
        Heading(Text("Project: {item}", item=item.title)),
        Text("{link}", link=Link(found.submission.url, found.submission.url)),
        *note,
        *listed,
        buttons=(
            *rows,
            (
                Button(Text("Looks done"), "look", args | {"verdict": "done"}),
                Button(Text("Needs a bit more"), "look", args | {"verdict": "more"}),
            ),
        ),
        replaces=ctx.request.pressed,
    )


@command(hidden=True)
def reviewed(ctx: Context, review: Number, thanks: Flag = False) -> Reply:
    """Hear what somebody says to your project, or that they thank you for your words."""
    found = ctx.uow.projects.review(review)
    if found is None or found.decided_at is None or found.learner is None:
        raise NothingToSend("there is no review")
    if thanks and ctx.request.occasion:
        if ctx.who.id != found.learner:
            raise NothingToSend("not theirs")
        return reply(Text("Your words on a project arrived, and the author says thank you."))
    if ctx.who.id != found.submission.learner:
        raise NothingToSend("not theirs")
    if thanks:
        token = write_token("reviewed", {"review": str(found.id), "thanks": "1"})
        ctx.uow.deliveries.post(token, ctx.now, learner=found.learner)
        return reply(Text("I have said thank you."), replaces=ctx.request.pressed)
    return _told(ctx, found)


def _mine(ctx: Context, id_: int) -> Review:
    """The review, taken by who asks. Refuses where it is somebody else's or over."""
    found = ctx.uow.projects.review(id_)
    if found is None or ctx.uow.groups.member(found.group, ctx.who.id) is None:
        raise Refusal(Text("That is not a review of your groups."), final=True)
    if found.submission.learner == ctx.who.id:
        raise Refusal(Text("That is your own project; somebody else will look at it."))
    if found.decided_at:
        raise Refusal(Text("That look is done already. Thank you!"), final=True)
    if found.learner != ctx.who.id:
        if not ctx.uow.projects.take(id_, ctx.who.id, ctx.now, ctx.now - ANSWER_WITHIN):
            raise Refusal(Text("Somebody is looking at it already. Thank you all the same!"), final=True)
        found = ctx.uow.projects.review(id_) or found
        ask_the_group(ctx, id_, found.group, ANSWER_WITHIN)
    return found


def _decide(ctx: Context, found: Review, verdict: str, words: str) -> Reply:
    if not ctx.uow.projects.decide(found.id, ctx.who.id, "done" if verdict == "done" else "more", words, ctx.now):
        raise Refusal(Text("That look is done already. Thank you!"), final=True)
    token = write_token("reviewed", {"review": str(found.id)})
    ctx.uow.deliveries.post(token, ctx.now, learner=found.submission.learner)
    return reply(Text("Thank you. Your words are on their way."), replaces=ctx.request.pressed)


def _criteria(ctx: Context, found: Review, item: Item) -> Checklist:
    """The criteria on the author's path, with the looker's marks."""
    ticks = ctx.uow.projects.ticks(found.submission.enrollment, item.id)
    return checklist_of(item, ticks, found.met)


def _told(ctx: Context, found: Review) -> Reply:
    item = looked_at(ctx, found)
    title = item.title if item else found.submission.item
    criteria = _criteria(ctx, found, item) if item else None
    member = ctx.uow.groups.member(found.group, found.learner) if found.learner else None
    name = member.name if member and not member.hidden else None
    said = (
        Text("{name} has looked at “{item}”.", name=name, item=title)
        if name
        else Text("Somebody of your group has looked at “{item}”.", item=title)
    )
    done = Button(Text("Item is done"), "done", {"item": found.submission.item})
    again = Button(Text("Submit again"), "project", {"item": found.submission.item, "act": "submit"})
    return reply(
        said,
        Text("Looks done") if found.decision == "done" else Text("Needs a bit more"),
        *(
            [Plural("{n} of {total} criteria is met.", "{n} of {total} criteria are met.",
                    n=len(criteria.criteria) - criteria.open, total=len(criteria.criteria))]
            if criteria else []
        ),
        Text("“{words}”", words=found.words or ""),
        buttons=(
            (done if found.decision == "done" else again,
             Button(Text("Thank you"), "reviewed", {"review": str(found.id), "thanks": "1"})),
        ),
    )  # fmt: skip
