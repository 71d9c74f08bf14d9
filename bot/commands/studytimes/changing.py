"""Changes of study times, each with a button that puts the former ones back."""

from collections.abc import Sequence

from bot.commands.studytimes.page import page
from bot.commands.views.study_times import study_times_of, wire_of
from bot.core.study_time import LONGEST, MOST, SHORTEST, StudyTime, slot_number, study_time_of, usual_length
from bot.dialogue.context import Context
from bot.dialogue.parameters import TimesWish
from bot.dialogue.parameters.naming_times import listed, times_texts
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Line, Reply, reply
from bot.dialogue.text import Minutes, Text
from bot.usecases.set_study_times import TooManyTimes, WrongStudyLength, note_times_asked, set_study_times


def change(ctx: Context, wish: TimesWish, slot: int | None) -> Reply:
    """Set the study times, with a button that puts the former ones back."""
    before = [study_time_of(rule) for rule in study_times_of(ctx)]
    wanted = _wanted(ctx, wish, before, slot)
    if not wanted and not before:
        note_times_asked(ctx.uow, ctx.who, ctx.now)
        return reply(
            Text("You have no study times; there is nothing to switch off."),
            buttons=((Button(Text("Study times"), "times"), Button(Text("Reminders"), "reminders")),),
            anew=True,
        )
    try:
        set_study_times(ctx.uow, ctx.who, wanted, ctx.today, ctx.now)
    except TooManyTimes:
        most = Text("That would be {n} study times a week; you can have at most {most}.", n=len(wanted), most=MOST)
        raise Refusal(most, option="when") from None
    except WrongStudyLength:
        least, longest = Minutes(SHORTEST), Minutes(LONGEST)
        raise Refusal(
            Text("A study time has from {least} to {most}.", least=least, most=longest), option="when"
        ) from None
    undo = Button(Text("Undo"), "times", {"when": wire_of(before)})
    gone = [known for known in before if known.slot not in {time.slot for time in wanted}]
    if not wanted:
        return reply(
            Text("You have no study times now, and I come at none."),
            *([Text("The nudge comes again instead, if a week is still empty.")] if _has_nudge(ctx) else []),
            buttons=((undo, Button(Text("Reminders"), "reminders")),),
            anew=True,
        )
    also = Button(Text("Keep the former ones, too"), "times", {"when": f"also {wire_of(gone)}"})
    keep = (also,) if gone and wish.act == "set" and slot is None else ()
    text = Text("Noted. At these times I come with the next step, unless that day's time is logged already.")
    return page(ctx, Line(text), first=(undo, *keep))


def _wanted(ctx: Context, wish: TimesWish, before: Sequence[StudyTime], slot: int | None) -> list[StudyTime]:
    """The study times that somebody wants. Refuses to take away what is not there."""
    if wish.act == "off":
        return []
    if wish.act == "less":
        left = [known for known in before if not any(_is(known, removed) for removed in wish.times)]
        if len(left) == len(before):
            named = listed(times_texts(wish.times))
            raise Refusal(Text("You have no study time on {times}.", times=named), option="when")
        return left
    replaced = next((known for known in before if known.slot == slot), None)
    kept = [known for known in before if known != replaced] if wish.act == "add" or replaced else []
    named_lengths = [known.minutes for known in wish.times if known.minutes]
    without = len(wish.times) - len(named_lengths)
    pace = ctx.study.commitments.usual()
    usual = (
        replaced.minutes
        if replaced
        else usual_length(pace, [*named_lengths, *(known.minutes for known in kept)], without)
    )
    lengths = {known.slot: known.minutes for known in before}  # of a time that stays
    chosen = [
        StudyTime(named.weekday, named.at, named.minutes or lengths.get(slot_number(named.weekday, named.at), usual))
        for named in wish.times
        if named.at
    ]
    return list({known.slot: known for known in (*kept, *chosen)}.values())


def _is(known: StudyTime, named: tuple[int, object, object]) -> bool:
    return known.weekday == named[0] and named[1] in {None, known.at}


def _has_nudge(ctx: Context) -> bool:
    return any(rule.kind == "nudge" and rule.due for rule in ctx.uow.reminders.rules(ctx.who.id))
