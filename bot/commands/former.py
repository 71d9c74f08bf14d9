"""What requests of earlier versions mean today: they stand on the buttons of old messages, in kept requests and
questions, and in deliveries that are still to come. All that is known of earlier forms is in this file.
"""

from collections.abc import Mapping

from bot.dialogue.command import SUB
from bot.dialogue.questions import ASKED

_NAMED = {"create": "title", "join": "name", "remove": "name", "organiser": "name"}
"""How a change of a group calls today what were its `words`."""


def group(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """A group's change was its first option, and all changes had the same options."""
    sub, rest = _taken("change", args)
    if sub is None:
        return "group", rest
    called = _NAMED.get(sub, "words")
    if rest.get(ASKED) == "words":
        rest[ASKED] = called
    return f"group.{sub}", {called if option == "words" else option: wire for option, wire in rest.items()}


def catchup(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """The way to catch up was the first option; what is taken back or brought back was an option, too."""
    if "undo" in args:
        return "catchup.undo", {"adjustment": args["undo"]}
    if "back" in args:
        return "catchup.back", {"entry": args["back"]}
    sub, rest = _taken("way", args)
    return f"catchup.{sub}" if sub else "catchup", rest


def leaderboard(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """One's own place was a span of time."""
    if args.get("span") != "mine":
        return "leaderboard", dict(args)
    return "leaderboard.mine", {option: wire for option, wire in args.items() if option != "span"}


def _taken(first: str, args: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """The value of the option that named the sub-command, and the others; the question for it is that of today."""
    rest = dict(args)
    if rest.get(ASKED) == first:
        rest[ASKED] = SUB
    return rest.pop(first, None), rest
