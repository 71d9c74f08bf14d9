"""The methods by which the bot describes itself: menus, names, descriptions, rights."""

from collections.abc import Callable

from .bodies import Call, Json
from .keyboards import check_commands, check_language
from .refusals import Mistake
from .world import World, scope_key

LONGEST = {"name": 64, "description": 512, "short_description": 120}


def set_my_commands(world: World, call: Call) -> bool:
    """setMyCommands, for a scope and a language."""
    commands = check_commands(call.data("commands"))
    key = _menu(world, call)
    if commands:
        world.menus[key] = commands
    else:
        world.menus.pop(key, None)
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """getMyCommands: exactly those of this scope and language."""
    return world.menus.get(_menu(world, call), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """deleteMyCommands."""
    world.menus.pop(_menu(world, call), None)
    return True


def setter(name: str) -> Callable[[World, Call], bool]:
    """setMyName, setMyDescription or setMyShortDescription; an empty text removes a language's own."""

    def work(world: World, call: Call) -> bool:
        text, language = call.text(name) or "", check_language(call.text("language_code"))
        if len(text) > LONGEST[name]:
            raise Mistake(f"{name} is too long", f"{len(text)} characters")
        world.profile[(name, language)] = text
        return True

    return work


def getter(name: str) -> Callable[[World, Call], Json]:
    """getMyName, getMyDescription or getMyShortDescription: the language's own, else everybody's."""

    def work(world: World, call: Call) -> Json:
        language = check_language(call.text("language_code"))
        fallback = world.me()["first_name"] if name == "name" else ""
        return {name: world.profile.get((name, language)) or world.profile.get((name, "")) or fallback}

    return work


def set_chat_menu_button(world: World, call: Call) -> bool:
    """setChatMenuButton, for one private chat or for all."""
    chat_id = call.integer("chat_id")
    if chat_id is not None:
        world.chat_of(chat_id)
    world.menu_buttons[chat_id] = call.data("menu_button") or {"type": "default"}
    return True


def get_chat_menu_button(world: World, call: Call) -> Json:
    """getChatMenuButton."""
    chat_id = call.integer("chat_id")
    return world.menu_buttons.get(chat_id) or world.menu_buttons.get(None) or {"type": "commands"}


def set_default_rights(world: World, call: Call) -> bool:
    """setMyDefaultAdministratorRights."""
    world.rights[call.flag("for_channels")] = call.data("rights") or {}
    return True


def _menu(world: World, call: Call) -> tuple[str, str]:
    """The scope and language of a call. Raises Refusal for a chat or a person that the bot cannot mean."""
    scope: Json = dict(call.data("scope") or {"type": "default"})
    if "chat_id" in scope:
        chat = world.chat_of(scope["chat_id"])
        chat.reach()
        scope["chat_id"] = chat.id
    if "user_id" in scope:
        world.somebody(scope["user_id"])
    return scope_key(scope), check_language(call.text("language_code"))
