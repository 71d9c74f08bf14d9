"""/times: a learner's own study times, at which the next step comes."""

from bot.commands.studytimes.answers import ANSWERS, skip
from bot.commands.studytimes.asking import ask_about
from bot.commands.studytimes.changing import change
from bot.commands.studytimes.page import page
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number, StudyTimes, WireWord
from bot.dialogue.reply import Reply
from bot.dialogue.text import Text


@command(
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
