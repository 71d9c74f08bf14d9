"""The one next step: what to do with the minutes there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.commands.views.about import about_button, about_label
from bot.commands.views.item import criteria_lines, criteria_of, free_text, practice_blocks, practice_of
from bot.commands.views.length import Say, length, length_of_links
from bot.commands.views.steps import step_links, step_text
from bot.core.position import Covered
from bot.core.study import Study
from bot.dialogue.reply import Block, Button, Line, LinkButton
from bot.dialogue.text import Minutes, Plural, Text

SHORTEST, LONGEST = 15, 120
"""Minutes offered for a day when the learner names none."""
LONGEST_STEP = 590
"""Characters of a message with a step, without its markup; with it 600, which a phone shows at once."""


def minutes_today(study: Study, today: date) -> int:
    """A fair share of what is open this week for each day that is left of it, in steps of five minutes."""
    week = study.week(today)
    days = (study.calendar.next(today) - today).days
    share = -(-max(0, week.target - week.logged) // days)
    return min(LONGEST, max(SHORTEST, -(-share // 5) * 5))


@dataclass(frozen=True)
class Step:
    """The blocks of a step, and the links that it needs."""

    blocks: tuple[Block, ...] = ()
    links: tuple[LinkButton, ...] = ()


def short_step(study: Study, minutes: int) -> Step:
    """What to do next, in one line, and where to find it."""
    current = study.position.current
    if current is None:
        return Step()
    item, take = study.roadmap.items[current.part.item], min(minutes, current.left)
    step = step_text(item, current.part, before=credited(current), take=take, language=study.roadmap.locale)
    line = Line(Text("{time} of “{item}”. {step}", time=Minutes(take), item=item.title, step=step))
    return Step((line,), step_links(item, current.part))


def fitting_step(study: Study, minutes: int) -> Step:
    """What to do next in so many minutes, and what comes after it where they are more than it takes."""
    step = short_step(study, minutes)
    return replace(step, blocks=(*step.blocks, *_then(study, minutes)))


def credited(covered: Covered) -> int:
    """Minutes of a step that are credited already."""
    return covered.part.minutes - covered.left


def whole_step(study: Study, minutes: int, say: Say, *around: Block) -> Step:
    """What to do next, where to find it, and what of the rest there is room for in a message with the blocks `around`:
    what it costs before all else.

    All of it is behind the button of `about_button`.
    """
    current = study.position.current
    if current is None:
        return Step()
    first = short_step(study, minutes)
    room = LONGEST_STEP - length([*around, *first.blocks], say) - length_of_links(first.links, say)

    def fitting(variants: Sequence[list[Block]], room: int) -> list[Block]:
        return next((lines for lines in variants if length(lines, say) <= room), [])

    left: list[Block] = [Line(_left(study, current))]
    prices = _price(study, current)
    price = fitting(prices, room - length(left, say)) or fitting(prices, room)
    left = fitting([left], room - length(price, say))
    shown = [*left, *price]
    room -= length(shown, say)
    for variants in _more(study, current, minutes):
        more = fitting(variants, room)
        shown, room = [*shown, *more], room - length(more, say)
    return replace(first, blocks=(*first.blocks, *shown))


def _left(study: Study, current: Covered) -> Text:
    item = study.roadmap.items[current.part.item]
    return Text(
        "Left of this step: {step}; of “{title}”: {item}.",
        step=Minutes(current.left),
        title=item.title,
        item=Minutes(study.position.left_of(item.id)),
    )


def _price(study: Study, current: Covered) -> Sequence[list[Block]]:
    """That the item costs money, and what is free, from the longest to the shortest; nothing once it is begun."""
    item = study.roadmap.items[current.part.item]
    if study.position.left_of(item.id) < item.minutes or not (price := free_text(item)):
        return []
    instead = Text("This one costs money; what is free is behind “{button}”.", button=about_label(item))
    return [[Line(price)], [Line(instead)], [Line(Text("This one costs money."))]]


def _more(study: Study, current: Covered, minutes: int) -> Iterator[Sequence[list[Block]]]:
    """What may be said about a step, in the order in which it is shown: each in its variants, the longest first, of
    which the first is taken that there is room for."""
    item = study.roadmap.items[current.part.item]
    practice, criteria = practice_of(study.roadmap, current.part), criteria_of(study.roadmap, current.part)
    if practice:
        short = Text("Practice: “{title}”. “{button}” has its text.", title=practice.title, button=about_label(item))
        yield [practice_blocks(practice), [Line(short)]]
    if criteria:
        short = Plural(
            "{n} criterion says when it is done: “{button}” has it.",
            "{n} criteria say when it is done: “{button}” has them.",
            n=len(criteria),
            button=about_label(item),
        )
        yield [criteria_lines(criteria), [Line(short)]]
    yield [_then(study, minutes)]


def _then(study: Study, minutes: int) -> list[Block]:
    """What the minutes left over after this step go to."""
    after = study.position.coming(minutes)[1:]
    if not after:
        return []
    part, time = after[0]
    title = study.roadmap.items[part.item].title
    return [Line(Text("Then {time} of “{item}”.", time=Minutes(time), item=title))]


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
        (about_button(study.roadmap.items[current.part.item]),),
    )
