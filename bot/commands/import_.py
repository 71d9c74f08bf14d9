"""/import: hours out of a CSV file are shown first, and logged once the learner says yes."""

from collections.abc import Callable
from typing import Annotated

from bot.commands.views.closing import just_finished
from bot.commands.views.entries import history_button
from bot.commands.views.hours_preview import preview_blocks, problem_blocks, unreadable_text, which_day
from bot.commands.views.hours_table import own_columns
from bot.commands.views.progress import week_bar
from bot.commands.views.projects import Section, completed, page_button
from bot.core.name import shown
from bot.core.timesheet.draft import HoursDraft, drafted
from bot.core.timesheet.reading import Sheet, day_first, month_first, read_sheet
from bot.core.timesheet.table import Unreadable
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import FileParameter, Flag, ItemParameter, Number, WireWord, plain
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Line, Reply, reply
from bot.dialogue.request import FILE_LIMIT, File
from bot.dialogue.section import TODAY
from bot.dialogue.text import Day, Minutes, Plural, Text, Typed
from bot.dialogue.wording import languages
from bot.usecases.draft_hours import HoursGone, draft_hours, waiting_hours
from bot.usecases.drop_hours import drop_hours
from bot.usecases.take_hours import NothingToTake, sifted, take_hours

HoursFile = Annotated[
    File,
    FileParameter(
        "hours.csv",
        Text("the file with your hours"),
        Text("Send me the file with your hours: CSV, with a name such as hours.csv."),
    ),
]
_DAY_FIRST, _MONTH_FIRST = "dm", "md"


@command(section=TODAY, examples=("/import",))
def import_(ctx: Context, file: HoursFile | None = None) -> Reply:
    """Bring hours from another program, as a CSV file."""
    _ = ctx.study
    if file is None:
        return reply(
            Text("Send me the file with your hours: CSV, with a name such as hours.csv."),
            Text(
                "I know what Toggl, Clockify and Kimai export, my own file from {csv}, and any table with a day and a "
                "duration in each row.",
                csv=Typed("/export csv"),
            ),
            Text("You see what is in it before anything is logged."),
            expects=Expects("import", "file"),
            anew=True,
        )
    sheet = _read(ctx, file)
    draft = drafted(ctx.new_code().replace("-", "").lower()[:6], shown(file.name), sheet)
    number = draft_hours(ctx.uow, ctx.who.id, draft, ctx.now)
    return _preview(ctx, draft, {"draft": str(number), "key": draft.key}, anew=True)


@command(hidden=True)
def hoursshown(ctx: Context, draft: Number, key: WireWord, order: WireWord | None = None) -> Reply:
    """See what is in a file of hours."""
    args = {"draft": str(draft), "key": key, **({"order": order} if order else {})}
    return _preview(ctx, _waiting(ctx, draft, key), args)


@command(hidden=True)
def hourstaken(
    ctx: Context, draft: Number, key: WireWord, order: WireWord | None = None, doubles: Flag = False
) -> Reply:
    """Log the hours of a file."""
    waiting, before = _waiting(ctx, draft, key), ctx.study
    try:
        taken = take_hours(
            ctx.uow,
            ctx.who.id,
            before,
            _ordered(waiting.sheet, order),
            item_of=_items(ctx),
            doubles=doubles,
            today=ctx.today,
            now=ctx.now,
        )
    except NothingToTake:
        return _preview(ctx, waiting, {"draft": str(draft), "key": key, **({"order": order} if order else {})})
    after = ctx.study
    done = completed(ctx, before, after)
    end = just_finished(ctx, after) if after.position.finished and not before.position.finished else Section()
    rows, days = taken.intake.taken, taken.logging.days
    return reply(
        Plural(
            "Logged {n} entry of {name}: {time}, {first} to {last}.",
            "Logged {n} entries of {name}: {time}, {first} to {last}.",
            n=len(rows),
            name=waiting.name,
            time=Minutes(taken.logging.minutes),
            first=Day(days[0]),
            last=Day(days[-1]),
        ),
        week_bar(after, ctx.today, ctx.today),
        *done.blocks,
        *end.blocks,
        buttons=(
            (Button(Text("Undo"), "undo", {"entry": str(taken.logging.id)}), Button(Text("Today"), "today")),
            done.buttons or end.buttons,
            (page_button(),) if end.blocks else (),
            (history_button(),),
        ),
    )


@command(hidden=True)
def hoursdropped(ctx: Context, draft: Number, key: WireWord) -> Reply:
    """Leave the hours of a file alone."""
    try:
        drop_hours(ctx.uow, ctx.who.id, draft, key)
    except HoursGone:
        raise _gone() from None
    return reply(Text("All right; nothing of it is logged, and I have deleted what I read."))


def _items(ctx: Context) -> Callable[[str], str | None]:
    """Which item of the roadmap words name as a whole; a title also in another of the languages."""
    study, titles = ctx.study, dict[str, set[str]]()
    for language in languages():
        for item in ctx.catalog.newest(ctx.uow, study.roadmap.id, language).items.values():
            if item.id in study.roadmap.items:
                titles.setdefault(plain(item.title), set()).add(item.id)

    def item_of(words: str) -> str | None:
        meant = titles.get(plain(words), set())
        return ItemParameter().titled(words, ctx) or (next(iter(meant)) if len(meant) == 1 else None)

    return item_of


def _read(ctx: Context, file: File) -> Sheet:
    """The hours in a file. Refuses, with the reason, one that has none."""
    name = shown(file.name)
    if file.size > FILE_LIMIT:
        raise Refusal(Text("{name} is larger than 1 MB. Send it in parts, such as a year at a time.", name=name))
    if file.content is None:
        raise Refusal(Text("{name} did not arrive. Please send it again.", name=name))
    try:
        sheet = read_sheet(file.content, ctx.today, own_columns())
    except Unreadable as unreadable:
        raise Refusal(unreadable_text(unreadable, name), Text("Nothing is logged.")) from None
    if not sheet.rows:
        problems = [block.text for block in problem_blocks(sheet.problems) if isinstance(block, Line)]
        raise Refusal(Text("I found no hours in {name}.", name=name), *problems, Text("Nothing is logged."))
    return sheet


def _waiting(ctx: Context, number: int, key: str) -> HoursDraft:
    try:
        return waiting_hours(ctx.uow, ctx.who.id, number, key)
    except HoursGone:
        raise _gone() from None


def _gone() -> Refusal:
    return Refusal(
        Text("I no longer have that file: its hours were logged or left out, or a week has passed."),
        Text("Send it again, and I show what of it is logged already."),
        buttons=(history_button(),),
    )


def _ordered(sheet: Sheet, order: str | None) -> Sheet:
    return month_first(sheet) if order == _MONTH_FIRST else day_first(sheet)


def _preview(ctx: Context, draft: HoursDraft, args: dict[str, str], *, anew: bool = False) -> Reply:
    """What is in the file and what would become of it; first the question how its days are to be read, where that is
    not known."""
    drop = Button(Text("Not now"), "hoursdropped", {"draft": args["draft"], "key": args["key"]}, "no")
    unsure = draft.sheet.unsure
    if unsure and unsure.month_first and "order" not in args:
        orders = ((unsure.day, _DAY_FIRST), (unsure.month_first, _MONTH_FIRST))
        ways = tuple(Button(Text("{day}", day=Day(day)), "hoursshown", {**args, "order": way}) for day, way in orders)
        return reply(which_day(draft, unsure), buttons=(ways, drop), anew=anew)
    sheet = _ordered(draft.sheet, args.get("order"))
    intake = sifted(ctx.study, sheet, today=ctx.today, doubles=False)
    rows = []
    if intake.taken:
        rows.append(Button(Text("Log these"), "hourstaken", args, "yes"))
    if intake.double:
        label = Text("Those logged already, too") if intake.taken else Text("Log them all the same")
        rows.append(Button(label, "hourstaken", {**args, "doubles": "1"}))
    return reply(*preview_blocks(ctx.study, draft, intake), buttons=(*rows, drop), anew=anew)
