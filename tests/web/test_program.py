"""The program itself serves the pages beside a platform, and stops with them."""

import asyncio
import json
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from tests.platforms import telegram
from tests.unit.adapters.test_init_data import init_data
from tests.web.test_page import field
from tests.wire.test_program import program, stopped


def test_the_program_serves_pages_and_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    port = unused_port
    monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", "https://study.example.org")
    monkeypatch.setenv("STUDYBUDDY_WEB_LISTEN", f"127.0.0.1:{port}")

    def path_in(who: telegram.Person, kind: str) -> str:
        found = re.search(rf"https://study\.example\.org(/{kind}/[^\"<]+)", who.messages[-1].html)
        assert found
        return found[1]

    async def story() -> str:
        async with (
            telegram.TelegramServer(spec=telegram.spec_or_none()) as server,
            program(tmp_path / "books.db", server, None) as process,
            aiohttp.ClientSession(f"http://127.0.0.1:{port}") as browser,
        ):
            ada = server.person("ada")
            await ada.starts()
            await server.hears(ada, "How many hours a week")
            await ada.presses("8 h a week")
            await server.hears(ada, "which time zone")
            await ada.presses("UTC")
            await ada.says("/calendar")
            await server.hears(ada, "Your plan in your calendar")
            feed = path_in(ada, "feed")
            assert (await browser.get(feed)).status == 200
            await ada.says("/page")
            shown = await server.hears(ada, "Your page")
            link = path_in(ada, "in")
            assert (await browser.get(link)).status == 200
            assert shown.keyboard is not None
            keyboard = shown.keyboard["inline_keyboard"]
            assert keyboard[0][0]["web_app"] == {"url": "https://study.example.org/app/telegram"}

            given = init_data(server.token, user=json.dumps({"id": ada.id, "first_name": "ada"}), at=datetime.now(UTC))
            form = await browser.get("/app/telegram")
            cookie = {"Cookie": form.headers["Set-Cookie"].partition(";")[0]}
            fields = {"csrf": field(await form.text(), "csrf"), "given": given}
            opened = await browser.post("/app/telegram", data=fields, headers=cookie, allow_redirects=False)
            assert opened.status == 303
            session = {"Cookie": opened.headers["Set-Cookie"].partition(";")[0]}
            page = await (await browser.get("/page", headers=session)).text()
            assert "this week" in page
            assert server.problems == []
            begun = time.monotonic()
            written = await stopped(process)
            assert time.monotonic() - begun < 10
            for secret in (feed[6:49], link[4:47], session["Cookie"].partition("=")[2], given):
                assert secret not in written
            return written

    assert "Traceback" not in asyncio.run(story())
