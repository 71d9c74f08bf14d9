"""The facts of pictures, taken from where the words beside them are taken from."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bot.commands.views.progress import finish_text, pace_text
from bot.core.calendar import DAY
from bot.core.group import Group
from bot.core.leaderboard import Board
from bot.core.streak import Week
from bot.core.study import Study
from bot.dialogue.facts import (
    BoardFacts,
    BoardRow,
    ClosingFacts,
    Curve,
    GroupWeekFacts,
    HeatWeek,
    Mark,
    ProgressFacts,
)
from bot.dialogue.reply import Picture
from bot.dialogue.text import Day, Days, Minutes, Percent, Plural, Text

WEEKS = 26
"""Weeks of the heatmap at most: half a year."""
_POINTS = 60
"""Points of a line at most."""


def progress_picture(study: Study, today: date) -> Picture | None:
    """The burn-up and the heatmap; None before the first day."""
    if today < study.began:
        return None
    position, weeks = study.position, heat_weeks(study, today)
    studied = study.logged - study.summary.before
    planned, at_pace = study.finish(today), study.finish_at_pace(today)
    if (today - study.start).days < 7:
        at_pace = None  # the words say so, too
    facts = ProgressFacts(
        study.roadmap.title,
        position.percent,
        position.covered,
        position.total,
        study.began,
        today,
        _studied(study, today, studied),
        _due(study, today, studied),
        studied + position.left,
        None if position.finished else planned,
        finish_text(study, today),
        None if position.finished else at_pace,
        pace_text(study, today),
        weeks,
    )
    alt = Text(
        "{roadmap}: {percent} covered, {time} studied; by day and week: {weeks}.",
        roadmap=study.roadmap.title,
        percent=Percent(position.percent),
        time=Minutes(study.logged),
        weeks=weeks_text(weeks) or Text("the first week runs"),
    )
    return Picture(facts, alt)


def heat_weeks(study: Study, today: date) -> tuple[HeatWeek, ...]:
    """The last weeks over all the learner's roadmaps, as their streak counts them."""
    studies = (study, *study.beside)
    return tuple(
        HeatWeek(
            week.monday,
            _mark(study, week, today),
            tuple(
                sum(each.minutes_on(day) for each in studies)
                for day in study.calendar.days(week.monday)
                if day <= today
            ),
        )
        for week in study.weeks(today)[-WEEKS:]
    )


def _mark(study: Study, week: Week, today: date) -> Mark:
    if week.met:
        return "met"
    if not week.target:
        return "paused"
    if week.monday >= study.calendar.first_of(today):
        return "open"
    if week.logged:
        return "partly"
    if week.missed:
        return "missed"
    return "paused" if study.commitments.paused(week.monday) else "none"


def weeks_text(weeks: Sequence[HeatWeek]) -> Text | None:
    """How many of the weeks were met, in part, not at all, or owed nothing; None where there is nothing to count."""
    count = Counter(week.mark for week in weeks)
    if not any(count[mark] for mark in ("met", "partly", "missed", "paused")):
        return None
    return Text(
        "✓ {met} met, ◐ {partly} partly, ○ {missed} missed, ‖ {paused} paused",
        met=count["met"],
        partly=count["partly"],
        missed=count["missed"],
        paused=count["paused"],
    )


def _ends(study: Study, today: date) -> list[date]:
    """The first days of weeks since the plan began; of very many every second, third, ..."""
    mondays = list(study.calendar.between(study.began, today))
    step = -(-len(mondays) // _POINTS)
    return mondays[::-1][::step][::-1]


def _studied(study: Study, today: date, studied: int) -> Curve:
    """What was studied until the end of each week; it ends with `studied`."""
    every = (study.began + n * DAY for n in range((today - study.began).days + 1))
    days = [(day, minutes) for day in every if (minutes := study.minutes_on(day))]
    # Hours of days before, and those of the first day that belong to the round before.
    total = studied - sum(minutes for _, minutes in days)
    points, n = [(0, max(0, total))], 0
    for monday in _ends(study, today):
        end = min(study.calendar.last_of(monday), today)
        while n < len(days) and days[n][0] <= end:
            total += days[n][1]
            n += 1
        points.append(((end - study.began).days + 1, max(0, total)))
    return tuple(points)


def _due(study: Study, today: date, studied: int) -> Curve:
    """What the plan asked for until the end of each week: as far above what was studied as the learner is behind."""
    position = study.position
    behind = max(0, study.owed(today) - study.relieved - position.covered)
    moved = studied - position.covered - study.relieved - min(behind, position.left_out)
    goal = studied + position.left
    first = study.calendar.first_of(study.began)
    points = [(0, 0)]
    for monday in _ends(study, today):
        last = study.calendar.last_of(monday)
        second = study.calendar.next(first)
        owed = study.owed_of(first) + (study.commitments.targets(second, last) if second <= last else 0)
        points.append(((last - study.began).days + 1, min(goal, max(0, owed + moved))))
    return tuple(points)


def board_picture(group: Group, board: Board, first: date, last: date) -> Picture:
    """A group's board; its members' names are theirs to show."""
    rows = [row for row in board.shown if row]
    shown = tuple(BoardRow(row.rank, row.name, row.minutes, row.share, row.late) for row in rows)
    dates = Days(first, last)
    return Picture(
        BoardFacts(group.title, first, last, shown, board.count - len(rows)),
        Plural(
            "The board of {group}, {dates}, with {n} member: a bar for each one's share of their own plan.",
            "The board of {group}, {dates}, with {n} members: a bar for each one's share of their own plan.",
            n=board.count,
            group=group.title,
            dates=dates,
        ),
    )


def group_week_picture(facts: GroupWeekFacts) -> Picture:
    """A group's week that is over."""
    return Picture(
        facts,
        Plural(
            "The week of {group}, {dates}: {time} together, {n} member met their week.",
            "The week of {group}, {dates}: {time} together, {n} members met their week.",
            n=len(facts.met) + facts.more,
            group=facts.group,
            dates=Days(facts.first, facts.last),
            time=Minutes(facts.together),
        ),
    )


def closing_picture(study: Study, today: date) -> Picture:
    """A finished roadmap; its alternative text is what the words beside it say."""
    last = min(today, study.summary.last_day or today)
    first = min(study.began, last)
    weeks = [study.whole_week(monday) for monday in study.calendar.between(first, last)]
    studied = study.logged - study.summary.before
    met = sum(week.met for week in weeks)
    facts = ClosingFacts(study.roadmap.title, first, last, studied, len(weeks), met)
    return Picture(facts, closing_text(facts))


def closing_text(facts: ClosingFacts) -> Text:
    """What the closing picture shows, in words."""
    return Plural(
        "{roadmap}: {time} in {n} week, from {first} to {last}; {met} met.",
        "{roadmap}: {time} in {n} weeks, from {first} to {last}; {met} met.",
        n=facts.weeks,
        roadmap=facts.title,
        time=Minutes(facts.studied),
        first=Day(facts.first),
        last=Day(facts.last),
        met=facts.met,
    )
