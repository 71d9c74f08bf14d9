"""People and what they do; every deed becomes the interaction that Discord would make of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.platforms.signals import PATIENCE

from . import components, offers, wires
from .calls import Json
from .components import Choice
from .interactions import Interaction, Modal, selects
from .menus import INTEGER, NUMBER
from .places import Channel
from .sent import Sent

if TYPE_CHECKING:
    from .world import World

BUTTON = 2


@dataclass(eq=False)
class Person:
    """Somebody with a Discord account. `channel` None always means their private chat with the bot.

    `interacted` tells whether they ever used the bot, `wrote` whether they wrote to it in private, `modal` is the form
    that is open before them.
    """

    world: "World"
    id: int
    name: str
    locale: str = "en-US"
    username: str = ""
    global_name: str = ""
    dms_open: bool = True
    interacted: bool = False
    wrote: bool = False
    modal: Modal | None = None
    interactions: list[Interaction] = field(default_factory=list)
    mark: int = 0
    dm: Channel = field(init=False)

    def __post_init__(self) -> None:
        """A person's private chat has an id of its own."""
        self.dm = Channel(self.world, self.id + 1, f"{self.name}'s DM", person=self)

    @property
    def messages(self) -> list[Sent]:
        """What the bot sent to the private chat, for everybody in it."""
        return self.dm.messages

    @property
    def last(self) -> Sent | None:
        """The newest visible message in the private chat."""
        return self.dm.last

    @property
    def shares_guild(self) -> bool:
        """Whether there is a server with both this person and the bot."""
        return any(guild.bot and self in guild.members for guild in self.world.guilds.values())

    @property
    def reachable(self) -> bool:
        """Whether the bot can write to the private chat."""
        return self.dms_open and (self.interacted or self.wrote or self.shares_guild)

    def closes_dms(self) -> None:
        """Nobody can write to this person any more; answers to what they do still arrive."""
        self.dms_open = False

    def loses_dm(self) -> None:
        """The private chat is not there any more; opened again it is another one."""
        self.dm.alive = False
        self.dm = Channel(self.world, self.world.new_id(), f"{self.name}'s DM", person=self)
        self.world.channels[self.dm.id] = self.dm

    def opens_dms(self) -> None:
        """The bot can write to this person again."""
        self.dms_open = True

    def sees(self, channel: Channel | None = None) -> list[Sent]:
        """What this person sees there, ephemeral messages included."""
        place = channel or self.dm
        return [message for message in place.history.values() if message.alive and message.ephemeral_to in {None, self}]

    def menu(self, channel: Channel | None = None) -> list[Json]:
        """The commands that this person is offered there, as registered."""
        return offers.offered(self, self._in(channel))

    async def slash(
        self, name: str, options: Mapping[str, Any] | None = None, channel: Channel | None = None
    ) -> Interaction:
        """Use a command, with a value for each option that is given, of the type it is registered with.

        `name` is "log" or, with a subcommand, "week plan"; a fixed choice may be named by what people read. Raises
        AssertionError for what Discord's app does not let people send.
        """
        place = self._in(channel)
        data = offers.Filled(self, place, name).data(options or {})
        return self._does(wires.COMMAND, place, data)

    async def completes(
        self,
        name: str,
        option: str,
        typed: str = "",
        channel: Channel | None = None,
        given: Mapping[str, Any] | None = None,
        timeout: float = PATIENCE,  # noqa: ASYNC109
    ) -> list[Choice]:
        """What the bot offers while this person types in an option; `given` are the options filled in before.

        Raises NotSeen where the bot offers nothing in time, an empty list included among the answers.
        """
        place = self._in(channel)
        filled = offers.Filled(self, place, name)
        asked = filled.option(option)
        assert asked.get("autocomplete"), f"{option} of /{name} is not completed"
        assert asked["type"] not in {INTEGER, NUMBER} or typed, "an empty number is sent as an empty text"
        data = filled.data({**(given or {}), asked["name"]: typed}, focused=asked["name"])
        interaction = self._does(wires.AUTOCOMPLETE, place, data)
        await self.world.answered(interaction, timeout)
        return interaction.choices or []

    async def presses(self, label: str, channel: Channel | None = None, message: Sent | None = None) -> Interaction:
        """Press the newest visible button that says this there, or on `message`; a greyed out one cannot be pressed."""
        place = self._in(message.channel if message else channel)
        visible = self._newest(place, message)
        pressed = next(((message, button) for message in visible if (button := message.button(label))), None)
        assert pressed is not None, (
            f"no button {label!r} in {place.name}; there are {[message.labels for message in visible]}"
        )
        sent, button = pressed
        assert button.get("custom_id"), f"{label!r} opens {button.get('url')}"
        return await self.presses_id(button["custom_id"], sent)

    async def presses_id(self, custom_id: str, message: Sent) -> Interaction:
        """Press a button that carries this, whether `message` has such a button or it is forged or gone."""
        numbered = components.buttons(message.raw["components"])
        number = next((component["id"] for component in numbered if component.get("custom_id") == custom_id), 1)
        data = {"custom_id": custom_id, "component_type": BUTTON, "id": number}
        return self._does(wires.COMPONENT, self._in(message.channel), data, message)

    async def chooses(self, option: str, channel: Channel | None = None, message: Sent | None = None) -> Interaction:
        """Choose what says this in the newest visible select that offers it there, or on `message`."""
        place = self._in(message.channel if message else channel)
        for sent in self._newest(place, message):
            for select in selects(sent.components):
                value = next(
                    (each["value"] for each in select["options"] if option in (each["label"], each["value"])), None
                )
                if value is not None:
                    data = {"custom_id": select["custom_id"], "component_type": 3, "values": [value]}
                    return self._does(wires.COMPONENT, place, data, sent)
        raise AssertionError(f"no select offers {option!r} in {place.name}")

    async def submits(self, values: str | dict[str, str]) -> Interaction:
        """Fill in the open form and send it: a text for its first field, or texts by label (or custom_id)."""
        modal = self.modal
        assert modal is not None, f"no form is open before {self.name}"
        data = {"custom_id": modal.custom_id, "components": modal.filled(values)}
        self.modal = None
        return self._does(wires.SUBMIT, modal.opener.channel, data, modal.opener.message, modal.opener)

    async def writes(
        self, text: str, channel: Channel | None = None, reply_to: Sent | None = None, rings: bool = True
    ) -> None:
        """Write a message, which may mention the bot by its name or reply to one of its messages; unless it `rings`,
        such a reply mentions nobody. The bot hears of it only with an intent for such messages."""
        assert reply_to is None or reply_to in self.sees(channel), f"{self.name} does not see {reply_to!r}"
        place = self._in(channel)
        self.wrote = self.wrote or place is self.dm
        place.mark = self.mark = len(self.world.seen)
        guild = place.guild
        if not place.people and (guild is None or guild.bot):
            data = wires.written(self.world.new_id(), self, place, text, reply_to, rings=rings)
            self.world.gateway.dispatch("MESSAGE_CREATE", data, guild.id if guild else None)

    def dismisses(self) -> None:
        """Close the open form; the bot is not told."""
        self.modal = None

    def _does(
        self, kind: int, place: Channel, data: Json, message: Sent | None = None, came_from: Interaction | None = None
    ) -> Interaction:
        world = self.world
        if kind != wires.AUTOCOMPLETE:
            self.interacted = True
            self.mark = place.mark = len(world.seen)
        number = world.new_id()
        token = world.new_token(number)
        interaction = Interaction(number, token, kind, self, place, data, world.clock(), message, came_from)
        world.interactions[token] = interaction
        self.interactions.append(interaction)
        world.gateway.dispatch("INTERACTION_CREATE", interaction.payload(), place.guild.id if place.guild else None)
        return interaction

    def _newest(self, place: Channel, message: Sent | None) -> list[Sent]:
        """What this person sees there, the newest first; of it only `message` where that is given."""
        visible = self.sees(place)
        assert message is None or message in visible, f"{self.name} does not see {message!r}"
        return [message] if message else visible[::-1]

    def _in(self, channel: Channel | None) -> Channel:
        """The channel, where this person must be."""
        place = channel or self.dm
        assert place.alive, f"{place.name} is gone"
        if place.guild is None:
            assert place is self.dm or self in place.people, f"{self.name} does not see {place.name}"
        else:
            assert self in place.guild.members, f"{self.name} is not in {place.guild.name}"
        return place
