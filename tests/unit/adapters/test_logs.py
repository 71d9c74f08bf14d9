"""No secret is in any line that is written, whoever writes it and however; and every line can be read by a program."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest

from bot.adapters.discord import client  # noqa: F401 - it shortens what its library logs
from bot.adapters.discord.plugin import DISCORD
from bot.logs import HIDDEN, configure
from bot.ports.database import DatabaseTrouble, Unconfirmed

TOKEN = "123456:AAE-token_of_the_bot"
PASSWORD = "p@ss/w ord"
TALKATIVE = ("apscheduler", "aiohttp", "discord", "telegram")
LEVELS = ("debug", "info", "warning", "error", "critical")


class Screen(StringIO):
    """A terminal before which somebody sits."""

    def isatty(self) -> bool:
        return True


@contextmanager
def configured(level: str = "DEBUG", *secrets: str, stream: StringIO | None = None) -> Iterator[StringIO]:
    """The program's logging, and afterwards again that of the tests."""
    root = logging.getLogger()
    before = root.handlers[:], root.level, {name: logging.getLogger(name).level for name in TALKATIVE}
    root.handlers[:] = []
    written = stream or StringIO()
    configure(level, secrets or (TOKEN, PASSWORD), written, telling=("discord", "telegram"), hides=DISCORD.hides)
    try:
        yield written
    finally:
        root.handlers[:] = before[0]
        root.setLevel(before[1])
        for name, least in before[2].items():
            logging.getLogger(name).setLevel(least)


def lines(written: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def fail_with(secret: str) -> None:
    local = secret
    raise ValueError(f"refused: {local}")


def in_the_message(log: logging.Logger) -> None:
    log.warning(f"calling https://api.telegram.org/bot{TOKEN}/getMe")


def in_an_argument(log: logging.Logger) -> None:
    log.warning("calling %s with %r", f"/bot{TOKEN}/getMe", {"token": TOKEN})


def in_extra(log: logging.Logger) -> None:
    log.warning("calling", extra={"url": f"/bot{TOKEN}/getMe", "headers": {"auth": [TOKEN]}})


def in_an_exception(log: logging.Logger) -> None:
    try:
        fail_with(TOKEN)
    except ValueError:
        log.exception("failed")


def in_what_caused_an_exception(log: logging.Logger) -> None:
    try:
        try:
            fail_with(TOKEN)
        except ValueError as error:
            raise RuntimeError("no connection") from error
    except RuntimeError:
        log.warning("failed", exc_info=True)


def in_an_object(log: logging.Logger) -> None:
    class Bot:
        def __repr__(self) -> str:
            return f"Bot({TOKEN})"

    log.warning("failed", extra={"bot": Bot()})


WAYS = [in_the_message, in_an_argument, in_extra, in_an_exception, in_what_caused_an_exception, in_an_object]


@pytest.mark.parametrize("stream", [StringIO, Screen])
@pytest.mark.parametrize("name", ["bot.adapters.telegram", "telegram.Bot", "discord.http", "somebody.else"])
@pytest.mark.parametrize("way", WAYS)
def test_a_token_is_struck_out_wherever_it_stands(
    way: Callable[[logging.Logger], None], name: str, stream: Callable[[], StringIO]
) -> None:
    with configured(stream=stream()) as written:
        way(logging.getLogger(name))
    assert TOKEN not in written.getvalue()
    assert "token_of_the_bot" not in written.getvalue()
    assert HIDDEN in written.getvalue()


@pytest.mark.parametrize("level", LEVELS)
def test_a_token_is_struck_out_at_every_level(level: str) -> None:
    with configured() as written:
        getattr(logging.getLogger("bot"), level)("with %s", TOKEN)
    (line,) = lines(written)
    assert (line["event"], line["level"], line["logger"]) == (f"with {HIDDEN}", level, "bot")


def test_a_password_is_struck_out_also_as_addresses_write_it() -> None:
    with configured() as written:
        logging.getLogger("bot").warning("%s and %s", "postgresql://me:p%40ss%2Fw%20ord@db", PASSWORD)
    assert lines(written)[0]["event"] == f"postgresql://me:{HIDDEN}@db and {HIDDEN}"


@pytest.mark.parametrize("stream", [StringIO, Screen])
def test_a_secret_is_struck_out_whatever_letters_it_has(stream: Callable[[], StringIO]) -> None:
    for secret in ('quoted"quoted', "quoted'quoted", "back\\slash", "ünïcödé-пароль"):
        with configured("DEBUG", secret, stream=stream()) as written:
            logging.getLogger("bot").warning("it is %s", secret, extra={"password": secret, "all": [secret]})
        shown = written.getvalue()
        for form in (secret, json.dumps(secret)[1:-1], repr(secret)[1:-1]):
            assert form not in shown


def test_of_two_secrets_none_is_shown_in_part() -> None:
    with configured("DEBUG", "secret", "secret-and-more") as written:
        logging.getLogger("bot").warning("a secret-and-more and a secret")
    assert lines(written)[0]["event"] == f"a {HIDDEN} and a {HIDDEN}"


def test_words_too_short_for_a_secret_leave_the_lines_readable() -> None:
    with configured("DEBUG", "", "a", "bot") as written:
        logging.getLogger("bot").warning("a bot has started")
    assert lines(written)[0]["event"] == "a bot has started"


@pytest.mark.parametrize("path", ["webhooks/123/{}/messages/@original", "interactions/456/{}/callback"])
def test_the_token_of_an_interaction_is_struck_out_though_nobody_named_it(path: str) -> None:
    token = "aW50ZXJhY3Rpb246MTIz.x-y_z"
    with configured() as written:
        logging.getLogger("discord.http").warning("POST https://discord.com/api/v10/%s has failed", path.format(token))
    assert lines(written)[0]["event"] == f"POST https://discord.com/api/v10/{path.format(HIDDEN)} has failed"


def test_a_line_says_what_when_who_and_what_more() -> None:
    with configured() as written:
        logging.getLogger("bot.supervisor").info("connecting", extra={"platform": "discord", "again_in": 2})
    (line,) = lines(written)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "connecting",
        "level": "info",
        "logger": "bot.supervisor",
        "platform": "discord",
        "again_in": 2,
    }


def test_what_people_say_is_one_line_however_many_it_has() -> None:
    typed = 'a\nb\r\n{"event": "forged"}\u2028\x1b[31m ü'
    with configured() as written:
        logging.getLogger("bot").warning("said %s", typed, extra={"words": typed})
    assert written.getvalue().count("\n") == 1
    line = json.loads(written.getvalue())
    assert (line["event"], line["words"]) == (f"said {typed}", typed)


def test_a_failure_comes_with_the_place_where_it_happened() -> None:
    with configured() as written:
        try:
            fail_with("this")
        except ValueError:
            logging.getLogger("bot").exception("failed")
    (line,) = lines(written)
    assert "in fail_with" in line["exception"]
    assert line["exception"].endswith("ValueError: refused: this")


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "WARNING", "ERROR"])
def test_only_lines_of_the_level_asked_for_are_written(level: str) -> None:
    with configured(level) as written:
        for each in LEVELS:
            getattr(logging.getLogger("bot"), each)("x")
    assert [line["level"] for line in lines(written)] == list(LEVELS[LEVELS.index(level.lower()) :])


@pytest.mark.parametrize(
    ("name", "level", "shown"),
    [
        ("discord.gateway", "DEBUG", ["info", "warning", "error", "critical"]),
        ("telegram.Bot", "DEBUG", ["info", "warning", "error", "critical"]),
        ("aiohttp.access", "DEBUG", ["warning", "error", "critical"]),
        ("apscheduler.scheduler", "INFO", ["warning", "error", "critical"]),
        ("discord.gateway", "ERROR", ["error", "critical"]),
        ("apscheduler.scheduler", "ERROR", ["error", "critical"]),
    ],
)
def test_libraries_do_not_write_what_learners_say(name: str, level: str, shown: list[str]) -> None:
    with configured(level) as written:
        for each in LEVELS:
            getattr(logging.getLogger(name), each)("x")
    assert [line["level"] for line in lines(written)] == shown


def test_a_connection_that_is_sought_again_is_a_line_without_a_traceback() -> None:
    with configured() as written:
        try:
            raise ConnectionError("gone")
        except ConnectionError:
            logging.getLogger("discord.client").exception("Attempting a reconnect in %.2fs", 1.5)
            logging.getLogger("discord.client").exception("Ignoring exception in on_ready")
    again, other = lines(written)
    assert again["event"] == "Attempting a reconnect in 1.50s"
    assert again["level"] == "warning"
    assert "exception" not in again
    assert "gone" in other["exception"]


def test_who_sits_before_a_terminal_reads_lines_for_people() -> None:
    with configured(stream=Screen()) as written:
        logging.getLogger("bot").info("connecting", extra={"platform": "discord"})
    assert "connecting" in written.getvalue()
    assert not written.getvalue().startswith("{")


def test_configuring_again_writes_every_line_once() -> None:
    with configured() as first:
        second = StringIO()
        configure("INFO", [TOKEN], second)
        logging.getLogger("bot").info("x")
    assert first.getvalue() == ""
    assert len(second.getvalue().splitlines()) == 1


@pytest.mark.parametrize("trouble", [DatabaseTrouble("database is locked"), Unconfirmed("a commit did not end")])
def test_a_database_in_trouble_is_one_line_that_says_why_and_no_traceback(trouble: Exception) -> None:
    with configured() as written:
        try:
            raise trouble
        except Exception:
            logging.getLogger("apscheduler.executors.default").exception('Job "%s" raised an exception', "plan")
    (line,) = lines(written)
    assert line["event"] == f'Job "plan" raised an exception: the database is in trouble: {trouble}'
    assert "exception" not in line
