"""Asks about what was typed and is no study time yet: days without a time, times without a day, other words."""

from datetime import time

from bot.dialogue.context import Context
from bot.dialogue.parameters import TimesWish
from bot.dialogue.parameters.naming_times import listed, times_texts, weekdays_text
from bot.dialogue.parameters.study_times import Open, StudyTimesParameter, clock_wire, days_wire
from bot.dialogue.parameters.times_reader import NamedTime
from bot.dialogue.questions import REST, in_rows
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Clock, Text

_HOURS = (8, 12, 18, 19, 20)
_DAYS = (tuple(range(7)), tuple(range(5)), (1, 3), *((day,) for day in range(7)))
_PARAMETER = StudyTimesParameter()


def ask_about(ctx: Context, wish: TimesWish, lacking: Open, slot: int | None) -> Reply:
    """The question for what is lacking. It names what was understood, and keeps it for the answer."""
    if lacking.days:
        question = Text("At what time on {days}?", days=weekdays_text(lacking.days))
        buttons, kept = _times(wish, lacking), days_wire(lacking.days)
    elif lacking.times:
        question = Text("On which days at {time}?", time=Clock(lacking.times[0][0]))
        buttons, kept = _day_choices(wish, lacking), _clocks(lacking)
    else:
        question = Text("What else did you mean?") if wish.times else _PARAMETER.question
        buttons, kept = _go_on(ctx, wish), ""
    known = _PARAMETER.wire(TimesWish("set", wish.times)) if wish.times else ""
    # The answer is put before what is kept, and belongs to what is before the first semicolon.
    kept = "; ".join([kept, *filter(None, (_more(lacking), known))])
    args = {"slot": str(slot)} if slot else {}
    act = {"act": wish.act} if wish.act != "set" else {}
    return reply(
        *_read_so_far(wish, lacking),
        question,
        buttons=in_rows([Button(button.label, "times", {**button.args, **args}) for button in buttons]),
        expects=Expects("times", "when", args | act | ({REST: kept} if kept else {})),
        anew=True,
    )


def _read_so_far(wish: TimesWish, lacking: Open) -> list[Text]:
    """What was understood, and what was not; nothing where only something is lacking."""
    typed = ", ".join(lacking.words)
    if wish.times and typed:
        return [Text("I understood {times}, but not “{words}”.", times=_understood(wish), words=typed)]
    if wish.times:
        return [Text("I understood {times}.", times=_understood(wish))]
    return [Text("I did not understand “{words}”.", words=typed)] if typed else []


def _understood(wish: TimesWish) -> Text:
    return listed(times_texts(wish.times))


def _times(wish: TimesWish, lacking: Open) -> list[Button]:
    """Buttons for the time of these days: those of the others, and some usual ones."""
    hours = dict.fromkeys([*(known.at for known in wish.times if known.at), *map(time, _HOURS)])
    more = _more(lacking)
    return [
        _complete(Text("{time}", time=Clock(at)), wish, *(NamedTime(day, at) for day in lacking.days), more=more)
        for at in hours
    ]


def _day_choices(wish: TimesWish, lacking: Open) -> list[Button]:
    return [
        _complete(weekdays_text(days), wish, *(NamedTime(day, *at) for day in days for at in lacking.times))
        for days in _DAYS
    ]


def _clocks(lacking: Open) -> str:
    """The times without a day, as they can be typed."""
    return " ".join(clock_wire(*at) for at in lacking.times)


def _more(lacking: Open) -> str:
    """Of days and times that are lacking both, the times: they are asked about next."""
    return _clocks(lacking) if lacking.days else ""


def _go_on(ctx: Context, wish: TimesWish) -> list[Button]:
    if wish.times:
        return [_complete(Text("Go on with {times}", times=_understood(wish)), wish)]
    return [Button(choice.label, "times", {"when": choice.wire}) for choice in _PARAMETER.choices(ctx)]


def _complete(label: Text, wish: TimesWish, *chosen: NamedTime, more: str = "") -> Button:
    wire = _PARAMETER.wire(TimesWish(wish.act, (*wish.times, *chosen)))
    return Button(label, "times", {"when": f"{wire}; {more}" if more else wire})
