"""How the numbers of a learner come about: the balance, the streak, the dates, the board; a list of blocks for each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.commands.views.owed import LISTED, days_of_week, span, weeks_owed
from bot.commands.views.progress import balance_text, finish_text, pace_text, streak_text
from bot.core.calendar import DAY, MONDAYS, WEEK, monday_of
from bot.core.group import Member, Studied
from bot.core.leaderboard import board
from bot.core.learner import Learner
from bot.core.streak import Verdict, Week, of_streak
from bot.core.study import Study
from bot.dialogue.reply import Block, Bullets, Fields, Heading, Line
from bot.dialogue.text import Day, Days, Minutes, Percent, Plural, Text


def balance_blocks(study: Study, today: date, relieved: Sequence[tuple[Text, int]]) -> list[Block]:
    """The balance as a sum; `relieved`: minutes no longer owed, with the label of the adjustment."""
    monday, position = study.calendar.first_of(today), study.position
    mondays = list(study.calendar.between(study.began, monday - DAY))
    blocks: list[Block] = [Heading(Text("Plan: {balance}", balance=balance_text(study, today)))]
    if position.finished:
        return [*blocks, Line(Text("Nothing of the plan is left, so nothing is open."))]
    if mondays:
        blocks += [Line(Text("The weeks that are over owed:")), Bullets(tuple(weeks_owed(study, mondays)))]
    owed, over = study.owed(today), sum(map(study.owed_of, mondays))
    if owed < over:
        blocks.append(Line(Text("More than the whole plan is never owed, so {time} count.", time=Minutes(owed))))
    left = owed - study.relieved - position.covered
    rows = [
        (Text("Owed by weeks that are over"), owed),
        *((Text("less: {what}", what=relief), minutes) for relief, minutes in relieved),
        (Text("less: covered"), position.covered),
    ]
    if left > 0:
        rows += [(Text("less: left out"), position.left_out)] if position.left_out else []
        rows.append((Text("Behind"), study.debt(today)))
    else:
        rows.append((Text("Covered beyond that"), -left))
        rows.append((Text("less: owed by this week"), study.commitments.target(monday)))
        rows.append((Text("Ahead"), max(0, study.balance(today))))
    blocks.append(Fields(tuple((name, Text("{time}", time=Minutes(minutes))) for name, minutes in rows)))
    blocks.append(Line(Text("A week is owed when it is over.")))
    if position.left_out:
        blocks.append(Line(Text("What was left out makes up for what is open, and puts nobody ahead.")))
    return blocks


def streak_blocks(study: Study, today: date) -> list[Block]:
    """The weeks that the streak is made of, newest first, those alike in a row as one line."""
    weeks = of_streak(study.weeks(today), study.calendar.first_of(today))
    alike = groupby(weeks, key=lambda judged: (judged[0], len(study.calendar.days(judged[1].monday))))
    runs = [(verdict, [week for _, week in run]) for (verdict, _), run in alike][::-1]
    lines = [_run(study, verdict, run) for verdict, run in runs[:LISTED]]
    if older := sum(len(run) for verdict, run in runs[LISTED:] if verdict == "met"):
        lines.append(Plural("before that: {n} week met", "before that: {n} weeks met", n=older))
    return [
        Heading(Text("Streak: {streak}", streak=streak_text(study, today))),
        *([Bullets(tuple(lines))] if lines else []),
        Line(
            Text(
                "It counts the weeks met in a row. A pause, an illness and one missed week do not break it; "
                "two missed in a row do. A week that was met stays met, whatever you change later."
            )
        ),
    ]


def _run(study: Study, verdict: Verdict, run: Sequence[Week]) -> Text:
    dates = Days(run[0].monday, study.calendar.last_of(run[-1].monday))
    if verdict == "met":
        return Plural("{dates}: {n} week met", "{dates}: {n} weeks met", n=len(run), dates=dates)
    if verdict == "short" and len(study.calendar.days(run[0].monday)) < WEEK // DAY:
        return Text("{dates}: not met, a week of fewer than seven days: it does not count", dates=dates)
    return {
        "missed": Text("{dates}: missed, which is forgiven once", dates=dates),
        "short": Text("{dates}: not met, with days that owed nothing: it does not count", dates=dates),
        "free": Text("{dates}: nothing owed", dates=dates),
        "running": Text("{dates}: not met yet", dates=dates),
    }[verdict]


def dates_blocks(study: Study, today: date) -> list[Block]:
    """Both dates on which the plan may be done, and what they are made of."""
    left, week = study.position.left, study.week(today)
    blocks: list[Block] = [Heading(Text("Done as planned: {day}", day=finish_text(study, today)))]
    if not left:
        return blocks
    blocks += [
        Line(
            Text(
                "{left} are left to study. This week can still bring {open}; from {day} on each day brings a seventh "
                "of your weekly hours.",
                left=Minutes(left),
                open=Minutes(max(0, week.target - week.logged)),
                day=Day(study.calendar.next(today)),
            )
        ),
        Bullets(tuple(_coming(study, study.calendar.next(today)))),
        Heading(Text("Done at your pace: {day}", day=pace_text(study, today))),
    ]
    days = study.pace_days(today)
    if not days:
        return blocks
    hours = sum(minutes for day, minutes in study.by_day.items() if day in set(days))
    blocks.append(
        Line(
            Plural(
                "{time} in the last {n} day that owed something or had hours, {dates}: that is {pace} a week.",
                "{time} in the last {n} days that owed something or had hours, {dates}: that is {pace} a week.",
                n=len(days),
                time=Minutes(hours),
                dates=span(days[-1], days[0]),
                pace=Minutes(study.pace(today)),
            )
        )
    )
    if len(days) < 7:
        blocks.append(Line(Text("Fewer than seven days count as a week.")))
    blocks.append(
        Line(Text("Pauses and days of illness are left out, and no pace is taken from more than half a year."))
    )
    return blocks


def _coming(study: Study, since: date) -> list[Text]:
    steps = [(day, study.commitments.on(day)) for day in study.commitments.changes(since)]
    return [
        Text("from {day} on: {hours} a week", day=Day(day), hours=Minutes(minutes))
        if minutes
        else Text("from {day} on: a pause", day=Day(day))
        for n, (day, minutes) in enumerate(steps)
        if not n or steps[n - 1][1] != minutes
    ]


def own_week(learner: Learner, study: Study, monday: date) -> Studied:
    """The learner's own week as a board sees it: from Monday to Sunday, whatever day their weeks begin on.

    The board has them alone on it, so their name is left empty.
    """
    studies, days = (study, *study.beside), MONDAYS.days(monday)
    minutes = sum(followed.by_day.get(day, 0) for followed in studies for day in days)
    plans = tuple(replace(followed.commitments, weeks=MONDAYS) for followed in studies)
    return Studied(Member(learner.id, ""), minutes, plans, zone=learner.zone)


def board_blocks(learner: Learner, study: Study, today: date) -> list[Block]:
    """The learner's own row on a board of this week: hours and share."""
    monday = monday_of(today)
    own = own_week(learner, study, monday)
    committed = own.owed(monday, monday + 6 * DAY)
    row = next(iter(board([own], monday, monday + 6 * DAY)), None)
    share = Text("{share}", share=Percent(row.share)) if row and row.share is not None else Text("none")
    return [
        Heading(Text("Your share on a board this week: {share}", share=share)),
        Line(
            Text(
                "{time} logged, of {committed} committed when the week began.",
                time=Minutes(own.minutes),
                committed=Minutes(committed),
            )
        ),
        *map(Line, _ahead(study, monday, learner.zone)),
        *([Line(Text("A group's week runs from Monday to Sunday for everybody."))] if study.calendar.since else []),
        Line(
            Text(
                "A pause, an illness or other hours a week count on boards from the next week on, so nobody wins by "
                "them; a pause that was planned before the week owes nothing in it. A share counts up to 120 %, and is "
                "cut to whole percent. Who began within the week is measured by what they said then, a seventh for "
                "each day."
            )
        ),
    ]


def _ahead(study: Study, monday: date, zone: ZoneInfo) -> list[Text]:
    """The planned pauses that were known when the week began."""
    known = replace(study.commitments, weeks=MONDAYS).when_began(monday, zone).pauses
    known = tuple(gone for gone in known if gone.first < monday + WEEK and monday <= gone.last)
    return [Text("A pause planned before: {dates}", dates=span(gone.first, gone.last)) for gone in known]


def week_blocks(study: Study, monday: date) -> list[Block]:
    """What this week owes, day by day."""
    week = study.week(monday)
    blocks: list[Block] = [
        Line(Text("Owed: {target}. Each day owes a seventh of its weekly hours:", target=Minutes(week.target))),
        Bullets(tuple(days_of_week(study, week.monday))),
    ]
    if len(study.calendar.days(monday)) < WEEK // DAY:
        after = study.calendar.next(monday)
        blocks.append(
            Line(
                Text(
                    "This week is a short one, as your weeks begin on another day from {day} on. Met, it counts for "
                    "your streak; not met, it breaks none.",
                    day=Day(after),
                )
            )
        )
    if week.before:
        then = {"then": Minutes(week.before.logged), "owed": Minutes(week.before.target)}
        text = Text("The week was met with {then} of {owed} before that changed, and stays met.", **then)
        blocks.append(Line(text))
    return blocks
