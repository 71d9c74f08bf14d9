"""One thing that a person did with the bot: a command, a press, a search, a form; and what the bot made of it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import wires
from .calls import Json
from .components import INPUT, LABEL, SELECT, Choice, texts, walk
from .refusals import ACKNOWLEDGED, BAD_WEBHOOK_TOKEN, UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, Refusal
from .sent import Sent

if TYPE_CHECKING:
    from .people import Person
    from .places import Channel

ACKNOWLEDGED_WITHIN = 3.0
TOKEN_LIVES = 15 * 60.0
"""Seconds: https://discord.com/developers/docs/interactions/receiving-and-responding#responding-to-an-interaction."""

PONG, MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, COMPLETED, MODAL = 1, 4, 5, 6, 7, 8, 9
ANSWERS: dict[int, frozenset[int]] = {
    wires.COMMAND: frozenset({MESSAGE, DEFERRED, MODAL}),
    wires.COMPONENT: frozenset({MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL}),
    wires.AUTOCOMPLETE: frozenset({COMPLETED}),
    wires.SUBMIT: frozenset({MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE}),
}
"""What may answer what."""


@dataclass(eq=False)
class Modal:
    """A form that is open before somebody, as the bot sent it in `raw`."""

    raw: Json
    opener: "Interaction"

    @property
    def title(self) -> str:
        """Its heading."""
        return str(self.raw["title"])

    @property
    def custom_id(self) -> str:
        """What it carries."""
        return str(self.raw["custom_id"])

    @property
    def text(self) -> str:
        """What it says besides its fields."""
        return "\n".join(texts(self.raw["components"]))

    @property
    def fields(self) -> list[Json]:
        """Its text inputs and selects, each with the `label` above it."""
        fields = []
        for component in self.raw["components"]:
            inner = component["component"] if component["type"] == LABEL else component.get("components", [{}])[0]
            if "custom_id" in inner:
                fields.append(inner | {"label": component.get("label") or inner.get("label") or ""})
        return fields

    @property
    def labels(self) -> list[str]:
        """The text above the fields."""
        return [str(field["label"]) for field in self.fields]

    def filled(self, given: str | dict[str, str]) -> list[Json]:
        """The form's components with these values, as Discord submits them; a text alone fills the first field."""
        fields = self.fields
        assert fields, f"{self.title!r} has no fields"
        named = {fields[0]["label"]: given} if isinstance(given, str) else dict(given)
        values: dict[str, str] = {}
        for form_field in fields:
            entered = named.pop(form_field["label"], None)
            entered = named.pop(form_field["custom_id"], None) if entered is None else entered
            values[form_field["custom_id"]] = _entered(form_field, entered)
        assert not named, f"{self.title!r} has no field {list(named)}; there are {self.labels}"
        return [
            _submitted(component, values, iter(range(1 + at * 2, 100)))
            for at, component in enumerate(self.raw["components"])
        ]


def _entered(field: Json, value: str | None) -> str:
    label, required = field["label"], field.get("required", True)
    if field["type"] != INPUT:
        offered = [option["value"] for option in field.get("options", [])]
        assert value in offered or (value is None and not required), f"{label!r} offers {offered}, not {value!r}"
        return value or ""
    value = str(field.get("value") or "") if value is None else value
    assert value or not required, f"{label!r} must be filled"
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    assert not value or least <= len(value) <= most, f"{label!r} takes {least} to {most} characters: {value[:80]!r}"
    return value


def _submitted(component: Json, values: dict[str, str], numbers: Any) -> Json:
    shape: Json = {"type": component["type"], "id": component.get("id") or next(numbers)}
    if component["type"] == LABEL:
        return shape | {"component": _value(component["component"], values, next(numbers))}
    if "components" in component:
        return shape | {"components": [_value(inner, values, next(numbers)) for inner in component["components"]]}
    return shape


def _value(component: Json, values: dict[str, str], number: int) -> Json:
    shape = {"type": component["type"], "id": component.get("id") or number, "custom_id": component["custom_id"]}
    value = values[component["custom_id"]]
    return shape | ({"value": value} if component["type"] == INPUT else {"values": [value] if value else []})


@dataclass(eq=False)
class Interaction:
    """What a person did, and its answers.

    `response` is the type of the acknowledgement (4 message, 5 deferred, 6 deferred edit, 7 edit, 8 choices, 9 modal),
    None while there is none. `answers` are the messages it made, `original` the one that "@original" means; `choices`
    what an autocompletion offered, `modal` the form that opened. `message` is the message whose button was pressed.
    """

    id: int
    token: str
    kind: int
    person: "Person"
    channel: "Channel"
    data: Json
    at: float
    message: Sent | None = None
    came_from: "Interaction | None" = None
    response: int | None = None
    answers: list[Sent] = field(default_factory=list)
    original: Sent | None = None
    choices: list[Choice] | None = None
    modal: Modal | None = None
    expired: bool = False

    @property
    def acked(self) -> bool:
        """Whether the bot acknowledged it."""
        return self.response is not None

    @property
    def answered(self) -> bool:
        """Whether it is acknowledged and, where the bot deferred, the answer is there (or was taken away)."""
        loading = self.original is not None and self.original.loading and self.original.alive
        return self.acked and not loading

    @property
    def text(self) -> str:
        """What its answers say, as written."""
        return "\n".join(answer.text for answer in self.answers)

    def acknowledgeable(self, now: float) -> None:
        """Raise Refusal where the bot comes too late, or again."""
        if self.acked:
            raise Refusal(*ACKNOWLEDGED)
        if self.expired or now - self.at > ACKNOWLEDGED_WITHIN:
            raise Refusal(*UNKNOWN_INTERACTION)

    def usable(self, now: float) -> None:
        """Raise Refusal where the token no longer works, or not yet."""
        if self.expired or now - self.at > TOKEN_LIVES:
            raise Refusal(*BAD_WEBHOOK_TOKEN)
        if not self.acked:
            raise Refusal(*UNKNOWN_WEBHOOK)

    def payload(self) -> Json:
        """The INTERACTION_CREATE, as the gateway brings it."""
        world, channel, person = self.channel.world, self.channel, self.person
        shape: Json = {"id": str(self.id), "application_id": str(world.application_id), "type": self.kind, "version": 1}
        shape |= {"token": self.token, "data": self.data, "channel_id": str(channel.id), "locale": person.locale}
        shape |= {"channel": wires.partial_channel(channel, person), "entitlements": [], "entitlement_sku_ids": []}
        shape |= {"app_permissions": str(wires.bot_permissions(channel)), "context": context(channel)}
        shape |= {"authorizing_integration_owners": self.owners(), "attachment_size_limit": wires.LARGEST_UPLOAD}
        if self.message is not None:
            shape["message"] = wires.message(self.message)
        guild = channel.guild
        if guild is None:
            return shape | {"user": wires.user(person)}
        about = {"id": str(guild.id), "locale": guild.locale, "features": []}
        shape |= {"guild": about, "guild_id": str(guild.id), "guild_locale": guild.locale}
        return shape | {"member": wires.member(person, guild, channel)}

    def owners(self) -> dict[str, str]:
        """Through which installation it came: a server's (key 0, and 0 for the bot's chat) or the person's (key 1)."""
        guild = self.channel.guild
        if not by_server(self.channel, self.person):
            return {"1": str(self.person.id)}
        return {"0": "0" if guild is None else str(guild.id)}

    def metadata(self) -> Json:
        """How a message tells what it answers."""
        shape: Json = {"id": str(self.id), "type": self.kind, "user": wires.user(self.person)}
        shape["authorizing_integration_owners"] = self.owners()
        if self.kind == wires.COMMAND:
            shape |= {"name": self.data["name"], "command_type": 1}
        elif self.kind == wires.COMPONENT and self.message is not None:
            shape["interacted_message_id"] = str(self.message.id)
        elif self.kind == wires.SUBMIT and self.came_from is not None:
            shape["triggering_interaction_metadata"] = self.came_from.metadata()
        return shape

    def __repr__(self) -> str:
        """One line for a test's report."""
        source = self.data.get("name") or self.data.get("custom_id")
        return f"<{self.person.name}: {source!r} -> {self.response} {self.answers}>"


def context(channel: "Channel") -> int:
    """Where an interaction happens: 0 in a server, 1 in the bot's own chat, 2 among people without the bot."""
    if channel.guild is not None:
        return 0
    return 2 if channel.people else 1


def by_server(channel: "Channel", person: "Person") -> bool:
    """Whether people have the bot there because a server has it; else each has installed it for themselves."""
    if channel.guild is not None:
        return channel.guild.bot
    return not channel.people and person.shares_guild


def selects(components: list[Json]) -> list[Json]:
    """The selects with fixed options that can be used."""
    return [
        component for component in walk(components) if component.get("type") == SELECT and not component.get("disabled")
    ]
