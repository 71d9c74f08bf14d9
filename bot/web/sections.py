"""What a learner's page shows: what the commands say, and each entry with what can be done with it."""

from dataclasses import dataclass, replace
from typing import Any

from bot.commands.history import changes
from bot.commands.views.entries import newest_entries
from bot.commands.views.logging import logging_text
from bot.commands.views.study_times import study_times_of, when_texts
from bot.dialogue.command import commands_of
from bot.dialogue.context import Context
from bot.dialogue.questions import ASKED
from bot.dialogue.refusal import Refusal
from bot.dialogue.reply import Heading, Reply
from bot.dialogue.request import write_token
from bot.dialogue.running import attempt
from bot.dialogue.text import Plural, Text
from bot.dialogue.wording import languages
from bot.web.markup import Html, Press, presses, say
from bot.web.week import week_of

NEWEST = 15
"""Entries on the page; a button leads to the others."""
_COMMANDS = ("today", "progress", "plan", "settings")
_TITLED = ("progress",)
"""Commands whose title the page says itself."""
_HERE = frozenset({*_COMMANDS, "history", "pace", "times", "timezone", "language", "page"})
"""Commands that have a place on the page."""


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger: what it says, whether it counts, and what can be done with it."""

    text: Html
    counts: bool
    buttons: tuple[Press, ...]


@dataclass(frozen=True)
class Choice:
    """A setting that is chosen from a list, or typed: the token of its question, and what holds now. `empty` is what an
    empty field is read as (it must not be empty where there is nothing), `week` what can be dragged in its place."""

    name: str
    label: Html
    token: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    empty: str = ""
    week: dict[str, Any] | None = None


@dataclass(frozen=True)
class Facts:
    """Everything on the page."""

    locale: str
    zone: str
    title: Html
    sections: dict[str, Reply]
    entries: tuple[Entry, ...]
    counted: Html
    choices: tuple[Choice, ...]


def facts(ctx: Context) -> Facts:
    """What the page of a learner shows."""
    sections = {name: _section(ctx, name) for name in _COMMANDS}
    try:
        entries, counted = _entries(ctx)
        choices = _choices(ctx)
        title = say(Text("{title}", title=ctx.study.roadmap.title), ctx.locale)
    except Refusal:
        entries, counted, choices, title = (), Html(""), (), say(Text("Your page"), ctx.locale)
    return Facts(ctx.locale, ctx.zone.key, title, sections, entries, counted, choices)


def _section(ctx: Context, name: str) -> Reply:
    """What a command says, without the title and the buttons for what the page has anyway."""
    reply = attempt(ctx, commands_of(ctx)[name])
    rows = tuple(tuple(button for button in row if button.args or button.command not in _HERE) for row in reply.buttons)
    blocks = tuple(block for block in reply.blocks if name not in _TITLED or not isinstance(block, Heading))
    return replace(reply, blocks=blocks, buttons=rows)


def _entries(ctx: Context) -> tuple[tuple[Entry, ...], Html]:
    """The newest entries, and how many there are."""
    study = ctx.study
    loggings, total = newest_entries(ctx, 0, NEWEST)
    listed = tuple(
        Entry(
            say(logging_text(study, logging), ctx.locale),
            counts,
            presses(changes(logging, counts=counts), ctx.locale),
        )
        for logging, counts in loggings
    )
    return listed, say(Plural("{n} entry", "{n} entries", n=total), ctx.locale)


def _choices(ctx: Context) -> tuple[Choice, ...]:
    """The settings that are changed most, each as a form; the answer is read as in the chat."""
    hours, rules = ctx.study.commitments.usual() / 60, study_times_of(ctx)
    times = ", ".join(map(ctx.say, when_texts(rules)))

    def choice(name: str, option: str, label: Text, value: str, options: tuple[tuple[str, str], ...] = ()) -> Choice:
        return Choice(name, say(label, ctx.locale), write_token(name, {ASKED: option}), value, options)

    return (
        choice("pace", "hours", Text("Hours a week"), f"{hours:g}"),
        replace(choice("times", "when", Text("Study times"), times), empty="off", week=week_of(ctx, rules)),
        choice("timezone", "zone", Text("Time zone"), ctx.zone.key),
        choice("language", "language", Text("Language"), ctx.locale, tuple(languages().items())),
    )
