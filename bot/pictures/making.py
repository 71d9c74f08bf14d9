"""Pictures are made when they are sent: in a thread and a process of their own, and once for all who see the same."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256

from bot.dialogue import codec
from bot.dialogue.reply import Picture, Reply, reply
from bot.dialogue.wording import Wording
from bot.pictures.png import NotRendered, Renderer

log = logging.getLogger(__name__)

KEPT = 48
"""Pictures kept, of about 80 kB each."""
WAITING = 20
"""Pictures that wait to be made; beyond that words go without."""
ANSWER_PATIENCE, BULK_PATIENCE = 1.0, 15.0
"""Seconds for which an answer waits for its picture, and what nobody waits for."""


@dataclass(frozen=True)
class Drawn:
    """A picture ready to be sent."""

    name: str
    png: bytes
    alt: str


def picture_of(reply: Reply) -> Picture | None:
    """The picture of a reply; None where it has none."""
    return next((block for block in reply.blocks if isinstance(block, Picture)), None)


def name_of(picture: Picture, locale: str) -> str:
    """The name of a picture's file: the same facts in the same language have the same."""
    return f"{sha256(f'{locale} {codec.dump(reply(picture))}'.encode()).hexdigest()[:20]}.png"


class Pictures:
    """Makes pictures, one after the other, and keeps the last ones. What fails is a line in the log."""

    def __init__(self, render: Callable[[str], bytes] | None = None) -> None:
        self._render = render or Renderer().png
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._thread: ThreadPoolExecutor | None = None
        self._waiting = 0

    async def drawn(self, reply: Reply, locale: str, patience: float = ANSWER_PATIENCE) -> Drawn | None:
        """The picture of a reply; None where it has none, or it could not be made in time. Never raises."""
        picture = picture_of(reply)
        if picture is None:
            return None
        name = name_of(picture, locale)
        png = self._kept.get(name) or await self._made(picture, locale, patience)
        if png is None:
            return None
        self._kept[name] = png
        self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return Drawn(name, png, Wording(locale).say(picture.alt))

    async def _made(self, picture: Picture, locale: str, patience: float) -> bytes | None:
        extra = {"facts": type(picture.facts).__name__}
        if self._waiting >= WAITING:
            log.warning("too many pictures wait: words go without", extra=extra)
            return None
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._waiting += 1
        try:
            async with asyncio.timeout(patience):
                return await asyncio.get_running_loop().run_in_executor(self._thread, self._make, picture, locale)
        except TimeoutError:
            log.warning("a picture came too late: its words go without", extra=extra)
        except NotRendered as error:
            log.warning("a picture could not be rendered: its words go without", extra=extra | {"why": str(error)})
        except Exception:
            log.exception("a picture could not be drawn: its words go without", extra=extra)
        finally:
            self._waiting -= 1
        return None

    def _make(self, picture: Picture, locale: str) -> bytes:
        from bot.pictures.drawing import draw

        return self._render(draw(picture.facts, locale))
