"""Telegram without its sockets: who there is, what was said, what people saw, what waits for the bot."""

import json
import zlib
from collections.abc import Callable, Iterable
from itertools import count

from tests.platforms.signals import Signal

from .bodies import File, Json
from .chats import Chat
from .people import Person
from .refusals import bad
from .sent import Kind, Press, Seen, Sent
from .updates import Queue, Update
from .webhook import DeliveryWorker

SCOPES_PRIVATE = ("chat", "all_private_chats", "default")
SCOPES_GROUP = ("chat_member", "chat", "all_group_chats", "default")
SCOPES_ADMIN = ("chat_member", "chat_administrators", "chat", "all_chat_administrators", "all_group_chats", "default")


class World:
    """Everything that Telegram keeps. `seen` is what people saw the bot do, in order.

    A button can be answered for `callback_lifetime` seconds; a webhook that fails is tried again after `webhook_pause`,
    and has failed when it says nothing for `webhook_patience`.
    """

    def __init__(self, token: str, username: str, clock: Callable[[], float], wall: Callable[[], float]) -> None:
        """`clock` measures limits and expiry, `wall` gives the dates of messages, both in seconds."""
        self.token = token
        self.username = username
        self.clock = clock
        self.wall = wall
        self.signal = Signal()
        self.queue = Queue(self.signal)
        self.worker: DeliveryWorker | None = None
        self.people: dict[str, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.seen: list[Seen] = []
        self.callbacks: dict[str, Press] = {}
        self.files: dict[str, File] = {}
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.abilities: Json = {}
        self.menu_buttons: dict[int | None, Json] = {}
        self.rights: dict[bool, Json] = {}
        self.callback_lifetime = 15.0
        self.webhook_pause = 0.02
        self.webhook_patience = 10.0
        self._press_ids = count(4_382_000_000_000_000_001)

    @property
    def updates(self) -> list[Update]:
        """Every update that was made for the bot, in order."""
        return self.queue.made

    def now(self) -> int:
        """The time as messages are dated."""
        return int(self.wall())

    def me(self) -> Json:
        """The bot as a `User`."""
        name = self.profile.get(("name", ""), "") or self.username
        return {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": name, "username": self.username}

    def person(
        self,
        name: str,
        language: str = "",
        first_name: str | None = None,
        username: str = "",
        last_name: str = "",
        started: bool = False,
    ) -> Person:
        """The person of this name, always the same; ids depend on the name alone and half are beyond 32 bits.

        With `started` they have pressed Start before, without any update.
        """
        if name not in self.people:
            number = 100_000_000 + zlib.crc32(name.encode()) % 900_000_000
            number += 6_000_000_000 if number % 2 else 0
            assert number not in self.chats, f"{name}: choose another name, the id is taken"
            person = Person(self, number, name, first_name or name.capitalize(), last_name, username, language)
            self.people[name] = person
            self.chats[number] = person.chat
            person.chat.bot = "member" if started else "left"
        return self.people[name]

    def group(
        self,
        name: str,
        forum: bool = False,
        admins: Iterable[Person] = (),
        supergroup: bool = False,
        members: Iterable[Person] = (),
        bot: str = "member",
    ) -> Chat:
        """A new group in which the bot has this status ("left": not added yet); a forum is a supergroup.

        The first of `admins` owns it. Without any of them, the group's own founder does.
        """
        number = self.new_group_id(name, supergroup or forum)
        chat = Chat(self, number, "supergroup" if supergroup or forum else "group", name, name, forum=forum, bot=bot)
        admins = list(admins) or [self.person(f"{name}'s founder")]
        chat.members = dict.fromkeys([*admins, *members], "member")
        chat.ranked(admins)
        self.chats[number] = chat
        return chat

    def new_group_id(self, name: str, supergroup: bool) -> int:
        """The id of a group: negative, beyond 32 bits, a supergroup's with Telegram's -100 before it."""
        number = 3_000_000_000 + zlib.crc32(name.encode()) % 900_000_000
        number = -(1_000_000_000_000 + number) if supergroup else -number
        assert number not in self.chats, f"there is a group {name} already"
        return number

    def moved(self, chat: Chat, new: int) -> None:
        """The chat is known by a new id as well; by the old one it only refuses."""
        self.chats[new] = chat

    def chat_of(self, chat_id: str | int | None) -> Chat:
        """The chat that the bot means. Raises Refusal for an unknown or moved one."""
        text = str(chat_id)
        if text.startswith("@"):
            raise bad("chat not found")  # only public groups have such a name, and there are none here
        chat = self.chats.get(int(text)) if text.lstrip("-").isdecimal() else None
        if chat is None:
            raise bad("chat not found")
        if chat.id != int(text):
            chat.reach(int(text))
        return chat

    def somebody(self, user_id: int) -> Person:
        """The person of this id. Raises Refusal for an unknown one."""
        person = next((person for person in self.people.values() if person.id == user_id), None)
        if person is None:
            raise bad("user not found")
        return person

    def show(self, kind: Kind, sent: Sent) -> None:
        """People see a message come, change or go."""
        self.seen.append(Seen(kind, sent.chat, sent.snapshot(), sent.text))
        self.signal.fire()

    def alert(self, press: Press, text: str) -> None:
        """One person sees what a button answers."""
        if text:
            self.seen.append(Seen("alert", press.sent.chat, press.sent.snapshot(), text, press.person))
        self.signal.fire()

    def pressed(self, person: Person, sent: Sent, data: str) -> Press:
        """A new callback query."""
        press = Press(str(next(self._press_ids)), person, sent, data, self.clock())
        self.callbacks[press.id] = press
        return press

    def redeliver(self, update: Update, times: int = 1) -> None:
        """Send an update again under its own id, as after a lost confirmation; confirmed or not."""
        self.queue.add_again(update, times)

    def menu(self, person: Person, chat: Chat) -> list[Json]:
        """The commands offered to a person there (https://core.telegram.org/bots/api#determining-list-of-commands)."""
        administrator = chat.members.get(person) in {"creator", "administrator"}
        order = SCOPES_PRIVATE if chat.person else SCOPES_ADMIN if administrator else SCOPES_GROUP
        for scope in order:
            keys: Json = {"type": scope}
            if scope in {"chat", "chat_administrators", "chat_member"}:
                keys["chat_id"] = chat.id
            if scope == "chat_member":
                keys["user_id"] = person.id
            for language in (person.language[:2], ""):
                if commands := self.menus.get((scope_key(keys), language)):
                    return commands
        return []

    def answerable(self, query_id: str) -> Press:
        """The pressed button that may still be answered. Raises Refusal for an unknown or expired one."""
        press = self.callbacks.get(query_id)
        if press is None or self.clock() - press.at > self.callback_lifetime:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        return press


def scope_key(scope: Json | None) -> str:
    """A command scope as a key."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)
