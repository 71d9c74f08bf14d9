"""The commands that a person is offered, and their options as Discord's app fills them in."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import wires
from .calls import File, Json
from .interactions import by_server, context
from .menus import ATTACHMENT, BOOLEAN, CHANNEL, GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND, USER
from .sent import Attachment

if TYPE_CHECKING:
    from .people import Person
    from .places import Channel

FITTING: dict[int, tuple[type, ...]] = {STRING: (str,), INTEGER: (int,), NUMBER: (int, float), BOOLEAN: (bool,)}


def offered(person: "Person", channel: "Channel") -> list[Json]:
    """The commands that Discord's app shows this person there: by place, installation and permissions."""
    world = channel.world
    own = world.commands_of(channel.guild)
    return [declared for declared in own if (declared.get("type") or 1) == 1 and _is_offered(declared, person, channel)]


def _is_offered(declared: Json, person: "Person", channel: "Channel") -> bool:
    guild = channel.guild
    contexts = declared.get("contexts")
    if contexts is None:
        contexts = [0, 1] if declared.get("dm_permission", True) else [0]
    installs = declared.get("integration_types") or [0]
    through = 0 if by_server(channel, person) else 1
    needed = declared.get("default_member_permissions")
    allowed = guild is None or needed is None or guild.permissions(person) & int(needed) == int(needed)
    return context(channel) in contexts and through in installs and allowed


class Filled:
    """A command as somebody fills it in, until `data` goes to the bot.

    Raises AssertionError for whatever Discord's app would not let them send.
    """

    def __init__(self, person: "Person", channel: "Channel", name: str) -> None:
        """`name` is the command's and its subcommand's, in the registered words or the person's own language."""
        self._person, self._channel, self._name = person, channel, name
        self._resolved: dict[str, dict[str, Any]] = {}
        choosable = offered(person, channel)
        self._path: list[Json] = []
        for word in name.removeprefix("/").split():
            names = [self._names(declared) for declared in choosable]
            chosen = next((declared for declared in choosable if word in self._names(declared)), None)
            assert chosen is not None, f"{person.name} is not offered /{name} in {channel.name}; there are {names}"
            self._path.append(chosen)
            choosable = [
                declared for declared in chosen.get("options") or [] if declared["type"] in {SUBCOMMAND, GROUP}
            ]
        assert not choosable, f"/{name} needs one of {[declared['name'] for declared in choosable]} after it"

    @property
    def options(self) -> list[Json]:
        """The options of the command, as registered."""
        return list(self._path[-1].get("options") or [])

    def option(self, name: str) -> Json:
        """The option of this name, in the registered words or the person's own language."""
        chosen = next((option for option in self.options if name in self._names(option)), None)
        known = [option["name"] for option in self.options]
        assert chosen is not None, f"/{self._name} has no option {name!r}; there are {known}"
        return chosen

    def data(self, given: Mapping[str, Any], focused: str | None = None) -> Json:
        """The interaction's data with these values; `focused` is the option that is being completed."""
        values = {self.option(name)["name"]: value for name, value in given.items()}
        if focused is None:
            missing = [
                option["name"] for option in self.options if option.get("required") and option["name"] not in values
            ]
            assert not missing, f"/{self._name} needs {missing}"
        filled = [
            self._fill(option, values[option["name"]], focused) for option in self.options if option["name"] in values
        ]
        for declared in reversed(self._path[1:]):
            filled = [{"type": declared["type"], "name": declared["name"], "options": filled}]
        root = self._path[0]
        shape: Json = {"id": root["id"], "name": root["name"], "type": 1, "options": filled}
        if "guild_id" in root:
            shape["guild_id"] = root["guild_id"]
        return shape | ({"resolved": self._resolved} if self._resolved else {})

    def _names(self, declared: Json) -> set[str]:
        local = (declared.get("name_localizations") or {}).get(self._person.locale)
        return {str(declared["name"])} | ({str(local)} if local else set())

    def _fill(self, option: Json, value: Any, focused: str | None) -> Json:
        name, kind = option["name"], option["type"]
        shape: Json = {"name": name, "type": kind}
        if name == focused:
            return shape | {"value": value, "focused": True}
        if kind not in FITTING:
            return shape | {"value": self._resolve(kind, value, name)}
        fits = isinstance(value, FITTING[kind]) and isinstance(value, bool) == (kind == BOOLEAN)
        assert fits, f"{name} is of type {kind}, {value!r} is not"
        for problem in _limits(option, value):
            raise AssertionError(f"/{self._name}: {name} {problem}: {str(value)[:80]!r}")
        return shape | {"value": self._chosen(option, value)}

    def _chosen(self, option: Json, value: Any) -> Any:
        """What the bot gets for a value: of fixed choices, the value behind what the person sees (or that itself)."""
        choices = option.get("choices") or []
        if not choices:
            return value
        for choice in choices:
            local = (choice.get("name_localizations") or {}).get(self._person.locale)
            if value in (choice["value"], choice["name"], local):
                return choice["value"]
        raise AssertionError(f"{option['name']} offers {[choice['value'] for choice in choices]}, not {value!r}")

    def _resolve(self, kind: int, value: Any, name: str) -> str:
        if kind == ATTACHMENT:
            assert isinstance(value, File), f"{name} is a file, {value!r} is not"
            attached = Attachment(self._channel.world.new_id(), value)
            self._channel.world.attachments[attached.id] = value
            shape = wires.attachment(attached, self._channel.world, ephemeral=True)
            self._resolved.setdefault("attachments", {})[str(attached.id)] = shape
            return str(attached.id)
        if kind == CHANNEL:
            self._resolved.setdefault("channels", {})[str(value.id)] = wires.partial_channel(value, self._person)
            return str(value.id)
        assert kind == USER, f"this server does not play options of type {kind}"
        self._resolved.setdefault("users", {})[str(value.id)] = wires.user(value)
        if (guild := self._channel.guild) is not None and value in guild.members:
            member = wires.member(value, guild, self._channel)
            shape = {key: value for key, value in member.items() if key not in {"user", "mute", "deaf"}}
            self._resolved.setdefault("members", {})[str(value.id)] = shape
        return str(value.id)


def _limits(option: Json, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not option.get("min_length", 0) <= len(value) <= (option.get("max_length") or 6000):
            yield "is too short or too long"
    elif not option.get("min_value", -(2**53)) <= value <= option.get("max_value", 2**53):
        yield "is out of its range"
