"""/link: one person, two accounts. A code from one is typed on the other; what merges is shown first."""

from typing import Annotated

from bot.commands.views.standing import streak_text
from bot.core.calendar import local_date
from bot.core.code import HOLDS, read_code
from bot.core.commitment import Commitment
from bot.core.merge import UNDO_WITHIN, Merge
from bot.core.reminder import after
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, WordsParameter
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Fields, Heading, Line, Reply, reply
from bot.dialogue.text import Minutes, Moment, Text, Typed

Code = Annotated[
    str,
    WordsParameter("7KQM-2XWD", Text("the code that your other account was given"), Text("What is the code?"), 20),
]


@command(examples=("/link", "/link 7KQM-2XWD"))
def link(ctx: Context, code: Code | None = None, take: Flag = False, undo: Flag = False) -> Reply:
    """Use me from two accounts as one person."""
    if undo or (code and code.casefold() == ctx.say(Text("undo")).casefold()):
        return _undo(ctx)
    if code is None:
        return _offer(ctx)
    typed = read_code(code)
    found = ctx.store.codes.find(typed, "link", ctx.now) if typed else None
    if typed is None or found is None:
        raise Refusal(
            Text("That code is not good. {link} on your other account gives a new one, for ten minutes.",
                 link=Typed("/link"))
        )  # fmt: skip
    if ctx.learner and ctx.learner.id == found[0]:
        raise Refusal(Text("That is your own code: type it on your other account."))
    return _merge(ctx, typed, found[0]) if take else _preview(ctx, typed, found[0])


def _offer(ctx: Context) -> Reply:
    code = ctx.new_code()
    ctx.store.codes.make(code, "link", ctx.who.id, None, ctx.now)
    accounts = [
        Text("{name} on {platform}", name=one.name, platform=one.platform.capitalize())
        for one in ctx.store.learners.accounts(ctx.who.id)
    ]
    last = ctx.store.merges.last(ctx.who.id)
    undo = last is not None and last.undone_at is None and ctx.now - last.merged_at <= UNDO_WITHIN
    return reply(
        Heading(Text("One person, two accounts")),
        Text("Type this to me on your other account: {command}", command=Typed(Text("/link {code}", code=code))),
        Text("It works once, until {moment}. You see there what merges before it does.",
             moment=Moment(ctx.now + HOLDS["link"], ctx.zone.key)),
        Text("Your accounts now:"),
        Bullets(tuple(accounts)),
        buttons=((Button(Text("Take the last merge back"), "link", {"undo": "1"}),),) if undo else (),
    )  # fmt: skip


def _preview(ctx: Context, code: str, other: int) -> Reply:
    kept = ctx.store.learners.get(other)
    if kept is None:
        raise Refusal(Text("That code is not good any more."))
    names = [one.name for one in ctx.store.learners.accounts(other)]
    theirs = ctx.store.enrollments.current(other)
    rows: list[tuple[Text, Text]] = []
    if theirs:
        rows.append((Text("{name}, logged", name=names[0]), _logged(ctx.study_of(theirs))))
    own = ctx.store.enrollments.current(ctx.learner.id) if ctx.learner else None
    if own:
        rows.append((Text("This account, logged"), _logged(ctx.study_of(own))))
    if theirs and own:
        together = ctx.study_of(theirs).logged + ctx.study_of(own).logged
        rows.append((Text("Together"), Text("{time}", time=Minutes(together))))
    blocks: list[Block] = [Heading(Text("Become one with {name}?", name=names[0]))]
    if rows:
        blocks.append(Fields(tuple(rows)))
    blocks.append(
        Line(Text("Hours, groups and quiz answers come together. Roadmap, settings, reminders, commitment and time "
                  "zone are those of {name}.", name=names[0]))
    )  # fmt: skip
    blocks.append(Line(Text("Within a week you can take it back.")))
    return reply(
        *blocks,
        buttons=((Button(Text("Make us one"), "link", {"code": code, "take": "1"}),),),
        replaces=ctx.request.pressed,
    )


def _logged(study: Study) -> Text:
    return Text("{time}", time=Minutes(study.logged))


def _merge(ctx: Context, code: str, other: int) -> Reply:
    mine = ctx.learner.id if ctx.learner else None
    ctx.store.merges.lock([other, *([mine] if mine else [])])
    if not ctx.store.codes.use(code, "link", ctx.now):
        raise Refusal(Text("That code is not good any more."))
    before = ctx.store.enrollments.current(other)
    if mine is None:
        ctx.store.learners.attach(ctx.request.account, other)
        undo: tuple[tuple[Button, ...], ...] = ()
    else:
        if ctx.store.merges.absorbed(mine) or ctx.store.merges.is_absorbed(other):
            raise Refusal(
                Text("This account has taken in another one itself; make the code here, and type it on the other side.")
            )
        ctx.store.merges.merge(other, mine, ctx.now)
        undo = ((Button(Text("Undo"), "link", {"undo": "1"}),),)
    if before and ctx.store.enrollments.current(other) != before:
        # Which roadmap is followed is a setting like the others: of two it is that of whoever made the code.
        ctx.store.enrollments.enroll(
            other, roadmap=before.roadmap, version=before.version, start=before.start, now=ctx.now
        )
        for rests in ctx.store.enrollments.of(other)[1:]:
            ctx.store.enrollments.commit(rests.id, Commitment(ctx.today, 0), ctx.now)
    ctx.learner = ctx.store.learners.get(other)
    enrolled = ctx.store.enrollments.current(other)
    said: list[Block | Text] = [Text("You are one now: everything you do here or there counts together.")]
    if enrolled:
        study = ctx.afresh()
        ctx.boards_change()
        said.append(Text("Studied so far: {time}. Streak: {streak}.", time=Minutes(study.logged),
                         streak=streak_text(study, ctx.today)))  # fmt: skip
    return reply(*said, buttons=(*undo, (Button(Text("Today"), "today"),)), replaces=ctx.request.pressed)


def _undo(ctx: Context) -> Reply:
    last = ctx.store.merges.last(ctx.who.id)
    if last is None or last.undone_at is not None:
        raise Refusal(Text("There is no merge to be taken back."))
    if ctx.now - last.merged_at > UNDO_WITHIN:
        raise Refusal(Text("That was more than a week ago, and stays."))
    ctx.store.merges.lock([last.learner, last.absorbed])
    for group, _ in ctx.store.groups.of(last.learner):
        ctx.board_changes(group, ctx.now)
    if not ctx.store.merges.undo(last.id, ctx.now):
        raise Refusal(Text("There is no merge to be taken back."))
    back = ctx.store.learners.get(last.absorbed)
    due = ctx.store.merges.rests(last.absorbed)
    for rule in ctx.store.reminders.rules(last.absorbed) if back else ():
        if due.get(rule.kind):
            coming = after(rule.weekdays, rule.at, rule.zone, ctx.now).due
            ctx.store.reminders.put(last.absorbed, rule.kind, rule.weekdays, rule.at, rule.zone, coming)
    _take_up(ctx, last)
    ctx.learner = ctx.store.learners.find(ctx.request.account)
    ctx.afresh()
    return reply(
        Text("You are two again, as before. What was logged since stays with the account that made the code."),
        buttons=((Button(Text("Today"), "today"),),),
        replaces=ctx.request.pressed,
    )


def _take_up(ctx: Context, merge: Merge) -> None:
    """A roadmap that rested since the merge goes on, at the hours it had."""
    own = ctx.store.enrollments.current(merge.absorbed)
    made = ctx.store.enrollments.commitments(own.id).made if own else ()
    rested = made[-1:] == (Commitment(local_date(merge.merged_at, ctx.zone), 0),)
    if own and rested and made[-2:-1] and made[-2].minutes:
        ctx.store.enrollments.commit(own.id, Commitment(ctx.today, made[-2].minutes), ctx.now)
