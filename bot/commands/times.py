"""/times: a learner's own study times, at which the next step comes."""

from typing import Annotated

from bot.commands.studytimes.answers import ANSWERS, skip
from bot.commands.studytimes.asking import ask_about
from bot.commands.studytimes.changing import change
from bot.commands.studytimes.page import page
from bot.commands.words import words
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Note, Number, StudyTimes, TimesWish, WireWord
from bot.dialogue.parameters.study_times import WholeStudyTimesParameter
from bot.dialogue.reply import Reply
from bot.dialogue.section import REMINDERS
from bot.dialogue.text import Text


@command(
    section=REMINDERS,
    examples=("/times", Text("/times tue thu 19:00, sat 10-12"), Text("/times not sat"), Text("/times off")),
    spoken=Text("study times, my study times, times"),
)
def times(
    ctx: Context, when: StudyTimes | None = None, act: WireWord | None = None, slot: Number | None = None
) -> Reply:
    """Choose when you study: I come then with the next step."""
    if act and act in ANSWERS:
        return ANSWERS[act](ctx, slot)
    if when is None:
        return page(ctx)
    if when.act == "on":
        return ANSWERS["unmute"](ctx, slot)
    if act in {"add", "less"} and when.act == "set":
        when = when.meant("add" if act == "add" else "less")
    if when.open:
        return ask_about(ctx, when, when.open, slot)
    return skip(ctx, slot) if when.act == "skip" else change(ctx, when, slot)


@command(hidden=True)
def timesasked(
    ctx: Context, when: Annotated[TimesWish, WholeStudyTimesParameter()] | None = None, said: Note | None = None
) -> Reply:
    """Answer when you want to study."""
    return change(ctx, when, None) if when else words.run(ctx, said=ctx.request.rest or said)
