"""The kinds of values commands take. A command's signature names one of these; everything else follows from it."""

from collections.abc import Mapping
from datetime import date, time
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.core.ids import EntryId, ReviewId
from bot.dialogue.parameters.base import Choice, Parameter, Unclear, every_spelling, strip_filler
from bot.dialogue.parameters.carried import (
    EntriesParameter,
    FlagParameter,
    NumberParameter,
    WireDayParameter,
    WireParameter,
)
from bot.dialogue.parameters.choice import ChoiceParameter, LanguageParameter
from bot.dialogue.parameters.clock import TimeOfDayParameter, WeekdayParameter
from bot.dialogue.parameters.day import DayParameter
from bot.dialogue.parameters.duration import DurationParameter, WeeklyHoursParameter
from bot.dialogue.parameters.file import FileParameter
from bot.dialogue.parameters.item import ItemParameter, ModuleParameter
from bot.dialogue.parameters.noting import connecting, is_part, note_of, protected
from bot.dialogue.parameters.phrases import Phrases
from bot.dialogue.parameters.reminder_kind import ReminderKindParameter
from bot.dialogue.parameters.span import Span, SpanParameter
from bot.dialogue.parameters.spelled import SpelledParameter
from bot.dialogue.parameters.study_times import StudyTimesParameter, TimesWish
from bot.dialogue.parameters.weekdays import WeekdaysParameter
from bot.dialogue.parameters.words import WordsParameter
from bot.dialogue.parameters.zone import ZoneParameter
from bot.dialogue.plain import plain, visible
from bot.dialogue.text import Text

Duration = Annotated[int, DurationParameter(Text("how long you studied"), Text("How long did you study?"))]
Available = Annotated[
    int, DurationParameter(Text("how much time you have"), Text("How much time do you have?"), (15, 30, 60, 90), "25m")
]
WeeklyHours = Annotated[int, WeeklyHoursParameter()]
Day = Annotated[date, DayParameter()]
Until = Annotated[date, DayParameter(past=False)]
ItemRef = Annotated[str, ItemParameter()]
ModuleNumber = Annotated[int, ModuleParameter()]
Note = Annotated[str, WordsParameter(Text("chapter 3"), Text("a note to yourself"), Text("What is the note?"))]
Number = Annotated[int, NumberParameter()]
EntryNumber = Annotated[EntryId, NumberParameter()]
ReviewNumber = Annotated[ReviewId, NumberParameter()]
Flag = Annotated[bool, FlagParameter()]
Entries = Annotated[tuple[Mapping[str, str], ...], EntriesParameter()]
WireDay = Annotated[date, WireDayParameter()]
WireWord = Annotated[str, WireParameter()]
DaySpan = Annotated[Span, SpanParameter()]
Weekday = Annotated[int, WeekdayParameter()]
Weekdays = Annotated[tuple[int, ...], WeekdaysParameter()]
TimeOfDay = Annotated[time, TimeOfDayParameter()]
StudyTimes = Annotated[TimesWish, StudyTimesParameter()]
Timezone = Annotated[ZoneInfo, ZoneParameter()]
Language = Annotated[str, LanguageParameter()]

__all__ = [
    "Available",
    "Choice",
    "ChoiceParameter",
    "Day",
    "DayParameter",
    "DaySpan",
    "Duration",
    "DurationParameter",
    "Entries",
    "EntriesParameter",
    "FileParameter",
    "Flag",
    "ItemParameter",
    "ItemRef",
    "Language",
    "ModuleNumber",
    "Note",
    "Number",
    "Parameter",
    "Phrases",
    "ReminderKindParameter",
    "Span",
    "SpelledParameter",
    "StudyTimes",
    "TimeOfDay",
    "TimesWish",
    "Timezone",
    "Unclear",
    "Until",
    "Weekday",
    "Weekdays",
    "WeeklyHours",
    "WireDay",
    "WireWord",
    "WordsParameter",
    "connecting",
    "every_spelling",
    "is_part",
    "note_of",
    "plain",
    "protected",
    "strip_filler",
    "visible",
]
