"""What a test may look at and wait for."""

from collections.abc import Callable
from typing import Any

from tests.platforms.signals import PATIENCE

from .calls import Call
from .gateway import Gateway
from .interactions import Interaction
from .people import Person
from .places import Channel
from .sent import Seen, Sent
from .world import World


class Watched(World):
    """A Discord that keeps every call and every problem, and tells when something has happened."""

    def __init__(
        self, token: str, username: str, clock: Callable[[], float], wall: Callable[[], float], interval: float
    ) -> None:
        """Start with nothing seen. `interval` is the heartbeat's."""
        super().__init__(token, username, clock, wall)
        self.calls: list[Call] = []
        self.problems: list[str] = []
        self.gateway = Gateway(self, interval)

    @property
    def connected(self) -> int:
        """How often a bot identified or resumed at the gateway."""
        return self.gateway.connected

    @property
    def online(self) -> bool:
        """Whether a bot gets events right now."""
        return self.gateway.online

    @property
    def intents(self) -> int | None:
        """What the bot last asked the gateway for; None before it did."""
        return self.gateway.intents

    @property
    def invalid_requests(self) -> list[Call]:
        """The calls that count towards the ban of an address: 10,000 of 401, 403 or 429 in ten minutes."""
        return [call for call in self.calls if call.status in {401, 403, 429}]

    def called(self, path: str) -> list[Call]:
        """The calls of one route so far: "POST /channels/{channel_id}/messages"."""
        return [call for call in self.calls if f"{call.method} {call.route}" == path]

    def problem(self, call: Call, text: str) -> None:
        """A call did what no correct bot does."""
        self.problems.append(f"{call.method} {call.route or call.path}: {text}")

    async def until(self, predicate: Callable[[], object], timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Return once this is true. Raises NotSeen, which tells what happened instead, after `timeout` seconds."""
        await self.signal.until(predicate, timeout, self._report)

    async def comes_online(self, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109
        """Return once a bot gets events and has registered commands. Raises NotSeen."""
        await self.until(lambda: self.online and (self.commands or self.guild_commands), timeout)

    async def answered(self, interaction: Interaction, timeout: float = PATIENCE) -> Interaction:  # noqa: ASYNC109
        """The interaction, once it is acknowledged and a deferred answer is there. Raises NotSeen."""
        await self.until(lambda: interaction.answered, timeout)
        return interaction

    async def hears(
        self,
        where: Channel | Person,
        text: str,
        timeout: float = PATIENCE,  # noqa: ASYNC109
        after: int | None = None,
    ) -> Sent:
        """The message that was sent or edited there to contain this text, as written or as read.

        In a channel that is what everybody sees; for a person, what comes to the private chat and what they alone
        see anywhere. Looks from the last thing that a person did in that channel (that this person did anywhere), or
        from `after`, a length of `seen`. Raises NotSeen.
        """
        begin = where.mark if after is None else after
        messages: list[Sent] = []

        def fits(event: Seen) -> bool:
            if event.kind not in {"reply", "edit"} or event.sent is None:
                return False
            if isinstance(where, Person):
                there = event.to is where or (event.channel is where.dm and event.to is None)
            else:
                there = event.channel is where and event.to is None
            return there and (text in event.text or text in event.sent.plain)

        def look() -> bool:
            messages[:] = [event.sent for event in self.seen[begin:] if fits(event) and event.sent is not None]
            return bool(messages)

        await self.until(look, timeout)
        return messages[0].channel.history.get(messages[0].id, messages[0])

    def _report(self) -> str:
        """What happened, for a test that waited in vain."""
        facts: dict[str, Any] = {
            "people saw": self.seen[-12:],
            "people did": list(self.interactions.values())[-6:],
            "last calls": self.calls[-12:],
            "gateway": f"{'on' if self.online else 'off'}line, connected {self.connected} times",
            "problems": self.problems,
        }
        return "; ".join(f"{name}: {value}" for name, value in facts.items())
