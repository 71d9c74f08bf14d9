"""What the script needs to draw a week on which study times are dragged: the times there are, and all its words."""

from collections.abc import Iterable
from typing import Any

from babel import dates

from bot.core.reminder import Rule
from bot.core.study_time import LONGEST, MOST
from bot.dialogue.context import Context
from bot.dialogue.text import Text
from bot.dialogue.wording import formats

_DAY, _START, _END, _TIME = ("{day}", "{start}", "{end}", "{time}")
"""Left in the words for the script to fill in."""


def week_of(ctx: Context, rules: Iterable[Rule]) -> dict[str, Any]:
    """The study times as (weekday, minute of the day, minutes), the days' names, and the words, in the learner's
    language. What the script writes into the field is made of `short`, which is read in that language."""
    locale = formats(ctx.locale)
    wide = dates.get_day_names("wide", "stand-alone", locale)
    short = dates.get_day_names("abbreviated", "format", locale)
    words = {
        "week": Text("Study times in the week"),
        "help": Text(
            "Drag over free time for a study time. Drag it to move it, or its lower edge to make it longer. Where you "
            "touch the screen, hold first. With the keyboard: arrows, plus and minus, Enter, Delete."
        ),
        "slot": Text("{day} {start} to {end}", day=_DAY, start=_START, end=_END),
        "free": Text("{day} {start}, free", day=_DAY, start=_START),
        "remove": Text("Remove: {time}", time=_TIME),
        "removed": Text("Removed: {time}. Not saved yet.", time=_TIME),
        "changed": Text("{time}. Not saved yet.", time=_TIME),
        "most": Text("You can have at most {n} study times a week.", n=MOST),
        "typed": Text("Save what you typed to see it here."),
    }
    return {
        "slots": [(rule.weekday, rule.at.hour * 60 + rule.at.minute, rule.minutes) for rule in rules],
        "first": ctx.weeks.chosen,
        "days": [wide[n] for n in range(7)],
        "short": [short[n].rstrip(".") for n in range(7)],
        "longest": LONGEST,
        "most": MOST,
        "words": {name: ctx.say(text) for name, text in words.items()},
    }
