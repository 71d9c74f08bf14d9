"""A page to keep of what was studied: one HTML file with everything in it, for any browser, a phone and paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from bot.commands.views.closing import ProjectRecord, weeks_text
from bot.core.project import is_address
from bot.core.record import StudyRecord
from bot.core.study import Study
from bot.dialogue.text import Day, Days, Minutes, Plural, Text

_STYLE = """
:root { --ink: #1d2330; --soft: #626b7d; --line: #dfe3ea; --paper: #fff; --accent: #2f6fed; --met: #1f9d63; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ebf2; --soft: #9aa3b5; --line: #2c3342; --paper: #12161f; --accent: #7aa5ff; --met: #4cc38a; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 2.6rem 0 .8rem; }
p { margin: .2rem 0; }
.soft { color: var(--soft); }
.sums { display: flex; flex-wrap: wrap; gap: .8rem; margin: 1.6rem 0 0; padding: 0; list-style: none; }
.sums li { flex: 1 1 9rem; border: 1px solid var(--line); border-radius: .8rem; padding: .8rem 1rem; }
.sums b { display: block; font-size: 1.35rem; }
.row { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: .55rem 0; }
.row { border-top: 1px solid var(--line); }
.row > .time { font-variant-numeric: tabular-nums; white-space: nowrap; }
.row > .soft { grid-column: 1 / -1; font-size: .9rem; }
.bar { grid-column: 1 / -1; height: .35rem; margin: .3rem 0 .1rem; border-radius: 1rem; background: var(--line); }
.bar i { display: block; height: 100%; border-radius: 1rem; background: var(--accent); }
.met .bar i { background: var(--met); }
a { color: var(--accent); overflow-wrap: anywhere; }
figure { margin: 1.6rem 0 0; } figure svg, figure img { max-width: 100%; height: auto; }
@media print { main { padding: 0; } .row { break-inside: avoid; } }
"""

Say = Callable[[Text], str]


@dataclass(frozen=True)
class Page:
    """What the page shows. `name` is the learner's, `thanks` are the names of those who congratulated, `card` is a
    drawing as an `<svg>` or `<img>` element, which stands below the title; empty where there is none."""

    study: Study
    record: StudyRecord
    projects: Sequence[ProjectRecord]
    name: str
    today: date
    thanks: Sequence[str] = ()
    card: str = ""


def record_page(page: Page, say: Say, language: str) -> str:
    """The page as a whole HTML document; every word in it is escaped but the card."""
    title = escape(page.study.roadmap.title)
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(language)}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(page.name)}: {title}</title><style>{_STYLE}</style></head>",
            "<body><main>",
            *_header(page, title, say),
            *_modules(page, say),
            *_projects(page, say),
            *_weeks(page, say),
            *_thanks(page, say),
            f'<p class="soft">{_escaped(say, Text("Written on {day} by your study buddy.", day=Day(page.today)))}</p>',
            "</main></body></html>",
            "",
        ]
    )


def _header(page: Page, title: str, say: Say) -> Iterator[str]:
    study, record = page.study, page.record
    yield f"<header><h1>{title}</h1><p>{escape(page.name)}</p>"
    if record.first and record.last:
        dates = Text("{first} to {last}", first=Day(record.first), last=Day(record.last))
        yield f'<p class="soft">{_escaped(say, dates)}</p>'
    if page.card:
        yield f"<figure>{page.card}</figure>"
    position = study.position
    covered = Text("{covered} of {total} covered", covered=Minutes(position.covered), total=Minutes(position.total))
    state = Text("finished") if position.finished else covered
    projects = Plural("{n} project", "{n} projects", n=len(page.projects))
    sums = [
        (Text("{time}", time=Minutes(record.minutes)), state),
        (Plural("{n} week", "{n} weeks", n=len(record.weeks)), weeks_text(record)),
        (projects, Plural("{n} with a link", "{n} with a link", n=sum(bool(each.url) for each in page.projects))),
    ]
    items = "".join(
        f'<li><b>{_escaped(say, big)}</b><span class="soft">{_escaped(say, small)}</span></li>' for big, small in sums
    )
    yield f'<ul class="sums">{items}</ul></header>'


def _modules(page: Page, say: Say) -> Iterator[str]:
    yield _title(say, Text("Hours by module"))
    most = max((minutes for _, minutes in page.record.modules), default=0)
    for module, minutes in page.record.modules:
        planned = Text("{time} were planned", time=Minutes(module.minutes))
        yield _row(escape(module.title), _time(say, minutes), minutes / most if most else 0, _escaped(say, planned))
    if other := page.record.minutes - sum(minutes for _, minutes in page.record.modules):
        yield _row(_escaped(say, Text("Items of earlier versions")), _time(say, other), None)


def _projects(page: Page, say: Say) -> Iterator[str]:
    if not page.projects:
        return
    yield _title(say, Text("Projects"))
    for project in page.projects:
        met = Text("{met} of {all} criteria met", met=project.met, all=project.criteria)
        link = ""
        if project.url and is_address(project.url):
            link = f'<br><a href="{escape(project.url)}">{escape(project.url)}</a>'
        yield _row(escape(project.item.title) + link, "", None, _escaped(say, met))


def _weeks(page: Page, say: Say) -> Iterator[str]:
    yield _title(say, Text("Week by week"))
    if page.record.before:
        yield _row(_escaped(say, Text("Before the start")), _time(say, page.record.before), None)
    most = max((week.minutes for week in page.record.weeks), default=0)
    for number, week in enumerate(page.record.weeks, start=1):
        dates = Text("{n}. {days}", n=number, days=Days(week.first, week.last))
        items = "; ".join(f"{escape(page.study.title(item))}, {_time(say, minutes)}" for item, minutes in week.items)
        yield _row(
            _escaped(say, dates), _time(say, week.minutes), week.minutes / most if most else 0, items, met=week.met
        )


def _thanks(page: Page, say: Say) -> Iterator[str]:
    if page.thanks:
        yield _title(say, Text("Congratulations"))
        yield f"<p>{escape(', '.join(page.thanks))}</p>"


def _row(label: str, time: str, share: float | None, more: str = "", *, met: bool = False) -> str:
    """A line of a list; `share` draws a bar, from 0 to 1. All words are HTML already."""
    bar = f'<div class="bar"><i style="width:{share:.0%}"></i></div>' if share is not None else ""
    small = f'<div class="soft">{more}</div>' if more else ""
    return f'<div class="row{" met" if met else ""}"><div>{label}</div><div class="time">{time}</div>{bar}{small}</div>'


def _title(say: Say, text: Text) -> str:
    return f"<h2>{_escaped(say, text)}</h2>"


def _time(say: Say, minutes: int) -> str:
    return _escaped(say, Text("{time}", time=Minutes(minutes)))


def _escaped(say: Say, text: Text) -> str:
    return escape(say(text))
