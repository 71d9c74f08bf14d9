"""People and what they do; every deed becomes the update that Telegram would make of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from . import wires
from .bodies import File, Json
from .chats import HERE, Chat, Topic
from .markup import spoken
from .sent import Sent
from .updates import Update

if TYPE_CHECKING:
    from .world import World

Where = Chat | Topic | None
"""A chat, a topic of one, or the private chat."""


@dataclass(eq=False)
class Person:
    """Somebody with a Telegram account. `where` is a chat or a topic; without it, their private chat with the bot."""

    world: "World"
    id: int
    name: str
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    chat: Chat = field(init=False)

    def __post_init__(self) -> None:
        """A person's chat with the bot has the person's id."""
        self.chat = Chat(self.world, self.id, "private", self.name, person=self, bot="left")

    @property
    def messages(self) -> list[Sent]:
        """What the bot sent to the private chat."""
        return self.chat.messages

    @property
    def last(self) -> Sent | None:
        """The bot's newest visible message in the private chat."""
        return self.chat.last

    async def says(
        self, text: str, where: Where = None, reply_to: Sent | None = None, anonymous: bool = False
    ) -> Update:
        """Write a message; the update's `delivered` tells whether the bot gets it (privacy mode in groups)."""
        text = text.strip()
        assert text, "Telegram's apps send no empty message"
        return self._posts(where, reply_to, text=text, entities=spoken(text), anonymous=anonymous)

    async def sends(
        self, name: str, content: bytes, caption: str = "", where: Where = None, reply_to: Sent | None = None
    ) -> Update:
        """Send a file, with words beside it or without; in groups privacy mode goes by those words."""
        file = File(name, content, "application/yaml" if name.endswith((".yaml", ".yml")) else "text/plain")
        self.world.files[wires.file_id(file, "document")] = file
        return self._posts(where, reply_to, document=file, text=caption, entities=spoken(caption))

    async def posts(self, content: Json, where: Where = None, reply_to: Sent | None = None) -> Update:
        """Send something that is no text: `{"sticker": {...}}`, as the `Message` has it."""
        return self._posts(where, reply_to, media=content)

    def _posts(self, where: Where, reply_to: Sent | None, **content: Any) -> Update:
        chat, topic = self._in(where)
        if reply_to is not None:
            assert reply_to.chat is chat, f"{reply_to!r} stands elsewhere"
            topic = topic or reply_to.topic
        chat.touch()
        return chat.tell(chat.post(self, topic=topic, reply_to=reply_to.id if reply_to else None, **content))

    async def edits(self, message: Sent, text: str) -> Update:
        """Change one's own message."""
        assert message.author is self, f"{message!r} is not {self.name}'s"
        message.text, message.entities = text, spoken(text)
        message.edited += 1
        message.edit_date = self.world.now()
        return message.chat.tell(message, "edited_message")

    async def starts(self, payload: str = "") -> Update:
        """Press Start (again), perhaps by a deep link with this payload; who blocked the bot lets it in again."""
        if self.chat.bot == "kicked":
            await self.unblocks()
        self.chat.bot = "member"
        return await self.says(f"/start {payload}")

    async def blocks(self) -> Update:
        """Block the bot: nothing reaches this person until they unblock it or press Start."""
        assert self.chat.bot == "member", f"{self.name} has no open chat with the bot"
        return self.chat.bot_becomes(self, "kicked")

    async def unblocks(self) -> Update:
        """Let the bot in again."""
        assert self.chat.bot == "kicked", f"{self.name} did not block the bot"
        return self.chat.bot_becomes(self, "member")

    async def taps(self, command: str, where: Where = None) -> Update:
        """Choose a command from the menu, where it must stand; in a group that sends it with the bot's name."""
        chat, _ = self._in(where)
        name = command.removeprefix("/")
        offered = [command["command"] for command in self.menu(where)]
        assert name in offered, f"/{name} is not in the menu that {self.name} sees in {chat.name}: {offered}"
        return await self.says(f"/{name}" if chat.person else f"/{name}@{self.world.username}", where)

    def menu(self, where: Where = None) -> list[Json]:
        """The commands that this person is offered there, by Telegram's order of scopes and their own language."""
        chat, _ = self._in(where)
        return self.world.menu(self, chat)

    async def presses(self, label: str, where: Where = None, message: Sent | None = None, old: bool = False) -> Update:
        """Press the newest visible button that says this there, or on `message`; an `old` one is named without more.

        A deep link to the bot opens the private chat and starts it; any other address is refused.
        """
        chat, topic = self._in(message.topic or message.chat if message else where)
        messages = [message] if message else [sent for sent in chat.visible if topic is None or sent.topic is topic]
        pressed = next(((sent, button) for sent in reversed(messages) if (button := sent.button(label))), None)
        assert pressed is not None, (
            f"no button {label!r} in {chat.name}; there are {[sent.labels for sent in messages]}"
        )
        sent, button = pressed
        if button.data is not None:
            return await self.presses_data(button.data, sent, old)
        address = urlsplit(button.url or "")
        own = address.hostname == "t.me" and address.path.strip("/").lower() == self.world.username.lower()
        assert own, f"{button!r} leads away from the bot"
        return await self.starts(parse_qs(address.query).get("start", [""])[0])

    async def presses_data(self, data: str, message: Sent, old: bool = False) -> Update:
        """Press a button that carries this, whether `message` has such a button or it is forged, gone or `old`."""
        chat = message.chat
        assert self._is_in(chat), f"{self.name} does not see {chat.name}"
        chat.touch()
        press = self.world.pressed(self, message, data)
        content = {
            "id": press.id,
            "from": wires.user(self),
            "message": wires.message(message) if message.alive and not old else wires.inaccessible(message),
            "chat_instance": str(-abs(chat.id) * 7919),
            "data": data,
        }
        update = Update(0, "callback_query", content, message, press)
        if chat.bot in HERE:
            self.world.queue.add(update)
        return update

    def _in(self, where: Where) -> tuple[Chat, Topic | None]:
        """The chat and topic, which this person is in from now on."""
        topic = where if isinstance(where, Topic) else None
        chat = topic.chat if topic else where if isinstance(where, Chat) else self.chat
        if chat is self.chat:
            assert chat.bot == "member", f"{self.name} did not press Start (or blocked the bot): starts() first"
        else:
            assert chat.person is None, f"{self.name} cannot write in {chat.name}'s private chat"
            if not self._is_in(chat):
                chat.members[self] = "member"
        return chat, topic

    def _is_in(self, chat: Chat) -> bool:
        return chat is self.chat or chat.members.get(self, "left") not in {"left", "kicked"}
