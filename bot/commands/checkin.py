"""/checkin: the weekly question; also what the schedule asks on its day."""

from datetime import date, timedelta
from typing import Annotated

from bot.commands.views.standing import streak_text, week_bar
from bot.core.calendar import monday_of
from bot.core.checkin import Feeling
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import ChoiceParameter, WireDay
from bot.dialogue.refusal import Moot
from bot.dialogue.reply import Block, Button, Heading, Line, Reply, reply
from bot.dialogue.text import Days, Minutes, Text, Typed

LABELS = {"good": Text("It went well"), "hard": Text("It was hard"), "away": Text("Life got in the way")}
FeelingRef = Annotated[Feeling, ChoiceParameter("good", Text("how your week was"), Text("How was your week?"), LABELS)]


@command()
def checkin(ctx: Context, feeling: FeelingRef | None = None, week: WireDay | None = None) -> Reply:
    """Look back on the week."""
    study = ctx.study
    monday = monday_of(ctx.request.occasion or week or ctx.today)
    if ctx.request.occasion:
        _check_occasion(ctx, study, monday)
    if feeling is None:
        return _question(ctx, study, monday)
    ctx.store.checkins.answer(ctx.who.id, monday, feeling, ctx.now)
    return _thanks(ctx, study, monday, feeling)


def _check_occasion(ctx: Context, study: Study, monday: date) -> None:
    """A check-in that nobody needs is not sent."""
    if ctx.store.checkins.of(ctx.who.id, monday):
        raise Moot("answered already")
    if study.finished_before(monday):
        raise Moot("the roadmap is finished")
    if ctx.request.occasion and not study.commitments.on(ctx.request.occasion):
        raise Moot("on pause")


def _question(ctx: Context, study: Study, monday: date) -> Reply:
    week = study.week(monday)
    answered = ctx.store.checkins.of(ctx.who.id, monday)
    lines: list[Block] = []
    if week.met:
        lines.append(Line(Text("You met your week. Streak: {streak}.", streak=streak_text(study, ctx.today))))
    elif week.target:
        lines.append(
            Line(
                Text(
                    "{left} of this week are open; an hour you forgot to log still counts.",
                    left=Minutes(week.target - week.logged),
                )
            )
        )
    if study.position.finished:
        lines.append(Line(Text("And with that the whole roadmap is done. Congratulations!")))
    asked = (
        Text("You said: {answer}. You can change that.", answer=LABELS[answered.feeling])
        if answered
        else Text("How was your week?")
    )
    buttons = tuple(
        Button(label, "checkin", {"feeling": name, "week": monday.isoformat()}) for name, label in LABELS.items()
    )
    # Hours logged from here belong to the week asked about, also when the button is pressed days later.
    day = min(ctx.today, monday + timedelta(days=6))
    log = () if week.met else (Button(Text("Log hours"), "log", {"day": day.isoformat()}),)
    return reply(
        Heading(Text("Check-in, {days}", days=Days(monday, monday + timedelta(days=6)))),
        week_bar(study, monday, ctx.today),
        *lines,
        asked,
        buttons=(buttons, log),
        replaces=ctx.request.pressed,
    )


def _thanks(ctx: Context, study: Study, monday: date, feeling: Feeling) -> Reply:
    said = {
        "good": Text("Good to hear. On to the next one."),
        "hard": Text(
            "Hard weeks are part of it. A smaller step helps: {today} gives you one for a quarter of an hour.",
            today=Typed("/today 15m"),
        ),
        "away": Text("That happens. One missed week never breaks a streak, and a pause owes nothing."),
    }[feeling]
    away = (Button(Text("Pause"), "pause"), Button(Text("Other hours a week"), "pace")) if feeling == "away" else ()
    hard = (Button(Text("15 minutes today"), "today", {"minutes": "15m"}),) if feeling == "hard" else ()
    change = Button(Text("Change my answer"), "checkin", {"week": monday.isoformat()})
    return reply(
        said, week_bar(study, monday, ctx.today), buttons=((*hard, *away, change),), replaces=ctx.request.pressed
    )
