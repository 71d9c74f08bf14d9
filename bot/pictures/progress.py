"""The picture of a learner's progress: how much is covered, the burn-up, the heatmap."""

from bot.dialogue.facts import ProgressFacts
from bot.dialogue.text import Minutes, Percent, Text
from bot.dialogue.wording import Wording
from bot.pictures.burnup import burnup
from bot.pictures.design import FAINT, INNER, PADDING, STUDIED
from bot.pictures.heatmap import heatmap
from bot.pictures.svg import amount, box, card, heading, title


def progress(facts: ProgressFacts, wording: Wording) -> str:
    """The picture as SVG."""
    percent = wording.say(Text("{percent}", percent=Percent(facts.percent)))
    amounts = Text("{covered} of {total}", covered=Minutes(facts.covered), total=Minutes(facts.total))
    share = min(1.0, facts.covered / facts.total) if facts.total else 1.0
    elements, y = title(facts.title)
    elements += [
        amount(PADDING, y + 46, percent, wording.say(amounts)),
        box(PADDING, y + 60, INNER, 10, FAINT, 5),
        box(PADDING, y + 60, max(10.0, INNER * share) if share else 0, 10, STUDIED, 5),
        heading(wording.say(Text("Hours against the plan")), y + 102),
    ]
    chart, end = burnup(facts, wording, y + 116)
    elements += [*chart, heading(wording.say(Text("Days and weeks")), end + 38)]
    days, end = heatmap(facts.weeks, wording, end + 46)
    return card(end + PADDING, [*elements, *days])
