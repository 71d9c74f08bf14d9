"""Servers (Discord calls them guilds) and channels, private ones included."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import wires
from .permissions import BITS, EVERYTHING, USUAL, changed
from .refusals import ARCHIVED, CANNOT_MESSAGE, MISSING_ACCESS, MISSING_PERMISSIONS, UNKNOWN_CHANNEL, Refusal
from .sent import Sent

if TYPE_CHECKING:
    from .people import Person
    from .world import World


@dataclass(eq=False)
class Channel:
    """One channel: a server's text channel or a thread in one (its `parent`), a person's private chat with the bot,
    or a group of `people` without it.

    `history` is everything the bot sent here, by id; `mark` is the length of the server's `seen` when a person last
    did something here.
    """

    world: "World"
    id: int
    name: str
    guild: "Guild | None" = None
    person: "Person | None" = None
    people: "tuple[Person, ...]" = ()
    bot_permissions: int = USUAL
    history: dict[int, Sent] = field(default_factory=dict)
    alive: bool = True
    mark: int = 0
    parent: "Channel | None" = None
    archived: bool = False
    locked: bool = False

    @property
    def kind(self) -> int:
        """Discord's number for this type of channel."""
        if self.guild is not None:
            return wires.THREAD if self.parent else wires.TEXT
        return wires.GROUP if self.people else wires.DM

    @property
    def messages(self) -> list[Sent]:
        """What the bot sent here and everybody sees, in order, the deleted included."""
        return [message for message in self.history.values() if message.ephemeral_to is None]

    @property
    def visible(self) -> list[Sent]:
        """What the bot sent here and everybody still sees."""
        return [message for message in self.messages if message.alive]

    @property
    def last(self) -> Sent | None:
        """The bot's newest message here that everybody still sees."""
        return self.visible[-1] if self.visible else None

    def allows(self, **names: bool) -> None:
        """Change what the bot may do here: `send_messages=False`."""
        before = self.bot_permissions
        self.bot_permissions = changed(before, **names)
        if self.guild is not None and self.bot_permissions != before and self.alive and self.parent is None:
            self.guild.tell("CHANNEL_UPDATE", wires.channel(self))

    def archives(self, *, locked: bool = False) -> None:
        """Nobody has written for a while, or somebody has closed the thread for good."""
        self.archived, self.locked = True, locked
        self._tell()

    def opens(self) -> None:
        """Somebody opens the thread again."""
        self.archived = self.locked = False
        self._tell()

    def _tell(self) -> None:
        assert self.guild is not None, "only threads are archived"
        self.guild.tell("THREAD_UPDATE", wires.channel(self))

    def reach(self, *needed: str) -> None:
        """Raise Refusal where the bot cannot read here, write here or do what else is `needed`."""
        if not self.alive:
            raise Refusal(*UNKNOWN_CHANNEL)
        if self.people or (self.guild is not None and not self.guild.bot):
            raise Refusal(*MISSING_ACCESS)
        if self.person is not None and "send_messages" in needed and not self.person.reachable:
            raise Refusal(*CANNOT_MESSAGE)
        if self.guild is not None:
            if not self.bot_permissions & BITS["view_channel"]:
                raise Refusal(*MISSING_ACCESS)
            if self.parent is not None:
                needed = tuple(
                    "send_messages_in_threads" if permission == "send_messages" else permission for permission in needed
                )
            if any(not self.bot_permissions & BITS[name] for name in needed):
                raise Refusal(*MISSING_PERMISSIONS)

    def writable(self) -> None:
        """Raise Refusal for a thread that must be opened first."""
        if self.archived:
            raise Refusal(*ARCHIVED)

    def message(self, number: int) -> Sent:
        """The message of this id, as bots address messages of a channel. Raises Refusal for none or an ephemeral."""
        sent = self.history.get(number)
        if sent is None or not sent.alive or sent.ephemeral_to is not None:
            raise Refusal(404, 10008, "Unknown Message")
        return sent

    def deletes(self) -> None:
        """The channel is deleted, and all it held."""
        assert self.guild is not None, "a private chat cannot be deleted"
        data = wires.channel(self)
        self.alive = False
        for sent in self.history.values():
            sent.alive = False
        self.guild.channels.remove(self)
        self.guild.tell("CHANNEL_DELETE", data)


@dataclass(eq=False)
class Guild:
    """A server. `bot` tells whether the bot is in it, `available` whether Discord itself can reach it.

    `invited_with` is what the bot may do in channels that do not say otherwise, `everyone` what everybody may do in
    the server. `events` are those in its calendar, by id.
    """

    world: "World"
    id: int
    name: str
    owner: "Person"
    locale: str
    created: float
    bot: bool = True
    available: bool = True
    invited_with: int = USUAL
    everyone: int = USUAL
    events: "dict[int, dict[str, object]]" = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    members: "dict[Person, int]" = field(default_factory=dict)

    def channel(self, name: str, **bot: bool) -> Channel:
        """The channel of this name, made where there is none; `bot` changes what it may do: `view_channel=False`."""
        channel = next((channel for channel in self.channels if channel.name == name), None)
        if channel is None:
            channel = Channel(self.world, self.world.new_id(), name, guild=self)
            self.world.channels[channel.id] = channel
            self.channels.append(channel)
            self.tell("CHANNEL_CREATE", wires.channel(channel))
        channel.allows(**bot)
        return channel

    def thread(self, name: str, parent: Channel) -> Channel:
        """A new thread in a channel."""
        channel = Channel(self.world, self.world.new_id(), name, guild=self, parent=parent)
        self.world.channels[channel.id] = channel
        self.tell("THREAD_CREATE", wires.channel(channel))
        return channel

    def member(self, person: "Person", permissions: int | None = None, **names: bool) -> "Person":
        """Somebody is in the server and may do the usual (or these `permissions`), and what the `names` change.

        `cafe.member(ada, manage_guild=True)`; for one who is in it already, what they may do changes.
        """
        before = self.members.get(person, USUAL) if permissions is None else permissions
        self.members[person] = changed(before, **names)
        return person

    def leaves(self, person: "Person") -> None:
        """Somebody leaves the server; without the members' intent the bot is not told."""
        del self.members[person]

    def permissions(self, person: "Person") -> int:
        """What a member may do here; the owner everything."""
        return EVERYTHING if person is self.owner else self.members[person]

    def adds_bot(self) -> None:
        """Somebody adds the bot."""
        assert not self.bot, f"the bot is in {self.name} already"
        self.bot = True
        self.tell("GUILD_CREATE", wires.guild_create(self, joined=True))

    def removes_bot(self) -> None:
        """Somebody throws the bot out."""
        assert self.bot, f"the bot is not in {self.name}"
        self.bot = False
        self.world.gateway.dispatch("GUILD_DELETE", {"id": str(self.id)}, self.id)

    def fails(self) -> None:
        """The server becomes unavailable, as in an outage of Discord's."""
        self.available = False
        self.world.gateway.dispatch("GUILD_DELETE", {"id": str(self.id), "unavailable": True}, self.id)

    def returns(self) -> None:
        """The server is available again."""
        self.available = True
        self.tell("GUILD_CREATE", wires.guild_create(self))

    def allows(self, **names: bool) -> None:
        """Change what everybody, and so the bot, may do in the server: `create_events=True`."""
        self.everyone = changed(self.everyone, **names)
        self.tell("GUILD_ROLE_UPDATE", {"guild_id": str(self.id), "role": wires.everyone(self)})

    def tell(self, event: str, data: dict[str, object]) -> None:
        """An event of this server, where the bot is in it."""
        if self.bot and self.available:
            self.world.gateway.dispatch(event, data, self.id)
