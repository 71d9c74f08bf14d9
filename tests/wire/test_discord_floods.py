"""One person asks Discord's bot for very much at once: they are told, and nobody else notices."""

import asyncio

from bot.adapters.discord.platform import Discord
from bot.adapters.flood import Flood
from bot.app import wire
from bot.dialogue.request import Request
from bot.storage.database import SqlDatabase
from roadmap.model import Roadmap
from tests.platforms.discord import TOKEN, DiscordServer, spec_or_none
from tests.storage.stored_rows import studied
from tests.wire.discord_town import NOW, Town

REFUSED = 30
"""How many requests are over the count."""
TAKEN = 7
"""How many are not, once somebody is a learner."""


class Hasty(Flood):
    """Counts as if nobody waited for the answers."""

    def answered(self, request: Request) -> None:
        pass


class Bounded(Town):
    """A town whose bot takes few requests a minute from one person: three to become a learner, and `TAKEN`."""

    def discord(self, token: str = TOKEN) -> Discord:
        api, gateway = self.server.api_url, self.server.gateway_url
        return Discord(
            self.application.dispatcher,
            token,
            clock=lambda: NOW,
            api_url=api,
            gateway_url=gateway,
            flood=Hasty(TAKEN + 3),
        )


def test_what_is_over_the_count_is_not_carried_out_and_each_time_said_so(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            here = Bounded(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens()
            ada, bob = server.person("ada"), server.person("bob")
            for who in (ada, bob):
                await here.enrol(who)
            asked = [await ada.slash("log", {"spent": f"{n}m"}) for n in range(1, TAKEN + REFUSED + 1)]
            await bob.slash("log", {"spent": "50m"})
            await server.hears(bob, "Logged 50 min")
            for interaction in asked:
                await server.answered(interaction)
            refusals = [sent.plain for sent in ada.sees() if "a lot at once" in sent.plain]
            assert len(refusals) == REFUSED
            assert "I logged nothing" in refusals[0]
            await here.closes()
            assert server.problems == []

    asyncio.run(story())
    assert sum(line["minutes"] for line in studied(sqlite)) == sum(range(1, TAKEN + 1)) + 50


def test_of_messages_over_the_count_the_first_is_answered_and_the_rest_are_not(
    sqlite: SqlDatabase, roadmaps: dict[str, Roadmap]
) -> None:
    async def story() -> None:
        async with DiscordServer(spec=spec_or_none()) as server:
            here = Bounded(server, wire(sqlite, {}, roadmaps=roadmaps))
            await here.opens()
            ada, bob = server.person("ada"), server.person("bob")
            for who in (ada, bob):
                await here.enrol(who)
            for n in range(1, TAKEN + REFUSED + 1):
                await ada.writes(f"did {n} min today")
            await bob.writes("did 50 min today")
            await server.hears(bob, "Logged 50 min")
            await server.until(lambda: here.bot._queue.busy == 0)
            assert len([sent for sent in ada.sees() if "a lot at once" in sent.plain]) == 1
            await here.closes()
            assert server.problems == []

    asyncio.run(story())
    assert sum(line["minutes"] for line in studied(sqlite)) == sum(range(1, TAKEN + 1)) + 50
