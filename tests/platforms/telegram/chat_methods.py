"""The methods by which the bot asks about chats and people, and leaves."""

from . import wires
from .bodies import Call, Json
from .refusals import bad
from .world import World

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(world: World, call: Call) -> Json:
    """getMe: privacy mode is on."""
    return world.me() | {
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        **world.abilities,
    }


def get_chat(world: World, call: Call) -> Json:
    """getChat."""
    chat = world.chat_of(call.text("chat_id"))
    if chat.person is None:
        chat.reach()
    elif chat.bot == "left":
        raise bad("chat not found")
    gifts = dict.fromkeys(GIFTS, True)
    return wires.chat(chat) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(world: World, call: Call) -> Json:
    """getChatMember, the bot itself included."""
    chat = world.chat_of(call.text("chat_id"))
    if chat.person is None:
        chat.reach()
    if call.need("user_id") == world.me()["id"]:
        return wires.member(world.me(), chat.bot)
    person = world.somebody(call.need("user_id"))
    status = "member" if chat.person is person else chat.members.get(person, "left")
    return wires.member(wires.user(person), status)


def get_chat_administrators(world: World, call: Call) -> list[Json]:
    """getChatAdministrators; other bots are left out, this one is not."""
    chat = world.chat_of(call.text("chat_id"))
    if chat.person is not None:
        raise bad("there are no administrators in the private chat")
    chat.reach()
    ranks = {person: rank for person, rank in chat.members.items() if rank in {"creator", "administrator"}}
    administrators = [wires.member(wires.user(person), rank) for person, rank in ranks.items()]
    if chat.bot == "administrator":
        administrators.append(wires.member(world.me(), chat.bot))
    return administrators


def leave_chat(world: World, call: Call) -> bool:
    """leaveChat."""
    chat = world.chat_of(call.text("chat_id"))
    if chat.person is not None:
        raise bad("chat member status can't be changed in private chats")
    chat.reach()
    chat.bot_leaves()
    return True


def nothing(world: World, call: Call) -> bool:
    """logOut and close: true, and nothing happens."""
    return True
