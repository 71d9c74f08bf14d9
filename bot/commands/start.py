"""/start: from hello to the first step in at most three answers."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands.views.begin import (
    Anew,
    advice,
    begin_again,
    can_begin_with,
    first_buttons,
    first_texts,
    module_at,
    put_first,
)
from bot.commands.views.pauses import keep_pauses
from bot.commands.views.progress import balance_text, finish_text, week_bar
from bot.commands.views.step import minutes_today, step_blocks, step_buttons
from bot.core.commitment import LEAST, MOST, Commitment
from bot.core.learner import Enrollment
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice, ChoiceParameter, Number, Timezone, WeeklyHours
from bot.dialogue.questions import ASKED, Asked, ask
from bot.dialogue.refusal import Refusal
from bot.dialogue.reminder import schedule_of
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Clock, Day, Minutes, Text, Typed, Weekday, words
from bot.dialogue.wording import languages
from bot.usecases.new_reminders import add_usual_reminders
from roadmap.model import Roadmap


def _offered(ctx: Context) -> dict[str, Text]:
    """The roadmaps for everybody, and those of the learner's groups."""
    groups = [group for group, _ in ctx.uow.groups.of(ctx.learner.id)] if ctx.learner else []
    theirs = [id_ for group in groups for id_ in ctx.uow.roadmaps.of(group.id)]
    return {id_: words(ctx.roadmap(id_).title) for id_ in (*ctx.roadmaps, *theirs)}


class RoadmapParameter(ChoiceParameter):
    """A roadmap that is offered; a button may carry the id of any group's, which nobody can guess."""

    def __init__(self) -> None:
        super().__init__("ml-researcher", Text("which roadmap"), Text("Which roadmap do you want to follow?"), _offered)

    def read(self, wire: str, ctx: Context) -> str | None:
        if "~" in wire and ctx.uow.roadmaps.newest(wire):
            return wire
        return super().read(wire, ctx)


RoadmapRef = Annotated[str, RoadmapParameter()]


@command(spoken=Text("start, get started"))
def start(
    ctx: Context,
    roadmap: RoadmapRef | None = None,
    again: Anew | None = None,
    hours: WeeklyHours | None = None,
    zone: Timezone | None = None,
    first: Number | None = None,
) -> Reply:
    """Begin, or pick up where you are."""
    current = ctx.uow.enrollments.current(ctx.learner.id) if ctx.learner else None
    if current and first and zone is None:
        put_first(ctx, first)
        return _ask_zone(ctx, *first_texts(ctx, first))
    if current and again and roadmap in {None, current.roadmap}:
        return _anew(ctx, hours)
    if current and zone:
        return _welcome(ctx, zone)
    if current and roadmap in {None, current.roadmap}:
        return _again(ctx)
    roadmap = roadmap or (next(iter(ctx.roadmaps)) if len(ctx.roadmaps) == 1 else None)
    if roadmap and hours is None and (known := _followed(ctx, roadmap)):
        return _enroll(ctx, ctx.roadmap(roadmap), known, None)
    this = ctx.commands["start"]
    if roadmap is None:
        question = ask(this, this.options[0], {}, ctx)
        raise Asked(_greeted(ctx, _led_by(_hello(), question)))
    track = ctx.roadmap(roadmap)
    if hours is None:
        raise Asked(_greeted(ctx, _ask_hours(ctx, track, first)))
    return _enroll(ctx, track, hours, first)


def _ask_hours(ctx: Context, track: Roadmap, first: int | None) -> Reply:
    """How many hours a week; and where the roadmap takes for granted what a later module teaches, which comes first."""
    this = ctx.commands["start"]
    given = {} if [track.id] == [*ctx.roadmaps] else {"roadmap": track.id}
    given |= {"first": str(first)} if first else {}
    hours = this.option("hours")
    assert hours is not None  # noqa: S101 - declared above
    question = ask(this, hours, given, ctx, choices=_paces(track))
    if first:
        chosen = module_at(track, first).title
        return _led_by((Line(Text("Then you begin with “{module}”.", module=chosen)),), question)
    hello = _hello() if ctx.learner is None and len(ctx.roadmaps) == 1 else ()
    question = _led_by(hello + _about(track), question)
    return replace(question, buttons=(*question.buttons, *((one,) for one in first_buttons(track, given))))


def _anew(ctx: Context, hours: int | None) -> Reply:
    """From the beginning, with other hours a week where they were named."""
    if hours is not None:
        check_hours(hours)
        ctx.uow.enrollments.commit(ctx.study.enrollment, Commitment(ctx.today, hours), ctx.now)
    return begin_again(ctx)


@command(hidden=True)
def welcome(ctx: Context, zone: Timezone) -> Reply:
    """Say which time zone you are in, at the end of the start."""
    return _welcome(ctx, zone)


def _paces(track: Roadmap) -> list[Choice]:
    """The roadmap's own hours a week, and some around them."""
    usual = min(max(track.minutes_per_week, LEAST), MOST) // 60
    some = (usual, usual // 2, usual * 3 // 4, usual * 3 // 2)
    offers = dict.fromkeys(hours for hours in some if LEAST <= hours * 60 <= MOST)
    return [Choice(Text("{hours} h a week", hours=hours), f"{hours}h") for hours in offers]


def check_hours(minutes: int) -> None:
    """Refuse a commitment outside the roadmap's range."""
    if LEAST <= minutes <= MOST:
        return
    lines = [
        Text(
            "I plan with {least} to {most} a week; you said {minutes}.",
            least=Minutes(LEAST),
            most=Minutes(MOST),
            minutes=Minutes(minutes),
        )
    ]
    if minutes < LEAST:
        lines.append(Text("For a time without study there is {pause}.", pause=Typed("/pause")))
    raise Refusal(*lines, option="hours")


def _enroll(ctx: Context, track: Roadmap, minutes: int, first: int | None) -> Reply:
    check_hours(minutes)
    if ctx.learner is None:
        ctx.learner = ctx.uow.learners.create(ctx.request.account, locale=ctx.locale, zone=ctx.zone, now=ctx.now)
    who = ctx.learner
    before = ctx.uow.enrollments.current(who.id)
    if before:
        # It rests: nothing is owed on it while another roadmap is followed.
        ctx.uow.enrollments.commit(before.id, Commitment(ctx.today, 0), ctx.now)
    enrollment = ctx.uow.enrollments.enroll(
        who.id, roadmap=track.id, version=track.version, start=ctx.today, now=ctx.now
    )
    ctx.uow.enrollments.commit(enrollment.id, Commitment(ctx.today, minutes), ctx.now)
    if before:
        keep_pauses(ctx, before.id, enrollment.id)
    add_usual_reminders(ctx.uow, who.id, who.zone, schedule_of(ctx.reminder_kinds), ctx.now)
    if first and can_begin_with(ctx, first):
        put_first(ctx, first)
    if before:
        return _switched(ctx, before)
    study = ctx.study
    said = Text(
        "{title}, {hours} a week, from today. At that pace you finish on {day}.",
        title=track.title,
        hours=Minutes(minutes),
        day=Day(study.finish(ctx.today) or ctx.today),
    )
    if first:
        return _ask_zone(ctx, said, Text("You begin with “{module}”.", module=study.module.title))
    if ctx.request.pressed or ASKED in ctx.request.args:
        return _ask_zone(ctx, said)  # what it takes for granted was said with the question
    return _ask_zone(ctx, said, *advice(track), more=first_buttons(track, {}))


def _ask_zone(ctx: Context, *said: Text, more: Sequence[Button] = ()) -> Reply:
    """The last question, with what comes before it."""
    zone = ctx.commands["start"].option("zone")
    assert zone is not None  # noqa: S101 - declared above
    zones = [choice.wire for choice in zone.parameter.choices(ctx)][:4]
    return reply(
        *said,
        Text(
            "Last question: which time zone are you in? My guess is {zone}; the name of your city is enough.",
            zone=ctx.zone.key,
        ),
        buttons=[tuple(Button(words(name), "start", {"zone": name}) for name in zones), *((one,) for one in more)],
        expects=Expects("welcome", "zone"),
        replaces=ctx.request.pressed,
    )


def _followed(ctx: Context, roadmap: str) -> int | None:
    """The hours a week, in minutes, that the learner meant on a roadmap when they left it; None for a new one."""
    every = ctx.uow.enrollments.of(ctx.learner.id) if ctx.learner else ()
    known = next((one for one in every if one.roadmap == roadmap), None)
    return ctx.uow.enrollments.commitments(known.id).usual() if known else None


def _switched(ctx: Context, before: Enrollment) -> Reply:
    """From one roadmap to another: everything is as the learner likes it, so the first step comes at once."""
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    left = ctx.roadmap(before.roadmap).title
    return reply(
        Text("You follow “{title}” now, {hours} a week. Done on: {end}.", title=study.roadmap.title,
             hours=Minutes(study.commitments.usual()), end=finish_text(study, ctx.today)),
        Text("“{title}” rests: its hours are kept, and nothing is owed on it.", title=left),
        Heading(Text("Your first step")),
        *step_blocks(study, minutes, ctx.say),
        buttons=(
            *step_buttons(study, minutes),
            (Button(Text("Back to the one before"), "start", {"roadmap": before.roadmap}),),
        ),
        replaces=ctx.request.pressed,
    )  # fmt: skip


def _welcome(ctx: Context, zone: ZoneInfo) -> Reply:
    ctx.move_to(zone)
    study = ctx.study
    minutes = minutes_today(study, ctx.today)
    announcement, checkin = ctx.reminder_kinds["announcement"], ctx.reminder_kinds["checkin"]
    return reply(
        Text("All set. Your days are those of {zone}.", zone=zone.key),
        Text(
            "Every {monday} at {nine} I tell you what the week is for, every {sunday} at {six} I ask how it went; "
            "{reminders} changes that. {help} shows the rest.",
            monday=Weekday(announcement.weekday),
            nine=Clock(announcement.at),
            sunday=Weekday(checkin.weekday),
            six=Clock(checkin.at),
            reminders=Typed("/reminders"),
            help=Typed("/help"),
        ),
        Heading(Text("Your first step")),
        *step_blocks(study, minutes, ctx.say),
        buttons=step_buttons(study, minutes),
        replaces=ctx.request.pressed,
    )


def _again(ctx: Context) -> Reply:
    study = ctx.study
    others = {id_: title for id_, title in _offered(ctx).items() if id_ != study.roadmap.id}
    return reply(
        Text(
            "You are on your way, and everything is still here: {title}, since {day}.",
            title=study.roadmap.title,
            day=Day(study.start),
        ),
        week_bar(study, ctx.today, ctx.today),
        Text("Plan: {balance}.", balance=balance_text(study, ctx.today)),
        buttons=[
            (
                Button(Text("Today"), "today"),
                Button(Text("Progress"), "progress"),
                Button(Text("Settings"), "settings"),
            ),
            *((Button(Text("Begin again"), "start", {"again": "again"}),) if study.position.covered else ()),
            *(
                Button(Text("Follow “{title}”", title=title), "start", {"roadmap": id_})
                for id_, title in others.items()
            ),
        ],
    )


def _hello() -> tuple[Block, ...]:
    return (
        Heading(Text("Hello, I am your study buddy.")),
        Line(
            Text(
                "I say what to do today, take down your hours, remind you when you like and show when you will be done."
            )
        ),
    )


def _about(track: Roadmap) -> tuple[Block, ...]:
    lines: list[Block] = [
        Line(Text("{title}: {summary}", title=track.title, summary=track.summary)),
    ]
    if track.assumes:
        lines += [Line(Text("You should bring:")), Bullets(tuple(words(line) for line in track.assumes))]
    return tuple(lines)


def _greeted(ctx: Context, question: Reply) -> Reply:
    """A question with the other languages below it, for whom we do not know yet."""
    return replace(question, buttons=(*question.buttons, other_languages(ctx))) if ctx.learner is None else question


def other_languages(ctx: Context) -> tuple[Button, ...]:
    """The languages that are not spoken now."""
    return tuple(
        Button(words(name), "language", {"language": code}) for code, name in languages().items() if code != ctx.locale
    )


def _led_by(blocks: tuple[Block, ...], question: Reply) -> Reply:
    """A question with blocks in front of it."""
    return replace(question, blocks=blocks + question.blocks)
