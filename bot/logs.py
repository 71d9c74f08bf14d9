"""The log: one line an event, as JSON where nobody watches, and without secrets."""

import json
import logging
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TextIO
from urllib.parse import quote

import structlog

from bot.ports.database import DatabaseTrouble, Unconfirmed

HIDDEN = "[hidden]"
_SHORTEST = 6
"""A shorter word is no secret that could be told from other words."""
_TALKATIVE = ("apscheduler", "aiohttp")
"""Below WARNING these libraries write a line each few seconds."""


class _Discreet(structlog.stdlib.ProcessorFormatter):
    """Formats a line and then removes secrets from it, in tracebacks and other libraries' messages, too."""

    def __init__(
        self, secrets: Iterable[str], hides: Iterable[re.Pattern[str]], renderer: "structlog.typing.Processor"
    ) -> None:
        shared: list[structlog.typing.Processor] = [
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.stdlib.ExtraAdder(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ]
        last: list[structlog.typing.Processor] = [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            renderer,
        ]
        super().__init__(foreign_pre_chain=shared, processors=last)
        words = {word for secret in secrets if len(secret) >= _SHORTEST for word in _forms(secret)}
        self._words = sorted(words, key=len, reverse=True)
        self._hides = tuple(hides)

    def format(self, record: logging.LogRecord) -> str:
        """One line without secrets."""
        line = super().format(record)
        for word in self._words:
            line = line.replace(word, HIDDEN)
        for pattern in self._hides:
            line = pattern.sub(rf"\1{HIDDEN}", line)
        return line


def _forms(secret: str) -> Iterator[str]:
    """A secret in every form it may take in a line: bare, in an address, in JSON, in Python's own notation."""
    shown = repr(secret)[1:-1]
    yield from (secret, quote(secret, safe=""), quote(secret), shown)
    for word in (secret, shown):
        yield from (json.dumps(word)[1:-1], json.dumps(word, ensure_ascii=False)[1:-1])


def configure(
    level: str,
    secrets: Iterable[str],
    stream: TextIO = sys.stderr,
    *,
    telling: Iterable[str] = (),
    hides: Iterable[re.Pattern[str]] = (),
) -> None:
    """Send every logger's lines of at least `level` to `stream`: formatted for people on a terminal, else as JSON.

    `telling` names loggers that would write what learners say below INFO; of what matches one of `hides` only its first
    group is shown.
    """
    watched = stream.isatty()
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=True) if watched else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Discreet(secrets, hides, renderer))
    handler.addFilter(_brief)
    logging.basicConfig(level=level, handlers=[handler], force=True)
    least_of = dict.fromkeys(_TALKATIVE, logging.WARNING) | dict.fromkeys(telling, logging.INFO)
    for name, least in least_of.items():
        logging.getLogger(name).setLevel(max(logging.getLevelNamesMapping()[level], least))


def _brief(record: logging.LogRecord) -> bool:
    """A database in trouble is one line, not a traceback a try."""
    trouble = record.exc_info[1] if record.exc_info else None
    if isinstance(trouble, DatabaseTrouble | Unconfirmed):
        record.msg, record.args = f"{record.getMessage()}: the database is in trouble: {trouble}", ()
        record.exc_info = None
    return True
