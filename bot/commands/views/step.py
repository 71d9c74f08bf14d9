"""The one next step: what to do with the minutes there are."""

from collections.abc import Iterable
from datetime import date

from bot.commands.views.item import checked_line, cost_lines, free_text, original_line, practice_blocks
from bot.commands.views.length import Say, length
from bot.commands.views.steps import step_text
from bot.core.position import Covered
from bot.core.study import Study
from bot.dialogue.reply import Block, Button, Line
from bot.dialogue.text import Minutes, Text, Typed
from roadmap.model import Item

SHORTEST, LONGEST = 15, 120
"""Minutes offered for a day when the learner names none."""
_FIRST = 600
"""Characters of an item's first step: its price and history are told as far as they fit; /module has all of it."""


def minutes_today(study: Study, today: date) -> int:
    """A fair share of what is open this week for each day that is left of it, in steps of five minutes."""
    week = study.week(today)
    days = (study.calendar.next(today) - today).days
    share = -(-max(0, week.target - week.logged) // days)
    return min(LONGEST, max(SHORTEST, -(-share // 5) * 5))


def short_step(study: Study, minutes: int) -> list[Block]:
    """What to do next and where to find it, in one line."""
    current = study.position.current
    if current is None:
        return []
    item, take = study.roadmap.items[current.part.item], min(minutes, current.left)
    step = step_text(item, current.part, before=credited(current), take=take, language=study.roadmap.locale)
    return [Line(Text("{time} of “{item}”. {step}", time=Minutes(take), item=item.title, step=step))]


def fitting_step(study: Study, minutes: int) -> list[Block]:
    """What to do next in so many minutes, and what comes after it where they are more than it takes."""
    return [*short_step(study, minutes), *_then(study, minutes)]


def credited(covered: Covered) -> int:
    """Minutes of a step that are credited already."""
    return covered.part.minutes - covered.left


def step_blocks(study: Study, minutes: int, say: Say) -> list[Block]:
    """What to do next, where to find it, how much of it is left, and what comes after it."""
    current = study.position.current
    if current is None:
        return []
    item = study.roadmap.items[current.part.item]
    left = Text(
        "Left of this step: {step}; of “{title}”: {item}.",
        step=Minutes(current.left),
        title=item.title,
        item=Minutes(study.position.left_of(item.id)),
    )
    first, then = short_step(study, minutes), _then(study, minutes)
    rest = [Line(left), *_meant(study, current), *then]
    if study.position.left_of(item.id) != item.minutes:
        return [*first, *rest]
    short = Text(
        "Left of it: {item}. {project} says when it is done.",
        item=Minutes(item.minutes),
        project=Typed(f"/project {item.id}"),
    )
    shorter = [[Line(short), *then]] if current.part.reaches else [[Line(left)]]
    fitting = (lines for lines in (rest, *shorter) if length([*first, *lines], say) <= _FIRST)
    rest = next(fitting, then)
    return [*first, *_about(item, _FIRST - length([*first, *rest], say), say), *rest]


def _then(study: Study, minutes: int) -> list[Block]:
    """What the minutes left over after this step go to."""
    after = study.position.coming(minutes)[1:]
    if not after:
        return []
    part, time = after[0]
    title = study.roadmap.items[part.item].title
    return [Line(Text("Then {time} of “{item}”.", time=Minutes(time), item=title))]


def _about(item: Item, room: int, say: Say) -> list[Block]:
    """The price of an item, in short where the whole has no room; then what was checked, and its history."""
    short = free_text(item)
    prices = [cost_lines(item), *([[short], [Text("This one costs money.")]] if short else [])]
    shown = next((lines for lines in map(_lines, prices) if length(lines, say) <= room), [])
    for line in (checked_line(item), original_line(item)):
        more = _lines([line] if line else [])
        if length([*shown, *more], say) <= room:
            shown = [*shown, *more]
    return shown


def _lines(texts: Iterable[Text]) -> list[Block]:
    return [Line(text) for text in texts]


def _meant(study: Study, current: Covered) -> list[Block]:
    """The practice of a step, and the criteria that are met with it."""
    part, item = current.part, study.roadmap.items[current.part.item]
    practices = study.roadmap.module_of[item.id].practice
    blocks: list[Block] = []
    for practice in practices:
        if practice.id == part.practice:
            blocks += practice_blocks(practice)
    reached = [criterion for criterion in item.done_when if criterion.id in part.reaches]
    return blocks + [Line(Text("Done when: {criterion}", criterion=criterion.text)) for criterion in reached]


def step_buttons(study: Study, minutes: int) -> tuple[tuple[Button, ...], ...]:
    """Buttons to log the step, mark its item as done, start a timer or take the quiz."""
    current = study.position.current
    if current is None:
        again = Button(Text("Begin again"), "start", {"again": "again"})
        return ((Button(Text("Progress"), "progress"), Button(Text("Export"), "export"), again),)
    take = min(minutes, current.left)
    logs = tuple(
        Button(Text("Log {time}", time=Minutes(amount)), "log", {"spent": f"{amount}m"})
        for amount in dict.fromkeys((take, 60 if take != 60 else 30))
    )
    return (
        (*logs, Button(Text("Log another time"), "log")),
        (
            Button(Text("Focus"), "focus"),
            Button(Text("Item is done"), "done", {"item": current.part.item}),
            Button(Text("Quiz"), "quiz"),
        ),
    )
