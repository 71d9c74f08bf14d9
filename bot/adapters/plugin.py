"""What a platform declares about itself. `bot/platforms.py` lists the declarations; everything else loops over the
list.

Declarations are loaded each time the program starts, so a platform's library is imported inside `build` and `examine`.
"""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.adapters.setting import Setting, declared
from bot.core.learner import Account
from bot.ports.processes import OnlyProcess, Processes

if TYPE_CHECKING:
    from bot.adapters.checkup import Finding
    from bot.adapters.flood import Flood
    from bot.adapters.serving import Platform
    from bot.dialogue.dispatcher import Dispatcher
    from bot.dialogue.platform_words import PlatformWords
    from bot.pictures.making import Pictures

S = TypeVar("S")


@dataclass(frozen=True)
class Parts:
    """What every platform is built from: the dispatcher that answers its requests, the clock (aware UTC), and the
    counter of requests.

    `receives`: it takes in what people write, and answers; otherwise it only sends. `delivers`: messages that nobody
    asked for are sent through it, while no other of the `processes` does that. `pictures` makes what replies show.
    """

    dispatcher: "Dispatcher"
    clock: Callable[[], datetime]
    flood: "Flood"
    receives: bool = True
    delivers: bool = True
    processes: Processes = field(default_factory=OnlyProcess)
    pictures: "Pictures | None" = None


@dataclass(frozen=True)
class Plugin(Generic[S]):
    """A platform's declaration. `settings` is a dataclass of `bot.adapters.setting`."""

    name: str
    """What accounts and places of this platform are marked with."""
    title: str
    """What people call the platform."""
    settings: type[S]
    switch: str
    """The field of the setting without which the platform is not served."""
    build: Callable[[Parts, S], "Platform"]
    examine: Callable[[S, datetime], "AsyncIterator[Finding]"]
    """What `studybuddy doctor` finds; it changes nothing and never raises."""
    loggers: tuple[str, ...] = ()
    """Loggers of its libraries that would write what learners say below INFO."""
    hides: tuple[re.Pattern[str], ...] = ()
    """What no log may show, besides the secret settings: only the first group of what matches is shown."""
    opens_page: Callable[[S, str, datetime], Account | None] | None = None
    """Where the platform opens a learner's page inside its app: whose it is by what the app was given; None where that
    is forged or too old."""
    words: Callable[[], "PlatformWords"] | None = None
    """What the platform calls its rights and chats; without it they are named in general."""

    @property
    def needed(self) -> Setting:
        """The setting without which the platform is not served."""
        return declared(self.settings)[self.switch]


@dataclass(frozen=True)
class Configured(Generic[S]):
    """A platform's declaration with the settings read for this host."""

    plugin: Plugin[S]
    settings: S

    @property
    def served(self) -> bool:
        """Whether the host wants it served."""
        return getattr(self.settings, self.plugin.switch) is not None

    def build(self, parts: Parts) -> "Platform":
        """The platform, not connected yet."""
        return self.plugin.build(parts, self.settings)

    def introduce(self, app_data: str, now: datetime) -> Account | None:
        """Whose page the platform's app opens, by what it was given."""
        return self.plugin.opens_page(self.settings, app_data, now) if self.plugin.opens_page else None

    def examine(self, now: datetime) -> "AsyncIterator[Finding]":
        """The findings of the platform's checks (`studybuddy doctor`)."""
        return self.plugin.examine(self.settings, now)
