"""/export: everything that is kept about a person, as a file."""

import json
from datetime import date, datetime, time
from typing import Annotated

from bot.commands.views.closing import projects_of, thanks_of
from bot.commands.views.hours_table import hours_table
from bot.commands.views.record_page import Page, record_page
from bot.core.record import record_of
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter
from bot.dialogue.reply import Attachment, Reply, reply
from bot.dialogue.section import YOU
from bot.dialogue.text import Plural, Text, Typed

FileKind = Annotated[
    str,
    ChoiceParameter(
        "csv",
        Text("csv for your hours in a spreadsheet, page for a page to keep"),
        Text("As which file?"),
        {"csv": Text("Hours as CSV"), "page": Text("A page to keep"), "json": Text("Everything as JSON")},
    ),
]


@command(
    section=YOU, reads=True, examples=("/export", "/export csv", "/export page"), spoken=Text("export, export my data")
)
def export(ctx: Context, kind: FileKind = "json") -> Reply:
    """Get everything I keep about you as a file."""
    if kind == "page":
        return _page(ctx)
    return _hours(ctx) if kind == "csv" else _everything(ctx)


def _page(ctx: Context) -> Reply:
    study = ctx.study
    thanks = thanks_of(ctx, study)
    ctx.names_others = bool(thanks)
    page = Page(study, record_of(study), projects_of(ctx, study), ctx.request.account.called, ctx.today, thanks)
    return reply(
        Text("This is your page: what you studied week by week, your projects, the hours of each module."),
        Text("It is one file for any browser; nothing in it is fetched from anywhere."),
        Attachment(
            f"{study.roadmap.id.partition('~')[0]}-{ctx.today.isoformat()}.html",
            "text/html",
            record_page(page, ctx.say, ctx.locale),
        ),
        anew=True,
    )


def _hours(ctx: Context) -> Reply:
    content, entries = hours_table(ctx)
    return reply(
        Plural("These are your hours: {n} entry.", "These are your hours: {n} entries.", n=entries),
        Text("Excel and LibreOffice open the file, and {import_} reads it back.", import_=Typed("/import")),
        Attachment(f"studybuddy-{ctx.today.isoformat()}.csv", "text/csv", content),
        anew=True,
    )


def _everything(ctx: Context) -> Reply:
    tables = ctx.uow.privacy.export(ctx.who.id)
    rows = sum(map(len, tables.values()))
    content = json.dumps(tables, ensure_ascii=False, indent=2, default=_written)
    return reply(
        Plural("This is all I keep about you: {n} record.", "This is all I keep about you: {n} records.", n=rows),
        Text("Every table with its rows; times are UTC, days are yours."),
        Text("{csv} gives you your hours for a spreadsheet.", csv=Typed("/export csv")),
        Attachment(f"studybuddy-{ctx.today.isoformat()}.json", "application/json", content + "\n"),
        anew=True,
    )


def _written(value: object) -> str:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    raise TypeError(f"no way to write {type(value).__name__}")
