"""A local Telegram for tests: real sockets, checked calls, people who talk, limits and faults on demand."""

from tests.platforms.signals import NotSeen

from .bodies import Call, File
from .chats import Chat, Topic
from .faults import Fault
from .limits import Limits, Window
from .people import Person
from .sent import Button, Press, Seen, Sent
from .server import TOKEN, TelegramServer
from .spec import Spec, spec_or_none
from .updates import Update

__all__ = [
    "TOKEN",
    "Button",
    "Call",
    "Chat",
    "Fault",
    "File",
    "Limits",
    "NotSeen",
    "Person",
    "Press",
    "Seen",
    "Sent",
    "Spec",
    "TelegramServer",
    "Topic",
    "Update",
    "Window",
    "spec_or_none",
]
