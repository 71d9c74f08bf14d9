"""The end of a roadmap: what is said when everything is done, and the facts of the page to keep."""

from dataclasses import dataclass

from bot.commands.views.pictures import closing_picture
from bot.commands.views.projects import Section, checklists, ending
from bot.core.group import Group
from bot.core.ids import EnrollmentId
from bot.core.record import StudyRecord, record_of
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.reply import Fields, Heading
from bot.dialogue.text import Days, Minutes, Plural, Text
from roadmap.model import Item


@dataclass(frozen=True)
class ProjectRecord:
    """A project whose hours are done: its link, if it was submitted, and how many of its criteria are met."""

    item: Item
    url: str | None
    met: int
    criteria: int


def projects_of(ctx: Context, study: Study) -> list[ProjectRecord]:
    """The projects whose hours are done, in the roadmap's order."""
    records = []
    for checklist in checklists(ctx, study):
        submission = ctx.uow.projects.submitted(study.enrollment, checklist.item.id)
        criteria = len(checklist.criteria)
        records.append(
            ProjectRecord(checklist.item, submission.url if submission else None, criteria - checklist.open, criteria)
        )
    return records


def congratulators(ctx: Context, group: Group, enrollment: EnrollmentId) -> list[str]:
    """The names, as they are shown in a group, of its members who have congratulated."""
    givers = ctx.uow.congratulations.givers(enrollment)
    if not givers:
        return []
    names = {member.learner: member.name for member in ctx.uow.groups.members(group.id) if not member.hidden}
    return [names[giver] for giver in givers if giver in names]


def thanks_of(ctx: Context, study: Study) -> list[str]:
    """The names of all who have congratulated, from each of the learner's groups, once."""
    if not study.position.finished:
        return []
    groups = [group for group, _ in ctx.uow.groups.of(ctx.who.id)]
    return list(dict.fromkeys(name for group in groups for name in congratulators(ctx, group, study.enrollment)))


def just_finished(ctx: Context, study: Study) -> Section:
    """What is said when the last of the roadmap was done just now, with what can come after it."""
    end, picture = ending(ctx, study), closing_picture(study, ctx.today)
    title = Heading(Text("“{title}”: done.", title=study.roadmap.title), 1)
    return Section((picture, title, closing_fields(study), *end.blocks), end.buttons)


def closing_fields(study: Study) -> Fields:
    """What the whole roadmap was, in a few numbers."""
    record = record_of(study)
    rows = [
        (Text("Studied"), Text("{time}", time=Minutes(record.minutes))),
        (Text("Weeks"), weeks_text(record)),
        (Text("Projects"), Text("{n}", n=sum(item.kind == "project" for item in study.roadmap.items.values()))),
    ]
    if record.first and record.last:
        rows.insert(0, (Text("When"), Text("{days}", days=Days(record.first, record.last))))
    return Fields(tuple(rows))


def weeks_text(record: StudyRecord) -> Text:
    """How many weeks had hours, and how many of them were met."""
    return Plural(
        "{n} week with hours, {met} met", "{n} weeks with hours, {met} met", n=len(record.weeks), met=record.met
    )
