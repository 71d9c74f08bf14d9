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
KEPT_FOR = 1800.0
"""Seconds for which one is kept at most: another process may have deleted somebody whom it shows."""
WAITING = 20
"""Pictures that wait to be made; beyond that words go without."""
PATIENCE, LONG_PATIENCE = 1.0, 15.0
"""Seconds for which an answer waits for its picture where the platform itself waits for it, and all other messages."""


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
        self._kept: OrderedDict[str, tuple[bytes, float]] = OrderedDict()
        """What was made, with the instant by the event loop's clock, in the order of use."""
        self._dropped = 0
        """How often everything was dropped: what was begun before is not kept."""
        self._thread: ThreadPoolExecutor | None = None
        self._waiting = 0
        self._crowded = False
        """Whether some were left out since none was waiting: that is one line in the log."""

    def drop(self) -> None:
        """Keep nothing of what was made so far, because somebody was deleted whom it may show."""
        self._kept.clear()
        self._dropped += 1

    async def drawn(self, reply: Reply, locale: str, *, long: bool = False) -> Drawn | None:
        """The picture of a reply; None where it has none, or it could not be made in time. Never raises.

        `long`: nothing is lost by waiting for it a while.
        """
        picture = picture_of(reply)
        if picture is None:
            return None
        name, dropped, now = name_of(picture, locale), self._dropped, asyncio.get_running_loop().time()
        for old in [old for old, (_, made_at) in self._kept.items() if now - made_at > KEPT_FOR]:
            del self._kept[old]
        png, made_at = self._kept.get(name, (None, now))
        png = png or await self._made(picture, locale, LONG_PATIENCE if long else PATIENCE)
        if png is None:
            return None
        if dropped == self._dropped:
            self._kept[name] = png, made_at
            self._kept.move_to_end(name)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return Drawn(name, png, Wording(locale).say(picture.alt))

    async def _made(self, picture: Picture, locale: str, patience: float) -> bytes | None:
        extra = {"facts": type(picture.facts).__name__}
        if self._waiting >= WAITING:
            if not self._crowded:
                log.warning("too many pictures wait: words go without", extra=extra)
            self._crowded = True
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
            self._crowded = self._crowded and self._waiting > 0
        return None

    def _make(self, picture: Picture, locale: str) -> bytes:
        from bot.pictures.drawing import draw

        return self._render(draw(picture.facts, locale))
