"""/link: one person, two accounts. A code from one is typed on the other, which says yes; then its maker does.

Who enters a stranger's code learns nothing of theirs but the account's name, and who lures another into entering theirs
learns nothing before that other has said yes.
"""

from typing import Annotated

from bot.commands.groups.inviting import not_good, worded_tries
from bot.commands.groups.which import asker_of
from bot.commands.views.progress import streak_text
from bot.core.code import Code as Kept
from bot.core.code import Entry, read_code
from bot.core.learner import Account
from bot.core.name import clean
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number, WordsParameter
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Block, Bullets, Button, Fields, Heading, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Minutes, Moment, Text, Typed
from bot.usecases.decline_code import decline_code
from bot.usecases.link_accounts import (
    HasAbsorbed,
    NobodyWaits,
    OwnCode,
    enter_link_code,
    link_accounts,
    offer_link,
    try_link_code,
    waiting_link,
)
from bot.usecases.try_code import check_tries
from bot.usecases.undo_link import NothingToUndo, TooLate, can_undo_link, undo_link

Code = Annotated[
    str,
    WordsParameter("7KQM-2XWD", Text("the code that your other account was given"), Text("What is the code?"), 20),
]


_OVER = Text("Nobody is waiting for your yes any more; a code is valid for ten minutes.")


@command(section=YOU, examples=("/link", "/link 7KQM-2XWD"))
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
        try:
            entered = waiting_link(ctx.uow, ctx.who, entry, ctx.now)
        except NobodyWaits:
            raise Refusal(_OVER) from None
        return _refused(ctx, entered) if no else _merge(ctx, entered) if take else _asked(ctx, entered)
    if code is None:
        return _offer(ctx)
    return _enter(ctx, code, take=take)


@command(hidden=True)
def linkasked(ctx: Context, entry: Number) -> Reply:
    """Be asked whether another account is yours."""
    try:
        return _asked(ctx, waiting_link(ctx.uow, ctx.who, entry, ctx.now))
    except NobodyWaits:
        raise NothingToSend("nobody waits for an answer") from None


def _offer(ctx: Context) -> Reply:
    waits = ctx.uow.codes.entered(ctx.who.id, "link", ctx.now)
    if waits:
        return _asked(ctx, waits[-1])
    code = ctx.new_code()
    until = offer_link(ctx.uow, ctx.who, code, ctx.now)
    accounts = [_account(account) for account in ctx.uow.learners.accounts(ctx.who.id)]
    undo = can_undo_link(ctx.uow, ctx.who, ctx.now)
    return reply(
        Heading(Text("One person, two accounts")),
        Text("Type this to me on your other account: {command}", command=Typed(Text("/link {code}", code=code))),
        Text(
            "It works once, until {moment}. Then I show you here what merges, and you say yes.",
            moment=Moment(until, ctx.zone.key),
        ),
        Text("Your accounts now:"),
        Bullets(tuple(accounts)),
        buttons=((Button(Text("Take the last link back"), "link", {"undo": "1"}),),) if undo else (),
        anew=True,
    )


def _enter(ctx: Context, code: str, *, take: bool) -> Reply:
    """Show whose code it is and that they will be asked; nothing else about them."""
    with worded_tries():
        typed = read_code(code)
        if typed is None:
            check_tries(ctx.uow, asker_of(ctx), ctx.now)
            raise _no_code(code)
        try:
            entered = try_link_code(ctx.uow, asker_of(ctx), typed, ctx.now)
        except OwnCode:
            raise Refusal(Text("That is your own code: type it on your other account.")) from None
    if entered is None:
        return not_good(Text("{link} on your other account gives a new one, for ten minutes.", link=Typed("/link")))
    ctx.names_others = True
    name = _account(ctx.uow.learners.accounts(entered.learner)[0])
    if take or entered.entry:
        enter_link_code(ctx.uow, asker_of(ctx), entered, ctx.now)
        return reply(
            Text("Now say yes as {name}: I have asked there. {link} there asks again.", name=name, link=Typed("/link")),
        )
    own = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    rows = [(Text("This account, logged"), _logged(ctx.study_of(own)))] if own else []
    return reply(
        Heading(Text("Link this account with {name}?", name=name)),
        Text("Only if that is you: whoever has that account sees all of yours afterwards."),
        *([Fields(tuple(rows))] if rows else []),
        *_terms(name),
        buttons=((Button(Text("Link the accounts"), "link", {"code": typed, "take": "1"}, "yes"),),),
    )


def _no_code(words: str) -> Refusal:
    return Refusal(
        Text("“{words}” is no code; codes look like {example}.", words=clean(words), example=Typed("7KQM-2XWD")),
        Text("{link} on your other account gives one, for ten minutes.", link=Typed("/link")),
        buttons=((Button(Text("A code"), "link"),),),
        option="code",
    )


def _asked(ctx: Context, code: Kept) -> Reply:
    """Show the maker of the code what would merge, and ask for their yes."""
    ctx.names_others = True
    entry = _entered(code)
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
    args = {"entry": str(code.id)}
    return reply(
        Heading(Text("Link this account with {name}?", name=_account(account))),
        Text("Only if that is you: whoever has that account sees all of yours afterwards."),
        *([Fields(tuple(rows))] if rows else []),
        *_terms(_account(ctx.uow.learners.accounts(ctx.who.id)[0])),
        buttons=(
            (
                Button(Text("Link the accounts"), "link", args | {"take": "1"}),
                Button(Text("No, that is not me"), "link", args | {"no": "1"}),
            ),
        ),
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


def _refused(ctx: Context, code: Kept) -> Reply:
    decline_code(ctx.uow, code, ctx.now)
    return reply(Text("Nothing has changed, and that code is no longer valid."))


def _account(account: Account) -> Text:
    return Text("{name} on {platform}", name=account.called, platform=account.platform.capitalize())


def _entered(code: Kept) -> Entry:
    assert code.entry is not None  # noqa: S101 - it waits because somebody entered it
    return code.entry


def _logged(study: Study) -> Text:
    return Text("{time}", time=Minutes(study.logged))


def _merge(ctx: Context, code: Kept) -> Reply:
    """Merge the other account into that of the code's maker, who has agreed."""
    try:
        linked = link_accounts(ctx.uow, ctx.who, code, ctx.today, ctx.now)
    except NobodyWaits:
        raise Refusal(_OVER) from None
    except HasAbsorbed:
        raise Refusal(
            Text(
                "This account is linked with another one already; make the code here, and type it on the other account."
            )
        ) from None
    lines: list[Block | Text] = [Text("Your accounts are linked now: everything you do here or there counts together.")]
    if ctx.uow.enrollments.current(ctx.who.id):
        study = ctx.study
        streak = streak_text(study, ctx.today)
        lines.append(Text("Studied so far: {time}. Streak: {streak}.", time=Minutes(study.logged), streak=streak))
    undo = ((Button(Text("Undo"), "link", {"undo": "1"}),),) if linked.merged else ()
    return reply(*lines, buttons=(*undo, (Button(Text("Today"), "today"),)))


def _undo(ctx: Context) -> Reply:
    try:
        undo_link(ctx.uow, ctx.who, ctx.today, ctx.now)
    except NothingToUndo:
        raise Refusal(Text("There is no link of accounts to take back.")) from None
    except TooLate:
        raise Refusal(Text("That was more than a week ago, and stays.")) from None
    ctx.learner = ctx.uow.learners.find(ctx.request.account)
    return reply(
        Text(
            "Your accounts are separate again, as before. What was logged since stays with the account that made the "
            "code."
        ),
        buttons=((Button(Text("Today"), "today"),),),
    )
