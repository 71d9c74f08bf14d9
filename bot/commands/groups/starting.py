"""The day on which a group begins together."""

from datetime import date, timedelta

from bot.commands.groups.which import asker_of, decides, worded_rights
from bot.core.calendar import WEEK, local_date, monday_of
from bot.core.group import Group
from bot.dialogue.context import Context
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Button, Expects, Reply, reply
from bot.dialogue.text import Day, Plural, Text
from bot.usecases.silence_group import NotSetUp
from bot.usecases.start_group import restore_start, start_group
from bot.usecases.start_on import FARTHEST, OverAlready, TooFarAhead


def begin_button(group: Group, day: date) -> Button:
    """A button for whoever has not begun: begin on the group's day."""
    args = {"roadmap": group.roadmap or "", "since": day.isoformat()}
    return Button(Text("Begin with the group on {day}", day=Day(day)), "start", args)


def countdown(group: Group, today: date) -> Text | None:
    """How long it is until the group begins; None once it has."""
    if group.start is None or group.start <= today:
        return None
    days = (group.start - today).days
    if days < WEEK.days:
        return Plural(
            "You begin together on {day}: {n} day to go.",
            "You begin together on {day}: {n} days to go.",
            n=days,
            day=Day(group.start),
        )
    weeks = (days + 3) // WEEK.days
    return Plural(
        "You begin together on {day}: about {n} week to go.",
        "You begin together on {day}: about {n} weeks to go.",
        n=weeks,
        day=Day(group.start),
    )


def choose_start(ctx: Context, group: Group, day: date | None, back_to: date | None) -> Reply:
    """Set the day on which the group begins, or show it and ask for one; `back_to` takes the last change back."""
    with worded_rights(ctx, group):
        try:
            if back_to is not None:
                return _restored(ctx, group, back_to)
            if day is None:
                return _shown(ctx, group)
            before = start_group(ctx.uow, asker_of(ctx), group, day, ctx.now)
        except NotSetUp:
            raise Refusal(
                Text("{group} follows no roadmap yet, so there is nothing to begin.", group=group.title),
                buttons=(Button(Text("Set the group up"), "group.create"),),
            ) from None
        except OverAlready:
            raise Refusal(Text("A group begins today or later; {day} is over.", day=Day(day or ctx.today))) from None
        except TooFarAhead:
            raise Refusal(Text("That is too far ahead: a group begins within {n} days.", n=FARTHEST.days)) from None
    of = {"of": str(group.id)}
    return reply(
        Text("{group} begins on {day}.", group=group.title, day=Day(day)),
        Text(
            "I say so where it meets, with a button for whoever has not begun; the weekly message counts down. "
            "Everybody's own plan stays as it is."
        ),
        buttons=((Button(Text("Undo"), "group.start", of | {"since": before.isoformat()}, "undo"),),),
    )


def _restored(ctx: Context, group: Group, day: date) -> Reply:
    removed = restore_start(ctx.uow, asker_of(ctx), group, day, ctx.now)
    return reply(
        Text("Took it back: {group} begins as it did before.", group=group.title),
        buttons=((Button(Text("Put it back"), "group.start", {"of": str(group.id), "since": removed.isoformat()}),),),
    )


def _shown(ctx: Context, group: Group) -> Reply:
    decides(ctx, group)
    today = local_date(ctx.now, group.zone)
    start = group.start or today
    now = Text("{group} has begun on {day}.", group=group.title, day=Day(start))
    if start > today:
        now = Text("{group} begins on {day}.", group=group.title, day=Day(start))
    first = monday_of(today) + WEEK
    offers = [first + n * WEEK for n in range(3)]
    of = {"of": str(group.id)}
    taken_back = (Button(Text("No common beginning"), "group.start", of | {"since": today.isoformat()}),)
    return reply(
        now,
        Text("On which day shall it begin together?"),
        buttons=(
            tuple(Button(Text("{day}", day=Day(day)), "group.start", of | {"day": day.isoformat()}) for day in offers),
            taken_back if start > today else (),
        ),
        expects=Expects("group.start", "day", of),
    )


def begins_within(group: Group, monday: date) -> bool:
    """Whether the group begins after the week of this Monday."""
    return group.start is not None and group.start > monday + timedelta(days=6)
