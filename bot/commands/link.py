"""/link: one person, two accounts. A code from one is typed on the other, which says yes; then its maker does.

Who enters a stranger's code learns nothing of theirs but the account's name, and who lures another into entering theirs
learns nothing before that other has said yes.
"""

from collections.abc import Iterable
from typing import Annotated

from bot.commands.groups.inviting import check_tries, entered_by_another, not_good
from bot.commands.groups.succession import hand_over
from bot.commands.views.progress import streak_text
from bot.core.code import HOLDS, Entry, read_code
from bot.core.code import Code as Kept
from bot.core.commitment import Commitment
from bot.core.group import Group, Member
from bot.core.learner import Account
from bot.core.merge import UNDO_WITHIN, Merge
from bot.core.name import clean
from bot.core.reminder import after
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number, WordsParameter
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Block, Bullets, Button, Fields, Heading, Reply, reply
from bot.dialogue.request import write_token
from bot.dialogue.text import Minutes, Moment, Text, Typed

Code = Annotated[
    str,
    WordsParameter("7KQM-2XWD", Text("the code that your other account was given"), Text("What is the code?"), 20),
]


_OVER = Text("Nobody waits for your yes any more; a code holds for ten minutes.")


@command(examples=("/link", "/link 7KQM-2XWD"))
def link(
    ctx: Context,
    code: Code | None = None,
    take: Flag = False,
    undo: Flag = False,
    entry: Number | None = None,
    no: Flag = False,
) -> Reply:
    """Use me from two accounts as one person."""
    if undo or (code and code.casefold() == ctx.say(Text("undo")).casefold()):
        return _undo(ctx)
    if entry is not None:
        found = _waiting(ctx, entry)
        if found is None:
            raise Refusal(_OVER)
        return _refused(ctx, found) if no else _merge(ctx, found) if take else _asked(ctx, found)
    if code is None:
        return _offer(ctx)
    return _enter(ctx, code, take=take)


@command(hidden=True)
def linkasked(ctx: Context, entry: Number) -> Reply:
    """Be asked whether another account is yours."""
    found = _waiting(ctx, entry)
    if found is None:
        raise NothingToSend("nobody waits for an answer")
    return _asked(ctx, found)


def _waiting(ctx: Context, entry: int) -> Kept | None:
    """A code of who asks that another account has entered."""
    return next((one for one in ctx.uow.codes.entered(ctx.who.id, "link", ctx.now) if one.id == entry), None)


def _offer(ctx: Context) -> Reply:
    waits = ctx.uow.codes.entered(ctx.who.id, "link", ctx.now)
    if waits:
        return _asked(ctx, waits[-1])
    code = ctx.new_code()
    ctx.uow.codes.create(code, "link", ctx.who.id, None, ctx.now)
    accounts = [_account(one) for one in ctx.uow.learners.accounts(ctx.who.id)]
    last = ctx.uow.merges.last(ctx.who.id)
    undo = last is not None and last.undone_at is None and ctx.now - last.merged_at <= UNDO_WITHIN
    return reply(
        Heading(Text("One person, two accounts")),
        Text("Type this to me on your other account: {command}", command=Typed(Text("/link {code}", code=code))),
        Text("It works once, until {moment}. Then I show you here what merges, and you say yes.",
             moment=Moment(ctx.now + HOLDS["link"], ctx.zone.key)),
        Text("Your accounts now:"),
        Bullets(tuple(accounts)),
        buttons=((Button(Text("Take the last merge back"), "link", {"undo": "1"}),),) if undo else (),
    )  # fmt: skip


def _enter(ctx: Context, code: str, *, take: bool) -> Reply:
    """A code from another account: whose it is, and that they will be asked; nothing else of theirs."""
    check_tries(ctx)
    typed = read_code(code)
    if typed is None:
        raise Refusal(
            Text("“{words}” is no code; codes look like {example}.", words=clean(code), example=Typed("7KQM-2XWD")),
            Text("{link} on your other account gives one, for ten minutes.", link=Typed("/link")),
            buttons=((Button(Text("A code"), "link"),),),
            option="code",
        )
    found = ctx.uow.codes.find(typed, ctx.now)
    accounts = ctx.uow.learners.accounts(found.learner) if found else ()
    if found is None or found.kind != "link" or entered_by_another(ctx, found):
        how = Text("{link} on your other account gives a new one, for ten minutes.", link=Typed("/link"))
        return not_good(ctx, typed, how)
    if ctx.learner and ctx.learner.id == found.learner:
        raise Refusal(Text("That is your own code: type it on your other account."))
    ctx.names_others = True
    name = _account(accounts[0])
    if take or found.entry:
        if found.entry is None:
            ctx.uow.codes.enter(found, ctx.request.account, None, ctx.now)
            ctx.uow.deliveries.post(write_token("linkasked", {"entry": str(found.id)}), ctx.now, learner=found.learner)
        return reply(
            Text("Now say yes as {name}: I have asked there. {link} there asks again.", name=name, link=Typed("/link")),
            replaces=ctx.request.pressed,
        )
    own = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    rows = [(Text("This account, logged"), _logged(ctx.study_of(own)))] if own else []
    return reply(
        Heading(Text("Become one with {name}?", name=name)),
        Text("Only if that is you: whoever has that account sees all of yours afterwards."),
        *([Fields(tuple(rows))] if rows else []),
        *_terms(name),
        buttons=((Button(Text("Make us one"), "link", {"code": typed, "take": "1"}, "yes"),),),
        replaces=ctx.request.pressed,
    )


def _asked(ctx: Context, found: Kept) -> Reply:
    """What merges, for whoever made the code: the last word is theirs."""
    ctx.names_others = True
    entry = _entered(found)
    account = entry.account
    other = ctx.uow.enrollments.current(entry.learner) if entry.learner else None
    own = ctx.uow.enrollments.current(ctx.who.id)
    rows: list[tuple[Text, Text]] = []
    if own:
        rows.append((Text("This account, logged"), _logged(ctx.study_of(own))))
    if other:
        rows.append((Text("{name}, logged", name=account.called), _logged(ctx.study_of(other))))
    if other and own:
        together = ctx.study_of(other).logged + ctx.study_of(own).logged
        rows.append((Text("Together"), Text("{time}", time=Minutes(together))))
    args = {"entry": str(found.id)}
    return reply(
        Heading(Text("Become one with {name}?", name=_account(account))),
        Text("Only if that is you: whoever has that account sees all of yours afterwards."),
        *([Fields(tuple(rows))] if rows else []),
        *_terms(_account(ctx.uow.learners.accounts(ctx.who.id)[0])),
        buttons=(
            (
                Button(Text("Make us one"), "link", args | {"take": "1"}),
                Button(Text("No, that is not me"), "link", args | {"no": "1"}),
            ),
        ),
        replaces=ctx.request.pressed,
    )


def _terms(kept: Text) -> tuple[Text, ...]:
    """What becoming one means; `kept` is the account that made the code."""
    return (
        Text(
            "Hours, groups and quiz answers come together. Roadmap, settings, reminders, commitment and time "
            "zone are those of {name}.",
            name=kept,
        ),
        Text("Within a week you can take it back."),
    )


def _refused(ctx: Context, found: Kept) -> Reply:
    ctx.uow.codes.use(found, ctx.now)
    return reply(Text("Nothing has changed, and that code is not good any more."), replaces=ctx.request.pressed)


def _account(one: Account) -> Text:
    return Text("{name} on {platform}", name=one.called, platform=one.platform.capitalize())


def _entered(found: Kept) -> Entry:
    assert found.entry is not None  # noqa: S101 - it waits because somebody entered it
    return found.entry


def _logged(study: Study) -> Text:
    return Text("{time}", time=Minutes(study.logged))


def _merge(ctx: Context, found: Kept) -> Reply:
    """The maker's yes: what is the other account's becomes theirs."""
    me, entry = ctx.who.id, _entered(found)
    theirs = entry.learner
    ctx.uow.merges.lock([me, *([theirs] if theirs else [])])
    if _waiting(ctx, found.id) != found or theirs == me or not ctx.uow.codes.use(found, ctx.now):
        raise Refusal(_OVER)
    before = ctx.uow.enrollments.current(me)
    undo: tuple[tuple[Button, ...], ...] = ()
    if theirs is None:
        ctx.uow.learners.attach(entry.account, me)
    else:
        if ctx.uow.merges.absorbed(theirs) or ctx.uow.merges.is_absorbed(me):
            raise Refusal(
                Text("This account has taken in another one itself; make the code here, and type it on the other side.")
            )
        groups = [*ctx.uow.groups.of(theirs), *ctx.uow.groups.of(me)]
        ctx.uow.groups.lock(group.id for group, _ in groups)
        ctx.uow.merges.merge(me, theirs, ctx.now)
        _organised(ctx, groups)
        undo = ((Button(Text("Undo"), "link", {"undo": "1"}),),)
    if before and ctx.uow.enrollments.current(me) != before:
        # Which roadmap is followed is a setting like the others: of two it is that of whoever made the code.
        ctx.uow.enrollments.enroll(me, roadmap=before.roadmap, version=before.version, start=before.start, now=ctx.now)
        for rests in ctx.uow.enrollments.of(me)[1:]:
            ctx.uow.enrollments.commit(rests.id, Commitment(ctx.today, 0), ctx.now)
    said: list[Block | Text] = [Text("You are one now: everything you do here or there counts together.")]
    if ctx.uow.enrollments.current(me):
        study = ctx.study
        said.append(Text("Studied so far: {time}. Streak: {streak}.", time=Minutes(study.logged),
                         streak=streak_text(study, ctx.today)))  # fmt: skip
    return reply(*said, buttons=(*undo, (Button(Text("Today"), "today"),)), replaces=ctx.request.pressed)


def _organised(ctx: Context, groups: Iterable[tuple[Group, Member]]) -> None:
    """No group loses its last organiser by what happened to these memberships."""
    for group in {group.id: group for group, _ in groups}.values():
        hand_over(ctx, group)


def _undo(ctx: Context) -> Reply:
    last = ctx.uow.merges.last(ctx.who.id)
    if last is None or last.undone_at is not None:
        raise Refusal(Text("There is no merge to be taken back."))
    if ctx.now - last.merged_at > UNDO_WITHIN:
        raise Refusal(Text("That was more than a week ago, and stays."))
    ctx.uow.merges.lock([last.learner, last.absorbed])
    groups = [*ctx.uow.groups.of(last.learner)]
    ctx.uow.groups.lock(group.id for group, _ in groups)
    if not ctx.uow.merges.undo(last.id, ctx.now):
        raise Refusal(Text("There is no merge to be taken back."))
    back = ctx.uow.learners.get(last.absorbed)
    due = ctx.uow.merges.reminders_before(last.absorbed)
    for rule in ctx.uow.reminders.rules(last.absorbed) if back else ():
        if due.get(rule.kind, any(due.values())):  # of a kind that came about since: as the others
            coming = after(rule.weekdays, rule.at, rule.zone, ctx.now).due
            ctx.uow.reminders.set(last.absorbed, rule.kind, rule.weekdays, rule.at, rule.zone, coming)
    _take_up(ctx, last)
    _organised(ctx, [*groups, *ctx.uow.groups.of(last.absorbed)])
    ctx.learner = ctx.uow.learners.find(ctx.request.account)
    return reply(
        Text("You are two again, as before. What was logged since stays with the account that made the code."),
        buttons=((Button(Text("Today"), "today"),),),
        replaces=ctx.request.pressed,
    )


def _take_up(ctx: Context, merge: Merge) -> None:
    """A roadmap that rested since the merge goes on, at the hours it had."""
    own = ctx.uow.enrollments.current(merge.absorbed)
    made = ctx.uow.enrollments.commitments(own.id).made if own else ()
    rested = made[-1:] == (Commitment(ctx.date_at(merge.merged_at), 0),)
    if own and rested and made[-2:-1] and made[-2].minutes:
        ctx.uow.enrollments.commit(own.id, Commitment(ctx.today, made[-2].minutes), ctx.now)
