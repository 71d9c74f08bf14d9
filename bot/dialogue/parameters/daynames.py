"""Names of days and months in every language that the bot speaks."""

from collections.abc import Callable, Mapping
from functools import cache

from babel import dates

from bot.dialogue.parameters.base import every_spelling, spellings
from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.plain import plain
from bot.dialogue.text import Text
from bot.dialogue.wording import SOURCE, formats, languages

_RELATIVE: Mapping[Text, int] = {
    Text("today"): 0,
    Text("yesterday"): -1,
    Text("the day before yesterday, day before yesterday"): -2,
    Text("tomorrow"): 1,
    Text("the day after tomorrow, day after tomorrow"): 2,
}
# note: ways to say “today” that name a part of the day: this morning, tonight
_TODAY = Text("this morning, this afternoon, this evening, tonight, this noon, earlier today, just now")
# note: ways to say “yesterday” that name a part of the day: last night
_YESTERDAY = Text("last night, yesternight, last evening")
# note: words that may be today or yesterday, for who logs after midnight; like “last night” where it is unclear
_TONIGHT_OR_LAST = Text("during the night")
# note: short forms of “yesterday” that few people use; it is asked whether that is meant
_LIKELY_YESTERDAY = Text("yday, ystd, yest")
# note: what may follow a day to name a part of it: yesterday evening, monday morning
_PARTS = Text("morning, evening, afternoon, night, noon, midday, lunchtime")
# note: as in “last monday”, in every form that may come before a weekday
_LAST = Text("last")
# note: as in “next monday”, in every form that may come before a weekday
_NEXT = Text("next")
# note: as in “this monday”, in every form that may come before a weekday
_THIS = Text("this")
# note: spans of days: which of them is asked. Those of this week and the one before it
_WEEKS = Text("last week, this week, past week, the weekend, last weekend, this weekend, weekend")
# note: what may stand before a day, a week or a month that comes again and again: every monday
_EVERY = Text("every, each")
# note: what may stand behind these words, besides weekdays: every day
_RECURRING = Text("day, week, month, morning, evening, night, weekend")
# note: spans of time of which no day can be guessed
_LONGER = Text("last month, a month ago, last year, the other day")


def relative(locale: str) -> dict[str, int]:
    """Names of days near today in the language and in English; the longest first, so that none hides another."""
    names = {name: n for text, n in _RELATIVE.items() for name in spellings(text, locale)}
    return dict(sorted(names.items(), key=lambda name: -len(name[0])))


@cache
def near() -> Phrases[int]:
    """Days near today, as days from it: yesterday, last night, yesterday evening."""
    names = {name: n for text, n in _RELATIVE.items() for name in every_spelling(text)}
    names |= dict.fromkeys(every_spelling(_TODAY), 0) | dict.fromkeys(every_spelling(_YESTERDAY), -1)
    return Phrases({plain(name): n for name, n in names.items()})


@cache
def unclear_nights() -> Phrases[bool]:
    """Words that mean today or yesterday; whether yesterday is likelier."""
    likely = dict.fromkeys(every_spelling(_LIKELY_YESTERDAY), True)
    known = {**dict.fromkeys(every_spelling(_TONIGHT_OR_LAST), False), **likely}
    return Phrases({plain(name): value for name, value in known.items()})


@cache
def vague() -> Phrases[bool]:
    """Spans of which one day is to be chosen; False where they reach further than the weeks around today."""
    known = dict.fromkeys(every_spelling(_LONGER), False) | dict.fromkeys(every_spelling(_WEEKS), True)
    recurring = [*every_spelling(_RECURRING), *(day for locale in languages() for day in weekdays(locale))]
    known |= {f"{every} {day}": False for every in every_spelling(_EVERY) for day in recurring}
    return Phrases({plain(name): value for name, value in known.items()})


@cache
def parts() -> Phrases[bool]:
    """Parts of a day."""
    return Phrases({plain(name): True for name in every_spelling(_PARTS)})


@cache
def which() -> Phrases[str]:
    """Words before a weekday: last, next, this."""
    known = {"this": _THIS, "next": _NEXT, "last": _LAST}
    return Phrases({plain(name): kind for kind, text in known.items() for name in every_spelling(text)})


def weekdays(locale: str) -> dict[str, int]:
    """Weekdays by their names and abbreviations of three letters, in the language and in English."""
    return {**_names((SOURCE, locale), dates.get_day_names), "tues": 1, "thur": 3, "thurs": 3}


@cache
def every_weekday() -> Phrases[int]:
    """Weekdays in every language; a part of the day may be joined to them: Montagabend."""
    names = {name: n for locale in languages() for name, n in weekdays(locale).items()}
    joined = {name + plain(part): n for name, n in names.items() if len(name) > 4 for part in every_spelling(_PARTS)}
    return Phrases({**names, "sonnabend": 5, **joined})


@cache
def short_weekdays() -> dict[str, int]:
    """The weekdays' abbreviations of two letters, which other words may be as well: Mo, Di."""
    return {
        plain(name).rstrip("."): n
        for locale in languages()
        for form in ("format", "stand-alone")
        for n, name in dates.get_day_names("abbreviated", form, formats(locale)).items()
        if len(name.rstrip(".")) == 2
    }


@cache
def months() -> dict[str, int]:
    """Months by their names and abbreviations, in every language."""
    return {**_names(tuple(languages()), dates.get_month_names), "sept": 9, "jaenner": 1, "jänner": 1, "maerz": 3}


def _names(locales: tuple[str, ...], names_of: Callable[..., Mapping[int, str]]) -> dict[str, int]:
    return {
        plain(name).rstrip("."): number
        for code in locales
        for width in ("abbreviated", "wide")
        for form in ("format", "stand-alone")
        for number, name in names_of(width, form, formats(code)).items()
        if len(name.rstrip(".")) >= 3
    }


@cache
def telling() -> tuple[str, ...]:
    """Words that name a day among any other words, the longest first: yesterday, monday."""
    names = [*(name for text in _RELATIVE for name in every_spelling(text)), *every_spelling(_YESTERDAY)]
    days = [name for locale in languages() for name in weekdays(locale) if len(name) > 5]
    return tuple(sorted({plain(name) for name in (*names, *days)}, key=lambda name: (-len(name), name)))
