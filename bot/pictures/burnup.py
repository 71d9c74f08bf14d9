"""The burn-up: hours studied against what the plan asked for, with the two forecasts of the end."""

from collections.abc import Iterator
from datetime import date

from babel import dates

from bot.dialogue.facts import ProgressFacts
from bot.dialogue.text import Day, Minutes, Text
from bot.dialogue.wording import Wording, formats
from bot.pictures.design import CARD, FAINT, INK, INNER, MUTED, PACE, PADDING, PLAN, SMALL, STUDIED, STUDIED_AREA
from bot.pictures.svg import area, disc, line, path, text, width_of

HEIGHT = 150
_LEFT = 40
_DASHES, _DOTS = "6 4", "1 4.5"
_MARGIN = 1.35
"""How much further than to the planned end the time axis goes at most, for an end at a slow pace."""


class _Scale:
    """Where days and minutes are on the chart."""

    def __init__(self, facts: ProgressFacts, top: float) -> None:
        self.first, self.bottom = facts.first, top + HEIGHT
        ahead = max(facts.planned or facts.today, facts.today)
        span = max((ahead - facts.first).days, 7)
        self.days = min(max(span, ((facts.at_pace or ahead) - facts.first).days), round(span * _MARGIN)) + 1
        self.most = max(facts.goal, *(minutes for _, minutes in (*facts.studied, *facts.due)), 60)
        self.left, self.width = PADDING + _LEFT, INNER - _LEFT - 6

    def at(self, days: float, minutes: float) -> tuple[float, float]:
        """The point of a number of days after the first and an amount."""
        x = self.left + days * self.width / self.days
        return x, self.bottom - minutes * (HEIGHT - 8) / self.most

    def on(self, day: date, minutes: float) -> tuple[float, float]:
        """The point of a day and an amount."""
        return self.at((day - self.first).days, minutes)


def burnup(facts: ProgressFacts, wording: Wording, top: float) -> tuple[list[str], float]:
    """The chart from `top` on, and where it ends."""
    scale = _Scale(facts, top)
    now = facts.studied[-1]
    points = [scale.at(*point) for point in facts.studied]
    (right, _), (_, floor) = points[-1], scale.at(0, 0)
    elements = [
        *_axes(facts, scale, wording),
        area([*points, (right, floor), (points[0][0], floor)], STUDIED_AREA),
        line((scale.at(*point) for point in facts.due), PLAN, 1.6),
        *_forecasts(facts, scale, now),
        line(points, STUDIED, 2.6),
        disc(right, points[-1][1], 4.2, STUDIED, CARD, 1.6),
    ]
    legend, end = _legend(facts, wording, scale.bottom + 40)
    return [*elements, *legend], end


def _axes(facts: ProgressFacts, scale: _Scale, wording: Wording) -> Iterator[str]:
    hours = scale.most / 60
    step = next((step for step in (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500) if hours / step <= 4.5), 1000)
    right = scale.left + scale.width
    goal = scale.at(0, facts.goal)[1]
    for amount in range(0, int(hours) + 1, step):
        y = scale.at(0, amount * 60)[1]
        yield line(((scale.left, y), (right, y)), FAINT, 1)
        words = wording.say(Text("{time}", time=Minutes(amount * 60))) if amount else "0"
        yield text(scale.left - 7, y + 4, words, fill=MUTED, anchor="end")
    yield line(((scale.left, goal), (right, goal)), MUTED, 1.4, "3 3")
    yield text(scale.left + 4, goal - 5, wording.say(Text("Goal")), fill=MUTED)
    first, last = facts.first, date.fromordinal(facts.first.toordinal() + scale.days - 1)
    begin, end = (_month(day, wording) for day in (first, last))
    yield text(scale.left, scale.bottom + 16, begin, fill=MUTED)
    now, x = wording.say(Text("today")), scale.on(facts.today, 0)[0]
    half = width_of(now, SMALL) / 2
    if scale.left + width_of(begin, SMALL) + 8 < x - half and x + half < right - width_of(end, SMALL) - 8:
        yield text(x, scale.bottom + 16, now, fill=INK, anchor="middle")
    yield line(((x, scale.bottom), (x, scale.bottom + 4)), INK, 1.4)
    yield text(right, scale.bottom + 16, end, fill=MUTED, anchor="end")


def _month(day: date, wording: Wording) -> str:
    return dates.format_skeleton("yMMM", day, locale=formats(wording.locale))


def _forecasts(facts: ProgressFacts, scale: _Scale, now: tuple[int, int]) -> Iterator[str]:
    begin = scale.at(*now)
    for end, colour, dashes in ((facts.planned, PLAN, _DASHES), (facts.at_pace, PACE, _DOTS)):
        if end is None or end <= facts.today:
            continue
        x, y = scale.on(end, facts.goal)
        right = scale.left + scale.width
        if x > right:  # it ends beyond the chart
            part = (right - begin[0]) / (x - begin[0])
            yield line((begin, (right, begin[1] + (y - begin[1]) * part)), colour, 2, dashes)
            continue
        yield line((begin, (x, y)), colour, 2, dashes)
        yield _diamond(x, y) if colour == PLAN else disc(x, y, 4.4, CARD, PACE, 2.2)


def _diamond(x: float, y: float) -> str:
    return path(f"M{x:.1f} {y - 5.4:.1f} l5.4 5.4 l-5.4 5.4 l-5.4 -5.4 z", fill=PLAN)


def _legend(facts: ProgressFacts, wording: Wording, baseline: float) -> tuple[list[str], float]:
    """What the lines are, with the dates at their ends."""
    planned = Text("{day}", day=Day(facts.planned)) if facts.planned else facts.planned_open
    at_pace = Text("{day}", day=Day(facts.at_pace)) if facts.at_pace else facts.pace_open
    half = PADDING + INNER * 0.47
    first_line, second_line, third_line = baseline, baseline + 20, baseline + 40
    elements = [
        line(((PADDING, first_line - 4), (PADDING + 22, first_line - 4)), STUDIED, 2.6),
        text(PADDING + 30, first_line, wording.say(Text("studied"))),
        line(((half, first_line - 4), (half + 22, first_line - 4)), PLAN, 1.6),
        text(half + 30, first_line, wording.say(Text("due by the plan"))),
    ]
    if facts.percent >= 100:
        return elements, first_line
    elements += [
        line(((PADDING, second_line - 4), (PADDING + 22, second_line - 4)), PLAN, 2, "5 3.5"),
        _diamond(PADDING + 19, second_line - 4),
        text(PADDING + 30, second_line, wording.say(Text("Done as planned: {day}", day=planned))),
        line(((PADDING, third_line - 4), (PADDING + 22, third_line - 4)), PACE, 2, _DOTS),
        disc(PADDING + 19, third_line - 4, 4.2, CARD, PACE, 2.2),
        text(PADDING + 30, third_line, wording.say(Text("Done at your pace: {day}", day=at_pace))),
    ]
    return elements, third_line
