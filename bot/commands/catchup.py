"""/catchup: four ways in which a plan bends, each shown before it is taken, each taken back within a week."""

from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.commands.start import check_hours
from bot.commands.undo import reverse
from bot.commands.views.progress import finish_text
from bot.core import catchup as bending
from bot.core.catchup import Adjustment, Kind, with_commitments
from bot.core.commitment import LEAST, MOST, Commitment
from bot.core.ledger import Entry, in_force
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, Flag, Number, WeeklyHours
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Day, Minutes, Text
from roadmap.model import Item

LABELS: dict[Kind, Text] = {
    "shift": Text("Shift all dates"),
    "spread": Text("Spread the hours"),
    "trim": Text("Trim to the core"),
    "pace": Text("Other hours a week"),
}
KindRef = Annotated[
    Kind,
    ChoiceParameter(
        Text("shift all dates"),
        Text("which way"),
        Text("Which way?"),
        {str(kind): label for kind, label in LABELS.items()},
    ),
]


@command(examples=("/catchup", Text("/catchup spread the hours")), spoken=Text("catch up"))
def catchup(
    ctx: Context,
    way: KindRef | None = None,
    hours: WeeklyHours | None = None,
    take: Flag = False,
    undo: Number | None = None,
    back: Number | None = None,
) -> Reply:
    """Bend the plan after weeks that were missed; you see what it means first."""
    study = ctx.study
    if undo is not None:
        return _undo(ctx, study, undo)
    if back is not None:
        return _bring_back(ctx, study, back)
    if study.position.finished:
        said = Text("You have finished the roadmap; there is nothing to catch up with.")
        raise Refusal(said, *_welcome_back(study), buttons=_ways_back(study), final=True)
    if study.commitments.idle(ctx.today) == "pause":
        raise Refusal(
            Text("You are on pause, so nothing is owed; when you are back I help you to catch up."),
            *_welcome_back(study),
            buttons=((Button(Text("End the pause"), "resume"),), *_ways_back(study)),
            final=True,
        )
    if way is None and hours is None:
        return _overview(ctx, study)
    if way == "pace" and hours is None:
        return _paces(ctx, study)
    bent = _bent(ctx, study, way or "pace", hours)
    return _take(ctx, study, bent) if take else _preview(ctx, study, bent, hours)


class _Bent:
    """What a way would do: the study as it would be, and what is to be written."""

    def __init__(self, kind: Kind, ctx: Context, debt: int, made: tuple[Commitment, ...], items: list[str]) -> None:
        study, today = ctx.study, ctx.today
        self.kind = kind
        self.relieved = debt
        self.commitments = made
        self.items = items
        gone = [Entry(-n, item, today, 0, "trim", ctx.now) for n, item in enumerate(items, start=1)]
        self.study = replace(
            study,
            commitments=with_commitments(study.commitments, *(replace(one, made_at=ctx.now) for one in made)),
            entries=(*study.entries, *gone),
            relieved=study.relieved + debt,
        )


def _bent(ctx: Context, study: Study, kind: Kind, hours: int | None) -> _Bent:
    debt, relief, usual = study.debt(ctx.today), study.relief(ctx.today), study.commitments.usual()
    if kind == "shift":
        return _Bent(kind, ctx, relief, (), [])
    if kind == "spread":
        made = bending.spread(usual, debt, ctx.today, study.calendar)
        if made is None:
            raise Refusal(Text("There is nothing to spread: you are not behind."))
        return _Bent(kind, ctx, relief, made, [])
    if kind == "trim":
        items = bending.trims(study, debt or study.position.total)
        if not items:
            raise Refusal(Text("Nothing can be left out: what is left of the roadmap is its core, or begun already."))
        return _Bent(kind, ctx, 0, (), [item.id for item in items])
    check_hours(hours or 0)
    return _Bent(kind, ctx, relief, (Commitment(ctx.today, hours or usual),), [])


def _overview(ctx: Context, study: Study) -> Reply:
    debt = study.debt(ctx.today)
    said = (
        Text("{time} of your plan are open. That is no debt: choose what fits, and see what it means first.",
             time=Minutes(debt))
        if debt
        else Text("You are not behind. The plan bends all the same, if you like.")
    )  # fmt: skip
    kinds = [kind for kind in LABELS if debt or kind in {"trim", "pace"}]
    buttons: list[tuple[Button, ...]] = [(Button(LABELS[kind], "catchup", {"way": kind}),) for kind in kinds]
    blocks: list[Block] = [Line(said), Line(Text("As it is: done on {end}.", end=finish_text(study, ctx.today)))]
    active = _undoable(ctx, study)
    if active:
        label = Text("Take back: {what}", what=LABELS[active.kind])
        buttons.append((Button(label, "catchup", {"undo": str(active.id)}),))
    blocks += _left_out(study)
    buttons += _ways_back(study)
    return reply(*blocks, buttons=buttons, expects=Expects("catchup", "way"), replaces=ctx.request.pressed)


def _trimmed(study: Study) -> list[tuple[int, Item]]:
    """What was left out, with the lines of the ledger that say so."""
    items = study.roadmap.items
    return [(entry.id, items[entry.item]) for entry in study.trimmed if entry.item in items]


def _left_out(study: Study) -> list[Block]:
    out = study.position.left_out_of
    told = [Text("{item}, {time}", item=item.title, time=Minutes(out(item.id))) for _, item in _trimmed(study)]
    return [*map(Line, _welcome_back(study)), Bullets(tuple(told))] if told else []


def _welcome_back(study: Study) -> list[Text]:
    return [Text("Left out, and welcome back any time:")] if _trimmed(study) else []


def _ways_back(study: Study) -> list[tuple[Button, ...]]:
    return [
        (Button(Text("Bring back “{item}”", item=item.title), "catchup", {"back": str(id_)}),)
        for id_, item in _trimmed(study)[:5]
    ]


def _paces(ctx: Context, study: Study) -> Reply:
    usual = study.commitments.usual()
    offers = sorted({max(LEAST, usual // 2), max(LEAST, usual - 120), usual, min(MOST, usual + 120)})
    rows = []
    for minutes in offers:
        end = finish_text(_bent(ctx, study, "pace", minutes).study, ctx.today)
        label = Text("{hours} a week: done on {end}", hours=Minutes(minutes), end=end)
        rows.append((Button(label, "catchup", {"way": "pace", "hours": f"{minutes}m"}),))
    return reply(
        Text("How many hours a week?"),
        buttons=rows,
        expects=Expects("catchup", "hours", {"way": "pace"}),
        replaces=ctx.request.pressed,
    )


def _preview(ctx: Context, study: Study, bent: _Bent, hours: int | None) -> Reply:
    after = bent.study
    blocks: list[Block] = [Heading(LABELS[bent.kind])]
    if bent.kind == "spread":
        more, usual = bent.commitments
        last = usual.since - timedelta(days=1)
        blocks.append(
            Line(
                Text("{more} a week from {first} to {last}, then {usual} again.", more=Minutes(more.minutes),
                     first=Day(more.since), last=Day(last), usual=Minutes(usual.minutes))
            )
        )  # fmt: skip
    elif bent.kind == "trim":
        items = [study.roadmap.items[id_] for id_ in bent.items]
        blocks.append(Line(Text("These would be left out, and can come back any time:")))
        blocks.append(Bullets(tuple(Text("{item}, {time}", item=i.title, time=Minutes(i.minutes)) for i in items)))
        blocks.append(Line(Text("Less to do: {time}.", time=Minutes(sum(i.minutes for i in items)))))
    else:
        blocks.append(
            Line(Text("{hours} a week, and nothing is open any more.", hours=Minutes(after.commitments.usual())))
        )
    end = finish_text(after, ctx.today)
    blocks.append(Line(Text("Done on {end}; as it is now: {before}.", end=end, before=finish_text(study, ctx.today))))
    args = {"way": bent.kind, "take": "1"} | ({"hours": f"{hours}m"} if hours else {})
    return reply(
        *blocks,
        buttons=(
            (Button(Text("Take it"), "catchup", args, "yes"), Button(Text("Other ways"), "catchup", answers="no")),
        ),
        replaces=ctx.request.pressed,
    )


def _take(ctx: Context, study: Study, bent: _Bent) -> Reply:
    if bent.kind in {"shift", "spread"} and not bent.relieved:
        raise Refusal(Text("You are not behind any more; nothing has to be moved."))
    returns = study.commitments.returns(ctx.today)
    usual = study.commitments.usual()
    for commitment in bent.commitments:
        ctx.uow.enrollments.commit(study.enrollment, commitment, ctx.now)
    lines = [
        ctx.uow.ledger.add(study.enrollment, item=item, day=ctx.today, minutes=0, kind="trim", now=ctx.now).id
        for item in bent.items
    ]
    made = ctx.uow.adjustments.add(study.enrollment, bent.kind, bent.relieved, usual, returns, lines, ctx.now)
    after = ctx.study
    return reply(
        Text("Done: {what}. From here on the plan is yours again.", what=LABELS[bent.kind]),
        Text("Done on {end}. Within a week you can take this back.", end=finish_text(after, ctx.today)),
        buttons=((Button(Text("Undo"), "catchup", {"undo": str(made)}), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _undoable(ctx: Context, study: Study) -> Adjustment | None:
    made = [a for a in ctx.uow.adjustments.of(study.enrollment) if a.undone_at is None]
    return made[-1] if made and ctx.now - made[-1].made_at <= bending.UNDO_WITHIN else None


def _undo(ctx: Context, study: Study, id_: int) -> Reply:
    made = [a for a in ctx.uow.adjustments.of(study.enrollment) if a.undone_at is None or a.id == id_]
    found = next((a for a in made if a.id == id_), None)
    if found is None:
        raise Refusal(Text("I cannot find that in your plan."))
    if found.undone_at:
        raise Refusal(Text("That was taken back already; it counts nowhere."))
    if ctx.now - found.made_at > bending.UNDO_WITHIN:
        raise Refusal(Text("That was more than a week ago, and stays."))
    if made[-1].id != id_:
        raise Refusal(Text("You have bent the plan again since; take that back first."),
                      buttons=((Button(LABELS[made[-1].kind], "catchup", {"undo": str(made[-1].id)}),),))  # fmt: skip
    ctx.uow.adjustments.undo_adjustment(id_, ctx.now)
    if found.kind in {"spread", "pace"}:
        ctx.uow.enrollments.commit(study.enrollment, Commitment(ctx.today, found.usual), ctx.now)
    for entry in found.trims:
        _reverse(ctx, study, entry)
    return reply(
        Text("Took it back: {what}.", what=LABELS[found.kind]),
        Text("Done on {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Other ways"), "catchup"), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _bring_back(ctx: Context, study: Study, entry: int) -> Reply:
    line = next((line for line in study.trimmed if line.id == entry), None)
    if line is None:
        raise Refusal(Text("That is in your plan already."))
    _reverse(ctx, study, entry)
    title = study.title(line.item)
    return reply(
        Text("“{item}” is back in your plan.", item=title),
        Text("Done on {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((Button(Text("Other ways"), "catchup"), Button(Text("Today"), "today")),),
        replaces=ctx.request.pressed,
    )


def _reverse(ctx: Context, study: Study, entry: int) -> None:
    trimmed = in_force(study.entries, entry)
    if trimmed:  # else it came back on its own
        reverse(ctx, study.enrollment, study.entries, trimmed)
