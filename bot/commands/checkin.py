"""/checkin: the weekly question how the week went, typed or sent by the schedule."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from bot.commands.later import WHEN, later
from bot.commands.views.asking import ask_group
from bot.commands.views.checkin_thanks import thanks
from bot.commands.views.progress import streak_text, week_bar
from bot.commands.views.questions import questions_waiting
from bot.commands.words import words
from bot.core.checkin import CheckIn, Feeling, closes, week_asked
from bot.core.coming import nothing_to_ask
from bot.core.ids import GroupId
from bot.core.quiz import SESSION
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Note, Number, SpelledParameter, WireDay
from bot.dialogue.questions import ASKED
from bot.dialogue.refusal import Refusal
from bot.dialogue.reminder import Reminder
from bot.dialogue.reply import Block, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.section import REMINDERS
from bot.dialogue.text import Days, Minutes, Plural, Text
from bot.usecases.answer_checkin import CheckInClosed, answer_checkin

LABELS: dict[Feeling, Text] = {
    "done": Text("Done"),
    "partly": Text("Partly"),
    "stuck": Text("Stuck"),
    "away": Text("Away"),
}
_SPELLED: dict[Feeling, Text] = {
    # note: how a week was that is done, in every form that may be typed
    "done": Text("done, finished, all done"),
    # note: how a week was that is partly done, in every form that may be typed
    "partly": Text("partly, partially, half, halfway"),
    # note: how a week was in which somebody was stuck, in every form that may be typed
    "stuck": Text("stuck, i am stuck, i'm stuck, blocked"),
    # note: how a week was in which somebody was away, in every form that may be typed
    "away": Text("away, i was away, on holiday, holiday, on vacation, vacation, travelling"),
}
FeelingRef = Annotated[
    Feeling,
    SpelledParameter(
        "done",
        Text("how your week was"),
        Text("How was your week?"),
        {feeling: (label, _SPELLED[feeling]) for feeling, label in LABELS.items()},
    ),
]


@command(
    section=REMINDERS,
    spoken=Text("check-in, check in"),
    reminder=Reminder(
        weekday=6,
        at=time(18),
        late_after=timedelta(hours=36),  # until Tuesday morning
        about=Text("how the week went"),
        label=Text("check-in"),
        # note: the weekly question, in every form that may be typed
        spellings=Text("check-in, checkin, check in, check-ins, the check-in, the checkin, weekly review, review"),
        nothing_to_say=nothing_to_ask,
        looks_back=True,
        in_groups="groupcheckin",
    ),
)
def checkin(
    ctx: Context,
    feeling: FeelingRef | None = None,
    week: WireDay | None = None,
    note: Note | None = None,
    ask: Number | None = None,
    instead: WireDay | None = None,
) -> Reply:
    """Look back on the week."""
    study = ctx.study
    if ctx.request.occasion:
        # A postponed check-in is about the week for which it was first asked.
        monday = week or week_asked(ctx.request.occasion, ctx.weeks)
    else:
        monday = ctx.weeks.first_of(week) if week else _week_meant(ctx, study)
    if feeling is None and note and ASKED in ctx.request.args:
        if note[0].isdigit():
            return words.run(ctx, said=note)
        if (put_off := WHEN.read(note, ctx)) and put_off != "never":
            return later.run(ctx, what="checkin", when=put_off, week=monday)
    if feeling is None:
        return _question(ctx, study, monday, note)
    note = _answer(ctx, CheckIn(monday, feeling, ctx.now, note), instead)
    if ask is not None:
        return ask_group(ctx, study, GroupId(ask), note)
    answer = thanks(ctx, study, monday, feeling, note)
    return answer if week or instead else _with_the_other_week(ctx, study, answer, monday, feeling, note)


def _answer(ctx: Context, answer: CheckIn, instead: date | None) -> str | None:
    """Store the answer; returns its note, which may be one given before."""
    try:
        return answer_checkin(
            ctx.uow, ctx.who, answer, instead=instead, closes=lambda monday: _closes(ctx, monday)
        ).note
    except CheckInClosed:
        raise Refusal(
            Text("That week's check-in is over, and its answer stands."),
            buttons=((Button(Text("This week's check-in"), "checkin"),),),
            final=True,
        ) from None


def _week_meant(ctx: Context, study: Study) -> date:
    """The week that a typed /checkin is about: on the first days of a week the one that ended, while it is open."""
    return (
        monday
        if (monday := week_asked(ctx.today, ctx.weeks)) in _open_weeks(ctx, study)
        else ctx.weeks.first_of(ctx.today)
    )


def _open_weeks(ctx: Context, study: Study) -> tuple[date, ...]:
    """The weeks that can be answered: the current one, after the last one where that is open and had a target."""
    current = ctx.weeks.first_of(ctx.today)
    last = ctx.weeks.before(current)
    begun = ctx.weeks.first_of(study.start) <= last and (study.week(last).target or study.week(last).logged)
    missing = begun and ctx.now < _closes(ctx, last) and not ctx.uow.checkins.of(ctx.who.id, last)
    return (last, current) if missing else (current,)


def _with_the_other_week(
    ctx: Context, study: Study, answer: Reply, monday: date, feeling: Feeling, note: str | None
) -> Reply:
    """Add a button that moves the answer to the other open week, as the learner named none."""
    current = ctx.weeks.first_of(ctx.today)
    other = current if monday != current else next(iter(_open_weeks(ctx, study)))
    if other == monday:
        return answer
    args = {"feeling": feeling, "week": other.isoformat(), "instead": monday.isoformat()}
    moved = Button(_week_text(ctx, other), "checkin", args | ({"note": note} if note else {}))
    return replace(answer, buttons=(*answer.buttons, (moved,)))


def _week_text(ctx: Context, monday: date) -> Text:
    if monday == ctx.weeks.first_of(ctx.today):
        return Text("I meant this week")
    return Text("I meant {days}", days=Days(monday, ctx.weeks.last_of(monday)))


def _closes(ctx: Context, monday: date) -> datetime:
    """When the answer for a week becomes final: at the next check-in."""
    rule = next((rule for rule in ctx.uow.reminders.rules(ctx.who.id) if rule.kind == "checkin"), None)
    usual = ctx.reminder_kinds["checkin"]
    weekdays = rule.weekdays if rule else (usual.weekday,)
    return closes(monday, weekdays, rule.at if rule else usual.at, ctx.zone, ctx.weeks)


def _question(ctx: Context, study: Study, monday: date, note: str | None) -> Reply:
    week = study.whole_week(monday)
    answered = ctx.uow.checkins.of(ctx.who.id, monday)
    lines: list[Block] = []
    if week.met:
        lines.append(Line(Text("You met your week. Streak: {streak}.", streak=streak_text(study, ctx.today))))
    elif week.target:
        left = Minutes(week.target - week.logged)
        lines.append(
            Line(
                Text("{left} of this week are open; an hour you forgot to log still counts.", left=left)
                if monday == ctx.weeks.first_of(ctx.today)
                else Text("{left} of that week are open; an hour you forgot to log still counts.", left=left)
            )
        )
    if study.position.finished:
        lines.append(Line(Text("And with that the whole roadmap is done. Congratulations!")))
    asked = (
        Text("You said: {answer}. You can change that.", answer=LABELS[answered.feeling])
        if answered
        else Text("How was your week?")
    )
    if note:
        lines.append(Line(Text("Your note to it: “{note}”", note=note)))
    args = {"week": monday.isoformat()} | ({"note": note} if note else {})
    buttons = tuple(Button(label, "checkin", {"feeling": name, **args}) for name, label in LABELS.items())
    # Hours logged from here belong to the week asked about, also when the button is pressed days later.
    day = min(ctx.today, ctx.weeks.last_of(monday))
    log = () if week.met else (Button(Text("Log hours"), "log", {"day": day.isoformat()}),)
    others = tuple(
        Button(_week_text(ctx, other), "checkin", {"week": other.isoformat()})
        for other in (() if ctx.request.occasion else _open_weeks(ctx, study))
        if other != monday
    )
    put_off = (Button(Text("Tomorrow"), "later", {"what": "checkin", "when": "tomorrow", "week": monday.isoformat()}),)
    return reply(
        Heading(Text("Check-in, {days}", days=Days(monday, ctx.weeks.last_of(monday)))),
        week_bar(study, monday, ctx.today),
        *lines,
        asked,
        buttons=(buttons, (*log, *_questions(ctx, study)), others, put_off if ctx.request.occasion else ()),
        expects=Expects("checkin", "feeling", args),
    )


def _questions(ctx: Context, study: Study) -> tuple[Button, ...]:
    """The week's self-check questions, with those that are due again."""
    count = min(SESSION, len(questions_waiting(ctx, study)))
    return (Button(Plural("{n} question", "{n} questions", n=count), "quiz"),) if count else ()
