"""A local Discord for tests: HTTP and gateway on real sockets, checked calls, people who act, limits and faults."""

from tests.platforms.signals import NotSeen

from .calls import Call, File
from .components import Button, Choice
from .faults import Fault
from .gateway import Gateway
from .interactions import Interaction, Modal
from .limits import Limits, Window
from .people import Person
from .places import Channel, Guild
from .sent import Seen, Sent
from .server import TOKEN, DiscordServer
from .spec import Spec, spec_or_none

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "Channel",
    "Choice",
    "DiscordServer",
    "Fault",
    "File",
    "Gateway",
    "Guild",
    "Interaction",
    "Limits",
    "Modal",
    "NotSeen",
    "Person",
    "Seen",
    "Sent",
    "Spec",
    "Window",
    "spec_or_none",
]
