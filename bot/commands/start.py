"""/start: from hello to the first step in at most three answers."""

from zoneinfo import ZoneInfo

from bot.commands.starting.answers import enrolled_text, going_on, switched, welcomed
from bot.commands.starting.offers import RoadmapRef
from bot.commands.starting.questions import ask_hours, ask_roadmap, ask_zone
from bot.commands.views.begin import (
    Anew,
    advice,
    begun,
    begun_again_texts,
    can_begin_with,
    cannot_begin,
    first_buttons,
    first_texts,
    module_at,
)
from bot.commands.views.hours import hours_refused
from bot.core.commitment import OutOfRange
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag, Number, Timezone, WeeklyHours
from bot.dialogue.questions import ASKED, Asked
from bot.dialogue.refusal import Refusal
from bot.dialogue.reminder import schedule_of
from bot.dialogue.reply import Button, Reply
from bot.dialogue.text import Text
from bot.usecases.become_learner import become_learner
from bot.usecases.begin_again import AtTheBeginning, begin_again
from bot.usecases.begin_with_module import CannotBegin, begin_with_module
from bot.usecases.enroll import enroll
from bot.usecases.set_time_zone import set_time_zone
from roadmap.model import Roadmap


@command(spoken=Text("start, get started"))
def start(
    ctx: Context,
    roadmap: RoadmapRef | None = None,
    again: Anew | None = None,
    hours: WeeklyHours | None = None,
    zone: Timezone | None = None,
    first: Number | None = None,
    needs: Flag = False,
) -> Reply:
    """Begin, or pick up where you are."""
    current = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    if current and first and zone is None:
        return _begin_with(ctx, first)
    if current and again and roadmap in {None, current.roadmap}:
        return _anew(ctx, hours)
    if current and zone:
        return _welcome(ctx, zone)
    if current and roadmap in {None, current.roadmap}:
        return going_on(ctx)
    roadmap = roadmap or (next(iter(ctx.roadmaps)) if len(ctx.roadmaps) == 1 else None)
    if roadmap and hours is None and (known := _followed(ctx, roadmap)):
        return _enroll(ctx, ctx.roadmap(roadmap), known, None)
    if roadmap is None:
        raise Asked(ask_roadmap(ctx))
    track = ctx.roadmap(roadmap)
    if hours is None:
        raise Asked(ask_hours(ctx, track, first, needs=needs))
    return _enroll(ctx, track, hours, first)


@command(hidden=True)
def welcome(ctx: Context, zone: Timezone) -> Reply:
    """Say which time zone you are in, at the end of the start."""
    return _welcome(ctx, zone)


def _welcome(ctx: Context, zone: ZoneInfo) -> Reply:
    ctx.learner = set_time_zone(ctx.uow, ctx.who, ctx.study, zone, ctx.now)
    return welcomed(ctx, zone)


def _begin_with(ctx: Context, first: int) -> Reply:
    """A module comes before the others, as was advised when the learner enrolled; the last question follows."""
    study = ctx.study
    try:
        begin_with_module(ctx.uow, study, module_at(study.roadmap, first), today=ctx.today, now=ctx.now)
    except CannotBegin as error:
        raise cannot_begin(error) from None
    return ask_zone(ctx, *first_texts(ctx, first))


def _anew(ctx: Context, hours: int | None) -> Reply:
    """From the beginning, with other hours a week where they were named."""
    study = ctx.study
    newest = ctx.roadmap(study.roadmap.id).version
    try:
        entry = begin_again(ctx.uow, study, newest, today=ctx.today, now=ctx.now, minutes=hours)
    except OutOfRange as error:
        raise hours_refused(error.minutes) from None
    except AtTheBeginning:
        raise Refusal(Text("You are at the beginning already."), buttons=(Button(Text("Today"), "today"),)) from None
    return begun(ctx, begun_again_texts(ctx.study, ctx.today), entry)


def _enroll(ctx: Context, track: Roadmap, minutes: int, first: int | None) -> Reply:
    learner = ctx.learner or become_learner(ctx.uow, ctx.request.account, locale=ctx.locale, zone=ctx.zone, now=ctx.now)
    try:
        before = enroll(
            ctx.uow,
            learner,
            track,
            minutes=minutes,
            reminders=schedule_of(ctx.reminder_kinds),
            today=ctx.today,
            now=ctx.now,
        )
    except OutOfRange as error:
        raise hours_refused(error.minutes) from None
    ctx.learner = learner
    if first and can_begin_with(ctx.study, first):
        begin_with_module(ctx.uow, ctx.study, module_at(track, first), today=ctx.today, now=ctx.now)
    if before:
        return switched(ctx, ctx.roadmap(before.roadmap))
    study = ctx.study
    confirmation = enrolled_text(study, ctx.today)
    if first:
        return ask_zone(ctx, confirmation, Text("You begin with “{module}”.", module=study.module.title))
    if ctx.request.pressed or ASKED in ctx.request.args:
        return ask_zone(ctx, confirmation)  # the question has said already what the roadmap assumes
    return ask_zone(ctx, confirmation, *advice(track), more=first_buttons(track, {}))


def _followed(ctx: Context, roadmap: str) -> int | None:
    """The hours a week, in minutes, that the learner meant on a roadmap when they left it; None for a new one."""
    enrollments = ctx.uow.enrollments.of(ctx.learner.id) if ctx.learner else ()
    known = next((enrollment for enrollment in enrollments if enrollment.roadmap == roadmap), None)
    return ctx.uow.enrollments.commitments(known.id).usual() if known else None
