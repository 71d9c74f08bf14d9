"""/pause: time without study, which owes nothing and breaks nothing; at once, or planned ahead."""

from datetime import date, timedelta

from bot.commands.views.pauses import cancel_buttons, span_text
from bot.commands.views.progress import finish_text
from bot.commands.views.taking_back import not_taken_back
from bot.core.calendar import DAY
from bot.core.catchup import Absence, NotTakenBack
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import DaySpan, Number, Span, Until, WireDay
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.section import PLAN
from bot.dialogue.sentences import Sentences
from bot.dialogue.text import Day, Days, Minutes, Plural, Text, Typed
from bot.usecases.announce_pause import PauseIsKnown, PauseIsOver, announce_pause
from bot.usecases.cancel_pause import PauseHasBegun, cancel_pause
from bot.usecases.pause_plan import EndsTooEarly, pause_plan


def _offer(days: Span | None = None, until: date | None = None) -> Reply:
    """Ask before a pause that a sentence seems to mean."""
    label, args = Text("Pause from today on"), dict[str, str]()
    if days:
        last = days.last.isoformat() if days.last else ""
        args = {"days": f"{days.first.isoformat()}/{last}"}
        label = Text("Pause: {days}", days=Days(days.first, days.last)) if days.last else Text("Pause")
    elif until:
        label, args = Text("Pause until {day}", day=Day(until)), {"until": until.isoformat()}
    return reply(
        Text("Shall I pause your plan? Nothing is owed meanwhile."),
        buttons=((Button(label, "pause", args, "yes"), Button(Text("Today"), "today", answers="no")),),
        anew=True,
    )


# note: patterns of sentences (see bot/dialogue/sentences.py) that ask for a pause or tell of one; … stands for days
_SENTENCES = Sentences(
    Text(
        "(i) need/want/take/taking/have (a) (few/couple/some) (of) days/weeks/day/week/time off, "
        "(i) (am/im) (want/wanna/need/like/taking/take/make/have) (to) (take/have/make) (a/the) "
        "(short/little/long) break/pause/vacation/holiday (from) (study/studying/learning), (i) "
        "(want/wanna/need/have) (to) pause (my/the/it) (plan/roadmap/study/studies), (i/we) (want/need) (to) "
        "pause (for) (a) (bit/while), (no) (time) (for) (studying/study) (right) pause, (i/im/ill/were/we) "
        "(am/are/will) (be) (going/go/off) (on/to) (a/my/the) holiday/holidays/vacation/vacations, "
        "(i/im/ill/were/we) (am/are/will) (be) (going) away/travelling/traveling (from), (i/im/ill) (am/will) "
        "(be) (going) … on holiday/holidays/vacation, (i) (have/got) holidays/vacation, (i/im/ill/were/we) "
        "(am/will) (be) out of town/office, (i/im) (am) (going/go) (be) on a trip, (i) cant study, (i) (have) "
        "(got) no time (to) (for) (study/studying), (i) wont (be) (have) (able) (to) (study/time), time off, (i) "
        "(am/im) (need/want/take/taking) (a/some) (break/vacation/holiday) time off, need/want/take/taking "
        "(a/some) break/vacation/holiday, (i) (am/im) (feeling/really/so/still/too) sick/ill/unwell (in) (bed)"
    ),
    offer=_offer,
)


@command(
    section=PLAN,
    examples=("/pause", Text("/pause until 3 March"), Text("/pause 2 weeks"), Text("/pause from 19 to 25 January")),
    spoken=Text("pause, take a break"),
    sentences=_SENTENCES,
)
def pause(
    ctx: Context,
    days: DaySpan | None = None,
    until: Until | None = None,
    since: WireDay | None = None,
    undo: Number | None = None,
) -> Reply:
    """Take a break, now or on days to come; nothing is owed meanwhile."""
    if undo is not None:
        return _undo(ctx, undo)
    if since and until:
        days = Span(since, until)
    if days and days.last is None:
        return _until_when(days.first)
    if days and days.last:
        return _ahead(ctx, days.first, days.last)
    return _now(ctx, until)


def _now(ctx: Context, until: date | None) -> Reply:
    """Pause from today on; `until` is the day on which study goes on, if any."""
    study, today = ctx.study, ctx.today
    try:
        pause_plan(ctx.uow, study, until, today=today, now=ctx.now)
    except EndsTooEarly as error:
        text = Text("A pause ends in the future; {day} is not after today.", day=Day(error.until))
        raise Refusal(text, option="until") from None
    text = Text("You are on pause until you say {resume}.", resume=Typed("/resume"))
    if until is not None:
        text = Text(
            "You are on pause until {day}; then it is {hours} a week again.",
            day=Day(until),
            hours=Minutes(study.commitments.usual()),
        )
    weeks = [
        Button(Plural("{n} week", "{n} weeks", n=n), "pause", {"until": (today + timedelta(weeks=n)).isoformat()})
        for n in (1, 2, 4)
    ]
    return reply(
        text,
        _meanwhile(ctx),
        buttons=((Button(Text("End the pause"), "resume", answers="undo"),), weeks if until is None else ()),
    )


def _until_when(first: date) -> Reply:
    weeks = tuple(
        Button(
            Plural("{n} week", "{n} weeks", n=n),
            "pause",
            {"days": f"{first.isoformat()}/{(first + timedelta(days=7 * n - 1)).isoformat()}"},
        )
        for n in (1, 2, 4)
    )
    return reply(
        Text("A pause from {day} on: up to which day, that one included?", day=Day(first)),
        buttons=(weeks,),
        expects=Expects("pause", "days", {"since": first.isoformat()}),
    )


def _ahead(ctx: Context, first: date, last: date) -> Reply:
    """Plan a pause of these days, both included; later changes of the weekly hours keep it."""
    study, today = ctx.study, ctx.today
    try:
        planned = announce_pause(ctx.uow, study, first, last, today=today, now=ctx.now)
    except PauseIsOver:
        raise Refusal(
            Text("{days} are over; for days of illness there is {sick}.", days=Days(first, last), sick=Typed("/sick")),
            buttons=((Button(Text("Pause"), "pause"),),),
        ) from None
    except PauseIsKnown:
        text = Text("I know of that pause already; nothing is owed then.")
        raise Refusal(text, buttons=(cancel_buttons(ctx),)) from None
    lines = [_noted(planned.first, last), *_afterwards(ctx.study, last)]
    if planned.cut:
        lines.append(Text("It begins today: days that are over stay as they were."))
    lines += [
        _meanwhile(ctx),
        Text("Done on: {end}.", end=finish_text(ctx.study, today)),
    ]
    return reply(
        *lines,
        buttons=((Button(Text("Undo"), "pause", {"undo": str(planned.id)}), Button(Text("Plan"), "plan")),),
    )


def _meanwhile(ctx: Context) -> Text:
    if ctx.study.streak(ctx.today):
        return Text("Nothing is owed, your streak waits, and I stay quiet.")
    return Text("Nothing is owed, and I stay quiet.")


def _noted(first: date, last: date) -> Text:
    if first == last:
        return Text("You are on pause on {day}.", day=Day(first))
    return Text("You are on pause from {first} up to and including {last}.", first=Day(first), last=Day(last))


def _afterwards(study: Study, last: date) -> list[Text]:
    resumes = study.commitments.next_owing(last + DAY)
    if resumes is None:
        return []
    return [
        Text(
            "From {day} on it is {hours} a week again.", day=Day(resumes), hours=Minutes(study.commitments.on(resumes))
        )
    ]


def _undo(ctx: Context, id_: int) -> Reply:
    try:
        cancelled = cancel_pause(ctx.uow, ctx.study, id_, today=ctx.today, now=ctx.now)
    except PauseHasBegun as error:
        raise Refusal(
            Text("That pause has begun, and its days that are over stay."),
            buttons=((Button(Text("End the pause"), "resume"),),) if error.pause.last >= ctx.today else (),
        ) from None
    except NotTakenBack as error:
        raise not_taken_back(error) from None
    return reply(
        Text("Took it back: {days} count like any other.", days=span_text(cancelled)),
        Text("Done on: {end}.", end=finish_text(ctx.study, ctx.today)),
        buttons=((_again(cancelled), Button(Text("Today"), "today")),),
    )


def _again(pause: Absence) -> Button:
    days = f"{pause.first.isoformat()}/{pause.last.isoformat()}"
    return Button(Text("Put it back"), "pause", {"days": days})
