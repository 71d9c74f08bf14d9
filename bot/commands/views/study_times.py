"""A learner's study times in words."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from bot.commands.views.projects import Section
from bot.core.calendar import DAY, instant
from bot.core.reminder import Rule
from bot.core.study_time import StudyTime, days_of, finish_at_study_times, study_times_in
from bot.dialogue.context import Context
from bot.dialogue.parameters import TimesWish
from bot.dialogue.parameters.naming_times import listed, times_texts
from bot.dialogue.parameters.study_times import StudyTimesParameter
from bot.dialogue.parameters.times_reader import NamedTime
from bot.dialogue.reply import Block, Button, Expects, Line, Reply
from bot.dialogue.text import Day, Minutes, Moment, Plural, Text
from bot.usecases.set_study_times import note_times_asked

FIRST_HOUR = 60
"""Minutes after which somebody is asked, once, for study times of their own."""
_PARAMETER = StudyTimesParameter()


def study_times_of(ctx: Context) -> list[Rule]:
    """The learner's study times, in the order of the week."""
    return study_times_in(ctx.uow.reminders.rules(ctx.who.id))


def active(rules: Iterable[Rule]) -> list[Rule]:
    """Those that are not muted."""
    return [rule for rule in rules if rule.due]


def wire_of(times: Sequence[StudyTime]) -> str:
    """Study times as a button carries them."""
    named = tuple(NamedTime(known.weekday, known.at, known.minutes) for known in times)
    return _PARAMETER.wire(TimesWish("set" if named else "off", named))


def when_texts(rules: Iterable[Rule]) -> list[Text]:
    """Study times with their length, those that differ in their day alone together."""
    return times_texts((rule.weekday, rule.at, rule.minutes) for rule in rules)


def when_line(rules: Iterable[Rule]) -> Text:
    """Study times in one line, without their length."""
    return listed(times_texts((rule.weekday, rule.at, None) for rule in rules))


def total_text(rules: Sequence[Rule], pace: int) -> Text:
    """How much the study times are in a week, against the hours that the learner means to study."""
    return Plural(
        "{n} study time, {time} of {pace} a week",
        "{n} study times, {time} of {pace} a week",
        n=len(rules),
        time=Minutes(sum(rule.minutes for rule in rules)),
        pace=Minutes(pace),
    )


def left_out_text(rules: Sequence[Rule], today: date) -> Text | None:
    """Which study times are left out until a day; None where none is."""
    out = [rule for rule in rules if rule.since and rule.since > today]
    if not out:
        return None
    until = Day(min(rule.since for rule in out if rule.since))
    return Text("Left out until {day}: {times}.", day=until, times=when_line(out))


def this_week_text(ctx: Context, rules: Sequence[Rule]) -> Text | None:
    """The study times that are still to come this week, each with its date; None where there are none."""
    today = ctx.today
    days = [day for day in ctx.weeks.days(today) if day >= today]
    coming = [
        (day, rule)
        for rule in rules
        for day in days_of(rule, days)
        if ctx.study.commitments.on(day) and (day > today or rule.at > ctx.now.astimezone(ctx.zone).time())
    ]
    if not coming:
        return None
    texts = [
        Text("{moment}", moment=Moment(instant(day, rule.at, ctx.zone), ctx.zone.key))
        for day, rule in sorted(coming, key=lambda occasion: (occasion[0], occasion[1].at))
    ]
    return Text("Study times this week: {times}", times=listed(texts))


def forecast_text(ctx: Context, rules: Sequence[Rule]) -> Text | None:
    """When the roadmap would be done at the study times; None where they are as much as the hours a week."""
    end, minutes = _forecast(ctx, rules), sum(rule.minutes for rule in rules)
    if end is None:
        return None
    return Text("At your study times, {time} a week, you would be done on {day}.", time=Minutes(minutes), day=Day(end))


def finish_at_times_text(ctx: Context) -> Text | None:
    """The same as the day, with the minutes a week."""
    rules = active(study_times_of(ctx))
    end, minutes = _forecast(ctx, rules), sum(rule.minutes for rule in rules)
    return Text("{day} ({pace} a week)", day=Day(end), pace=Minutes(minutes)) if end else None


def _forecast(ctx: Context, rules: Sequence[Rule]) -> date | None:
    study, minutes = ctx.study, sum(rule.minutes for rule in rules)
    if study.position.finished or minutes == study.commitments.usual():
        return None
    return finish_at_study_times(study, ctx.today, minutes)


def offers(count: int) -> tuple[Button, ...]:
    """Buttons for some usual study times."""
    some = _PARAMETER.usual()[:count]
    return tuple(Button(choice.label, "times", {"when": choice.wire}) for choice in some)


def asking_for_times(ctx: Context, answer: Reply) -> Reply:
    """The reply to what was logged; after the first logged hour, and never again, with the question for study times."""
    if ctx.who.times_asked_at or ctx.study.logged < FIRST_HOUR or ctx.study.position.finished:
        return answer
    ctx.learner = note_times_asked(ctx.uow, ctx.who, ctx.now)
    question = Text("When do you want to study? At the times that you choose I come with the next step.")
    others = Button(Text("Other times"), "times", {"act": "change"})
    rows = (offers(2), (others, Button(Text("No"), "times", {"act": "no"}, "no")))
    blocks, expects = (*answer.blocks, Line(question)), Expects("timesasked", "when")
    return replace(answer, blocks=blocks, buttons=answer.buttons + rows, expects=answer.expects or expects)


def same_times(ctx: Context) -> Section:
    """The question, once a week, whether the study times are the same; nothing for who has none."""
    rules = active(study_times_in(ctx.reminder_rules))
    if not rules:
        return Section()
    blocks: tuple[Block, ...] = (Line(Text("The same times this week? {times}.", times=when_line(rules))),)
    return Section(
        blocks,
        (
            Button(Text("Same"), "times", {"act": "same"}),
            Button(Text("Change"), "times", {"act": "change"}),
            Button(Text("Not this week"), "times", {"act": "skip"}),
        ),
    )


def next_day(rule: Rule, today: date) -> date:
    """The first day from tomorrow on at which a study time comes."""
    return next(day for day in (today + n * DAY for n in range(1, 30)) if days_of(rule, [day]))
