"""How often visitors and learners may ask, and whom a proxy is believed to ask for."""

import asyncio
from types import SimpleNamespace
from typing import Any

from multidict import CIMultiDict

from bot.adapters.flood import Flood
from bot.web.rate import Rate
from bot.web.visitors import GUESSES, visitor
from tests.web.conftest import Town
from tests.web.test_page import enter, field, link


def test_guesses_behind_a_proxy_are_counted_by_visitor(town: Town) -> None:
    async def story() -> None:
        async with town.served() as browser:

            async def guess(visitor: str) -> int:
                return (await browser.get("/in/" + "x" * 43, headers={"X-Forwarded-For": f"1.2.3.4, {visitor}"})).status

            assert [await guess("198.51.100.1") for _ in range(GUESSES + 1)] == [404] * GUESSES + [429]
            assert await guess("198.51.100.2") == 404
            assert (await browser.get("/alive")).status == 200

    asyncio.run(story())


def test_a_line_that_the_visitor_wrote_above_the_proxys_own_does_not_count(town: Town) -> None:
    async def story() -> None:
        async with town.served() as browser:
            seen = set()
            for n in range(GUESSES + 1):
                lines = [("X-Forwarded-For", f"203.0.113.{n}"), ("X-Forwarded-For", "198.51.100.1")]
                seen.add((await browser.get("/in/" + "x" * 43, headers=CIMultiDict(lines))).status)
            assert seen == {404, 429}

    asyncio.run(story())


def test_only_a_proxy_nearby_is_believed_for_whom_it_asks() -> None:
    def seen(peer: str, said: str) -> str:
        request: Any = SimpleNamespace(remote=peer, headers=CIMultiDict({"X-Forwarded-For": said}))
        return visitor(request)

    assert [seen(peer, "198.51.100.1") for peer in ("127.0.0.1", "10.0.0.7", "::1")] == ["198.51.100.1"] * 3
    assert seen("8.8.8.8", "198.51.100.1") == "8.8.8.8"
    assert seen("127.0.0.1", "not an address") == "127.0.0.1"


def test_who_was_refused_may_come_again_when_the_time_is_over() -> None:
    now = [0.0]
    rate = Rate(2, 60.0, lambda: now[0])
    for begun in (0.0, 60.0, 120.0):
        for at in (begun, begun + 59.0):
            now[0] = at
            assert not rate.spent("ada")
            rate.count("ada")
        assert rate.spent("ada")
        assert not rate.spent("ben")


def test_a_person_who_waits_for_each_answer_is_never_refused(town: Town) -> None:
    town.flood = Flood(per_person=2)

    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            fields = {"csrf": field(page, "csrf"), "token": "1.today", "typed": ""}
            seen = [(await browser.post("/do", data=fields | {"once": str(n)})).status for n in range(5)]
            assert seen == [200] * 5

    asyncio.run(story())


def test_a_person_who_presses_without_end_is_refused(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            fields = {"csrf": field(page, "csrf"), "token": "1.today", "typed": ""}
            posts = [browser.post("/do", data=fields | {"once": str(n)}) for n in range(150)]
            seen = {response.status for response in await asyncio.gather(*posts)}
            assert seen == {200, 429}
            assert (await browser.get("/page")).status == 200

    asyncio.run(story())
