"""The reply to an answer to the weekly question, and what it offers next."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

from bot.commands.views.progress import week_bar
from bot.commands.views.projects import ending, ending_buttons
from bot.core.checkin import Feeling
from bot.core.study import Study
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Expects, Line, Reply, reply
from bot.dialogue.text import Minutes, Plural, Text, Typed

Answered = tuple[tuple[Text, ...], Sequence[Sequence[Button]], Expects | None]
"""Lines, rows of buttons, and what the next typed words mean."""


def thanks(ctx: Context, study: Study, monday: date, feeling: Feeling, note: str | None) -> Reply:
    """Thank the learner for their answer for the week of `monday`, with what helps after it."""
    week = {"week": monday.isoformat()}
    change = Button(Text("Change my answer"), "checkin", week)
    answers: Mapping[Feeling, Callable[[], Answered]] = {
        "done": lambda: _done(ctx, study, monday),
        "partly": _partly,
        "stuck": lambda: _stuck(ctx, monday),
        "away": lambda: _away(ctx),
    }
    lines, rows, expects = answers[feeling]()
    if note:
        lines = (*lines, Text("Your words: {note}", note=note))
    return reply(
        *lines,
        week_bar(study, monday, ctx.today),
        buttons=(*rows, (change,)),
        expects=None if note else expects,
    )


def _done(ctx: Context, study: Study, monday: date) -> Answered:
    week = study.week(monday)
    if study.position.finished:
        end = ending(ctx, study)
        lines = [block.text for block in end.blocks if isinstance(block, Line)]
        return (
            (Text("Good to hear. You are through the whole roadmap."), *lines),
            (end.buttons, ending_buttons(ctx)),
            None,
        )
    if week.logged or not week.target:
        return (Text("Good to hear. On to the next one."),), (), None
    day = min(ctx.today, ctx.weeks.last_of(monday)).isoformat()
    amounts = dict.fromkeys(max(15, week.target * part // 4 // 15 * 15) for part in (4, 3, 2))
    logs = [Button(Text("Log {time}", time=Minutes(m)), "log", {"spent": f"{m}m", "day": day}) for m in amounts]
    return (
        (
            Text("Good to hear. Nothing is logged for this week yet: how long was it?")
            if monday == ctx.weeks.first_of(ctx.today)
            else Text("Good to hear. Nothing is logged for that week yet: how long was it?"),
        ),
        (logs, (Button(Text("Log another time"), "log", {"day": day}),)),
        Expects("log", "spent", {"day": day}),
    )


def _partly() -> Answered:
    advice = Text(
        "Hard weeks are part of it. A smaller step helps: {today} gives you one for a quarter of an hour.",
        today=Typed("/today 15m"),
    )
    small = Button(Text("15 minutes today"), "today", {"minutes": "15m"})
    return (advice,), ((small, Button(Text("Catch up"), "catchup")),), None


def _stuck(ctx: Context, monday: date) -> Answered:
    shown = [(group, member) for group, member in ctx.uow.groups.of(ctx.who.id) if not member.hidden]
    args = {"week": monday.isoformat(), "feeling": "stuck"}
    asks = [
        (Button(Text("Ask {group}", group=group.title), "checkin", args | {"ask": str(group.id)}),)
        for group, _ in shown
    ]
    lines = [Text("Being stuck is part of learning. What is it about? One sentence, or none.")]
    if asks:
        lines.append(Text("Your group hears of it only if you ask it: your name there, the module and your sentence."))
    return (
        tuple(lines),
        (*asks, (Button(Text("15 minutes today"), "today", {"minutes": "15m"}),)),
        Expects("checkin", "note", args),
    )


def _away(ctx: Context) -> Answered:
    comfort = Text("That happens. One missed week never breaks a streak, and a pause owes nothing.")
    weeks = [
        Button(
            Plural("Pause {n} week", "Pause {n} weeks", n=n),
            "pause",
            {"until": (ctx.today + timedelta(weeks=n)).isoformat()},
        )
        for n in (1, 2)
    ]
    return (
        (comfort,),
        (weeks, (Button(Text("Pause until I say so"), "pause"), Button(Text("Catch up"), "catchup"))),
        None,
    )
