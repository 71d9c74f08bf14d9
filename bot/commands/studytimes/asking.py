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
        question, buttons, kept = _time_asked(wish, lacking), _times(wish, lacking), days_wire(lacking.days)
    elif lacking.times:
        question, buttons, kept = _days_asked(wish, lacking), _day_choices(wish, lacking), _clocks(lacking)
    else:
        question, buttons, kept = _words_asked(wish, lacking), _go_on(ctx, wish), ""
    known = _PARAMETER.wire(TimesWish("set", wish.times)) if wish.times else ""
    # The answer is put before what is kept, and belongs to what is before the first semicolon.
    kept = "; ".join([kept, *filter(None, (_more(lacking), known))])
    given = {"slot": str(slot)} if slot else {}
    act = {"act": wish.act} if wish.act != "set" else {}
    return reply(
        question,
        *([] if wish.times or lacking.days or lacking.times else [_PARAMETER.question]),
        buttons=in_rows([Button(button.label, "times", {**button.args, **given}) for button in buttons]),
        expects=Expects("times", "when", given | act | ({REST: kept} if kept else {})),
        anew=True,
    )


def _time_asked(wish: TimesWish, lacking: Open) -> Text:
    days, typed = weekdays_text(lacking.days), ", ".join(lacking.words)
    if wish.times and typed:
        return Text(
            "I understood {times}, but not “{words}”. At what time on {days}?",
            times=_understood(wish),
            words=typed,
            days=days,
        )
    if wish.times:
        return Text("I understood {times}. At what time on {days}?", times=_understood(wish), days=days)
    if typed:
        return Text("I did not understand “{words}”. At what time on {days}?", words=typed, days=days)
    return Text("At what time on {days}?", days=days)


def _days_asked(wish: TimesWish, lacking: Open) -> Text:
    at, typed = Clock(lacking.times[0][0]), ", ".join(lacking.words)
    if wish.times and typed:
        return Text(
            "I understood {times}, but not “{words}”. On which days at {time}?",
            times=_understood(wish),
            words=typed,
            time=at,
        )
    if wish.times:
        return Text("I understood {times}. On which days at {time}?", times=_understood(wish), time=at)
    if typed:
        return Text("I did not understand “{words}”. On which days at {time}?", words=typed, time=at)
    return Text("On which days at {time}?", time=at)


def _words_asked(wish: TimesWish, lacking: Open) -> Text:
    typed = ", ".join(lacking.words)
    if not wish.times:
        return Text("I did not understand “{words}”.", words=typed)
    return Text(
        "I understood {times}, but not “{words}”. What else did you mean?", times=_understood(wish), words=typed
    )


def _understood(wish: TimesWish) -> Text:
    return listed(times_texts(wish.times))


def _times(wish: TimesWish, lacking: Open) -> list[Button]:
    """Buttons for the time of these days: those of the others, and some usual ones."""
    hours = dict.fromkeys([*lacking.unclear, *(known.at for known in wish.times if known.at), *map(time, _HOURS)])
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
