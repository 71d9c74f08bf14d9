"""Requests that no browser sends: answered in the visitor's language, and nothing of them is repeated."""

import asyncio
import logging

import pytest

from tests.platforms.signals import PATIENCE
from tests.web.conftest import Town

SECRET = b"never-to-be-shown-"


_ASKED = b"Host: x\r\nAccept: text/html\r\nAccept-Language: de\r\nConnection: close\r\n"


async def sent(town: Town, head: bytes) -> str:
    """What is answered to bytes."""
    async with town.served() as browser, asyncio.timeout(PATIENCE):
        port = browser._base_url.port if browser._base_url else None
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head)
        answer = await reader.read()
        writer.close()
        return answer.decode()


@pytest.mark.parametrize(
    "head",
    [
        b"NONSENSE " + SECRET + b"\r\n\r\n",
        b"BREW /" + SECRET + b" HTTP/1.1\r\n" + _ASKED + b"\r\n",
        b"GET /" + SECRET + b"a" * 9000 + b" HTTP/1.1\r\n" + _ASKED + b"\r\n",
        b"GET /page HTTP/1.1\r\n" + _ASKED + b"Cookie: " + SECRET + b"a" * 9000 + b"\r\n\r\n",
        b"GET /" + SECRET + "ä".encode() + b" HTTP/1.1\r\n" + _ASKED + b"\r\n",
        b"POST /do HTTP/1.1\r\n" + _ASKED + b"Content-Length: " + SECRET + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    ],
    ids=["no HTTP", "a method", "a long address", "a long cookie", "an address", "a length", "TLS"],
)
def test_what_cannot_be_read_is_not_repeated(town: Town, head: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = asyncio.run(sent(town, head))
    assert answer.split()[1] == "400"
    assert "Server: studybuddy\r\n" in answer
    assert "Content-Security-Policy: " in answer
    assert '<span lang="en">This request cannot be read.' in answer
    assert '<span lang="de">Diese Anfrage ist nicht lesbar.' in answer
    for told in (answer, caplog.text):
        assert SECRET.decode() not in told
        assert "Traceback" not in told


@pytest.mark.parametrize(
    ("head", "status", "words"),
    [
        (b"GET /page?" + b"a" * 7000, "401", "Diese Seite öffnet sich nur"),
        (b"GET /%zz%ff%00", "404", "Diese Adresse"),
        (b"GET /board/%ff%fe", "404", "Diese Adresse"),
        (b"PUT /page", "405", "Dafür ist diese Adresse nicht da."),
        (b"POST /static/page.css", "405", "Dafür ist diese Adresse nicht da."),
        (b"OPTIONS *", "404", "Diese Adresse"),
    ],
)
def test_odd_requests_are_answered_in_the_visitors_language(town: Town, head: bytes, status: str, words: str) -> None:
    answer = asyncio.run(sent(town, head + b" HTTP/1.1\r\n" + _ASKED + b"\r\n"))
    assert answer.split()[1] == status
    assert words in answer
    assert ("Allow: GET,HEAD" in answer) == (status == "405")


@pytest.mark.parametrize(("path", "status"), [("/page", "401"), ("/alive", "200"), ("/nothing", "404")])
def test_who_asks_for_the_head_gets_no_body(town: Town, path: str, status: str) -> None:
    answer = asyncio.run(sent(town, f"HEAD {path} HTTP/1.1\r\n".encode() + _ASKED + b"\r\n"))
    assert answer.split()[1] == status
    assert answer.endswith("\r\n\r\n")


def test_a_part_of_a_file_is_answered_with_all_of_it(town: Town) -> None:
    answer = asyncio.run(sent(town, b"GET /static/icon.svg HTTP/1.1\r\n" + _ASKED + b"Range: bytes=5-9\r\n\r\n"))
    assert answer.split()[1] == "200"
    assert answer.rstrip().endswith("</svg>")
