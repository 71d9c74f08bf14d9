"""The program itself serves the pages beside a platform, and stops with them."""

import asyncio
import json
import re
import sys
import time
from asyncio.subprocess import PIPE
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from click.testing import CliRunner
from sqlalchemy.engine import URL

from bot.adapters.checkup import Finding
from bot.cli import main
from bot.web.checkup import ALIVE, examine
from tests.conftest import fresh_postgresql
from tests.platforms import telegram
from tests.processes.learners import enrol
from tests.unit.adapters.test_init_data import init_data
from tests.web.test_page import field
from tests.wire.test_program import ROOT, program, stopped


def test_the_program_serves_pages_and_feeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    port = unused_port
    monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", "https://study.example.org")
    monkeypatch.setenv("STUDYBUDDY_WEB_LISTEN", f"127.0.0.1:{port}")

    def path_in(who: telegram.Person, kind: str) -> str:
        match = re.search(rf"https://study\.example\.org(/{kind}/[^\"<]+)", who.messages[-1].html)
        assert match
        return match[1]

    async def story() -> str:
        async with (
            telegram.TelegramServer(spec=telegram.spec_or_none()) as server,
            program(tmp_path / "study.db", server, None) as process,
            aiohttp.ClientSession(f"http://127.0.0.1:{port}") as browser,
        ):
            ada = server.person("ada")
            await enrol(server, ada)
            await ada.says("/calendar")
            await server.hears(ada, "Your plan in your calendar")
            feed = path_in(ada, "feed")
            assert (await browser.get(feed)).status == 200
            await ada.says("/page")
            shown = await server.hears(ada, "Your page")
            assert shown.keyboard is not None
            keyboard = shown.keyboard["inline_keyboard"]
            link = keyboard[0][0]["url"].removeprefix("https://study.example.org")
            assert (await browser.get(link)).status == 200
            assert keyboard[1][0]["web_app"] == {"url": "https://study.example.org/app/telegram"}

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


def test_a_process_may_serve_the_pages_alone(
    monkeypatch: pytest.MonkeyPatch, unused_port: int, postgresql: URL, migrated_postgresql: URL
) -> None:
    monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", f"http://127.0.0.1:{unused_port}")
    monkeypatch.setenv("STUDYBUDDY_WEB_LISTEN", f"127.0.0.1:{unused_port}")
    monkeypatch.setenv("STUDYBUDDY_TELEGRAM_TOKEN", "123456:A-token-that-is-not-used-here")

    async def story(url: URL) -> None:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--role", "web", "--db", url.render_as_string(hide_password=False)),
            cwd=ROOT,
            stdout=PIPE,
            stderr=PIPE,
        )
        try:
            assert process.stderr
            async with asyncio.timeout(60):
                while b"listening for the pages" not in await process.stderr.readline():
                    pass
            assert await examine(f"http://127.0.0.1:{unused_port}", ("127.0.0.1", unused_port)) == Finding(
                "web", f"http://127.0.0.1:{unused_port} answers"
            )
            await stopped(process)
        finally:
            with suppress(ProcessLookupError):
                process.kill()

    with fresh_postgresql(postgresql, migrated_postgresql) as url:
        asyncio.run(story(url))


def test_doctor_says_what_is_wrong_with_the_pages(monkeypatch: pytest.MonkeyPatch, unused_port: int) -> None:
    def web_line(url: str | None) -> str:
        if url:
            monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", url)
        lines = CliRunner().invoke(main, ["doctor"]).output.splitlines()
        return next(line for line in lines if " web: " in line)

    assert web_line(None).startswith("ok  web: STUDYBUDDY_PUBLIC_URL is not set")
    assert web_line("http://study.example.org").startswith("!!  web: http://study.example.org is not https")
    assert web_line(f"http://localhost:{unused_port}").startswith(
        f"!!  web: http://localhost:{unused_port} cannot be reached"
    )
    assert web_line(f"http://localhost:{unused_port}").endswith("(docs/running.md)")


def test_doctor_says_whether_it_is_the_proxy_that_does_not_pass_on(unused_port: int) -> None:
    async def story() -> Finding:
        app = web.Application()
        app.router.add_get("/study/alive", alive)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", unused_port)
        await site.start()
        try:
            return await examine("http://localhost:1/study", ("0.0.0.0", unused_port))  # noqa: S104
        finally:
            await runner.cleanup()

    async def alive(_: web.Request) -> web.Response:
        return web.json_response(ALIVE)

    remedy = asyncio.run(story()).remedy
    assert remedy
    assert remedy.startswith(f"the bot answers at http://127.0.0.1:{unused_port}/study: let the proxy pass on")


def test_doctor_says_what_the_addresses_of_pages_are_made_with(monkeypatch: pytest.MonkeyPatch) -> None:
    def addresses_line() -> str:
        lines = CliRunner().invoke(main, ["doctor"]).output.splitlines()
        return next(line for line in lines if " web addresses: " in line)

    monkeypatch.setenv("STUDYBUDDY_PUBLIC_URL", "http://study.example.org")
    assert addresses_line().startswith(
        "!!  web addresses: made with a secret that is new at each start → set STUDYBUDDY_SECRET"
    )
    monkeypatch.setenv("STUDYBUDDY_SECRET", "sixteen-letters-0")
    assert addresses_line() == "ok  web addresses: made with STUDYBUDDY_SECRET"
