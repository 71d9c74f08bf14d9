"""/catchup: four ways to adjust a plan, each previewed before it is applied, each undoable for a week."""

from datetime import timedelta

from bot.commands import former
from bot.commands.views.hours import hours_refused
from bot.commands.views.leaving import leave_out
from bot.commands.views.progress import finish_text
from bot.commands.views.taking_back import not_taken_back
from bot.core.catchup import Kind, NotTakenBack
from bot.core.commitment import LEAST, MOST, OutOfRange
from bot.core.ids import EntryId
from bot.core.proposal import NothingToLeaveOut, NothingToMove, NothingToSpread, Proposal, propose
from bot.core.study import Study
from bot.dialogue.command import SUB, command
from bot.dialogue.context import Context
from bot.dialogue.parameters import EntryNumber, Flag, ItemRef, Number, WeeklyHours
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.text import Day, Minutes, Text
from bot.usecases.adjust_plan import adjust_plan
from bot.usecases.bring_item_back import NotLeftOut, bring_item_back
from bot.usecases.undo_adjustment import AdjustedSince, undo_adjustment, undoable
from roadmap.model import Item

LABELS: dict[Kind, Text] = {
    "shift": Text("Shift all dates"),
    "spread": Text("Spread the hours"),
    "trim": Text("Trim to the core"),
    "pace": Text("Other hours a week"),
}


@command(
    section=PLAN,
    examples=("/catchup", Text("/catchup spread the hours")),
    spoken=Text("catch up"),
    asks=Text("Which way?"),
    former=former.catchup,
)
def catchup(ctx: Context, hours: WeeklyHours | None = None) -> Reply:
    """Adjust your plan after weeks that were missed; you see what it means first."""
    return _catch_up(ctx, "pace" if hours else None, hours)


@catchup.sub(word=Text("show"), alone=True)
def show(ctx: Context) -> Reply:
    """See what is open, and the ways to catch up."""
    return _catch_up(ctx, None)


@catchup.sub(word=Text("shift"), also=LABELS["shift"])
def shift(ctx: Context, take: Flag = False) -> Reply:
    """Move all dates by what is open."""
    return _catch_up(ctx, "shift", take=take)


@catchup.sub(word=Text("spread"), also=LABELS["spread"])
def spread(ctx: Context, take: Flag = False) -> Reply:
    """Do what is open in the weeks to come, some of it in each."""
    return _catch_up(ctx, "spread", take=take)


@catchup.sub(word=Text("trim"), also=LABELS["trim"])
def trim(ctx: Context, take: Flag = False) -> Reply:
    """Leave out what is not the core of the roadmap."""
    return _catch_up(ctx, "trim", take=take)


@catchup.sub(word=Text("pace"), also=LABELS["pace"], examples=(Text("/catchup pace 6"),))
def pace(ctx: Context, hours: WeeklyHours | None = None, take: Flag = False) -> Reply:
    """Go on with more or fewer hours a week."""
    return _catch_up(ctx, "pace", hours, take=take)


@catchup.sub(word=Text("skip"), also=Text("leave out, omit"), examples=(Text("/catchup skip calculus"),))
def skip(ctx: Context, item: ItemRef) -> Reply:
    """Leave one item out of your plan; it can come back any time."""
    return leave_out(ctx, item)


@catchup.sub(hidden=True)
def undo(ctx: Context, adjustment: Number) -> Reply:
    """Take back an adjustment of the plan."""
    return _undo(ctx, ctx.study, adjustment)


@catchup.sub(hidden=True)
def back(ctx: Context, entry: EntryNumber) -> Reply:
    """Bring back what was left out."""
    return _bring_back(ctx, ctx.study, entry)


def _catch_up(ctx: Context, kind: Kind | None, hours: int | None = None, *, take: bool = False) -> Reply:
    """Show the choices, preview one of them, or apply it (`take`)."""
    study = ctx.study
    if study.position.finished:
        finished = Text("You have finished the roadmap; there is nothing to catch up with.")
        raise Refusal(finished, *_left_out_intro(study), buttons=_bring_back_buttons(study), final=True)
    if study.commitments.idle(ctx.today) == "pause":
        raise Refusal(
            Text("You are on pause, so nothing is owed; when you are back I help you to catch up."),
            *_left_out_intro(study),
            buttons=((Button(Text("End the pause"), "resume"),), *_bring_back_buttons(study)),
            final=True,
        )
    if kind is None:
        return _overview(ctx, study)
    if kind == "pace" and hours is None:
        return _paces(ctx, study)
    proposal = _proposal(ctx, study, kind, hours)
    return _take(ctx, study, proposal) if take else _preview(ctx, study, proposal, hours)


def _proposal(ctx: Context, study: Study, kind: Kind, hours: int | None) -> Proposal:
    """The adjustment of this kind. Refuses one that would change nothing."""
    try:
        return propose(study, kind, hours, today=ctx.today, now=ctx.now)
    except OutOfRange as error:
        raise hours_refused(error.minutes) from None
    except NothingToMove:
        raise _not_behind() from None
    except NothingToSpread:
        raise Refusal(Text("There is nothing to spread: you are not behind.")) from None
    except NothingToLeaveOut:
        text = Text("Nothing can be left out: what is left of the roadmap is its core, or begun already.")
        raise Refusal(text) from None


def _not_behind() -> Refusal:
    return Refusal(Text("There is nothing to move: you are not behind."))


def _overview(ctx: Context, study: Study) -> Reply:
    debt = study.debt(ctx.today)
    summary = (
        Text(
            "{time} of your plan are open. That is no debt: choose what fits, and see what it means first.",
            time=Minutes(debt),
        )
        if debt
        else Text("You are not behind. You can adjust the plan all the same, if you like.")
    )
    kinds = [kind for kind in LABELS if debt or kind in {"trim", "pace"}]
    buttons: list[tuple[Button, ...]] = [(Button(LABELS[kind], f"catchup.{kind}"),) for kind in kinds]
    blocks: list[Block] = [Line(summary), Line(Text("As it is: done on {end}.", end=finish_text(study, ctx.today)))]
    active = undoable(ctx.uow.adjustments.of(study.enrollment), ctx.now)
    if active:
        label = Text("Take back: {what}", what=LABELS[active.kind])
        buttons.append((Button(label, undo.name, {"adjustment": str(active.id)}),))
    blocks += _left_out(study)
    buttons += _bring_back_buttons(study)
    return reply(*blocks, buttons=buttons, expects=Expects("catchup", SUB))


def _trimmed(study: Study) -> list[tuple[EntryId, Item]]:
    """The items left out of the plan, each with the id of the ledger entry that left it out."""
    items = study.roadmap.items
    return [(entry.id, items[entry.item]) for entry in study.trimmed if entry.item in items]


def _left_out(study: Study) -> list[Block]:
    out = study.position.left_out_of
    lines = [Text("{item}, {time}", item=item.title, time=Minutes(out(item.id))) for _, item in _trimmed(study)]
    return [*map(Line, _left_out_intro(study)), Bullets(tuple(lines))] if lines else []


def _left_out_intro(study: Study) -> list[Text]:
    return [Text("Left out, and welcome back any time:")] if _trimmed(study) else []


def _bring_back_buttons(study: Study) -> list[tuple[Button, ...]]:
    return [
        (Button(Text("Bring back “{item}”", item=item.title), back.name, {"entry": str(id_)}),)
        for id_, item in _trimmed(study)[:5]
    ]


def _paces(ctx: Context, study: Study) -> Reply:
    usual = study.commitments.usual()
    offers = sorted({max(LEAST, usual // 2), max(LEAST, usual - 120), usual, min(MOST, usual + 120)})
    rows = []
    for minutes in offers:
        end = finish_text(_proposal(ctx, study, "pace", minutes).study, ctx.today)
        label = Text("{hours} a week: done on {end}", hours=Minutes(minutes), end=end)
        rows.append((Button(label, pace.name, {"hours": f"{minutes}m"}),))
    return reply(
        Text("How many hours a week?"),
        buttons=rows,
        expects=Expects(pace.name, "hours"),
    )


def _preview(ctx: Context, study: Study, proposal: Proposal, hours: int | None) -> Reply:
    after = proposal.study
    blocks: list[Block] = [Heading(LABELS[proposal.kind])]
    if proposal.kind == "spread":
        more, usual = proposal.commitments
        last = usual.since - timedelta(days=1)
        blocks.append(
            Line(
                Text(
                    "{more} a week from {first} to {last}, then {usual} again.",
                    more=Minutes(more.minutes),
                    first=Day(more.since),
                    last=Day(last),
                    usual=Minutes(usual.minutes),
                )
            )
        )
    elif proposal.kind == "trim":
        items = [study.roadmap.items[id_] for id_ in proposal.items]
        blocks.append(Line(Text("These would be left out, and can come back any time:")))
        blocks.append(Bullets(tuple(Text("{item}, {time}", item=i.title, time=Minutes(i.minutes)) for i in items)))
        blocks.append(Line(Text("Less to do: {time}.", time=Minutes(sum(i.minutes for i in items)))))
    else:
        blocks.append(
            Line(Text("{hours} a week, and nothing is open any more.", hours=Minutes(after.commitments.usual())))
        )
    end = finish_text(after, ctx.today)
    blocks.append(Line(Text("Done on: {end}; as it is now: {before}.", end=end, before=finish_text(study, ctx.today))))
    args = {"take": "1"} | ({"hours": f"{hours}m"} if hours else {})
    return reply(
        *blocks,
        buttons=(
            (
                Button(Text("Take it"), f"catchup.{proposal.kind}", args, "yes"),
                Button(Text("Other ways"), "catchup", answers="no"),
            ),
        ),
    )


def _take(ctx: Context, study: Study, proposal: Proposal) -> Reply:
    try:
        adjustment_id = adjust_plan(ctx.uow, study, proposal, today=ctx.today, now=ctx.now)
    except NothingToMove:
        raise _not_behind() from None
    after = ctx.study
    return reply(
        Text("Done: {what}. From here on your plan fits again.", what=LABELS[proposal.kind]),
        Text("Done on: {end}. Within a week you can take this back.", end=finish_text(after, ctx.today)),
        buttons=(
            (Button(Text("Undo"), undo.name, {"adjustment": str(adjustment_id)}), Button(Text("Today"), "today")),
        ),
    )


def _undo(ctx: Context, study: Study, id_: int) -> Reply:
    try:
        undone = undo_adjustment(ctx.uow, study, id_, today=ctx.today, now=ctx.now)
    except AdjustedSince as error:
        last = Button(LABELS[error.last.kind], undo.name, {"adjustment": str(error.last.id)})
        raise Refusal(
            Text("You have adjusted the plan again since; take that back first."), buttons=((last,),)
        ) from None
    except NotTakenBack as error:
        raise not_taken_back(error) from None
    return reply(
        Text("Took it back: {what}.", what=LABELS[undone.kind]),
        Text("Done on: {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Other ways"), "catchup"), Button(Text("Today"), "today")),),
    )


def _bring_back(ctx: Context, study: Study, entry: EntryId) -> Reply:
    try:
        line = bring_item_back(ctx.uow, study, entry, now=ctx.now)
    except NotLeftOut:
        raise Refusal(Text("That is in your plan already.")) from None
    title = study.title(line.item)
    return reply(
        Text("“{item}” is back in your plan.", item=title),
        Text("Done on: {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Other ways"), "catchup"), Button(Text("Today"), "today")),),
    )
