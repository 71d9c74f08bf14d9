"""The one next step: what to do with the minutes there are."""

from datetime import date

from bot.commands.views.item import cost_lines, original_line, where
from bot.core.study import Study
from bot.dialogue.reply import Block, Bullets, Button, Line
from bot.dialogue.text import Minutes, Text, words

SHORTEST, LONGEST = 15, 120
"""Minutes offered for a day when the learner names none."""


def minutes_today(study: Study, today: date) -> int:
    """A fair share of what is open this week for each day that is left of it, in steps of five minutes."""
    week = study.week(today)
    days = (study.calendar.next(today) - today).days
    share = -(-max(0, week.target - week.logged) // days)
    return min(LONGEST, max(SHORTEST, -(-share // 5) * 5))


def step_blocks(study: Study, minutes: int) -> list[Block]:
    """What to do next, where to find it, how much of it is left, and what comes after it."""
    current = study.position.current
    if current is None:
        return []
    item = study.roadmap.items[current.part.item]
    take = min(minutes, current.left)
    lines: list[Text | None] = [
        Text("{time} of “{item}”: {do}", time=Minutes(take), item=item.title, do=current.part.do),
        where(item),
    ]
    if study.position.left_of(item.id) == item.minutes:
        lines += [original_line(item), *cost_lines(item)]
    lines.append(
        Text(
            "Left of this step: {step}; of the whole item: {item}.",
            step=Minutes(current.left),
            item=Minutes(study.position.left_of(item.id)),
        )
    )
    blocks: list[Block] = [Line(line) for line in lines if line]
    reached = [criterion for criterion in item.done_when if criterion.id in current.part.reaches]
    if reached:
        blocks.append(Line(Text("This step is done when:")))
        blocks.append(Bullets(tuple(words(criterion.text) for criterion in reached)))
    if minutes > take and (after := study.position.coming(minutes)[1:]):
        then, time = after[0]
        title = study.roadmap.items[then.item].title
        blocks.append(Line(Text("Then {time} of “{item}”.", time=Minutes(time), item=title)))
    return blocks


def step_buttons(study: Study, minutes: int) -> tuple[tuple[Button, ...], ...]:
    """Log what was done, mark it done, or look around."""
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
