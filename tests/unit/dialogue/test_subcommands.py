"""A sub-command is declared like a command, has options, help and privacy of its own, and is found in typed words."""

from dataclasses import replace
from typing import Any

import pytest

from bot.commands import COMMANDS
from bot.core.learner import Account
from bot.dialogue.all_commands import by_name, with_subs
from bot.dialogue.command import SUB, command, listed
from bot.dialogue.context import Context
from bot.dialogue.parameters import Number, Timezone
from bot.dialogue.questions import ASKED, REST
from bot.dialogue.reply import Reply, reply
from bot.dialogue.request import Request, write_token
from bot.dialogue.subcommands import resolved
from bot.dialogue.text import Text
from bot.dialogue.wording import Wording


@command(private=False, asks=Text("Which way?"))
def tea(ctx: Context, zone: Timezone | None = None) -> Reply:
    """Make tea."""
    return reply(Text("Tea."))


@tea.sub(alone=True)
def show(ctx: Context) -> Reply:
    """See the tea."""
    return tea.run(ctx)


@tea.sub(reads=True, word=Text("invite"), also=Text("turn off, switch off"))
def pour(ctx: Context, cups: Number) -> Reply:
    """Pour tea."""
    return reply(Text("Poured."))


@tea.sub(hidden=True)
def spill(ctx: Context) -> Reply:
    """Spill it."""
    return reply(Text("Oh."))


KNOWN = by_name((tea,))
ASK = Request("1", Account("terminal", "ada", "ada"), "tea")


def read(rest: str = "", **args: str) -> tuple[str, dict[str, str], str]:
    """The command, the arguments and the words left of what was said."""
    request = resolved(replace(ASK, rest=rest, args=args), KNOWN)
    return request.command, dict(request.args), request.rest


def test_each_has_its_own_declaration() -> None:
    assert [sub.name for sub in tea.subs.values()] == ["tea.show", "tea.pour", "tea.spill"]
    assert (tea.private, pour.private) == (False, True)
    assert (tea.reads, pour.reads) == (False, True)
    assert [option.name for option in pour.options] == ["cups"]
    assert pour.parent is tea
    assert [command.name for command in listed(KNOWN)] == ["tea"]
    assert list(KNOWN) == ["tea", "tea.show", "tea.pour", "tea.spill"]


def test_its_use_is_shown_in_the_words_of_the_language() -> None:
    assert Wording().say(tea.usage) == "/tea [show | invite] [<zone>]"
    assert Wording().say(pour.usage) == "/tea invite"
    assert Wording("de").say(pour.usage) == "/tea einladen"


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("pour", ""),
        ("POUR 2", "2"),
        ("pour: 2", "2"),
        ("invite 2  cups", "2  cups"),
        ("einladen 2", "2"),
        ("turn off 2", "2"),
        ("turn   off 2", "turn   off 2"),
        ("p\u200bour 2", "2"),
        ("pour 2\u202e1", "2\u202e1"),
    ],
)
def test_it_is_found_at_the_head_of_the_words_in_any_language(typed: str, rest: str) -> None:
    name = "tea" if rest == typed else "tea.pour"
    assert read(typed) == (name, {}, rest)


@pytest.mark.parametrize("typed", ["", "berlin", "pours 2", "berlin pour", "spill", "/"])
def test_words_that_name_none_are_the_commands_own(typed: str) -> None:
    assert read(typed) == ("tea", {}, typed)


def test_kept_words_name_it_too() -> None:
    assert read(**{REST: "pour 2"}) == ("tea.pour", {REST: "2"}, "")
    assert read(**{REST: "pour"}) == ("tea.pour", {}, "")
    assert read(**{REST: "berlin"}) == ("tea", {REST: "berlin"}, "")


def test_the_question_which_one_is_meant_is_answered_by_its_name_or_a_button() -> None:
    assert read("pour 2", **{ASKED: SUB}) == ("tea.pour", {}, "2")
    assert read(**{SUB: "pour"}) == ("tea.pour", {}, "")
    assert read("berlin", **{ASKED: SUB}) == ("tea", {ASKED: SUB}, "berlin")
    assert tea.option(SUB) is tea.which
    assert [choice.wire for choice in tea.which.parameter.choices(None)] == ["pour"]  # type: ignore[arg-type]


def test_an_answer_to_its_own_question_is_no_sub_command() -> None:
    assert read("pour", **{ASKED: "zone"}) == ("tea", {ASKED: "zone"}, "pour")


def test_a_name_is_taken_once() -> None:
    with pytest.raises(ValueError, match="one name"):
        by_name((tea, tea))


@pytest.mark.parametrize("parent", [command for command in COMMANDS if command.subs], ids=lambda command: command.name)
def test_every_command_with_sub_commands_can_be_had_where_one_must_be_chosen(parent: Any) -> None:
    alone = [sub for sub in parent.subs.values() if sub.alone]
    assert len(alone) == 1
    assert alone[0].private == parent.private
    assert {sub.last_name for sub in parent.subs.values() if not sub.hidden}.isdisjoint(
        option.name for option in parent.options
    )


def test_no_command_has_more_options_than_one_can_overlook() -> None:
    for declared in with_subs(COMMANDS):
        assert len([option for option in declared.options if option.parameter.typed]) <= 5, declared.name


def test_a_button_for_one_is_shorter_than_it_was() -> None:
    assert write_token("group.invite", {"of": "12"}) == "1.group.invite?of=12"
