"""Facts become SVG. Pure: the same facts in the same language are always the same picture."""

from bot.dialogue.facts import BoardFacts, ClosingFacts, Facts, GroupWeekFacts, ProgressFacts
from bot.dialogue.wording import Wording
from bot.pictures.board import board
from bot.pictures.closing import closing
from bot.pictures.groupweek import group_week
from bot.pictures.progress import progress


def draw(facts: Facts, locale: str) -> str:
    """The picture of facts in a language."""
    wording = Wording(locale)
    match facts:
        case ProgressFacts():
            return progress(facts, wording)
        case BoardFacts():
            return board(facts, wording)
        case GroupWeekFacts():
            return group_week(facts, wording)
        case ClosingFacts():
            return closing(facts, wording)
