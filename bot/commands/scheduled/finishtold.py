"""Tell a group that a member has finished a roadmap, and let others congratulate."""

from typing import Annotated

from bot.commands.views.closing import congratulators
from bot.core.group import Group, Member
from bot.core.ids import EnrollmentId
from bot.core.study import Study
from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Flag
from bot.dialogue.parameters.carried import NumberParameter
from bot.dialogue.refusal import NothingToSend, Refusal
from bot.dialogue.reply import Button, Reply, reply
from bot.dialogue.text import Text, Typed
from bot.usecases.congratulate import NoMember, OwnFinish
from bot.usecases.congratulate import congratulate as give

EnrollmentNumber = Annotated[EnrollmentId, NumberParameter()]


@command(private=False, scheduled=True)
def finishtold(ctx: Context, of: EnrollmentNumber, live: Flag = False) -> Reply:
    """Hear that a member has finished a roadmap. `live`: it was said, and may have to be said otherwise."""
    finished = _finished(ctx, of)
    if finished is None and live:
        return reply(Text("What stood here is not shown any more."))
    if finished is None:
        raise NothingToSend("nobody of this group has finished that roadmap")
    return _congratulation(ctx, *finished)


@command(private=False, hidden=True)
def congratulate(ctx: Context, of: EnrollmentNumber) -> Reply:
    """Congratulate a member of your group."""
    finished = _finished(ctx, of)
    if finished is None:
        raise Refusal(Text("That is not to be congratulated on any more."), final=True)
    try:
        give(ctx.uow, ctx.who, finished[0], of, ctx.now)
    except NoMember:
        text = Text("Only members of the group congratulate here: {join}.", join=Typed("/group join"))
        raise Refusal(text, final=True) from None
    except OwnFinish:
        raise Refusal(Text("That is you. Well done!"), final=True) from None
    return _congratulation(ctx, *finished)


def _finished(ctx: Context, of: EnrollmentId) -> tuple[Group, Member, Study] | None:
    """The group here, and its shown member with the roadmap that they have finished; None where nobody has."""
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    enrollment = ctx.uow.enrollments.get(of)
    member = ctx.uow.groups.member(group.id, enrollment.learner) if group and enrollment else None
    if group is None or enrollment is None or member is None or member.hidden:
        return None
    study = ctx.study_of(enrollment)
    return (group, member, study) if study.position.finished else None


def _congratulation(ctx: Context, group: Group, member: Member, study: Study) -> Reply:
    names = congratulators(ctx, group, study.enrollment)
    return reply(
        Text("{name} has finished “{roadmap}”. 🎉", name=member.name, roadmap=study.roadmap.title),
        *([Text("Congratulations from {names}.", names=", ".join(names))] if names else []),
        buttons=(Button(Text("Congratulate"), "congratulate", {"of": str(study.enrollment)}),),
    )
