"""Chats: private ones, groups, supergroups and forums with their topics."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from . import wires
from .bodies import Json
from .refusals import Refusal, bad, forbidden
from .sent import Sent, newest
from .updates import Update

if TYPE_CHECKING:
    from .people import Person
    from .world import World

HERE = frozenset({"member", "administrator"})
UPGRADED = "group chat was upgraded to a supergroup chat"


@dataclass(eq=False)
class Topic:
    """A topic of a forum. Its id is that of the message that opened it; writing to a closed one is refused."""

    chat: "Chat"
    id: int
    name: str
    closed: bool = False

    @property
    def messages(self) -> list[Sent]:
        """What the bot sent to this topic, the deleted included."""
        return [message for message in self.chat.messages if message.topic is self]

    @property
    def last(self) -> Sent | None:
        """The bot's newest message here that people still see."""
        return newest(self.messages)

    def deletes(self) -> None:
        """The topic and all it held are gone; the bot is not told."""
        del self.chat.topics[self.id]
        for sent in self.chat.history.values():
            sent.alive = sent.alive and sent.topic is not self


@dataclass(eq=False)
class Chat:
    """One chat. `bot` is the bot's status in it; in a private chat that is "left" before Start, "kicked" when blocked.

    `history` is everything that was ever sent here, by id; ids are counted per chat, so that two chats share them.
    """

    world: "World"
    id: int
    kind: Literal["private", "group", "supergroup"]
    name: str
    title: str = ""
    person: "Person | None" = None
    forum: bool = False
    bot: str = "left"
    members: "dict[Person, str]" = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    history: dict[int, Sent] = field(default_factory=dict)
    old_ids: list[int] = field(default_factory=list)
    mark: int = 0

    @property
    def messages(self) -> list[Sent]:
        """What the bot sent here, in order, the deleted included."""
        return [message for message in self.history.values() if message.author is None and not message.service]

    @property
    def visible(self) -> list[Sent]:
        """What the bot sent here and people still see."""
        return [message for message in self.messages if message.alive]

    @property
    def last(self) -> Sent | None:
        """The bot's newest message here that people still see."""
        return newest(self.messages)

    @property
    def owner(self) -> "Person":
        """Who may do everything here: the private chat's person, the group's creator, else its first member."""
        if self.person is not None:
            return self.person
        ranked = sorted(self.members, key=lambda member: self.members[member] != "creator")
        assert ranked, f"nobody is in {self.name}"
        return ranked[0]

    def topic(self, name: str, by: "Person | None" = None) -> Topic:
        """A new topic; the bot gets the service message that opens it."""
        assert self.forum, f"{self.name} is no forum"
        # The topic's id is its first message's, which in turn stands in the topic.
        created = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
        opening = self.post(by or self.owner, media=created, service=True)
        opening.topic = self.topics[opening.id] = Topic(self, opening.id, name)
        self.tell(opening)
        return opening.topic

    def post(self, author: "Person | None", **content: Any) -> Sent:
        """Put a message into the chat. The bot is not told; `tell` does that."""
        number = next(reversed(self.history), 0) + 1
        sent = self.history[number] = Sent(number, self, author, self.world.now(), **content)
        return sent

    def tell(self, sent: Sent, kind: str = "message") -> Update:
        """The update of a person's message, delivered unless privacy mode keeps it from the bot."""
        update = Update(0, kind, wires.message(sent), sent)
        if self.bot in HERE and self._bot_may_see(sent):
            self.world.queue.add(update)
        return update

    def _bot_may_see(self, sent: Sent) -> bool:
        """Privacy mode (https://core.telegram.org/bots/features#privacy-mode), as if it were the only bot here."""
        if self.kind == "private" or self.bot == "administrator" or sent.service:
            return True
        first = sent.entities[0] if sent.entities else {}
        if first.get("type") == "bot_command" and first["offset"] == 0:
            _, _, addressed = sent.text[: first["length"]].partition("@")
            return addressed.lower() in {"", self.world.username.lower()} or self._answers_bot(sent)
        return self._answers_bot(sent)

    def _answers_bot(self, sent: Sent) -> bool:
        answered = self.history.get(sent.reply_to or 0)
        return answered is not None and answered.author is None

    def reach(self, chat_id: int | None = None) -> None:
        """Raise Refusal where the bot cannot write here (any more); `chat_id` is the id that the bot used."""
        if chat_id in self.old_ids:
            raise Refusal(400, f"Bad Request: {UPGRADED}", {"migrate_to_chat_id": self.id})
        if self.bot in HERE:
            return
        if self.kind == "private":
            blocked = self.bot == "kicked"
            raise forbidden("bot was blocked by the user" if blocked else "bot can't initiate conversation with a user")
        gone = "bot was kicked from" if self.bot == "kicked" else "bot is not a member of"
        raise forbidden(f"{gone} the {self.kind} chat")

    def thread(self, number: int | None) -> Topic | None:
        """The topic of this `message_thread_id`. Raises Refusal where there is none that can be written to."""
        if number is None:
            return None
        if number not in self.topics:
            raise bad("message thread not found")
        if self.topics[number].closed:
            raise bad("TOPIC_CLOSED")
        return self.topics[number]

    async def adds_bot(self, by: "Person", administrator: bool = False) -> list[Update]:
        """Somebody adds the bot: its membership, and the service message that names it."""
        updates = [self._bot_becomes(wires.user(by), "administrator" if administrator else "member")]
        return [*updates, self._service(by, new_chat_members=[self.world.me()])]

    async def promotes_bot(self, by: "Person") -> Update:
        """Somebody makes the bot an administrator: from now on it sees everything."""
        return self._bot_becomes(wires.user(by), "administrator")

    async def removes_bot(self, by: "Person") -> Update:
        """Somebody throws the bot out. A group writes its new status as "left", a supergroup as "kicked"."""
        if self.kind == "group":
            self._service(by, left_chat_member=self.world.me())
        return self._bot_becomes(wires.user(by), "kicked", "left" if self.kind == "group" else "kicked")

    def bot_leaves(self) -> None:
        """The bot goes by itself."""
        self._bot_becomes(self.world.me(), "left")

    def bot_becomes(self, by: "Person", status: str) -> Update:
        """The bot's status changes by somebody's hand: a my_chat_member update."""
        return self._bot_becomes(wires.user(by), status)

    def _bot_becomes(self, by: Json, status: str, written: str | None = None) -> Update:
        self.touch()
        old, self.bot = self.bot, status
        update = Update(0, "my_chat_member", wires.change(self, by, self.world.me(), old, written or status))
        self.world.queue.add(update)
        return update

    def _service(self, by: "Person", **media: Any) -> Update:
        return self.tell(self.post(by, media=media, service=True))

    async def migrates(self, memberships: bool = False) -> int:
        """A group becomes a supergroup: a new id, which is returned; the old one is dead, and so are its messages.

        Two service messages tell, one in each chat; with `memberships` the bot's leaving and joining is told as well.
        """
        assert self.kind == "group", f"{self.name} is no basic group"
        by, old, new = self.owner, self.id, self.world.new_group_id(f"{self.name}+", supergroup=True)
        self.touch()
        self._service(by, migrate_to_chat_id=new)
        if memberships:
            self._bot_becomes(wires.user(by), "left")
        self.world.moved(self, new)
        self.kind, self.id, self.history = "supergroup", new, {}
        self.old_ids.append(old)
        if memberships:
            self._bot_becomes(wires.user(by), "member")
        self._service(by, migrate_from_chat_id=old)
        return new

    async def joins(self, person: "Person") -> Update:
        """Somebody comes in: a service message, and chat_member where the bot is an administrator and asked for it."""
        self._member_becomes(person, "member")
        return self._service(person, new_chat_members=[wires.user(person)])

    async def leaves(self, person: "Person") -> Update:
        """Somebody goes: a service message, and chat_member where the bot is an administrator and asked for it."""
        self._member_becomes(person, "left")
        return self._service(person, left_chat_member=wires.user(person))

    def _member_becomes(self, person: "Person", status: str) -> None:
        old, self.members[person] = self.members.get(person, "left"), status
        if self.bot == "administrator":
            shape = wires.user(person)
            self.world.queue.add(Update(0, "chat_member", wires.change(self, shape, shape, old, status)))

    def ranked(self, admins: "Iterable[Person]") -> None:
        """Make these the administrators, the first of them the owner; everybody else is a plain member."""
        for person in self.members:
            self.members[person] = "member"
        for number, person in enumerate(admins):
            self.members[person] = "administrator" if number else "creator"

    def touch(self) -> None:
        """Somebody did something here: what people see from now on is the answer to it."""
        self.mark = len(self.world.seen)
