"""Rules for buttons and commands that the documentation states in words alone."""

import re
from typing import Any

from .bodies import Json
from .markup import good_link
from .refusals import Mistake

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE = re.compile(r"(?:[a-z]{2})?")
IN_A_KEYBOARD = 100
IN_A_ROW = 8
DATA_BYTES = 64
COMMANDS = 100


def check_keyboard(markup: Any) -> Json | None:
    """The markup of a message, None for none of it. Raises Mistake for a keyboard that Telegram refuses or cuts short.

    An empty inline keyboard is none at all, as it is for Telegram.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise Mistake("object expected as reply markup")
    if "inline_keyboard" not in markup:
        return markup
    rows = [row for row in markup["inline_keyboard"] if row]
    if len(rows) < len(markup["inline_keyboard"]) and rows:
        raise Mistake("reply markup has an empty row")
    if sum(len(row) for row in rows) > IN_A_KEYBOARD:
        raise Mistake("reply markup is too long", f"more than {IN_A_KEYBOARD} buttons")
    for row in rows:
        if len(row) > IN_A_ROW:
            raise Mistake("reply markup has a row that is too long", f"{len(row)} buttons: people see {IN_A_ROW}")
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json) -> None:
    """Raise Mistake for a button that Telegram refuses."""
    described = repr(button)
    if not str(button.get("text", "")).strip():
        raise Mistake("can't parse inline keyboard button: the text must not be empty", described)
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise Mistake(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard", described
        )
    if len(actions) > 1:
        raise Mistake(f"can't parse inline keyboard button: exactly one action is allowed, not {actions}", described)
    data = button.get("callback_data")
    if data is not None and not 1 <= len(data.encode()) <= DATA_BYTES:
        raise Mistake("BUTTON_DATA_INVALID", f"{len(data.encode())} bytes in {described}")
    url = button.get("url")
    if url is not None and not good_link(url):
        raise Mistake(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def check_commands(commands: Any) -> list[Json]:
    """The commands of a menu. Raises Mistake for names, descriptions or numbers that Telegram refuses."""
    if len(commands) > COMMANDS:
        raise Mistake("BOT_COMMANDS_TOO_MUCH", f"{len(commands)} commands")
    names = [command["command"] for command in commands]
    for command in commands:
        if not COMMAND.fullmatch(command["command"]):
            raise Mistake("BOT_COMMAND_INVALID", repr(command))
        if not 1 <= len(command["description"].strip()) <= 256:
            raise Mistake("BOT_COMMAND_DESCRIPTION_INVALID", repr(command))
    if len(set(names)) < len(names):
        raise Mistake("BOT_COMMAND_INVALID", f"a name stands twice among {names}")
    return list(commands)


def check_language(code: str | None) -> str:
    """A language code, empty for everybody else's. Raises Mistake for one that is not two small letters."""
    if not LANGUAGE.fullmatch(code or ""):
        raise Mistake("invalid language code specified", repr(code))
    return code or ""
