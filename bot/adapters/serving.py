"""What every platform's adapter is to the application: it serves until it is stopped, and can be written through."""

from typing import Protocol

from bot.dialogue.sending import Sender


class WrongToken(Exception):
    """The platform does not know this token: nothing but another token mends that. The message names its setting."""


class Platform(Sender, Protocol):
    """One platform with both directions: what people say there, and what is sent to them."""

    @property
    def name(self) -> str:
        """What accounts and places of this platform are marked with."""

    async def serve(self) -> None:
        """Connect and answer people until `stop`. Raises `WrongToken`, or whatever else broke: then it can be called
        again, after a while, on the same object."""

    async def stop(self) -> None:
        """Take nothing new, finish what was taken (at most 8 seconds), let the connection go. `serve` returns."""
