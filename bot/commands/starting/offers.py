"""The roadmaps that a learner can follow, and the hours a week that fit one."""

from typing import Annotated

from bot.core.commitment import LEAST, MOST
from bot.dialogue.context import Context
from bot.dialogue.parameters import Choice, ChoiceParameter
from bot.dialogue.text import Text, words
from roadmap.model import Roadmap


def offered_roadmaps(ctx: Context) -> dict[str, Text]:
    """The titles of the roadmaps for everybody and of those of the learner's groups, by their ids."""
    groups = [group for group, _ in ctx.uow.groups.of(ctx.learner.id)] if ctx.learner else []
    of_groups = [id_ for group in groups for id_ in ctx.uow.roadmaps.of(group.id)]
    return {id_: words(ctx.roadmap(id_).title) for id_ in (*ctx.roadmaps, *of_groups)}


def offered_hours(roadmap: Roadmap) -> list[Choice]:
    """The roadmap's own hours a week, and some around them."""
    usual = min(max(roadmap.minutes_per_week, LEAST), MOST) // 60
    around = (usual, usual // 2, usual * 3 // 4, usual * 3 // 2)
    offers = dict.fromkeys(hours for hours in around if LEAST <= hours * 60 <= MOST)
    return [Choice(Text("{hours} h a week", hours=hours), f"{hours}h") for hours in offers]


class RoadmapParameter(ChoiceParameter):
    """A roadmap that is offered; a button may carry the id of any group's own, as such ids cannot be guessed."""

    def __init__(self) -> None:
        super().__init__(
            "ml-researcher", Text("which roadmap"), Text("Which roadmap do you want to follow?"), offered_roadmaps
        )

    def read(self, wire: str, ctx: Context) -> str | None:
        """The id of a roadmap that is offered or of a group's own; None for any other."""
        if "~" in wire and ctx.uow.roadmaps.newest(wire):
            return wire
        return super().read(wire, ctx)


RoadmapRef = Annotated[str, RoadmapParameter()]
