"""Which self-check questions a learner can be asked now."""

from bot.core.quiz import reached, taught, waiting
from bot.core.study import Study
from bot.dialogue.context import Context
from roadmap.model import Question


def questions_waiting(ctx: Context, study: Study, week: int | None = None) -> list[Question]:
    """Questions whose lesson the learner has had and that are new or due again, in the order of asking.

    `week`: the roadmap's week that comes first; the one reached where it is not said.
    """
    week = week or study.roadmap_week
    asked = reached(study.roadmap, {*study.roadmap_weeks, week}, study.modules_left_out)
    return waiting(taught(asked, study.roadmap, study.position), week, ctx.uow.quizzes.tries(ctx.who.id), ctx.now)
