"""The check that looks at every button of every test finds what is wrong with one."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.commands import COMMANDS
from bot.dialogue.all_commands import by_name
from bot.dialogue.context import Context
from bot.dialogue.reply import Button, Expects, reply
from bot.dialogue.text import Text
from tests.buttons import ButtonCheck


@pytest.mark.parametrize(
    ("command", "args", "problem"),
    [
        ("log", {"spent": "90m", "day": "2026-03-02"}, None),
        ("log", {"spent": "90m", "_": "and more"}, None),
        ("lgo", {}, "there is no command lgo"),
        ("arrived", {}, "there is no command arrived to press"),
        ("log", {"minutes": "90"}, "log has no option minutes"),
        ("log", {"spent": "many"}, "log cannot read spent='many'"),
        ("log", {"item": "calc or linalg"}, "log cannot read item='calc or linalg'"),
    ],
)
def test_a_button_that_its_command_cannot_read_is_found(
    context: Callable[..., Context], command: str, args: dict[str, str], problem: str | None
) -> None:
    ctx = replace(context(), commands=by_name(COMMANDS))
    ctx._loaded = context()._loaded
    check = ButtonCheck()
    check.look(reply(Text("Well?"), buttons=(Button(Text("Go"), command, args),)), ctx)
    assert check.seen == 1
    assert any(problem in reported for reported in check.problems) if problem else not check.problems


def test_a_question_that_no_option_answers_is_found(context: Callable[..., Context]) -> None:
    ctx = replace(context(), commands=by_name(COMMANDS))
    check = ButtonCheck()
    check.look(reply(Text("When?"), expects=Expects("log", "hour")), ctx)
    assert check.problems == {"a question for log, hour"}
