"""The questions of a start: which roadmap, how many hours a week, which time zone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.commands.starting.offers import offered_hours
from bot.commands.views.begin import advice, first_buttons, module_at
from bot.commands.views.languages import other_languages
from bot.dialogue.command import Command, Option, commands_of
from bot.dialogue.context import Context
from bot.dialogue.questions import ask
from bot.dialogue.reply import Block, Bullets, Button, Expects, Heading, Line, Reply, reply
from bot.dialogue.text import Text, Typed, words
from roadmap.model import Roadmap


def ask_roadmap(ctx: Context) -> Reply:
    """Ask which roadmap to follow, the first question where there are several."""
    start, roadmap = _option(ctx, "roadmap")
    return _greeted(ctx, _led_by(_hello(), ask(start, roadmap, {}, ctx)))


def ask_hours(
    ctx: Context, track: Roadmap, first: int | None, since: date | None = None, *, needs: bool = False
) -> Reply:
    """Ask for the hours a week; buttons offer to begin with a later module that teaches what the roadmap assumes.

    What one should bring is behind a button; with `needs` it stands above the question.
    """
    start, hours = _option(ctx, "hours")
    args = {} if [track.id] == [*ctx.roadmaps] else {"roadmap": track.id}
    args |= {"first": str(first)} if first else {}
    args |= {"since": since.isoformat()} if since else {}
    question = ask(start, hours, args, ctx, choices=offered_hours(track))
    if first:
        chosen = module_at(track, first).title
        return _greeted(ctx, _led_by((Line(Text("Then you begin with “{module}”.", module=chosen)),), question))
    hello = _hello() if ctx.learner is None and len(ctx.roadmaps) == 1 else ()
    about = Line(Text("{title}: {summary}", title=track.title, summary=track.summary))
    question = _led_by(_needs(track) if needs else (*hello, about, *map(Line, advice(track))), question)
    more = [(button,) for button in first_buttons(track, args)]
    if track.assumes and not needs:
        more.insert(0, (Button(Text("What you need"), "start", {**args, "needs": "1"}),))
    return _greeted(ctx, replace(question, buttons=(*question.buttons, *more)))


def ask_zone(ctx: Context, *lines: Text, more: Sequence[Button] = ()) -> Reply:
    """Ask for the time zone, the last question, below `lines`; `more` buttons follow those of zones."""
    _, zone = _option(ctx, "zone")
    zones = [choice.wire for choice in zone.parameter.choices(ctx)][:4]
    return reply(
        *lines,
        Text(
            "Last question: which time zone are you in? My guess is {zone}; the name of your city is enough.",
            zone=ctx.zone.key,
        ),
        buttons=[
            tuple(Button(words(name), "start", {"zone": name}) for name in zones),
            *((button,) for button in more),
        ],
        expects=Expects("welcome", "zone"),
    )


def _option(ctx: Context, name: str) -> tuple[Command, Option]:
    """The command /start with one of its options."""
    start = commands_of(ctx)["start"]
    return start, next(option for option in start.options if option.name == name)


def _hello() -> tuple[Block, ...]:
    return (
        Heading(Text("Hello, I am your study buddy."), 1),
        Line(Text("I say what to do today, log your hours, remind you when you like and show when you will be done.")),
    )


def _needs(track: Roadmap) -> tuple[Block, ...]:
    """What somebody should bring who begins with a roadmap's first module."""
    known = Text(
        "Have you studied some of it already? Once you have begun, {before} counts your hours, and {skip} leaves out "
        "what you know.",
        before=Typed("/before"),
        skip=Typed(Text("/catchup skip")),
    )
    return (Line(Text("You should bring:")), Bullets(tuple(words(line) for line in track.assumes)), Line(known))


def _greeted(ctx: Context, question: Reply) -> Reply:
    """Add buttons for other languages to a question to somebody who is no learner yet."""
    return replace(question, buttons=(*question.buttons, other_languages(ctx))) if ctx.learner is None else question


def _led_by(blocks: tuple[Block, ...], question: Reply) -> Reply:
    """A question with blocks in front of it."""
    return replace(question, blocks=blocks + question.blocks)
