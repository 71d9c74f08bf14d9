"""Discord without its sockets: who there is, what was said, what people saw."""

import base64
import zlib
from collections.abc import Callable, Iterable
from itertools import count

from tests.platforms.signals import PATIENCE, Signal

from . import wires
from .calls import File, Json
from .gateway import Gateway
from .interactions import Interaction
from .people import Person
from .places import Channel, Guild
from .sent import Kind, Seen, Sent

EPOCH = 1_420_070_400_000
"""The first millisecond of 2015, from which Discord's ids count."""


class World:
    """Everything that Discord keeps. `seen` is what people saw the bot do, in order.

    `uninvited` are people the bot opened a private chat with though they never used it: what gets bots quarantined.
    """

    gateway: Gateway

    def __init__(self, token: str, username: str, clock: Callable[[], float], wall: Callable[[], float]) -> None:
        """`clock` measures limits and expiry, `wall` gives the dates of messages, both in seconds."""
        self.token = token
        self.username = username
        self.clock = clock
        self.wall = wall
        self.application_id = int(base64.b64decode(token.partition(".")[0] + "=="))
        self.signal = Signal()
        self.shards = 1
        self.people: dict[str, Person] = {}
        self.people_by_id: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: dict[str, Json] = {}
        self.guild_commands: dict[int, dict[str, Json]] = {}
        self.profile: Json = {}
        self.attachments: dict[int, File] = {}
        self.nonces: dict[tuple[int, str], tuple[Sent, float]] = {}
        self.uninvited: list[Person] = []
        self.seen: list[Seen] = []
        self._last_id = 0
        self._tokens = count(1)

    @property
    def url(self) -> str:
        """The address of the HTTP server, without a path."""
        raise NotImplementedError

    @property
    def gateway_url(self) -> str:
        """The address of the gateway."""
        raise NotImplementedError

    def new_id(self) -> int:
        """An id as Discord makes them: the time of the day in its upper bits, and ever growing."""
        self._last_id = max(self._last_id + 1, (int(self.wall() * 1000) - EPOCH) << 22)
        return self._last_id

    def new_token(self, number: int) -> str:
        """The token of an interaction."""
        return base64.urlsafe_b64encode(f"interaction:{number}:{next(self._tokens):040x}".encode()).decode().rstrip("=")

    def person(
        self, name: str, locale: str = "en-US", username: str = "", global_name: str = "", interacted: bool = False
    ) -> Person:
        """The person of this name, always the same; ids depend on the name alone.

        With `interacted` they have used the bot before, so that it may write to them.
        """
        if name not in self.people:
            number = (100_000_000_000 + zlib.crc32(name.encode())) << 22
            assert number not in self.people_by_id, f"{name}: choose another name, the id is taken"
            person = Person(self, number, name, locale, username or name.lower(), global_name or name.capitalize())
            person.interacted = interacted
            self.people[name] = self.people_by_id[number] = person
            self.channels[person.dm.id] = person.dm
        return self.people[name]

    def guild(
        self,
        name: str,
        owner: Person | None = None,
        locale: str = "en-US",
        members: Iterable[Person] = (),
        bot: bool = True,
    ) -> Guild:
        """A new server, in which the bot is or is not; without an owner its founder is somebody else."""
        number = (200_000_000_000 + zlib.crc32(name.encode())) << 22
        assert number not in self.guilds, f"there is a server {name} already"
        guild = Guild(self, number, name, owner or self.person(f"{name}'s founder"), locale, self.wall(), bot)
        for person in [guild.owner, *members]:
            guild.member(person)
        self.guilds[number] = guild
        guild.tell("GUILD_CREATE", wires.guild_create(guild, joined=True))
        return guild

    def group(self, name: str, *people: Person) -> Channel:
        """A private chat of these people, in which each of them may use the bot and the bot itself is not."""
        assert people, f"{name} needs somebody"
        channel = Channel(self, self.new_id(), name, people=people)
        self.channels[channel.id] = channel
        return channel

    def commands_of(self, guild: Guild | None) -> list[Json]:
        """The registered commands in a server, or in private."""
        own = self.guild_commands.get(guild.id, {}) if guild is not None else {}
        return [*self.commands.values(), *own.values()]

    def show(self, kind: Kind, sent: Sent) -> None:
        """People see a message come, change or go."""
        self.seen.append(Seen(kind, sent.channel, sent.snapshot(), sent.text, sent.ephemeral_to))
        self.signal.fire()

    def tell(self, kind: Kind, interaction: Interaction, text: str) -> None:
        """One person sees what is no message: a form, an offer."""
        self.seen.append(Seen(kind, interaction.channel, None, text, interaction.person))
        self.signal.fire()

    def expire(self, interaction: Interaction) -> None:
        """The interaction's token no longer works."""
        interaction.expired = True

    async def answered(self, interaction: Interaction, timeout: float = PATIENCE) -> Interaction:  # noqa: ASYNC109
        """Return once it is answered."""
        raise NotImplementedError
