"""Translate requests of earlier versions into those of today.

They are on buttons of old messages, in saved requests and open questions, and in deliveries that are still to come. No
other file knows the earlier forms.
"""

from collections.abc import Mapping

from bot.dialogue.command import SUB
from bot.dialogue.questions import ASKED

_NAMED = {"create": "title", "join": "name", "remove": "name", "organiser": "name"}
"""The name that a sub-command of /group has for its former option `words`."""


def group(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """/group: the sub-command was the option `change`, and all of them had the same options."""
    sub, rest = _taken("change", args)
    if sub is None:
        return "group", rest
    called = _NAMED.get(sub, "words")
    if rest.get(ASKED) == "words":
        rest[ASKED] = called
    return f"group.{sub}", {called if option == "words" else option: wire for option, wire in rest.items()}


def catchup(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """/catchup: the kind was the option `way`; `undo` and `back` were options, too."""
    if "undo" in args:
        return "catchup.undo", {"adjustment": args["undo"]}
    if "back" in args:
        return "catchup.back", {"entry": args["back"]}
    sub, rest = _taken("way", args)
    return f"catchup.{sub}" if sub else "catchup", rest


def leaderboard(args: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """/leaderboard: the learner's own place was a value of `span`."""
    if args.get("span") != "mine":
        return "leaderboard", dict(args)
    return "leaderboard.mine", {option: wire for option, wire in args.items() if option != "span"}


def _taken(first: str, args: Mapping[str, str]) -> tuple[str | None, dict[str, str]]:
    """The sub-command that the option `first` named, and the other options."""
    rest = dict(args)
    if rest.get(ASKED) == first:
        rest[ASKED] = SUB
    return rest.pop(first, None), rest
