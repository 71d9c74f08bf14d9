"""Answers to interactions: when, how often, for whom."""

from typing import Any

import discord
import pytest

from tests.platforms.discord import (
    DiscordServer,
    NotSeen,
)
from tests.platforms.selftests.discord.talking import APPLICATION, POLL, Bot, Clock, alone, asks, raw, says, talk, v2

pytestmark = pytest.mark.slow  # they prove the doubles, not the bot


@pytest.mark.parametrize("private", [True, False])
def test_a_deferred_answer_is_filled_in_by_the_first_that_follows(private: bool) -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        cafe = server.guild("cafe")
        ada, bob = cafe.member(server.person("ada")), cafe.member(server.person("bob"))
        general = cafe.channel("general")
        asked = await ada.slash("later", {"private": private}, general)
        first = await server.hears(ada if private else general, "here it is")
        more = await server.hears(ada, "and more")
        assert (asked.original, asked.answers) == (first, [first, more])
        assert (first.ephemeral_to, more.ephemeral_to) == (ada if private else None, ada)
        assert (first.edited, first.loading) == (0, False)
        assert [event.kind for event in server.seen] == ["deferred", "reply", "reply"]
        assert ada.sees(general) == [first, more]
        assert bob.sees(general) == ([] if private else [first])
        assert general.messages == ([] if private else [first])

    talk(work)


def test_a_deferral_is_no_answer_yet() -> None:
    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def think(interaction: discord.Interaction[Any]) -> None:
            """Think."""
            await interaction.response.defer(thinking=True)

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        asked = await ada.slash("think")
        await server.until(lambda: asked.acked)
        assert asked.original is not None
        assert (asked.answered, asked.original.loading, asked.response) == (False, True, 5)
        with pytest.raises(NotSeen, match="thinking"):
            await server.answered(asked, timeout=POLL)
        await bot.met[0].edit_original_response(view=says("done"))
        assert (asked.answered, asked.text) == (True, "done")
        await bot.met[0].delete_original_response()
        assert (asked.original.alive, ada.sees(), server.seen[-1].kind) == (False, [], "delete")

    talk(work, setup)


def test_answers_can_be_fetched_edited_and_deleted_the_ephemeral_included() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        asked = await ada.slash("later", {"private": True})
        await server.hears(ada, "and more")
        met = bot.met[0]
        first, more = asked.answers
        assert (await met.original_response()).id == first.id
        assert (await met.followup.fetch_message(more.id)).flags.ephemeral
        await met.edit_original_response(view=says("changed"))
        await met.followup.edit_message(more.id, view=says("changed too"))
        assert (first.text, more.text, more.edited) == ("changed", "changed too", 1)
        await met.followup.delete_message(more.id)
        assert ada.sees() == [first]
        status, answer = await raw(server, "GET", f"/channels/{ada.dm.id}/messages/{first.id}")
        assert (status, answer["code"]) == (404, 10008), "nobody fetches an ephemeral message from its channel"

    talk(work)


def test_an_interaction_is_acknowledged_in_time_and_once() -> None:
    clock = Clock()

    async def work(server: DiscordServer, bot: Bot) -> None:
        ada = server.person("ada")
        server.fault("hang", "/callback").release()
        asked = await ada.slash("log", {"spent": "1h"})
        await server.answered(asked)
        again = await raw(server, "POST", f"/interactions/{asked.id}/{asked.token}/callback", json={"type": 5})
        assert (again[0], again[1]["code"]) == (400, 40060)
        clock.now += 899
        await bot.met[0].followup.send(view=says("still"))
        clock.now += 2
        with pytest.raises(discord.HTTPException) as late:
            await bot.met[0].followup.send(view=says("too late"))
        assert (late.value.status, late.value.code) == (401, 50027)

    talk(work, clock=clock)


def test_an_answer_that_comes_too_late_is_refused() -> None:
    clock = Clock()
    refused: list[discord.NotFound] = []

    def setup(bot: Bot) -> None:
        @bot.tree.command()
        async def slow(interaction: discord.Interaction[Any]) -> None:
            """Slow."""
            clock.now += 3.1
            try:
                await interaction.response.send_message(view=says("late"))
            except discord.NotFound as error:
                refused.append(error)

    async def work(server: DiscordServer, bot: Bot) -> None:
        asked = await server.person("ada").slash("slow")
        await server.until(lambda: refused)
        assert (refused[0].code, asked.acked, server.seen) == (10062, False, [])

    talk(work, setup, clock=clock)


def test_a_token_can_be_made_to_expire() -> None:
    async def work(server: DiscordServer, bot: Bot) -> None:
        asked = await server.answered(await server.person("ada").slash("log", {"spent": "1h"}))
        server.expire(asked)
        with pytest.raises(discord.HTTPException) as late:
            await bot.met[0].edit_original_response(view=says("x"))
        assert late.value.code == 50027

    talk(work)


def test_bare_answers_follow_the_rules() -> None:
    async def work(server: DiscordServer) -> None:
        asked = await asks(server)
        callback = f"/interactions/{asked.id}/{asked.token}/callback"
        webhook = f"/webhooks/{APPLICATION}/{asked.token}"

        async def code(method: str, path: str, **request: Any) -> tuple[int, int | None]:
            status, answer = await raw(server, method, path, headers={}, **request)
            return status, answer and answer.get("code")

        assert await code("POST", webhook, json=v2("early")) == (404, 10015)
        assert await code("POST", f"/interactions/{asked.id + 1}/{asked.token}/callback", json={"type": 5}) == (
            404,
            10062,
        )
        assert server.problems == []
        assert await code("POST", callback, json={"type": 7, "data": v2("x")}) == (400, 50035)
        assert await code("POST", callback, json={"type": 5, "data": {"content": "x", "flags": 64}}) == (400, 50035)
        assert len(server.problems) == 2
        server.problems.clear()
        status, answer = await raw(
            server, "POST", f"{callback}?with_response=1", headers={}, json={"type": 5, "data": {"flags": 64}}
        )
        assert (status, answer["interaction"]["response_message_loading"]) == (200, True)
        assert answer["interaction"]["response_message_ephemeral"]
        assert asked.original.raw["flags"] == 64 | 128
        assert await code("PATCH", f"{webhook}/messages/@original", json=v2("done")) == (200, None)
        assert await code("GET", f"{webhook}/messages/@original") == (200, None)
        assert await code("DELETE", f"{webhook}/messages/@original") == (204, None)
        assert await code("GET", f"{webhook}/messages/@original") == (404, 10008)
        assert await code("POST", f"/webhooks/{APPLICATION}/nonsense", json=v2("x")) == (401, 50027)
        assert await code("POST", f"/webhooks/1/{asked.token}", json=v2("x")) == (404, 10015)
        other = await asks(server)
        assert await code(
            "POST", f"/interactions/{other.id}/{other.token}/callback", json={"type": 4, "data": v2("x")}
        ) == (204, None)
        assert server.problems == []

    alone(work)
