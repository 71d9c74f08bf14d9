"""A learner's progress in words: this week, the plan, the end."""

from datetime import date

from bot.core.study import Study
from bot.dialogue.reply import Bar
from bot.dialogue.text import Day, Days, Minutes, Percent, Plural, Text


def week_bar(study: Study, day: date, today: date) -> Bar:
    """The hours of a week against its commitment."""
    week = study.week(day)
    amounts = {"logged": Minutes(week.logged), "target": Minutes(week.target)}
    caption: Text
    if week.monday != study.calendar.first_of(today):
        dates = Days(week.monday, study.calendar.last_of(week.monday))
        caption = (
            Text("{logged} of {target}, {dates}", dates=dates, **amounts)
            if week.target
            else Text("{logged}, {dates}, and nothing is owed", dates=dates, **amounts)
        )
    elif week.target:
        caption = Text("{logged} of {target} this week", **amounts)
    else:
        caption = Text("{logged} this week, and nothing is owed", **amounts)
    if week.before:
        then = {"then": Minutes(week.before.logged), "owed": Minutes(week.before.target)}
        caption = Text("{caption}; met with {then} of {owed} before that changed", caption=caption, **then)
    return Bar(week.logged / week.target if week.target else 0, caption)


def roadmap_bar(study: Study) -> Bar:
    """The share of the roadmap that is covered, as a bar."""
    position = study.position
    caption = Text(
        "{percent} · {covered} of {total}",
        percent=Percent(position.percent),
        covered=Minutes(position.covered),
        total=Minutes(position.total),
    )
    if position.left_out:
        caption = Text("{caption} · {time} left out", caption=caption, time=Minutes(position.left_out))
    return Bar(position.covered / position.total if position.total else 1, caption)


def idle_text(study: Study, today: date) -> Text | None:
    """Why nothing is owed today; None where something is."""
    idle, returns = study.commitments.idle(today), study.commitments.returns(today)
    if idle == "ill":
        return Text("You are ill today; nothing is owed.")
    if idle == "before":
        return Text("You start on {day}; nothing is owed before.", day=Day(returns or study.start))
    if idle == "pause" and returns:
        return Text("You are on pause until {day}; nothing is owed.", day=Day(returns))
    return Text("You are on pause; nothing is owed.") if idle else None


def balance_text(study: Study, today: date) -> Text:
    """Ahead, behind or on plan."""
    balance = study.balance(today)
    if study.position.finished:
        return Text("finished")
    if study.commitments.idle(today) == "before":
        return Text("not begun yet")
    if balance > 0:
        return Text("{time} ahead", time=Minutes(balance))
    if balance < 0:
        return Text("{time} behind", time=Minutes(-balance))
    return Text("on plan")


def finish_text(study: Study, today: date) -> Text:
    """When the roadmap will be done at the hours the learner means to study."""
    end = study.finish(today)
    if study.position.finished:
        return Text("you are there")
    if end is None:
        return Text("open while you are on pause")
    return Text("{day}", day=Day(end))


def pace_text(study: Study, today: date) -> Text:
    """When it will be done at the pace of the last four weeks."""
    if study.position.finished:
        return Text("you are there")
    if (today - study.start).days < 7:
        return Text("your first week tells")
    end = study.finish_at_pace(today)
    if end is None:
        return Text("open while you are on pause") if study.pace(today) else Text("your next entry tells")
    return Text("{day} ({pace} a week)", day=Day(end), pace=Minutes(study.pace(today)))


def streak_text(study: Study, today: date) -> Text:
    """Weeks met in a row."""
    weeks = study.streak(today)
    return Plural("{n} week", "{n} weeks", n=weeks) if weeks else Text("begins with the first week you meet")


def week_number_text(study: Study, day: date) -> Text:
    """The number of the learner's week, out of the number of all weeks in the plan as it is now."""
    number = study.week_number(day)
    last = number + max(0, len(study.plan(day)) - 1)
    if study.calendar.first_of(day) < study.calendar.first_of(study.start) or last < number:
        return Text("Before week 1")
    if study.position.finished or study.finish(day) is None:
        return Text("Week {number}", number=number)
    return Text("Week {number} of {last}", number=number, last=last)
