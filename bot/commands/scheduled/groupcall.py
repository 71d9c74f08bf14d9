"""Tell a group that a member is stuck, and name members who have finished the module."""

from bot.dialogue.command import command
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number
from bot.dialogue.refusal import NothingToSend
from bot.dialogue.reply import Heading, Line, Reply, reply
from bot.dialogue.text import Text

_NAMED = 3


@command(private=False, scheduled=True)
def groupcall(ctx: Context, call: Number) -> Reply:
    """Hear who could use a hand."""
    asked = ctx.uow.calls.get(call) if ctx.request.occasion else None
    group = ctx.uow.groups.at(ctx.request.place) if ctx.request.place else None
    if asked is None or group is None or asked.group != group.id:
        raise NothingToSend("nobody asks this group")
    stuck = ctx.uow.groups.member(group.id, asked.learner)
    if stuck is None or stuck.hidden:
        raise NothingToSend("who asked has left")
    enrollment = ctx.uow.enrollments.current(asked.learner)
    modules = ctx.study_of(enrollment).roadmap.modules if enrollment else ()
    module = next((module for module in modules if module.id == asked.module), None)
    if module is None:
        raise NothingToSend("the module is gone")
    others = [m for m in ctx.uow.groups.members(group.id) if not m.hidden and m.learner != asked.learner]
    finished = ctx.uow.ledger.finished([m.learner for m in others], {item.id: item.minutes for item in module.items})
    names = [m.name for m in others if m.learner in finished][:_NAMED]
    request = (
        Text("{name} is stuck in “{module}”: {note}", name=stuck.name, module=module.title, note=asked.note)
        if asked.note
        else Text("{name} is stuck in “{module}”.", name=stuck.name, module=module.title)
    )
    lines = [Text("Through it already: {names}. A hint from you may be all it takes.", names=", ".join(names))]
    return reply(
        Heading(Text("A hand, please")),
        request,
        *(map(Line, lines) if names else ()),
        Text("Just answer here."),
    )
