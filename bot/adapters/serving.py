"""What the application asks of a platform's adapter: to serve until it is stopped, and to send messages."""

from typing import Protocol

from bot.dialogue.sending import Sender


class WrongToken(Exception):
    """The platform refused the token, which only another token mends. The message is the name of its setting."""


class Platform(Sender, Protocol):
    """A platform in both directions: it takes in what people write there and sends messages to them."""

    @property
    def name(self) -> str:
        """What accounts and places of this platform are marked with."""

    async def serve(self) -> None:
        """Connect and answer people until `stop` is called. Raises `WrongToken`, or any other error; after that it may
        be called again on the same object."""

    async def stop(self) -> None:
        """Take in nothing new, finish what was taken in (at most 8 seconds) and disconnect. `serve` returns."""
