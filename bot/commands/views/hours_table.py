"""The ledger as a table for spreadsheets, which `/import` reads back."""

from collections.abc import Mapping
from functools import cache

from babel.numbers import get_decimal_symbol

from bot.core.ledger import Entry, effective
from bot.core.study import Study
from bot.core.timesheet.reading import Column
from bot.core.timesheet.table import defused, written
from bot.dialogue.context import Context
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording, formats, languages

_NAMED: Mapping[Column, Text] = {
    "day": Text("Day"),
    "minutes": Text("Minutes"),
    "hours": Text("Hours"),
    "item": Text("Item"),
    "note": Text("Note"),
}
_MODULE, _RECORDED = Text("Module"), Text("Recorded at")


@cache
def own_columns() -> Mapping[str, Column]:
    """How our own export calls its columns, in every language."""
    return {
        Wording(language).say(text).casefold(): column for language in languages() for column, text in _NAMED.items()
    }


def hours_table(ctx: Context) -> tuple[str, int]:
    """The entries that count, of all the learner's roadmaps by their days, as a CSV file; and how many there are.

    Where the language writes decimals with a comma, cells are parted by semicolons: so Excel opens it there.
    """
    comma = get_decimal_symbol(formats(ctx.locale)) == ","
    named = _NAMED
    header = (named["day"], named["minutes"], named["hours"], named["item"], _MODULE, named["note"], _RECORDED)
    lines = [
        (line, study)
        for study in (ctx.study, *ctx.study.beside)
        for line in effective(study.entries)
        if line.kind == "study" and line.minutes
    ]
    lines.sort(key=lambda each: (each[0].day, each[0].id))
    rows = [tuple(map(ctx.say, header)), *(_row(ctx, line, study, comma=comma) for line, study in lines)]
    return written(rows, ";" if comma else ","), len(lines)


def _row(ctx: Context, line: Entry, study: Study, *, comma: bool) -> tuple[str, ...]:
    hours = f"{line.minutes / 60:.2f}"
    module = study.roadmap.module_of.get(line.item)
    return (
        line.day.isoformat(),
        str(line.minutes),
        hours.replace(".", ",") if comma else hours,
        defused(study.title(line.item)),
        defused(module.title) if module else "",
        defused(line.note or ""),
        line.recorded_at.astimezone(ctx.zone).strftime("%Y-%m-%d %H:%M"),
    )
