"""What strangers try: forged proofs, slow connections, floods, and secrets in the log."""

import asyncio
import io
import logging
from datetime import datetime

import aiohttp
import pytest

from bot.core.learner import Account
from bot.logs import HIDDEN, configure
from bot.ports.database import DatabaseTrouble
from bot.web import HIDES, feeds, listening
from tests.platforms.signals import PATIENCE
from tests.web.conftest import Town, ledger
from tests.web.test_page import enter, field, link


def introduce(given: str, now: datetime) -> Account | None:
    """A platform whose app proves who is there."""
    return Account("town", given.removeprefix("proved:"), "?") if given.startswith("proved:") else None


async def open_app(browser: aiohttp.ClientSession, given: str, csrf: str | None = None) -> int:
    """Open the page inside an app that was given something; the status."""
    form = await (await browser.get("/app/telegram")).text()
    fields = {"csrf": field(form, "csrf") if csrf is None else csrf, "given": given}
    return (await browser.post("/app/telegram", data=fields)).status


def test_an_app_opens_the_page_of_whom_it_has_proved_to_be_there(town: Town) -> None:
    town.introduce["telegram"] = introduce

    async def story() -> None:
        await town.starts("ada")
        await town.says("ada", "/log 1h")
        for given in ("ada", "", "x" * 9000):
            async with town.served() as browser:
                assert await open_app(browser, given) == 403
                assert (await browser.get("/page")).status == 401
                assert (await browser.get("/app/discord")).status == 404
                assert (await browser.post("/app/discord", data={"given": "proved:ada"})).status == 403
        async with town.served() as browser:
            assert await open_app(browser, "proved:ada", csrf="0" * 64) == 403
            assert await open_app(browser, "proved:stranger") == 404
            assert await open_app(browser, "proved:ada") == 200
            assert "1 h of 8 h this week" in await (await browser.get("/page")).text()

    asyncio.run(story())


@pytest.mark.parametrize(
    "sent", [b"", b"GET /page HTTP/1.1\r\nHost: x\r\n", b"POST /do HTTP/1.1\r\nContent-Length: 9\r\n\r\nc"]
)
def test_who_is_slow_is_hung_up_on(town: Town, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    monkeypatch.setattr(listening, "HEADERS", 0.3)
    monkeypatch.setattr(listening, "WHOLE", 0.3)

    async def story() -> None:
        async with town.served() as browser:
            port = browser._base_url.port if browser._base_url else None
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            async with asyncio.timeout(PATIENCE):
                while await reader.read(1000):
                    pass
            writer.close()

    asyncio.run(story())


def test_a_slow_second_request_is_hung_up_on(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "IDLE", 0.3)

    async def story() -> None:
        async with town.served() as browser:
            port = browser._base_url.port if browser._base_url else None
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /alive HTTP/1.1\r\nHost: x\r\n\r\n")
            assert b"200" in await reader.readline()
            writer.write(b"GET /alive HT")
            async with asyncio.timeout(PATIENCE):
                while await reader.read(1000):
                    pass
            writer.close()

    asyncio.run(story())


def test_too_many_connections_are_closed_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "CONNECTIONS", 3)

    async def story() -> int:
        async with town.served() as browser:
            port = browser._base_url.port if browser._base_url else None
            lines = [await asyncio.open_connection("127.0.0.1", port) for _ in range(6)]
            await asyncio.sleep(0.1)
            for _, writer in lines:
                writer.write(b"GET /alive HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            answered = 0
            for reader, writer in lines:
                try:
                    async with asyncio.timeout(PATIENCE):
                        answered += b"200" in await reader.read(1000)
                except ConnectionError:
                    continue
                finally:
                    writer.close()
            return answered

    assert asyncio.run(story()) == 3


def test_the_same_form_of_two_people_counts_for_each_of_them(town: Town) -> None:
    async def story() -> None:
        await town.starts("ada", "eve")
        for who in ("ada", "eve"):
            async with town.served() as browser:
                page = await enter(browser, await link(town, who))
                fields = {"csrf": field(page, "csrf"), "once": "1", "token": "", "typed": "1h"}
                assert "Logged 1 h" in await (await browser.post("/do", data=fields)).text()
        assert len({row["enrollment"] for row in ledger(town)}) == 2

    asyncio.run(story())


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (FORM, b"csrf=\xff\xfe"),
        (f"{FORM}; charset=hex", b"csrf=\xff"),
        (FORM, b"a=1&" * 1000),
        ("multipart/form-data", b"csrf=1"),
        ("multipart/form-data; boundary=b", b"--b\r\n\r\n1\r\n--b--\r\n"),
        ("application/json", b"{}"),
    ],
)
def test_what_no_form_of_ours_sends_is_refused_without_a_failure(
    town: Town, caplog: pytest.LogCaptureFixture, kind: str, body: bytes
) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            await enter(browser, await link(town))
            for path in ("/do", "/out", "/app/telegram", "/in/" + "x" * 43):
                assert (await browser.post(path, data=body, headers={"Content-Type": kind})).status == 400
            squeezed = {"Content-Type": FORM, "Content-Encoding": "gzip"}
            assert (await browser.post("/do", data=b"\x1f\x8b" + body, headers=squeezed)).status == 400
            assert (await browser.get("/page")).status == 200

    asyncio.run(story())
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize(
    "cookie", [b"\xff\xfe", b'"x\\015\\012X-Evil: y"', b'"x\\073 Domain=evil.example"', b"x" * 5000]
)
def test_a_cookie_that_we_never_gave_is_none(town: Town, caplog: pytest.LogCaptureFixture, cookie: bytes) -> None:
    async def story() -> bytes:
        await town.starts("ada")
        async with town.served() as browser:
            port = browser._base_url.port if browser._base_url else None
            heads = []
            for path, name in ((await link(town), b"studybuddy_entrance"), ("/page", b"studybuddy")):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                sent = (path.encode(), name, cookie)
                writer.write(b"GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: %s=%s\r\n\r\n" % sent)
                heads.append((await reader.read()).partition(b"\r\n\r\n")[0])
                writer.close()
            assert [head.split()[1] for head in heads] == [b"200", b"401"]
            return b"".join(heads)

    heads = asyncio.run(story())
    assert b"evil" not in heads.lower()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_no_secret_of_an_address_is_logged(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> str:
        await town.starts("ada")
        answer = await town.says("ada", "/calendar")
        path = answer.partition("http://study.example.org")[2].split()[0]
        async with town.served() as browser:
            await enter(browser, await link(town))
            await browser.get(path)
            monkeypatch.setattr(feeds, "look_of", lambda *_: 1 / 0)
            assert (await browser.get(path)).status == 500
            logging.getLogger("somebody").warning("GET %s?x=1", path)
            logging.getLogger("somebody").warning("GET /board/%s", "b" * 43)
        return path

    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        configure("DEBUG", [], stream, hides=HIDES)
        path = asyncio.run(story())
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    logged = stream.getvalue()
    secret = path.removeprefix("/feed/").removesuffix(".ics")
    assert "ZeroDivisionError" in logged
    assert f"GET /feed/{HIDDEN}" in logged
    assert secret not in logged
    assert "b" * 43 not in logged
    assert "/in/" not in logged.replace(f"/in/{HIDDEN}", "")


@pytest.mark.parametrize(
    ("path", "language", "status", "expected"),
    [
        ("/in/" + "x" * 43, "en", 404, "used up or too old"),
        ("/nothing", "en", 404, "opens nothing"),
        ("/nothing", "de-AT,de;q=0.9", 404, "öffnet nichts"),
        ("/page", "de", 401, "Bitte mich im Chat um einen"),
        ("/board/" + "x" * 43, "en", 404, "opens nothing"),
    ],
)
def test_browsers_are_told_in_their_language(town: Town, path: str, language: str, status: int, expected: str) -> None:
    async def story() -> None:
        async with town.served() as browser:
            response = await browser.get(path, headers={"Accept": "text/html", "Accept-Language": language})
            assert response.status == status
            assert expected in await response.text()
            assert response.headers["Content-Security-Policy"]

    asyncio.run(story())


def test_a_database_in_trouble_is_told_and_passes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story() -> None:
        await town.starts("ada")
        async with town.served() as browser:
            page = await enter(browser, await link(town))
            database = type(town.application.database)

            async def broken(*_: object) -> None:
                raise DatabaseTrouble("it is away")

            with monkeypatch.context() as patch:
                patch.setattr(database, "read", broken)
                patch.setattr(database, "run", broken)
                response = await browser.get("/page", headers={"Accept": "text/html"})
                assert response.status == 503
                assert response.headers["Retry-After"] == "60"
                assert "it is away" not in await response.text()
                fields = {"csrf": field(page, "csrf"), "once": "1", "token": "1.today", "typed": ""}
                assert (await browser.post("/do", data=fields)).status == 503
            assert (await browser.get("/page")).status == 200

    asyncio.run(story())
