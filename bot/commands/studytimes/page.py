"""The study times as they are, with buttons to change them."""

from collections.abc import Sequence

from bot.commands.views.study_times import (
    active,
    left_out_text,
    offers,
    study_times_of,
    total_text,
    when_line,
    when_texts,
)
from bot.core.reminder import Rule
from bot.dialogue.context import Context
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Text, Typed

_REMOVABLE = 6
"""So many study times at most have a button to remove them; any can be removed by typing it."""


def page(ctx: Context, *lead: Block, first: Sequence[Button] = (), asks: bool = False) -> Reply:
    """The study times as they are; `first` buttons come before all others, `asks`: what is typed next changes them."""
    rules = study_times_of(ctx)
    example = Typed(Text("/times tue thu 19:00, sat 10-12"))
    if not rules:
        return reply(
            *lead,
            Text("You have no study times yet. At the times that you choose I come with the next step."),
            Text("Choose, or type for example {example}.", example=example),
            buttons=(first, *((button,) for button in offers(4))),
            expects=Expects("times", "when"),
            anew=True,
        )
    lines: list[Text | None] = [
        total_text(rules, ctx.study.commitments.usual()),
        None if active(rules) else Text("They are muted."),
        left_out_text(rules, ctx.today),
        Text("Type others, or for example {example}.", example=example) if asks else None,
    ]
    left_out = any(rule.since and rule.since > ctx.today for rule in rules)
    mute = ("mute", Text("Mute")) if active(rules) else ("unmute", Text("Unmute"))
    unskip_button = Button(Text("This week after all"), "times", {"act": "unskip"})
    none = Button(Text("None any more"), "times", {"when": "off"})
    removals = [_remove(rule) for rule in rules] if len(rules) <= _REMOVABLE else []
    return reply(
        *lead,
        Heading(Text("Your study times")),
        Bullets(tuple(when_texts(rules))),
        *(Line(line) for line in lines if line),
        buttons=(
            first,
            *(removals[n : n + 2] for n in range(0, len(removals), 2)),
            (
                unskip_button if left_out else Button(Text("Not this week"), "times", {"act": "skip"}),
                Button(mute[1], "times", {"act": mute[0]}),
                *(() if none.args in [button.args for button in first] else (none,)),
                *(() if asks else (Button(Text("Change"), "times", {"act": "change"}),)),
            ),
        ),
        expects=Expects("times", "when") if asks else None,
        anew=True,
    )


def _remove(rule: Rule) -> Button:
    return Button(Text("Without {time}", time=when_line([rule])), "times", {"act": "drop", "slot": str(rule.slot)})
