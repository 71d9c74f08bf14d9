"""What somebody does: the ways to write an intention."""

from collections.abc import Callable

from bot.dialogue.request import Request
from tests.storage.frontend import Frontend, forged, token

Intention = tuple[str, Callable[[Frontend], Request]]
"""The command it is about, and the request once its turn has come."""


def types(command: str, words: str, who: str = "ada", group: str | None = None) -> Intention:
    """Somebody types."""
    return command, lambda frontend: frontend.typed(who, words, group=group)


def presses(command: str, before: str, label: str, who: str = "ada") -> Intention:
    """Somebody presses a button of the answer to other words."""
    return command, lambda frontend: frontend.pressed(who, token(frontend.say(who, before), label))


def holds(command: str, who: str = "ada", **args: str) -> Intention:
    """Somebody presses a button of an old message."""
    return command, lambda frontend: frontend.pressed(who, forged(command, **args))


def in_group(command: str, **args: str) -> Intention:
    """The schedule says something in a group."""
    return command, lambda frontend: frontend.pressed("ada", forged(command, **args), group="cafe")
